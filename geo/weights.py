"""What each sign weighs: the table geo/data/weights.csv.

Points of "need" and "evidence" decide whether a name is a place: it is where the evidence outweighs the need. Those of
"rank" order namesakes. They have no unit. Under "rule" stands the share of right places among those that a rule
decided in annotated news. ``python -m geo learn`` measures them all on annotated texts.
"""

from collections.abc import Iterable
from functools import cache

from geo.lexicon import rows

NEVER = "never"


@cache
def points() -> dict[str, float]:
    """The points of each feature of need, evidence and rank; need and evidence both count upwards."""
    return {row["feature"]: float(row["points"]) for row in rows("weights.csv") if row["side"] != "rule"}


def total(features: Iterable[str]) -> float:
    """The points of all features together."""
    known, found = points(), 0.0
    for feature in features:
        found += known[feature]
    return found


@cache
def confidence(rule: str) -> float:
    """How often a decision by that rule is right, in 0–1; 0 for what is no rule."""
    shares = {row["feature"]: float(row["points"]) for row in rows("weights.csv") if row["side"] == "rule"}
    return shares.get(rule, 0.0)

"""``python -m geo learn``: what the signs of geo/data/weights.csv ought to weigh, measured on annotated texts.

The texts are JSON Lines with "text" and "places", each place with "start", "end" and, where it is known, "lat", "lon",
"radius_km" and "optional" (neither missed nor wrong). They stay outside the project. Needs scikit-learn, which only
the development requirements bring.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extract.text import Folded, Span, fold
from geo.acceptance import accept, coordinated, needs
from geo.evidence import evidence
from geo.gazetteer import Gazetteer
from geo.lexicon import DATA
from geo.places import locate
from geo.sphere import distance_km
from geo.tokens import Token, tokenise
from geo.toponyms import Sighting, sightings
from geo.weights import NEVER, points, total

# A place is right within this distance: 100 miles, the measure of the field.
_RIGHT_KM = 161.0
_FOLDS = 5
# Fewer occurrences of a feature than this say nothing of its weight.
_SEEN = 20


@dataclass(frozen=True)
class Decision:
    """One doubtful name: what speaks against it, what for it, and whether it was annotated as a place."""

    need: tuple[str, ...]
    evidence: tuple[str, ...]
    place: bool


@dataclass(frozen=True)
class Learnt:
    """``rows`` are feature, points now, points learnt, occurrences; F1 of the doubtful names now and, cross-validated,
    with learnt points; ``rules`` are rule, right places, all places."""

    rows: tuple[tuple[str, float, float, int], ...]
    f1_now: float
    f1_learnt: float
    rules: tuple[tuple[str, int, int], ...]


def learn(paths: Sequence[Path], gazetteer: Gazetteer) -> Learnt:
    """Measure the points and the rules on the annotated texts of all files. Raises ValueError: too few."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold, cross_val_predict

    documents = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]
    decisions = [d for document in documents for d in _decisions(document, gazetteer)]
    truth = np.array([d.place for d in decisions], dtype=bool)
    if len(decisions) < 2 * _FOLDS or truth.all() or not truth.any():
        raise ValueError("too few doubtful names in these texts to learn from")
    features = sorted({f for d in decisions for f in (*d.need, *d.evidence)})
    column = {feature: at for at, feature in enumerate(features)}
    table = np.zeros((len(decisions), len(features)))
    for row, decision in enumerate(decisions):
        for feature in decision.evidence:
            table[row, column[feature]] += 1
        for feature in decision.need:
            table[row, column[feature]] -= 1
    # Every doubtful name has a need, which stands for the intercept.
    model = LogisticRegression(fit_intercept=False, max_iter=1000)
    folds = KFold(_FOLDS, shuffle=True, random_state=0)
    foretold = cross_val_predict(model, table, truth, cv=folds).astype(bool)
    now = np.array([total(d.evidence) >= total(d.need) for d in decisions])
    fitted = model.fit(table, truth).coef_[0]
    rows = tuple(
        (feature, points()[feature], round(float(fitted[at]), 2), int(np.abs(table[:, at]).sum()))
        for feature, at in column.items()
    )
    return Learnt(rows, _f1(now, truth), _f1(foretold, truth), tuple(_rules(documents, gazetteer)))


def write(learnt: Learnt, table: Path = DATA / "weights.csv") -> None:
    """Put learnt points into the table, for the features seen often enough to tell; the others keep theirs."""
    new = {feature: points for feature, _, points, seen in learnt.rows if seen >= _SEEN and points > 0}
    with table.open(encoding="utf-8", newline="") as lines:
        known = list(csv.DictReader(lines))
    with table.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(known[0]), lineterminator="\n")
        writer.writeheader()
        for row in known:
            if row["side"] in ("need", "evidence"):
                row["points"] = str(new.get(row["feature"], row["points"]))
            writer.writerow(row)


def _decisions(document: Mapping[str, Any], gazetteer: Gazetteer) -> Iterator[Decision]:
    text = fold(document["text"])
    tokens = tokenise(text)
    taken, around = accept(text, tokens, gazetteer, None)
    times = Counter(sighting.name for sighting in taken)
    spans = {(sighting.first, sighting.last) for sighting in taken}
    for longest, *_ in sightings(tokens, gazetteer):
        against = needs(longest, around)
        annotated = _annotated(document, _span(longest, text, tokens))
        if not against or NEVER in against or (annotated and annotated.get("optional")):
            continue
        speaking = evidence(longest, around, _before(longest, taken, tokens))
        if times[longest.name] == ((longest.first, longest.last) in spans):
            speaking = [feature for feature in speaking if feature != "accepted-elsewhere"]  # that was itself
        yield Decision(against, tuple(speaking), annotated is not None)


def _before(sighting: Sighting, taken: Sequence[Sighting], tokens: Sequence[Token]) -> Sighting | None:
    last = next((other for other in reversed(taken) if other.last <= sighting.first), None)
    return last if last and coordinated(tokens, last, sighting) else None


def _span(sighting: Sighting, text: Folded, tokens: Sequence[Token]) -> Span:
    return text.origin(tokens[sighting.first].start + sighting.reading.cut, tokens[sighting.last - 1].end)


def _annotated(document: Mapping[str, Any], span: Span) -> Mapping[str, Any] | None:
    """The annotated place that a span meets, neither more than twice as long as the other."""
    for place in document["places"]:
        there = Span(place["start"], place["end"])
        lengths = sorted((span.end - span.start, there.end - there.start))
        if span.meets(there) and lengths[1] <= 2 * lengths[0]:
            return dict(place)
    return None


def _rules(documents: Sequence[Mapping[str, Any]], gazetteer: Gazetteer) -> Iterator[tuple[str, int, int]]:
    """How many of each rule's places are right, among those that were annotated with a point or not at all."""
    right: dict[str, int] = defaultdict(int)
    every: dict[str, int] = defaultdict(int)
    for document in documents:
        if all(place.get("lat") is None for place in document["places"]):
            continue
        for mention in locate(fold(document["text"]), gazetteer):
            annotated = _annotated(document, mention.span)
            if mention.place is None or (annotated and annotated.get("lat") is None):
                continue
            every[mention.rule] += 1
            if annotated:
                away = distance_km(mention.place.lat, mention.place.lon, annotated["lat"], annotated["lon"])
                right[mention.rule] += away <= max(_RIGHT_KM, annotated.get("radius_km") or 0.0)
    for rule in sorted(every):
        yield rule, right[rule], every[rule]


def _f1(said: Any, truth: Any) -> float:
    hits = int((said & truth).sum())
    return 2 * hits / max(1, int(said.sum()) + int(truth.sum()))

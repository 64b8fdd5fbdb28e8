"""What a named place does in its sentence: something lies there, or its government, its people act (أعلنت بغداد)."""

from collections.abc import Sequence

from geo.lexicon import words
from geo.model import Place, Role
from geo.tokens import Token
from geo.toponyms import Sighting

_ACTING = ("country", "city", "institution", "admin")


def role_of(sighting: Sighting, place: Place, tokens: Sequence[Token]) -> Role:
    """The role of a name: "actor" beside a verb or noun of acting, else "location"; institutions act by default."""
    if place.kind not in _ACTING or sighting.head:
        return "location"
    at, cut = sighting.first, sighting.reading.cut
    before = tokens[at - 1].text if at and tokens[at].joined else ""
    if not cut and before:
        earlier = tokens[at - 2].text if at > 1 and tokens[at - 1].joined else ""
        if _acts(before, place) or (
            before == "من" and earlier.removeprefix("ب") in words("neighbours.csv", "act-noun")
        ):
            return "actor"
    if sighting.reading.clitics[-1:] == "ب" or before in words("neighbours.csv", "locative"):
        return "location"
    if place.kind == "institution":
        return "actor"
    after = tokens[sighting.last] if sighting.last < len(tokens) else None
    return "actor" if after and after.joined and after.text in words("neighbours.csv", "act") else "location"


def _acts(before: str, place: Place) -> bool:
    """Whether the word before a name makes it act: a verb (أعلنت), what it does (دعم), or whom it deals with (مع)."""
    if before.lstrip("و") in words("neighbours.csv", "act"):
        return True
    if place.kind == "country" and before in words("neighbours.csv", "act-with"):
        return True
    noun = before if before in words("neighbours.csv", "act-noun") else before.removesuffix("ها").removesuffix("ه")
    return place.kind != "admin" and noun in words("neighbours.csv", "act-noun")

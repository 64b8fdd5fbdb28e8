"""What stands around a name as evidence of a place: head nouns, prepositions, what follows, the text."""

from collections.abc import Sequence

from geo.adjectives import attributive, nisbas
from geo.gazetteer import Gazetteer
from geo.lexicon import Head, heads, words
from geo.model import Place
from geo.surroundings import Surroundings
from geo.tokens import Token, readings
from geo.toponyms import Sighting

# A head noun that asks for more sorts of places than this (منطقة) says little.
_SPECIFIC = 4
# On the scale of importance: known beyond its own country.
_WELL_KNOWN = 5.5


def evidence(sighting: Sighting, around: Surroundings, before: Sighting | None) -> list[str]:
    """The features for a name being a place; ``before`` is the accepted name that it is coordinated with."""
    tokens, gazetteer = around.tokens, around.gazetteer
    every = [gazetteer.place(id) for id in sighting.candidates]
    # What is meant only with its head noun lends no evidence to a namesake that stands without.
    places = [p for p in every if not gazetteer.needs_head(p.id) or (sighting.head and fits(sighting.head, p))] or every
    agrees = any(around.agrees(p) for p in places)
    found = ["country-spoken-of"] if agrees else []
    if sighting.head:
        if any(fits(sighting.head, p) for p in places):
            if not _foreign_village(sighting.head, places, around):
                found.append("head-noun" if len(sighting.head.asks) <= _SPECIFIC else "wide-head-noun")
        elif agrees:
            found.append("odd-head-noun")
    if locative(tokens, sighting):
        found.append("preposition")
    if qualified := _qualified(tokens, sighting, places, gazetteer):
        found.append(qualified)
    if sighting.name in around.accepted:
        found.append("accepted-elsewhere")
    if before is not None:
        listed = [gazetteer.place(id) for id in before.candidates[:2]]
        if any(p.country == o.country or p.kind == o.kind == "country" for p in places for o in listed):
            found.append("listed")
    return found


def _foreign_village(head: Head, places: Sequence[Place], around: Surroundings) -> bool:
    """Whether a village is named in a text that speaks of other countries than those with a place of that name."""
    if "village" not in head.asks or not around.votes:
        return False
    return not any(around.agrees(p) or p.importance >= _WELL_KNOWN for p in places)


def fits(head: Head, place: Place) -> bool:
    """Whether a place is of the sort that a head noun asks for; a settlement's size is not held against it."""
    return place.feature in head.asks


def locative(tokens: Sequence[Token], sighting: Sighting) -> bool:
    """Whether a preposition or noun of place stands right before the name or its head noun."""
    if "ب" in sighting.reading.clitics:
        return True
    at = sighting.head_at - 1 if sighting.head_at else -1
    if sighting.head_at != sighting.first and "ب" in _clitics(tokens[sighting.head_at].text):
        return True
    if at < 0 or not tokens[at + 1].near or sighting.reading.clitics[:1] in ("و", "ف"):
        return False
    if "ل" in sighting.reading.clitics and (
        tokens[at].text in words("directions.csv", "adjective") or tokens[at].text in words("vicinity.csv", "beside")
    ):
        return True
    return any(r.text in words("neighbours.csv", "locative") for r in readings(tokens[at].text))


def _clitics(word: str) -> str:
    return next((r.clitics for r in readings(word) if r.text in heads()), "")


def _qualified(
    tokens: Sequence[Token], sighting: Sighting, places: Sequence[Place], gazetteer: Gazetteer
) -> str | None:
    """The feature by which what follows says where the name lies: its country's adjective, a container, a direction."""
    at = sighting.last
    if at >= len(tokens):
        return None
    after = tokens[at]
    countries = {p.country for p in places}
    if after.joined and after.text in attributive():
        pointed = nisbas().get(after.text)
        if not pointed or pointed not in gazetteer or gazetteer.place(pointed).country not in countries:
            return None
        # الفصائل الفلسطينية is a noun with its adjective as likely as a place with its country's.
        common = sighting.name.startswith("ال") and sighting.last - sighting.first == 1
        return "adjective-after-article" if common else "adjective"
    if "(" in after.gap and after.text in words("neighbours.csv", "direction"):
        return "direction-in-brackets"
    if after.joined and after.text in words("neighbours.csv", "whereabouts"):
        return "container" if _names_country_in(tokens, at + 1, 3, countries, gazetteer) else None
    if after.joined and after.text.startswith("ب") and _names_country_in(tokens, at, 1, countries, gazetteer):
        return "container"
    if after.gap.strip() in ("", "،", ",", "(") and not after.text.startswith("و"):
        return "container" if _names_country_in(tokens, at, 2, countries, gazetteer) else None
    return None


def _names_country_in(
    tokens: Sequence[Token], at: int, span: int, countries: set[str | None], gazetteer: Gazetteer
) -> bool:
    """Whether a well-known place of one of ``countries`` is named within ``span`` tokens from ``at``."""
    for n in range(at, min(at + span, len(tokens))):
        for reading in readings(tokens[n].text):
            for id in gazetteer.find(reading.text)[:1]:
                place = gazetteer.place(id)
                if place.country in countries and (place.kind == "admin" or place.importance >= 5):
                    return True
    return False

"""Which of the names in a text are places: each needs so much evidence, and has so much.

A country or a big city needs none; a name that is also a word, a person's or a hamlet's needs a head noun, or
several weaker signs that agree. The scale has no unit: it only orders.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from extract.text import Folded
from geo.adjectives import attributive, nisbas
from geo.evidence import evidence
from geo.exclusions import ruled_out
from geo.gazetteer import Gazetteer
from geo.lexicon import coverage, ordinary, words
from geo.model import Place
from geo.surroundings import Surroundings
from geo.tokens import Token, Tokens, opening
from geo.toponyms import Sighting, sightings
from geo.weights import NEVER, points, total

# On the scale of importance (log10 of population).
_COUNTRY, _WORLD_CITY, _METROPOLIS, _BIG_CITY, _CITY, _KNOWN, _TOWN = 8.0, 6.4, 6.0, 5.5, 5.0, 4.5, 4.3
_ASSEMBLIES = frozenset({"parliament", "ministry"})


def accept(text: Folded, tokens: Tokens, gazetteer: Gazetteer, home: str | None) -> tuple[list[Sighting], Surroundings]:
    """The sightings that are places, in text order without overlap, and what the text as a whole says."""
    options = sightings(tokens, gazetteer)
    around = Surroundings(text, tokens, gazetteer, home)
    around.spelt.update(s.candidates[0] for found in options for s in found if s.name not in attributive())
    plain = [next((s for s in found if _least(s, around) <= 0 and not ruled_out(s, around)), None) for found in options]
    for sighting in filter(None, plain):
        _vote(sighting, around)
    pointed = nisbas()
    for at in tokens.opened_by(_is_nisba):
        place = pointed[tokens[at].text]
        if place in gazetteer and (country := gazetteer.place(place).country):
            around.votes[country] += 1
    # Now that the countries are known, a name elsewhere needs more.
    level = {id(s): need(s, around) for found in options for s in found}
    # What a head noun names once is that place wherever the name returns.
    for found in options:
        for s in found:
            if s.head and level[id(s)] < inf and total(evidence(s, around, None)) >= level[id(s)]:
                around.accepted.add(s.name)
                break
    out: list[Sighting] = []
    for found in options:
        for s in found:
            if out and s.first < out[-1].last:
                continue
            before = out[-1] if out and coordinated(tokens, out[-1], s) else None
            if before and before.head and before.head.many and not s.head:
                s = s.under(before.head)
            needed = need(s, around) if s.listed else level[id(s)]
            if needed <= 0 or (needed < inf and total(evidence(s, around, before)) >= needed):
                out.append(s)
                around.accepted.add(s.name)
                break
    return out, around


@opening
def _is_nisba(word: str) -> bool:
    return word in nisbas()


def _vote(sighting: Sighting, around: Surroundings) -> None:
    """A vote for the country of a name that has no namesake of note elsewhere (عمان is Amman or Oman)."""
    places = [around.gazetteer.place(id) for id in sighting.candidates]
    countries = {p.country for p in places if p.importance >= min(_CITY, places[0].importance)}
    if len(countries) == 1 and (country := countries.pop()):
        around.votes[country] += 2


def coordinated(tokens: Sequence[Token], before: Sighting, after: Sighting) -> bool:
    """Whether two names stand in one list: «X وY», «X، Y», «X أو Y»."""
    if after.first == before.last:
        gap = tokens[after.first].gap.strip(' "«»“”()')
        if after.reading.cut:
            return after.reading.clitics == "و" and gap in ("", "،", ",")
        return gap in ("،", ",", "-", "–")
    return (
        after.first == before.last + 1
        and tokens[before.last].text in words("neighbours.csv", "list-word")
        and not after.reading.cut
    )


def need(sighting: Sighting, around: Surroundings) -> float:
    """How much evidence the name needs: the least of its candidates, infinite where something rules it out."""
    least = _least(sighting, around)
    return inf if least == inf or ruled_out(sighting, around) else least


def _least(sighting: Sighting, around: Surroundings) -> float:
    least = inf
    for doubt in _doubts_of(sighting, around.gazetteer):
        least = min(least, _points(doubt, sighting, around))
        if least <= 0:
            break
    return least


def needs(sighting: Sighting, around: Surroundings) -> tuple[str, ...]:
    """The features against the name being a place, of the candidate that needs the least evidence."""
    if ruled_out(sighting, around):
        return (NEVER,)
    doubts = _doubts_of(sighting, around.gazetteer)
    return _features(min(doubts, key=lambda doubt: _points(doubt, sighting, around)), sighting, around)


class _Doubt(NamedTuple):
    """What speaks against a name meaning a place, whatever the text: the sort of name that it is, and what adds up."""

    place: Place
    sort: str | None
    more: tuple[str, ...]


def _doubts_of(sighting: Sighting, gazetteer: Gazetteer) -> tuple[_Doubt, ...]:
    clitics = sighting.reading.clitics
    return _doubts(gazetteer, sighting.name, clitics != "", clitics.endswith("ك"))


@lru_cache(maxsize=65536)
def _doubts(gazetteer: Gazetteer, name: str, cut: bool, after_kaf: bool) -> tuple[_Doubt, ...]:
    """The doubt for each place of that name."""
    return tuple(_doubt(gazetteer, gazetteer.place(id), name, cut, after_kaf) for id in gazetteer.find(name))


def _doubt(gazetteer: Gazetteer, place: Place, name: str, cut: bool, after_kaf: bool) -> _Doubt:
    if gazetteer.needs_head(place.id):
        return _Doubt(place, "head-only", ())
    single = " " not in name
    plain = all(word in ordinary() for word in name.split())
    cut = cut and single and not name.startswith("ال")
    more = []
    if place.id.startswith("makan:"):
        sort = _sort_of_own(place, single, plain, gazetteer.is_word(place.id, name))
        if cut and place.importance < _WORLD_CITY:
            # A word that begins with a letter that may be a proclitic is more often just a word.
            sort = _heavier(sort, "proclitic-letter")
    else:
        sort = _sort_of_geonames(place, single, plain, gazetteer)
        if (single and len(name) <= 3) or (cut and sort):
            more.append("short")
    if cut and after_kaf:
        more.append("after-kaf")
    return _Doubt(place, sort, tuple(more))


def _points(doubt: _Doubt, sighting: Sighting, around: Surroundings) -> float:
    features = _features(doubt, sighting, around)
    return inf if NEVER in features else total(features)


def _features(doubt: _Doubt, sighting: Sighting, around: Surroundings) -> tuple[str, ...]:
    """The features against a name in its text."""
    place, sort, more = doubt
    if sort == "head-only":
        return (sort,)
    if place.feature in _ASSEMBLIES and not _at_building(sighting, around.tokens):
        return (NEVER,)
    if place.kind == "city" and around.sporting(sighting.first):
        sort = _heavier(sort, "club")
    if sighting.head is None and " " not in sighting.name and around.gazetteer.is_added(place.id):
        return ("added-alone",)
    if place.importance < _BIG_CITY and around.votes and not around.agrees(place):
        more = (*more, "elsewhere")
    return (sort, *more) if sort else more


def _heavier(one: str | None, other: str) -> str:
    return other if one is None or points()[other] > points()[one] else one


def _at_building(sighting: Sighting, tokens: Sequence[Token]) -> bool:
    """Whether a parliament or ministry is spoken of as a building: «أمام البرلمان», and not for those in it."""
    before = tokens[sighting.first - 1].text if sighting.first else ""
    return before in words("neighbours.csv", "building")


def _sort_of_own(place: Place, single: bool, plain: bool, flagged: bool) -> str | None:
    """What makes a name of our tables doubtful, None where nothing does."""
    if flagged:
        return "word-and-country" if place.importance >= _COUNTRY else "word-flagged"
    if plain and place.importance < _COUNTRY:
        if place.importance >= _BIG_CITY:
            return "word-of-big-place"
        return "word-of-town" if place.importance >= _KNOWN else "word-of-small-place"
    if place.kind in ("country", "admin") or place.importance >= _CITY or not single:
        return None
    return "small" if place.importance < _KNOWN else "town"


def _sort_of_geonames(place: Place, single: bool, plain: bool, gazetteer: Gazetteer) -> str | None:
    if plain:
        return "word-of-small-place"
    capital = gazetteer.capital(place.country or "")
    if capital is not None and capital.id == place.id:
        return None
    if not coverage().get(place.country or "", (0, False))[1]:
        if place.importance >= _WORLD_CITY:
            return None
        return "metropolis-abroad" if place.importance >= _METROPOLIS or not single else "town-abroad"
    if place.importance >= _CITY:
        return None if place.importance >= _BIG_CITY else "city-nearby"
    return "town-nearby" if place.importance >= _TOWN or not single else "village-nearby"

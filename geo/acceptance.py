"""Which of the names in a text are places: each needs so much evidence, and has so much.

A country or a big city needs none; a name that is also a word, a person's or a hamlet's needs a head noun, or
several weaker signs that agree. The scale has no unit: it only orders.
"""

from collections.abc import Sequence

from extract.text import Folded
from geo.adjectives import attributive, nisbas
from geo.evidence import strength
from geo.exclusions import ruled_out
from geo.gazetteer import Gazetteer
from geo.lexicon import coverage, ordinary, words
from geo.model import Place
from geo.surroundings import Surroundings
from geo.tokens import Token
from geo.toponyms import Sighting, sightings

# On the scale of importance (log10 of population).
_COUNTRY, _WORLD_CITY, _METROPOLIS, _BIG_CITY, _CITY, _KNOWN, _TOWN = 8.0, 6.4, 6.0, 5.5, 5.0, 4.5, 4.3
_HEADED = 4
_NEVER = 99
_ASSEMBLIES = frozenset({"parliament", "ministry"})


def accept(
    text: Folded, tokens: Sequence[Token], gazetteer: Gazetteer, home: str | None
) -> tuple[list[Sighting], Surroundings]:
    """The sightings that are places, in text order without overlap, and what the text as a whole says."""
    options = sightings(tokens, gazetteer)
    around = Surroundings(text, tokens, gazetteer, home)
    around.spelt.update(s.candidates[0] for found in options for s in found if s.name not in attributive())
    needs = {id(s): need(s, around) for found in options for s in found}
    for found in options:
        plain = next((s for s in found if needs[id(s)] == 0), None)
        if plain:
            _vote(plain, around)
    pointed = nisbas()
    for token in tokens:
        place = pointed.get(token.text)
        if place and place in gazetteer and (country := gazetteer.place(place).country):
            around.votes[country] += 1
    # Now that the countries are known, a name elsewhere needs more.
    needs = {id(s): level if (level := needs[id(s)]) == _NEVER else need(s, around) for f in options for s in f}
    # What a head noun names once is that place wherever the name returns.
    for found in options:
        for s in found:
            if s.head and needs[id(s)] < _NEVER and strength(s, around, None) >= needs[id(s)]:
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
            level = need(s, around) if s.listed else needs[id(s)]
            if not level or (level < _NEVER and strength(s, around, before) >= level):
                out.append(s)
                around.accepted.add(s.name)
                break
    return out, around


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


def need(sighting: Sighting, around: Surroundings) -> int:
    """How much evidence the name needs: the least of its candidates; _NEVER where something rules it out."""
    if ruled_out(sighting, around):
        return _NEVER
    single = sighting.last - sighting.first == 1
    return min(_need(around.gazetteer.place(id), single, sighting, around) for id in sighting.candidates)


def _need(place: Place, single: bool, sighting: Sighting, around: Surroundings) -> int:
    gazetteer = around.gazetteer
    if gazetteer.needs_head(place.id):
        return _HEADED
    if place.feature in _ASSEMBLIES and not _at_building(sighting, around.tokens):
        return _NEVER
    plain = all(word in ordinary() for word in sighting.name.split())
    bare = single and not sighting.name.startswith("ال")
    short = single and len(sighting.name) <= 3
    cut = sighting.reading.cut > 0 and bare
    if place.id.startswith("makan:"):
        level = _need_of_own(place, single, plain, gazetteer.is_word(place.id, sighting.name))
        # A word that begins with a letter that may be a proclitic is more often just a word.
        if cut and place.importance < _WORLD_CITY:
            level = max(level, 1)
    else:
        level = _need_of_geonames(place, single, plain, gazetteer)
        level += 1 if short or (cut and level) else 0
    if cut and sighting.reading.clitics.endswith("ك"):
        level += 1
    if place.kind == "city" and around.sporting(sighting.first):
        level = max(level, 2)
    if place.importance < _BIG_CITY and around.votes and not around.agrees(place):
        level += 1
    return level


def _at_building(sighting: Sighting, tokens: Sequence[Token]) -> bool:
    """Whether a parliament or ministry is spoken of as a building: «أمام البرلمان», and not for those in it."""
    before = tokens[sighting.first - 1].text if sighting.first else ""
    return before in words("neighbours.csv", "building")


def _need_of_own(place: Place, single: bool, plain: bool, flagged: bool) -> int:
    if flagged:
        return 1 if place.importance >= _COUNTRY else 2
    if plain and place.importance < _COUNTRY:
        return 1 if place.importance >= _BIG_CITY else 2 if place.importance >= _KNOWN else 3
    if place.kind in ("country", "admin") or place.importance >= _CITY or not single:
        return 0
    return 2 if place.importance < _KNOWN else 1


def _need_of_geonames(place: Place, single: bool, plain: bool, gazetteer: Gazetteer) -> int:
    if plain:
        return 3
    capital = gazetteer.capital(place.country or "")
    if capital is not None and capital.id == place.id:
        return 0
    if not coverage().get(place.country or "", (0, False))[1]:
        return 0 if place.importance >= _WORLD_CITY else 1 if place.importance >= _METROPOLIS or not single else 2
    if place.importance >= _CITY:
        return 0 if place.importance >= _BIG_CITY else 1
    return 2 if place.importance >= _TOWN or not single else 3

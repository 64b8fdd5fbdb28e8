"""What is written like a place and is none: adjectives, possessives, parts of persons', teams' and streets' names."""

from collections.abc import Sequence

from extract.text import folded
from geo.adjectives import attributive
from geo.evidence import fits
from geo.lexicon import Head, not_places, words
from geo.surroundings import Surroundings
from geo.tokens import Token, readings
from geo.toponyms import Sighting


def ruled_out(sighting: Sighting, around: Surroundings) -> bool:
    """Whether the name is part of a person's, a team's, an outlet's or a far-off street's name."""
    tokens, at = around.tokens, sighting.first
    if sighting.head and sighting.head_at < at and _named_after(sighting, sighting.head, around):
        return True
    if _possessive(sighting, around):
        return True
    after = tokens[sighting.last] if sighting.last < len(tokens) else None
    if after and after.joined:
        if after.text in words("neighbours.csv", "filiation") and sighting.last - at == 1:
            return True
        if after.text in not_places("after"):
            return True
    if not at or (sighting.head and not sighting.listed):
        return False
    before = tokens[at - 1]
    token = tokens[at]
    if before.text == "ل" and not token.gap[:1].isspace():
        return True
    if token.near and any(r.text in not_places("before") for r in readings(before.text)) and not sighting.reading.cut:
        return True
    if sighting.last - at == 1 and sighting.name in attributive() and _adjectival(tokens, sighting, around):
        return True
    if not token.joined or sighting.reading.cut:
        return False
    if before.text in words("persons.csv", "nasab"):
        return True
    place = around.gazetteer.place(sighting.candidates[0])
    if before.text in words("persons.csv", "title"):
        return place.kind != "country" or place.importance < 8
    if any(r.text in words("persons.csv", "name") for r in readings(before.text)):
        return place.importance < 6 or around.gazetteer.is_word(place.id, sighting.name)
    return False


def _adjectival(tokens: Sequence[Token], sighting: Sighting, around: Surroundings) -> bool:
    """Whether a country's name that is an adjective too (السعودية, سورية) is one here.

    With the article it follows a definite noun (الحكومة السعودية) or another such adjective; without it, a
    feminine or plural noun (صحيفة سورية), or any noun in a text that spells the country otherwise (سوريا).
    """
    before, token = tokens[sighting.first - 1], tokens[sighting.first]
    if not token.joined or sighting.reading.clitics not in ("", "و"):
        return False
    if sighting.reading.clitics == "و":
        return before.text in attributive() and before.text != sighting.name
    if sighting.name.startswith("ال"):
        definite = any(r.text.startswith("ال") and len(r.text) > 4 for r in readings(before.text))
        return definite and before.text not in words("neighbours.csv", "function")
    if before.text in words("neighbours.csv", "locative") or before.text in words("neighbours.csv", "function"):
        return False
    return sighting.candidates[0] in around.spelt or before.text.endswith(("ه", "ات"))


def _named_after(sighting: Sighting, head: Head, around: Surroundings) -> bool:
    """Whether a site or quarter only bears a place's name: شارع تونس in a text that speaks of Kuwait."""
    if head.kind not in ("facility", "district") or not around.votes:
        return False
    places = [around.gazetteer.place(id) for id in sighting.candidates]
    return not any(fits(head, p) or (p.kind in ("city", "admin", "district") and around.agrees(p)) for p in places)


def _possessive(sighting: Sighting, around: Surroundings) -> bool:
    """Whether a final heh is «his» and not the teh marbuta of the name: زواره is no Zuwara where the text writes ة."""
    if sighting.head or not sighting.name.endswith("ه") or not around.marbuta or sighting.last - sighting.first > 1:
        return False
    end = around.tokens[sighting.last - 1].end
    if around.text.source[around.text.origin(end - 1, end).start] == "ة":
        return False
    names = [around.gazetteer.place(id).ar for id in sighting.candidates]
    return any(name.endswith("ة") and folded(name) == sighting.name for name in names)

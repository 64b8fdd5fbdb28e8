"""Parts of places: شمال العراق، الشمال الشرقي من سوريا، الجنوب اللبناني، ريف حلب الشمالي، الأراضي السورية."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from extract.text import folded
from geo.adjectives import attributive, nisbas
from geo.lexicon import rows, words
from geo.shapes import Direction
from geo.tokens import Token, Tokens, opening, readings
from geo.toponyms import Sighting, head_ending_at

Target = Literal["name", "nisba", "home", "kingdom", "capital", "desert"]


@dataclass(frozen=True)
class PartSighting:
    """A part of a place, tokens ``first`` up to ``last``, its first token without ``cut`` letters.

    ``target`` says what of: "name" the sighting ``of``; "nisba" the place ``of`` that an adjective points to; "home"
    the country the text plays in (البلاد); "kingdom" the monarchy it speaks of (المملكة); "capital" the capital of the
    nisba's country. Without a ``direction`` it is the whole. ``sort`` is "part", "countryside", "territory" or
    "capital".
    """

    first: int
    last: int
    cut: int
    target: Target
    of: Sighting | str | None
    direction: Direction | None
    sort: str


@cache
def directions() -> dict[str, tuple[Direction, str]]:
    """Words of direction, one or two, with how they join.

    شمال X is "of", الشمال السوري "definite", X الشمالي "adjective".
    """
    return {folded(r["word"]): (cast(Direction, r["direction"]), r["sort"]) for r in rows("directions.csv")}


@cache
def geographic() -> dict[str, str]:
    """Nouns of land whose adjective or construct names a place (الأراضي السورية), each with its sort."""
    return {folded(r["word"]): r["sort"] for r in rows("geographic.csv")}


def parts(tokens: Tokens, accepted: Mapping[int, Sighting]) -> list[PartSighting]:
    """The parts named in a text; ``accepted`` are its place names by their first token."""
    out: list[PartSighting] = []
    inside = {n for s in accepted.values() for n in range(s.first, s.last)}
    for at in tokens.opened_by(_names_part):
        if at in inside or (out and at < out[-1].last):
            continue
        found = _directed(tokens, at, accepted) or _land(tokens, at, accepted)
        if found:
            out.append(found)
    return out


@opening
def _names_part(word: str) -> bool:
    firsts = _first_words()
    return any(r.text in firsts for r in readings(word))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words.split()[0] for words in (*directions(), *geographic()))


def direction_at(tokens: Sequence[Token], at: int, whole: bool = False) -> tuple[Direction, str, int, int] | None:
    """The direction that begins at a token: which, how it joins, the token after it, the letters of proclitics."""
    for reading in readings(tokens[at].text) if not whole else readings(tokens[at].text)[:1]:
        joined = at + 1 < len(tokens) and tokens[at + 1].joined
        if joined and (pair := directions().get(f"{reading.text} {tokens[at + 1].text}")):
            return *pair, at + 2, reading.cut
        if single := directions().get(reading.text):
            return *single, at + 1, reading.cut
    return None


def _directed(tokens: Sequence[Token], at: int, accepted: Mapping[int, Sighting]) -> PartSighting | None:
    found = direction_at(tokens, at)
    if found is None or found[1] == "adjective":
        return None
    direction, sort, end, cut = found
    if end >= len(tokens):
        return None
    if sort == "definite":
        if tokens[end].text == "من" and tokens[end].joined and end + 1 < len(tokens):
            return _of_name(tokens, at, end + 1, cut, direction, accepted)
        if tokens[end].joined and tokens[end].text.startswith("ال") and tokens[end].text in attributive():
            return PartSighting(at, end + 1, cut, "nisba", nisbas()[tokens[end].text], direction, "part")
        return None
    return _of_name(tokens, at, end, cut, direction, accepted)


def _of_name(
    tokens: Sequence[Token], at: int, end: int, cut: int, direction: Direction, accepted: Mapping[int, Sighting]
) -> PartSighting | None:
    if target := name_from(tokens, end, accepted):
        if direction == "centre" and target.head is not None:
            return None
        return PartSighting(at, target.last, cut, "name", target, direction, "part")
    if tokens[end].joined:
        if tokens[end].text == "البلاد":
            return PartSighting(at, end + 1, cut, "home", None, direction, "part")
        if tokens[end].text == "المملكه":
            return PartSighting(at, end + 1, cut, "kingdom", None, direction, "part")
        if geographic().get(tokens[end].text) == "territory" and end + 1 < len(tokens) and tokens[end + 1].joined:
            word = tokens[end + 1].text
            if word.startswith("ال") and word in attributive():
                return PartSighting(at, end + 2, cut, "nisba", nisbas()[word], direction, "part")
    return None


def name_from(tokens: Sequence[Token], at: int, accepted: Mapping[int, Sighting], clitic: str = "") -> Sighting | None:
    """The accepted name that starts at a token, or after a head noun that starts there; with just that proclitic."""
    if at >= len(tokens) or not tokens[at].near:
        return None
    sighting = accepted.get(at)
    if sighting:
        return sighting if sighting.reading.clitics == clitic else None
    for skip in (1, 2):
        sighting = accepted.get(at + skip)
        if sighting and sighting.head and sighting.head_at == at and not sighting.reading.cut:
            found = head_ending_at(tokens, at)
            clitics = next(
                (r.clitics for r in readings(tokens[at].text) if found and r.text == folded(found[0].noun)), ""
            )
            return sighting if clitics == clitic else None
    return None


def _land(tokens: Sequence[Token], at: int, accepted: Mapping[int, Sighting]) -> PartSighting | None:
    for reading in readings(tokens[at].text):
        word, end = reading.text, at + 1
        if end < len(tokens) and tokens[end].joined and f"{word} {tokens[end].text}" in geographic():
            word, end = f"{word} {tokens[end].text}", end + 1
        sort = geographic().get(word)
        if sort == "capital" and (end == len(tokens) or not tokens[end].joined):
            return _bare_capital(tokens, at, end, reading.cut, reading.clitics)
        if sort is None or end >= len(tokens):
            continue
        if sort == "desert":
            if found := _desert(tokens, at, end, reading.cut, reading.clitics, accepted):
                return found
            continue
        directed = (
            sort == "territory" and word.startswith("ال") and tokens[end].text in words("directions.csv", "adjective")
        )
        if sort in ("countryside", "surroundings") or directed:
            return _countryside(tokens, at, end, reading.cut, sort, word, accepted)
        if sort in ("territory", "side", "capital") and tokens[end].joined:
            return _adjectival(tokens, at, end, reading.cut, reading.clitics, sort)
    return None


def _desert(
    tokens: Sequence[Token], at: int, end: int, cut: int, clitics: str, accepted: Mapping[int, Sighting]
) -> PartSighting | None:
    """«في الصحراء», «مناطق X والصحراء»: the main desert of the country spoken of; الصحراء السورية is that country's."""
    if tokens[end].joined and tokens[end].text.startswith("ال") and tokens[end].text in attributive():
        return PartSighting(at, end + 1, cut, "desert", nisbas()[tokens[end].text], None, "desert")
    before = next((s for s in accepted.values() if s.last == at and s.head and s.head.many), None)
    led = clitics[-1:] == "ب" or (not cut and at and tokens[at - 1].text in words("neighbours.csv", "desert-before"))
    if led or (before and clitics == "و"):
        return PartSighting(at, end, cut, "desert", None, None, "desert")
    return None


def _adjectival(tokens: Sequence[Token], at: int, end: int, cut: int, clitics: str, sort: str) -> PartSighting | None:
    word = tokens[end].text
    if word not in attributive():
        return _bare_capital(tokens, at, end, cut, clitics) if sort == "capital" else None
    if sort == "side" and not (
        "ب" in clitics or (at and tokens[at - 1].text in words("neighbours.csv", "side-before"))
    ):
        return None
    if sort == "capital":
        return PartSighting(at, end + 1, cut, "capital", nisbas()[word], None, "capital")
    return PartSighting(at, end + 1, cut, "nisba", nisbas()[word], None, "territory")


def _bare_capital(tokens: Sequence[Token], at: int, end: int, cut: int, clitics: str) -> PartSighting | None:
    """«في العاصمة» alone: that of the country spoken of, unless an adjective makes it one of industry or culture."""
    led = clitics[-1:] in ("ب", "ل") or (not cut and at and tokens[at - 1].text in words("neighbours.csv", "locative"))
    qualified = end < len(tokens) and tokens[end].joined and tokens[end].text.startswith("ال")
    return PartSighting(at, end, cut, "capital", None, None, "capital") if led and not qualified else None


def _countryside(
    tokens: Sequence[Token], at: int, end: int, cut: int, sort: str, word: str, accepted: Mapping[int, Sighting]
) -> PartSighting | None:
    """ريف حلب (الشمالي), الريف الجنوبي الشرقي لجسر الشغور, الأطراف الغربية لمدينة حلب, الساحل الغربي لليبيا."""
    direction: Direction | None = None
    clitic = ""
    if word.startswith("ال"):
        found = direction_at(tokens, end, whole=True) if tokens[end].joined else None
        if found is None or found[1] != "adjective":
            return None
        direction, end, clitic = found[0], found[2], "ل"
        if end < len(tokens) and tokens[end].text == "من":
            end, clitic = end + 1, ""
    target = name_from(tokens, end, accepted, clitic)
    if target is None:
        return None
    last = target.last
    if direction is None and last < len(tokens) and tokens[last].joined:
        found = direction_at(tokens, last, whole=True)
        if found and found[1] == "adjective":
            direction, last = found[0], found[2]
    if direction is None and sort == "surroundings":
        return None
    return PartSighting(at, last, cut, "name", target, direction, "part" if sort == "territory" else sort)

"""Borders in all their phrasings: الحدود العراقية السورية، الحدود مع سوريا، حدود العراق، الشريط الحدودي."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.text import folded
from geo.adjectives import attributive, nisbas
from geo.gazetteer import Gazetteer
from geo.lexicon import rows
from geo.tokens import Reading, Token, Tokens, bare, opening, readings
from geo.toponyms import Sighting


@dataclass(frozen=True)
class BorderSighting:
    """A border named by tokens ``first`` up to ``last``; ``countries`` are the ISO codes of the sides it names.

    No side at all is «الحدود» alone, one side leaves the other to the context; "own" sides (حدودها) name none
    but mean the country spoken of.
    """

    first: int
    last: int
    cut: int
    countries: tuple[str, ...]
    own: bool = False


def borders(tokens: Tokens, accepted: Mapping[int, Sighting], gazetteer: Gazetteer) -> list[BorderSighting]:
    """The borders named in a text; ``accepted`` are its place names by their first token."""
    out: list[BorderSighting] = []
    taken = {n for s in accepted.values() for n in range(s.first, s.last) if s.last - s.first > 1}
    for at in tokens.opened_by(_names_border):
        if at in taken or (out and at < out[-1].last):
            continue
        if found := _border_at(tokens, at, accepted, gazetteer):
            out.append(found)
    return out


def _border_at(
    tokens: Sequence[Token], at: int, accepted: Mapping[int, Sighting], gazetteer: Gazetteer
) -> BorderSighting | None:
    opening = _opening(tokens, at)
    if opening is None:
        return None
    cut, end, sort = opening
    reader = _Sides(tokens, accepted, gazetteer, end)
    if sort == "construct":
        reader.construct()
    reader.adjectives()
    reader.prepositions()
    sides = tuple(dict.fromkeys(reader.countries))[:2]
    if not sides and sort != "definite":
        return None
    return BorderSighting(at, reader.end, cut, sides, own=sort == "own")


def _opening(tokens: Sequence[Token], at: int) -> tuple[int, int, str] | None:
    """How a border expression opens at a token: letters of proclitics, the token after its noun, how sides follow.

    "definite" (الحدود, الشريط الحدودي) may stand alone; "construct" (حدود), "own" (حدودها) and "strip" (the rest:
    المناطق الحدودية) only with a side.
    """
    for reading in _border_readings(tokens[at].text):
        sort = _sort(reading.text)
        if sort == "own":
            return reading.cut, at + 1, "own"
        if sort == "noun":
            return reading.cut, at + 1, "definite" if reading.text.startswith("ال") else "construct"
        if at + 1 < len(tokens) and tokens[at + 1].joined:
            if _sort(tokens[at + 1].text) == "bordering":
                return reading.cut, at + 2, "definite" if sort == "line" else "strip"
            if tokens[at + 1].text == "الحدود":
                return reading.cut, at + 2, "definite"
    return None


@cache
def _sorts() -> dict[str, str]:
    return {folded(row["word"]): row["sort"] for row in rows("borders.csv")}


def _sort(word: str) -> str | None:
    return _sorts().get(word)


@lru_cache(maxsize=65536)
def _border_readings(word: str) -> tuple[Reading, ...]:
    return tuple(r for r in readings(word) if _sort(r.text) in ("noun", "own", "line", "strip"))


@opening
def _names_border(word: str) -> bool:
    return bool(_border_readings(word))


class _Sides:
    """Reads on from a border's noun, collecting the countries that it names."""

    def __init__(
        self, tokens: Sequence[Token], accepted: Mapping[int, Sighting], gazetteer: Gazetteer, at: int
    ) -> None:
        self.tokens, self.accepted, self.gazetteer = tokens, accepted, gazetteer
        self.at = self.end = at
        self.countries: list[str] = []

    def adjectives(self) -> None:
        """الحدود العراقية السورية, العراقية - السورية, البرية المشتركة."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if not (token.joined or token.gap.strip() in ("-", "–", "/", "ـ")):
                return
            country = self._adjective(token)
            if country is None and _sort(token.text) == "passed":
                self.at += 1
                continue
            if country is None:
                return
            self.countries.append(country)
            self.at += 1
            self.end = self.at

    def _adjective(self, token: Token) -> str | None:
        reading = bare(token.text, attributive()) if not self.countries or token.text[:1] == "و" else None
        word = token.text if token.text in attributive() else reading.text if reading else None
        if word is None or (reading and reading.clitics not in ("", "و")):
            return None
        id = nisbas()[word]
        if id not in self.gazetteer:
            return None
        place = self.gazetteer.place(id)
        return place.country if place.kind == "country" else None

    def construct(self) -> None:
        """حدود العراق, حدود العراق وسوريا."""
        if self._country(self.at):
            self._coordinated()

    def prepositions(self) -> None:
        """مع سوريا, بين العراق وسوريا."""
        if self.at >= len(self.tokens) or not self.tokens[self.at].joined:
            return
        word = self.tokens[self.at].text
        if word == "مع" and len(self.countries) < 2:
            self._country(self.at + 1)
        elif word == "بين" and not self.countries and self._country(self.at + 1):
            self._coordinated()

    def _coordinated(self) -> None:
        sighting = self.accepted.get(self.at)
        if sighting and sighting.reading.clitics == "و" and len(self.countries) < 2:
            self._country(self.at)
        elif self.at < len(self.tokens) and self.tokens[self.at].text == "وبين":
            self._country(self.at + 1)

    def _country(self, at: int) -> bool:
        if at < len(self.tokens) and _sort(self.tokens[at].text) == "state":
            at += 1
        sighting = self.accepted.get(at)
        if sighting is None or not self.tokens[at].near:
            return False
        place = self.gazetteer.place(sighting.candidates[0])
        if place.kind != "country" or not place.country:
            return False
        self.countries.append(place.country)
        self.at = self.end = sighting.last
        return True

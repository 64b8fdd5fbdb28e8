"""Places by their neighbours: «المناطق المحاذية لـX», «الطريق الواصل بين X وY»."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.lexicon import words
from geo.parts import name_from
from geo.tokens import Token, Tokens, opening, readings
from geo.toponyms import Sighting


@dataclass(frozen=True)
class Between:
    """What lies between two named places: tokens ``first`` up to ``last`` are its own words, «بين» the last of them."""

    first: int
    last: int
    cut: int
    a: Sighting
    b: Sighting


def beside(tokens: Tokens, accepted: Mapping[int, Sighting]) -> set[int]:
    """The names, by their first token, whose surroundings are meant and not themselves: «القرى المجاورة لبعقوبة»."""
    land = words("vicinity.csv", "land")
    out: set[int] = set()
    for before in tokens.opened_by(_says_beside):
        at = before + 1
        if not before or at == len(tokens) or not (tokens[before].joined and tokens[at].joined):
            continue
        if not any(r.text in land for r in readings(tokens[before - 1].text)):
            continue
        found = name_from(tokens, at, accepted, "ل")
        if found is None and tokens[at].text in ("من", "ل", "ب") and at + 1 < len(tokens):
            found = name_from(tokens, at + 1, accepted)
        if found:
            out.add(found.first)
    return out


def betweens(tokens: Tokens, accepted: Mapping[int, Sighting]) -> list[Between]:
    """The roads and stretches of land that a text gives by the two places at their ends."""
    path, inner = words("vicinity.csv", "path"), words("vicinity.csv", "path-word")
    out: list[Between] = []
    for at in tokens.opened_by(_says_between):
        if at == 0:
            continue
        token, first = tokens[at], at - 1
        while first and tokens[first].text in inner and tokens[first].joined:
            first -= 1
        head = next((r for r in readings(tokens[first].text) if r.text in path), None)
        if head is None or not token.joined:
            continue
        a = name_from(tokens, at + 1, accepted)
        b = _other_end(tokens, a.last, accepted) if a else None
        if a and b:
            out.append(Between(first, at + 1, head.cut, a, b))
    return out


@opening
def _says_beside(word: str) -> bool:
    return word in words("vicinity.csv", "beside")


@opening
def _says_between(word: str) -> bool:
    return word == "بين"


def _other_end(tokens: Sequence[Token], at: int, accepted: Mapping[int, Sighting]) -> Sighting | None:
    if at < len(tokens) and tokens[at].text == "وبين":
        return name_from(tokens, at + 1, accepted)
    return name_from(tokens, at, accepted, "و")

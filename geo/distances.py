"""Distances that say where something is: «على بعد 30 كلم شمال X», «تبعد عشرين كيلومترا عن X», «غرب X بنحو 60 كلم».

Lengths («شريط طوله 600 كيلومتر») are left alone: they say how far something reaches.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.text import folded
from geo.lexicon import rows, words
from geo.tokens import Token, Tokens, opening, readings

# Nobody gives the place of something by a town farther off than this.
_FARTHEST_KM = 2000.0
_BACK = 4  # tokens before the number in which the phrase may open
_JOINED = re.compile(r"(\d+(?:[.,]\d+)?)([^\W\d_]+)")


@dataclass(frozen=True)
class Distance:
    """``km`` from a place that is named from token ``last`` on, or right before token ``first``.

    ``from_name`` is whether the place itself follows (من X، عن X) and not a direction (شمال X).
    """

    first: int
    last: int
    km: float
    from_name: bool


def distances(tokens: Tokens) -> list[Distance]:
    """The distances of a text, in order."""
    found = (_distance_at(tokens, at) for at in tokens.opened_by(_may_be_unit))
    return [distance for distance in found if distance]


@cache
def _values(what: str) -> dict[str, float]:
    return {folded(row["word"]): float(row["value"]) for row in rows("distances.csv") if row["what"] == what}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(word.split()[-1] for what in ("unit", "some") for word in _values(what))


@opening
def _may_be_unit(word: str) -> bool:
    return word in _last_words() or (word[:1].isdigit() and _JOINED.fullmatch(word) is not None)


def _distance_at(tokens: Sequence[Token], at: int) -> Distance | None:
    goes_on = at + 1 < len(tokens) and f"{tokens[at].text} {tokens[at + 1].text}" in _values("unit")
    read = None if goes_on else _measured(tokens, at)
    if read is None:
        return None
    first, km = read
    if not 0 < km <= _FARTHEST_KM:
        return None
    about, opening, length = (words("distances.csv", what) for what in ("about", "opening", "length"))
    while first and tokens[first].joined and tokens[first - 1].text in about | {"من"}:
        first -= 1
    before = {r.text for token in tokens[max(0, first - _BACK) : first + 1] for r in readings(token.text)}
    if before & length:
        return None
    last = at + 1
    while last < len(tokens) and tokens[last].joined and tokens[last].text in words("distances.csv", "after"):
        last += 1
    from_name = False
    if last < len(tokens) and tokens[last].joined and tokens[last].text in ("من", "عن"):
        if not before & opening and not tokens[first].text.startswith("بمسافه"):
            return None
        last, from_name = last + 1, True
    return Distance(first, last, km, from_name)


def _measured(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """Where the figure before a unit begins, and how many km it is with that unit."""
    units, some = _values("unit"), _values("some")
    word, first = tokens[at].text, at
    if pair := _JOINED.fullmatch(word):
        factor = units.get(pair[2])
        return (at, float(pair[1].replace(",", ".")) * factor) if factor else None
    if at and tokens[at].joined and (two := f"{tokens[at - 1].text} {word}") in units:
        word, first = two, at - 1
    elif at and tokens[at].joined and two in some:
        return at - 1, some[two]
    if (factor := units.get(word)) and (number := _number(tokens, first)):
        return number[0], number[1] * factor
    return (at, some[word]) if word in some else None


def _number(tokens: Sequence[Token], end: int) -> tuple[int, float] | None:
    """The number whose last word stands right before token ``end``: where it begins, and its value."""
    at = end - 1
    if at < 0 or not tokens[end].joined:
        return None
    figure = tokens[at].text.removeprefix("ب")
    if figure.isdecimal():
        if at and tokens[at].gap in (".", ",", "٫") and tokens[at - 1].text.removeprefix("ب").isdecimal():
            return at - 1, float(f"{tokens[at - 1].text.removeprefix('ب')}.{figure}")
        return at, float(figure)
    total, first = 0.0, end
    names = _values("number")
    while at >= 0 and end - at <= 3 and tokens[at + 1].joined:
        reading = next((r for r in readings(tokens[at].text) if r.text in names and r.clitics in ("", "و", "ب")), None)
        if reading is None:
            break
        total, first = total + names[reading.text], at
        if reading.clitics != "و":
            break
        at -= 1
    return (first, total) if total else None

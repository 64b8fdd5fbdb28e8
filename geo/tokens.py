"""Words of a folded text as toponyms need them: with the gap before each, and their proclitic readings."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.text import Folded

_TOKEN = re.compile(r"[^\W_]+")
_JOINS = re.compile(r"[ _\-–'’]{1,3}")
_SHORTEST = 2


class Token(NamedTuple):
    """A word of the folded text: its range there, and the characters between it and the word before.

    ``joined`` is whether only a blank (a hyphen, an underscore) stands before it, so that a name may run on;
    ``near`` whether no more than blanks, quotation marks and brackets do.
    """

    text: str
    start: int
    end: int
    gap: str
    joined: bool
    near: bool


_STOPS = re.compile(r"[^\s_\-–'’\"«»“”„‟‹›()\[\]]|\n")


class Reading(NamedTuple):
    """A word without the proclitics before it: how many letters they take, what stays, which they are."""

    cut: int
    text: str
    clitics: str


def tokenise(text: Folded) -> list[Token]:
    """The words of ``text`` in order; hashtags and underscores come apart."""
    out: list[Token] = []
    at, source = 0, text.text
    new = tuple.__new__  # a named tuple's own constructor takes three times as long
    for match in _TOKEN.finditer(source):
        start, end = match.span()
        gap = source[at:start]
        if gap == " ":
            out.append(new(Token, (source[start:end], start, end, gap, True, True)))
        else:
            joined = _JOINS.fullmatch(gap) is not None
            out.append(new(Token, (source[start:end], start, end, gap, joined, joined or not _STOPS.search(gap))))
        at = end
    return out


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """What a word may be once و ف ب ك ل and their combinations are taken off, the whole word first.

    After لل the article's alef is restored; both «للقاهرة» (ل + القاهرة) and «للاذقية» (ل + اللاذقية) are read.
    """
    out = [Reading(0, word, "")]
    for cut in _cuts(word):
        rest = word[cut:]
        clitics = word[:cut]
        if len(rest) >= _SHORTEST:
            out.append(Reading(cut, rest, clitics))
        if clitics[-1] == "ل" and rest[:1] == "ل" and len(rest) > _SHORTEST:
            out.append(Reading(cut, "ا" + rest, clitics))
            out.append(Reading(cut, "الل" + rest[1:], clitics))
    return tuple(out)


def _cuts(word: str) -> Sequence[int]:
    if not word or word[0] not in "وفبكل":
        return ()
    if word[0] in "وف" and word[1:2] in ("ب", "ك", "ل"):
        return (1, 2)
    return (1,)


def bare(word: str, known: frozenset[str] | dict[str, object]) -> Reading | None:
    """The first reading of ``word`` that is in ``known``, None where none is."""
    for reading in readings(word):
        if reading.text in known:
            return reading
    return None

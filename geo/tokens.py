"""Words of a folded text as toponyms need them: with the gap before each, and their proclitic readings."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.text import Folded, Openings, WordTest

_TOKEN = re.compile(r"([^\W_]+)")
_JOINS = re.compile(r"[ _\-–'’]{1,3}")
_STOPS = re.compile(r"[^\s_\-–'’\"«»“”„‟‹›()\[\]]|\n")
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


class Reading(NamedTuple):
    """A word without the proclitics before it: how many letters they take, what stays, which they are."""

    cut: int
    text: str
    clitics: str


_openings = Openings()
# Marks a test of a word by which some place expression may begin, so that ``Tokens.opened_by`` finds those words.
opening = _openings.test


class Tokens(list[Token]):
    """The words of a text in order, and which of them open what."""

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        super().__init__(tokens)
        self._opening: list[tuple[int, int]] | None = None

    def opened_by(self, test: WordTest) -> list[int]:
        """The positions of the words that pass a test marked with ``opening``."""
        if self._opening is None:
            self._opening = _openings.positions([token[0] for token in self])
        bit = _openings.bit(test)
        return [at for at, bits in self._opening if bits & bit]


def tokenise(text: Folded) -> Tokens:
    """The words of ``text`` in order; hashtags and underscores come apart."""
    out = Tokens()
    add, new = out.append, tuple.__new__  # a named tuple's own constructor takes three times as long
    pieces = iter(_TOKEN.split(text.text))
    end = 0
    for gap, word in zip(pieces, pieces, strict=False):
        start = end + len(gap)
        end = start + len(word)
        if gap == " ":
            add(new(Token, (word, start, end, gap, True, True)))
        else:
            joined = _JOINS.fullmatch(gap) is not None
            add(new(Token, (word, start, end, gap, joined, joined or not _STOPS.search(gap))))
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

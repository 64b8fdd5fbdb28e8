"""Words of a folded text as toponyms need them: with the gap before each, and their proclitic readings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.text import Folded

_TOKEN = re.compile(r"([^\W_]+)")
_JOINS = re.compile(r"[ _\-–'’]{1,3}")
_STOPS = re.compile(r"[^\s_\-–'’\"«»“”„‟‹›()\[\]]|\n")
_SHORTEST = 2
# So many distinct words are kept with what they open, a few times the vocabulary of news.
_KNOWN_WORDS = 500_000


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


Test = Callable[[str], bool]
_bits: dict[Test, int] = {}
_opens: dict[str, int] = {}


def opening(test: Test) -> Test:
    """Marks a test of a word by which some expression may begin, so that ``Tokens.opened_by`` finds those words.

    All tests together cost one look-up a word: what a word opens is found out once and kept.
    """
    _bits[test] = 1 << len(_bits)
    _opens.clear()
    return test


class Tokens(list[Token]):
    """The words of a text in order, and which of them open what."""

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        super().__init__(tokens)
        self._opening: list[tuple[int, int]] | None = None

    def opened_by(self, test: Test) -> list[int]:
        """The positions of the words that pass a test marked with ``opening``."""
        if self._opening is None:
            self._opening = list(self._opened())
        bit = _bits[test]
        return [at for at, bits in self._opening if bits & bit]

    def _opened(self) -> Iterator[tuple[int, int]]:
        known = _opens
        if len(known) > _KNOWN_WORDS:
            known.clear()
        for at, token in enumerate(self):
            bits = known.get(token[0])
            if bits is None:
                bits = known[token[0]] = sum(bit for test, bit in _bits.items() if test(token[0]))
            if bits:
                yield at, bits


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

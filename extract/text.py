"""The ground everything stands on: spans, folding with an index back to the original, words, paragraphs.

Arabic is written with many optional marks and interchangeable letters. Text is *folded* for
comparison only; every folded character remembers where it stood in the original, so that whatever
is found can be shown in the words of the document.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Word(NamedTuple):
    """A run of letters and digits: its folded text and its half-open range in the *folded* text."""

    text: str
    start: int
    end: int


_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ؤ": "و", "ئ": "ي",
    "ک": "ك", "ڪ": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۀ": "ه", "ۆ": "و", "ۇ": "و",
}  # fmt: skip
_DIGITS = {chr(base + d): str(d) for base in (0x0660, 0x06F0) for d in range(10)}
_SPACES = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
)
# Marks, tatweel and invisible controls take no part in a comparison. Line and paragraph
# separators stay: they bound sentences.
_DROPPED = "".join(
    chr(c)
    for first, last in (
        (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC),
        (0x06DF, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08FF), (0x0300, 0x036F), (0x200B, 0x200F),
        (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069), (0xFEFF, 0xFEFF), (0xFE00, 0xFE0F), (0x00AD, 0x00AD),
    )
    for c in range(first, last + 1)
)  # fmt: skip
_SAME_LENGTH = str.maketrans(
    _LETTERS | _DIGITS | _SPACES | {c: c.lower() for c in map(chr, range(ord("A"), ord("Z") + 1))}
)
_CHANGES_LENGTH = re.compile(f"[{re.escape(_DROPPED)}\ufb50-\ufdff\ufe70-\ufefe]")
_NEWLINES = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Folded:
    """A text as compared, and the way back to the text as written.

    ``source`` is the original, ``text`` the folded form. ``index[i]`` is the position in ``source``
    of folded character ``i``; it is None when the two have the same length throughout.
    """

    source: str
    text: str
    index: tuple[int, ...] | None

    def origin(self, start: int, end: int) -> Span:
        """The span of the original that folded characters ``start`` to ``end`` came from.

        Marks that were dropped after the last character (a final vowel sign) belong to it.
        """
        if self.index is None:
            return Span(start, end)
        if start >= end:
            at = self.index[start] if start < len(self.index) else len(self.source)
            return Span(at, at)
        last = self.index[end - 1] + 1
        limit = self.index[end] if end < len(self.index) else len(self.source)
        while last < limit and self.source[last] in _DROPPED_SET:
            last += 1
        return Span(self.index[start], last)

    def place(self, position: int) -> int:
        """The first folded position that stands at or after ``position`` of the original."""
        return position if self.index is None else bisect_left(self.index, position)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the folded text, in order."""
        return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(self.text))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The non-blank lines as ranges of the *folded* text, without surrounding blanks."""
        out, at = [], 0
        for gap in [*_NEWLINES.finditer(self.text), None]:
            end = gap.start() if gap else len(self.text)
            line = self.text[at:end]
            if kept := line.strip():
                lead = len(line) - len(line.lstrip())
                out.append(Span(at + lead, at + lead + len(kept)))
            at = gap.end() if gap else end
        return tuple(out)


_DROPPED_SET = frozenset(_DROPPED)


def fold(text: str) -> Folded:
    """Fold spelling variants and drop marks, keeping the index back to ``text``.

    Alef, yeh, teh marbuta and hamza carriers become their bare letters, digits Western, Latin
    letters small, presentation forms their letters; diacritics, tatweel and bidi controls vanish.
    """
    if not _CHANGES_LENGTH.search(text):
        return Folded(text, text.translate(_SAME_LENGTH), None)
    pieces: list[str] = []
    index: list[int] = []
    at = 0
    for match in _CHANGES_LENGTH.finditer(text):
        pieces.append(text[at : match.start()])
        index.extend(range(at, match.start()))
        if match.group() not in _DROPPED_SET:
            letters = [c for c in unicodedata.normalize("NFKC", match.group()) if c not in _DROPPED_SET]
            pieces.extend(letters)
            index.extend([match.start()] * len(letters))
        at = match.end()
    pieces.append(text[at:])
    index.extend(range(at, len(text)))
    return Folded(text, "".join(pieces).translate(_SAME_LENGTH), tuple(index))


def folded(text: str) -> str:
    """``text`` as compared, for keys and queries."""
    return fold(text).text


WordTest = Callable[[str], bool]


class Openings:
    """Tests of folded words by which something may begin. All of them together cost one look-up a word.

    What a word opens is found out when it is first met, and kept.
    """

    _MOST = 500_000  # words, a few times the vocabulary of news

    def __init__(self) -> None:
        self._bits: dict[WordTest, int] = {}
        self._known: dict[str, int] = {}

    def test(self, test: WordTest) -> WordTest:
        """Register a test; usable as a decorator."""
        self._bits[test] = 1 << len(self._bits)
        self._known.clear()
        return test

    def bit(self, test: WordTest) -> int:
        """The bit that ``positions`` sets for a test."""
        return self._bits[test]

    def positions(self, words: Iterable[str]) -> list[tuple[int, int]]:
        """Of the words that pass any test: where they stand, and the bits of those they pass."""
        known = self._known
        if len(known) > self._MOST:
            known.clear()
        out = []
        for at, word in enumerate(words):
            bits = known.get(word)
            if bits is None:
                bits = known[word] = sum(bit for test, bit in self._bits.items() if test(word))
            if bits:
                out.append((at, bits))
        return out

"""A sentence as the reader of attributions sees it: words and marks, quotations and asides as one token each."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from extract.model import Quotation
from extract.text import Openings, Span, WordTest

TokenKind = Literal["word", "comma", "colon", "quote", "aside", "mark"]
# Character references survive in text that a scraper gave; they are no words.
_PIECE = re.compile(r"&\w{2,8};|\w+|[^\w\s]")
_KINDS: dict[str, TokenKind] = {"،": "comma", ",": "comma", "؛": "comma", ";": "comma", ":": "colon"}
_LONGEST_ASIDE = 200
# Titles before a name, written with their first letter (د. سامي): the stop belongs to them.
_ABBREVIATED = frozenset("دما")


class Token(NamedTuple):
    """``text`` is folded; ``start``/``end`` are offsets in the folded text; ``inner`` is what a quotation holds."""

    kind: TokenKind
    text: str
    start: int
    end: int
    inner: Span | None = None


_openings = Openings()
# Marks a test of a word by which some report may begin, so that ``Row.opened_by`` finds those words.
opening = _openings.test


class Row(list[Token]):
    """The tokens of a sentence, and which of its words open what."""

    def __init__(self) -> None:
        super().__init__()
        self._opening: list[tuple[int, int]] | None = None

    def opened_by(self, test: WordTest) -> list[int]:
        """The positions of the words that pass a test marked with ``opening``; marks pass none."""
        if self._opening is None:
            self._opening = _openings.positions([token[1] for token in self])
        bit = _openings.bit(test)
        return [at for at, bits in self._opening if bits & bit]


def tokens(text: str, span: Span, quotations: dict[int, Quotation]) -> Row:
    """The tokens of ``span`` in the folded ``text``."""
    out = Row()
    add, new = out.append, tuple.__new__  # a named tuple's own constructor takes three times as long
    at: int | None = span.start
    while at is not None:
        begin, at = at, None
        for match in _PIECE.finditer(text, begin, span.end):
            start, end = match.span()
            piece = match.group()
            if piece[0].isalnum() or piece[0] == "_":
                # A tatweel before marks leaves the one-letter proclitic as a word of its own, which is right.
                add(new(Token, ("word", piece, start, end, None)))
            elif quotation := quotations.get(start):
                add(Token("quote", "«", start, quotation.span.end, quotation.inner))
                at = quotation.span.end
                break
            elif piece == "(" and (closing := text.find(")", start, min(span.end, start + _LONGEST_ASIDE))) > 0:
                add(Token("aside", "(", start, closing + 1))
                at = closing + 1
                break
            elif piece == "." and out and out[-1].text in _ABBREVIATED and out[-1].end == start:
                continue
            elif len(piece) == 1:
                add(new(Token, (_KINDS.get(piece, "mark"), piece, start, end, None)))
    return out


def word_count(text: str, span: Span) -> int:
    """How many blank-separated words a range of the text holds."""
    return len(text[span.start : span.end].split())


def uncovered(row: Sequence[Token], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The runs of tokens, from word to word, that lie in none of the sorted ``spans``."""
    out: list[tuple[int, int]] = []
    at, covered, fresh = 0, -1, True
    for number, token in enumerate(row):
        while at < len(spans) and spans[at].start <= token.start:
            covered = max(covered, spans[at].end)
            at += 1
        if token.start < covered:
            fresh = True
            continue
        if token.kind not in ("word", "quote", "aside"):
            continue
        if out and not fresh:
            out[-1] = (out[-1][0], number + 1)
        else:
            out.append((number, number + 1))
        fresh = False
    return out

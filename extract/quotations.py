"""Quotation marks of every style, paired with a stack inside each paragraph."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Notice, Quotation
from extract.text import Folded, Span

# mark -> (family, the way it usually faces: +1 opens, -1 closes, 0 either)
_MARKS = {
    "«": ("guillemet", 1), "»": ("guillemet", -1), "≪": ("guillemet", 1), "≫": ("guillemet", -1),
    "“": ("curly", 1), "”": ("curly", -1), "„": ("curly", 1), "‟": ("curly", 1),
    "‹": ("angle", 1), "›": ("angle", -1), '"': ("straight", 0), "＂": ("straight", 0),
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_BEFORE_OPENING = frozenset(" \n\r:(،,؛[-–—ـ./|")
_AFTER_CLOSING = frozenset(' \n\r.,،؛:!?؟)]…-–—|/»”"')


class Marks:
    """The closed quotations of a text, looked up by where they stand. All spans are folded."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._layers: dict[int, list[Quotation]] = {}
        for quotation in quotations:
            if quotation.closed and quotation.inner.start < quotation.inner.end:
                self._layers.setdefault(quotation.depth, []).append(quotation)
        self._starts = {depth: [q.span.start for q in layer] for depth, layer in self._layers.items()}
        self._inner = {q.inner: q for layer in self._layers.values() for q in layer}

    def within(self, span: Span, depth: int) -> dict[int, Quotation]:
        """The quotations of one depth inside ``span``, by the offset of their opening mark."""
        layer = self._layers.get(depth, [])
        starts = self._starts.get(depth, [])
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return {q.span.start: q for q in layer[first:last] if q.span.end <= span.end}

    def holding(self, inner: Span) -> Quotation | None:
        """The quotation that holds exactly ``inner`` between its marks."""
        return self._inner.get(inner)


def quotations(text: Folded) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """The quotations of a text in order of their opening marks, and a notice for every mark left alone.

    Spans are of the folded text, those of notices of the original. A mark still open at the end of its
    paragraph yields a quotation with ``closed`` False, unless the next paragraph opens again: then
    it is one speech over several paragraphs, each marked at its start only.
    """
    found: list[Quotation] = []
    stray: list[int] = []
    paragraphs = text.paragraphs
    for number, paragraph in enumerate(paragraphs):
        follows = paragraphs[number + 1].start if number + 1 < len(paragraphs) else None
        reopened = follows is not None and text.text[follows] in _MARKS and _MARKS[text.text[follows]][1] >= 0
        pairs, alone = _pairs(text.text, paragraph, reopened)
        found.extend(pairs)
        stray.extend(alone)
    notices = [Notice("unclosed-quotation", text.origin(q.span.start, q.span.start + 1)) for q in found if not q.closed]
    notices += [Notice("stray-quotation-mark", text.origin(at, at + 1)) for at in stray]
    return _nested(found), tuple(sorted(notices, key=lambda n: n.span))


def _pairs(text: str, paragraph: Span, reopened: bool) -> tuple[list[Quotation], list[int]]:
    stack: list[tuple[str, int]] = []
    standing: Counter[str] = Counter()
    final = {mark: text.rfind(mark, paragraph.start, paragraph.end) for mark in _FACING_BACK.values()}
    found: list[Quotation] = []
    stray: list[int] = []

    def open_mark(family: str, at: int) -> None:
        stack.append((family, at))
        standing[family] += 1

    def close(upto: int, at: int, end: int) -> None:
        """Close the marks from the top of the stack down to index ``upto``; only the last has its mark."""
        while len(stack) > upto:
            family, opening = stack.pop()
            standing[family] -= 1
            whole = len(stack) == upto and end > at
            found.append(Quotation(Span(opening, end if whole else at), Span(opening + 1, at), whole, depth=len(stack)))

    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        family, facing = _MARKS[text[at]]
        before = text[at - 1] if at > paragraph.start else "\n"
        after = text[at + 1] if at + 1 < paragraph.end else "\n"
        may_open = before in _BEFORE_OPENING or before in _MARKS or before in "لبكوف"
        must_open = before in " \n(:" and after not in _AFTER_CLOSING
        open_here = None
        if standing[family]:
            open_here = next(i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == family)
        if open_here is None:
            closes_only = facing == 0 and not may_open and after in _AFTER_CLOSING
            turned = must_open and final.get(_FACING_BACK.get(text[at], ""), -1) > at
            if closes_only or (facing < 0 and not turned):
                stray.append(at)
            else:
                open_mark(family, at)
        elif (facing > 0 and may_open and after not in _AFTER_CLOSING) or (facing == 0 and must_open):
            open_mark(family, at)
        else:
            close(open_here, at, at + 1)
    if reopened and len(stack) == 1:
        _, opening = stack.pop()
        found.append(Quotation(Span(opening, paragraph.end), Span(opening + 1, paragraph.end), True, depth=0))
    close(0, paragraph.end, paragraph.end)
    return found, stray


def _nested(found: list[Quotation]) -> tuple[Quotation, ...]:
    """The quotations in order, their depth counted among the closed ones only."""
    out: list[Quotation] = []
    around: list[int] = []
    for quotation in sorted(found, key=lambda q: (q.span.start, -q.span.end)):
        while around and around[-1] <= quotation.span.start:
            around.pop()
        out.append(quotation if quotation.depth == len(around) else replace(quotation, depth=len(around)))
        if quotation.closed:
            around.append(quotation.span.end)
    return tuple(out)


_FACING_BACK = {"»": "«", "”": "“", "›": "‹"}

"""Sentences: split at full stops and line ends, never inside a quotation, a number or an abbreviated title."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from extract.model import Quotation
from extract.text import Folded, Span

_ENDS = frozenset(".!?؟…۔")
_END = re.compile("[.!?؟…۔]")
_LONGEST = 6000  # characters; nothing that is longer was written as one sentence
_CLOSING = frozenset("»”\"›)]'")


def sentences(text: Folded, quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """The sentences as ranges of the folded text, without surrounding blanks.

    Commas and semicolons are no boundaries in Arabic news. A full stop inside a closed quotation counts
    only where the quotation ends with it.
    """
    outer = [q.span for q in quotations if q.closed and q.depth == 0]
    starts = [span.start for span in outer]
    out: list[Span] = []
    for paragraph in text.paragraphs:
        begin = at = paragraph.start
        stop = _END.search(text.text, at, paragraph.end)
        while at < paragraph.end:
            if stop and stop.start() < at:
                stop = _END.search(text.text, at, paragraph.end)
            at_stop = stop.start() if stop else paragraph.end
            inside = max(bisect_right(starts, at) - 1, 0)
            while inside < len(outer) and outer[inside].end <= at:
                inside += 1
            if inside < len(outer) and outer[inside].start <= at_stop and outer[inside].start < paragraph.end:
                at = outer[inside].end
                if text.text[max(at - 2, 0)] in _ENDS and _new_start(text.text, at, paragraph.end):
                    begin = _add(out, text.text, begin, at)
            elif stop and (end := _boundary(text.text, at_stop, begin, paragraph.end)):
                begin = at = _add(out, text.text, begin, end)
            else:
                at = at_stop + 1
        _add(out, text.text, begin, paragraph.end)
    return tuple(out)


def _boundary(text: str, at: int, begin: int, limit: int) -> int | None:
    """Where the sentence that stops at ``at`` ends, None if it does not stop there."""
    end = at + 1
    while end < limit and text[end] in _ENDS:
        end += 1
    while end < limit and text[end] in _CLOSING:
        end += 1
    if text[at] != "." or end - at > 1:
        return end
    before, after = text[at - 1] if at > begin else " ", text[end] if end < limit else " "
    if before.isdigit() and after.isdigit():
        return None
    if "a" <= after <= "z" or (before.isalpha() and not _long_word(text, at, begin)):
        return None
    return end


def _long_word(text: str, at: int, begin: int) -> bool:
    """Whether the word before ``at`` has more than one letter, the conjunction not counted: "د." is a title."""
    start = at
    while start > begin and text[start - 1].isalnum():
        start -= 1
    return len(text[start:at].removeprefix("و")) > 1


def _new_start(text: str, at: int, limit: int) -> bool:
    return at < limit and text[at] == " "


def _add(out: list[Span], text: str, start: int, end: int) -> int:
    """Add the sentence from ``start`` to ``end`` without its blanks; one without end is cut at a blank."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        start = _add(out, text, start, blank if blank > 0 else start + _LONGEST)
    part = text[start:end]
    if kept := part.strip():
        lead = len(part) - len(part.lstrip())
        out.append(Span(start + lead, start + lead + len(kept)))
    return end

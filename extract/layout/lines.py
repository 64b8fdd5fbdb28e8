"""What each paragraph of a pasted text is: the article's own words, or what the page put around them."""

from dataclasses import dataclass
from typing import Literal

from extract.layout.datelines import byline, dateline, is_caption, names_only
from extract.layout.furniture import BULLETS, Page, goes_on
from extract.layout.marks import marked_rows
from extract.layout.turns import turns
from extract.layout.words import phrases
from extract.text import Folded, Span

LineKind = Literal[
    "text", "headline", "subheading", "caption", "byline", "dateline", "furniture", "question", "answer", "item"
]
_LONGEST_HEADING = 12  # words of a heading between paragraphs
_NO_HEADING_ENDS = frozenset(".:،؛")
_QUOTES = frozenset('«»"“”')


@dataclass(frozen=True)
class Line:
    """A paragraph: its range in the *folded* text, its kind, and the name of the rule that told it."""

    span: Span
    kind: LineKind
    label: str


def layout(text: Folded) -> tuple[Line, ...]:
    """Every paragraph of the text once, in order.

    What nothing tells is "text". "furniture" belongs to the page and not to the article: categories, dates,
    sharing and follow lines, counters, tags, lists of other articles.
    """
    rows = marked_rows(text)
    if not rows:
        return ()
    page = Page(rows)
    rules = page.furniture()
    own = [i for i, rule in enumerate(rules) if rule is None]
    kinds = _around(page, own)
    body = [i for i in own if i not in kinds]
    for at, turn in turns([rows[i].text for i in body]).items():
        kinds[body[at]] = (turn.kind, turn.label)
    _headings(page, own, kinds)
    out = []
    for i, (row, rule) in enumerate(zip(rows, rules, strict=True)):
        if rule is not None:
            out.append(Line(row.span, "furniture", rule))
        else:
            out.append(Line(row.span, *kinds.get(i, ("text", "text"))))
    return tuple(out)


_Kinds = dict[int, tuple[LineKind, str]]


def _around(page: Page, own: list[int]) -> _Kinds:
    """Bylines, datelines and captions among the article's own lines, and its headline with what stands beside it."""
    kinds: _Kinds = {}
    for i in own:
        line = page.rows[i].text
        if i in page.prose:
            continue
        if page.prose and page.rows[i].mark == "stamp":
            kinds[i] = ("subheading", "stamp")
        elif rule := byline(line):
            kinds[i] = ("byline", rule)
        elif (found := dateline(line)) and found.span.end == len(line):
            kinds[i] = ("dateline", "dateline")
        elif i < page.first and line in phrases("city"):
            kinds[i] = ("dateline", "city")
        elif i != page.headline and (_after_author(page, i) or (_beside_prose(page, i) and names_only(line))):
            kinds[i] = ("byline", "name")
        elif i != page.headline and is_caption(line):
            kinds[i] = ("caption", "caption")
    if page.headline is not None and page.headline not in kinds:
        kinds[page.headline] = ("headline", "headline")
    return kinds


def _after_author(page: Page, i: int) -> bool:
    """Whether the line before is «بقلم» or the like."""
    return i > 0 and page.rows[i - 1].text.rstrip(": ") in phrases("author") and page.rows[i].text.count(" ") < 4


def _beside_prose(page: Page, i: int) -> bool:
    """Whether a line stands before or behind the article's prose, not among it."""
    return bool(page.prose) and not page.first < i < page.last


def _headings(page: Page, own: list[int], kinds: _Kinds) -> None:
    """Short lines beside the headline, and single ones between two paragraphs."""
    rows, prose = page.rows, page.prose
    for before, i, after in zip([-1, *own], own, [*own[1:], -1], strict=False):
        line = rows[i].text
        if i in prose or i in kinds or line[-1] in _NO_HEADING_ENDS or line.count(" ") >= _LONGEST_HEADING:
            continue
        if line[0] in BULLETS or (line[0] in _QUOTES and line[-1] in _QUOTES) or goes_on(line.split(None, 1)[0]):
            continue
        if i < page.first and page.headline is not None and abs(i - page.headline) <= 2:
            kinds[i] = ("subheading", "beside-headline")
        elif before in prose and after in prose:
            kinds[i] = ("subheading", "between-paragraphs")

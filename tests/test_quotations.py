"""Quotation marks of every style, nested, unclosed, stray, over several paragraphs."""

import pytest

from extract.quotations import Marks, quotations
from extract.text import Span, fold

PAIRS = [
    ("قال «نعم» ثم", ["نعم"]),
    ("قال “نعم” ثم", ["نعم"]),
    ("قال ”نعم“ ثم", ["نعم"]),
    ("قال „نعم” ثم", ["نعم"]),
    ("قال ‹نعم› ثم", ["نعم"]),
    ('قال "نعم" ثم "لا"', ["نعم", "لا"]),
    ("قال »نعم« ثم", ["نعم"]),
    ("«صحيفة “الميناء” قالت»", ["صحيفه “الميناء” قالت", "الميناء"]),
    ('قال "إن سفن "النور" وصلت" أمس', ['ان سفن "النور" وصلت', "النور"]),
    ('لـ"الميناء" وبـ«المرفأ»', ["الميناء", "المرفا"]),
]


@pytest.mark.parametrize(("text", "inner"), PAIRS)
def test_pairs(text: str, inner: list[str]) -> None:
    found = fold(text)
    pairs, notices = quotations(found)
    assert [q.inner.of(found.text) for q in pairs if q.closed] == inner
    assert not notices


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("قال «نعم ثم مضى", "unclosed-quotation", 4),
        ("قال نعم» ثم مضى", "stray-quotation-mark", 7),
        ('قال "نعم ثم مضى', "unclosed-quotation", 4),
        ('قال نعم" ثم مضى', "stray-quotation-mark", 7),
    ],
)
def test_what_has_no_partner_is_reported_where_it_stands(text: str, code: str, at: int) -> None:
    _, notices = quotations(fold(text))
    assert [(n.code, n.span) for n in notices] == [(code, Span(at, at + 1))]


def test_an_unclosed_mark_does_not_swallow_the_next_paragraph() -> None:
    found = fold("قال «نعم\nثم قال «لا» ومضى")
    pairs, _ = quotations(found)
    assert [(q.inner.of(found.text), q.closed) for q in pairs] == [("نعم", False), ("لا", True)]


def test_a_speech_opened_anew_in_each_paragraph_is_closed_at_each_end() -> None:
    found = fold("«أول الكلام\n«وبقيته»")
    pairs, notices = quotations(found)
    assert [(q.inner.of(found.text), q.closed) for q in pairs] == [("اول الكلام", True), ("وبقيته", True)]
    assert not notices


def test_depth_counts_closed_quotations_only() -> None:
    pairs, _ = quotations(fold("قال «إن السفينة «النور» وصلت"))
    assert [(q.depth, q.closed) for q in pairs] == [(0, False), (0, True)]


def test_marks_are_found_by_place_and_by_what_they_hold() -> None:
    found = fold("«أ “ب” ج» «د»")
    pairs, _ = quotations(found)
    marks = Marks(pairs)
    assert [q.inner.of(found.text) for q in marks.within(Span(0, len(found.text)), 0).values()] == ["ا “ب” ج", "د"]
    assert [q.inner.of(found.text) for q in marks.within(pairs[0].inner, 1).values()] == ["ب"]
    assert marks.holding(pairs[2].inner) == pairs[2]
    assert marks.holding(Span(0, 1)) is None

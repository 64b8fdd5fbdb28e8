"""Spans, folding and the way back, words, paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import Span, fold, folded

FOLDINGS = [
    ("أحمد إلى آخر", "احمد الي اخر"),
    ("سورية", "سوريه"),
    ("مستشفى", "مستشفي"),
    ("مسؤول رئيس", "مسوول رييس"),
    ("العـــراق", "العراق"),
    ("مُحَافَظَةُ الأنبارِ", "محافظه الانبار"),
    ("ایران کربلاء", "ايران كربلاء"),
    ("٢٠٢٦ و۱۴", "2026 و14"),
    ("بغداد\u200f\u00a0البصرة", "بغداد البصره"),
    ("ﻻ ﷲ", "لا الله"),
    ("BBC", "bbc"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDINGS)
def test_folding(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("في مُحافَظةِ نينوى اليوم", "محافظه", "مُحافَظةِ"),
        ("قرب العـــراق أمس", "العراق", "العـــراق"),
        ("بغداد\u200f والبصرة", "والبصره", "والبصرة"),
        ("عند ﻻجئين", "لاجيين", "ﻻجئين"),
    ],
)
def test_the_way_back(text: str, word: str, original: str) -> None:
    found = fold(text)
    at = found.text.index(word)
    assert found.origin(at, at + len(word)).of(text) == original


def test_without_marks_the_two_have_the_same_offsets() -> None:
    assert fold("سوريا والعراق").index is None


def test_place_is_the_first_folded_position_at_or_after() -> None:
    text = "مُدن"
    found = fold(text)
    assert [found.place(i) for i in range(4)] == [0, 1, 1, 2]


def test_paragraphs_are_lines_without_blanks() -> None:
    found = fold("  سطر أول \n\n\r\n سطر ثان\u2028ثالث")
    assert [p.of(found.text) for p in found.paragraphs] == ["سطر اول", "سطر ثان", "ثالث"]


def test_spans_cover_and_meet() -> None:
    assert Span(0, 5).covers(Span(2, 5)) and not Span(0, 5).covers(Span(2, 6))
    assert Span(0, 5).meets(Span(4, 9)) and not Span(0, 5).meets(Span(5, 9))


@given(st.text(max_size=200))
def test_every_range_of_the_folded_text_lies_in_the_original(text: str) -> None:
    found = fold(text)
    assert found.index is None or len(found.index) == len(found.text)
    for word in found.words:
        span = found.origin(word.start, word.end)
        assert 0 <= span.start < span.end <= len(text)
        assert folded(span.of(text)) == word.text


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)

"""The panel's cards and headings."""

import pandas as pd
import pytest

from corpus.table import statement_rows
from dashboard.filters import prepared, selected
from dashboard.panel import PAGE, card, content, country_name, cut, day, heading, page_of, speaker
from dashboard.state import NOWHERE, unplaced
from dashboard.translations import Texts
from extract.model import Speaker, Statement
from extract.text import Span
from tests.handmade import BASRA, IRAQ, NORTHEAST, analysis, stories

AR, EN = Texts("ar"), Texts("en")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    analyses = stories()
    return prepared(statement_rows(analyses), analyses)


def test_a_card_holds_the_statement_whole_with_its_place_marked() -> None:
    story = stories()[0]
    one = card(story, story.statements[0], BASRA.id, AR)
    assert "".join(part["text"] for part in one["parts"]) == story.statements[0].span.of(story.document.text)
    assert [part["text"] for part in one["parts"] if part.get("here")] == ["البصرة"]
    assert [part["place"] for part in one["parts"] if "place" in part] == ["geonames:98182", "geonames:99532"]
    assert "".join(part["text"] for part in one["parts"] if part["said"]).startswith("إن الدوريات")
    assert (one["type_label"], one["form"]) == ("إفادة", "اقتباس مباشر")
    assert one["article"] == ["دوريات جديدة على الحدود", "صحيفة تجريبية", "2 مارس 2026"]
    assert one["speaker"] == {"name": "المتحدث باسم القيادة", "role": "المتحدث الرسمي", "note": ""}


def test_a_name_that_is_not_on_the_map_is_marked_too() -> None:
    story = stories()[0]
    one = card(story, story.statements[2], unplaced("النقطة الرابعة"), EN)
    assert [part["text"] for part in one["parts"] if part.get("here")] == ["النقطة الرابعة"]


@pytest.mark.parametrize(("repeats", "at_the_end", "long"), [(5, True, False), (80, False, True), (80, True, False)])
def test_long_statements_are_cut_unless_that_hides_the_place(repeats: int, at_the_end: bool, long: bool) -> None:
    mark, filling = "⟦البصرة|geonames:99532⟧", "كلام طويل " * repeats
    story = analysis("x", ("indirect", "assertion", "أ", filling + mark if at_the_end else mark + " " + filling))
    assert card(story, story.statements[0], BASRA.id, AR)["long"] is long


def _said_by(form: str, who: Speaker | None) -> Statement:
    return Statement("s1", Span(0, 1), (), form, "assertion", "r", None, who)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "who", "expected"),
    [
        ("direct", None, None),
        ("narration", None, {"name": "the reporter", "role": "", "note": ""}),
        ("direct", Speaker("ن", "متحدث", "لواء", "stated", None), {"name": "ن", "role": "متحدث لواء", "note": ""}),
        ("direct", Speaker("مصدر", None, None, "stated", None, anonymous=True), {"name": "مصدر", "role": "", "note": "unnamed source"}),
        ("direct", Speaker("ن", None, None, "stated", None, channel="وكالة {x}"), {"name": "ن", "role": "", "note": "via وكالة {x}"}),
    ],
)  # fmt: skip
def test_speakers(form: str, who: Speaker | None, expected: dict[str, str] | None) -> None:
    assert speaker(_said_by(form, who), EN) == expected


@pytest.mark.parametrize(
    ("selection", "place", "written", "name", "other", "facts"),
    [
        (BASRA.id, BASRA, "", "Basra", "البصرة", ["city", "Iraq", "GeoNames, CC BY 4.0", "3 statements", "3 speakers", "2 articles"]),
        (IRAQ.id, IRAQ, "", "Iraq", "العراق", ["country", "1 statement", "1 speaker", "1 article"]),
        (NOWHERE, None, "", "Statements without a place", "", ["1 statement", "1 speaker", "1 article"]),
        (unplaced("النقطة الرابعة"), None, "النقطة الرابعة", "النقطة الرابعة", "",
         ["Not on the map", "1 statement", "1 speaker", "1 article"]),
        (None, None, "", "All places", "", ["10 statements", "5 speakers", "3 articles"]),
    ],
)  # fmt: skip
def test_headings(rows: pd.DataFrame, selection, place, written, name, other, facts) -> None:  # type: ignore[no-untyped-def]
    head = heading(selection, place, selected(rows, selection), written, EN)
    assert (head["name"], head["other"], head["facts"], head["clear"]) == (name, other, facts, selection is not None)


def test_the_heading_says_what_is_approximate_or_only_acts(rows: pd.DataFrame) -> None:
    assert "Approximate" in heading(NORTHEAST.id, NORTHEAST, selected(rows, NORTHEAST.id), "", EN)["note"]
    assert "acts" in heading(IRAQ.id, IRAQ, selected(rows, IRAQ.id), "", EN)["note"]
    assert heading(BASRA.id, BASRA, selected(rows, BASRA.id), "", EN)["note"] == ""


@pytest.mark.parametrize(("asked", "page", "first"), [(0, 0, 0), (1, 1, PAGE), (99, 2, 2 * PAGE), (-3, 0, 0)])
def test_pages(asked: int, page: int, first: int) -> None:
    rows = pd.DataFrame({"statement": [f"d#s{i // 2}" for i in range(2 * (2 * PAGE + 5))]})
    statements, got, pages = page_of(rows, asked)
    assert (got, pages, statements[0]) == (page, 3, f"d#s{first}")


def test_statements_that_no_longer_exist_are_passed_over() -> None:
    story = stories()[0]
    assert content(["gone#s1", "حدود-1#s99"], {"حدود-1": story}, None, AR) == []


@pytest.mark.parametrize(
    ("value", "ar", "en"),
    [("2026-03-02", "2 مارس 2026", "2 March 2026"), ("2026-03-02T10:00", "2 مارس 2026", "2 March 2026"),
     ("spring", "spring", "spring"), (None, "", "")],
)  # fmt: skip
def test_days(value: str | None, ar: str, en: str) -> None:
    assert (day(value, "ar"), day(value, "en")) == (ar, en)


@pytest.mark.parametrize(("code", "ar", "en"), [("SY", "سوريا", "Syria"), ("??", "??", "??")])
def test_country_names(code: str, ar: str, en: str) -> None:
    assert (country_name(code, "ar"), country_name(code, "en")) == (ar, en)


def test_cutting() -> None:
    assert cut(Span(0, 10), [Span(2, 4), Span(4, 6), Span(8, 20)]) == [
        Span(0, 2),
        Span(2, 4),
        Span(4, 6),
        Span(6, 8),
        Span(8, 10),
    ]

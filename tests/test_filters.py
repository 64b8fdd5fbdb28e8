"""What the filters leave, and how it is counted."""

from datetime import date

import pandas as pd
import pytest

from corpus.table import statement_rows
from dashboard.filters import Missing, PlaceCount, matching, missing, place_counts, prepared, selected, type_counts
from dashboard.palette import main_type
from dashboard.state import NOWHERE, View, unplaced
from extract.model import TYPES
from tests.handmade import analysis, stories


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    analyses = stories()
    return prepared(statement_rows(analyses), analyses)


def statements(rows: pd.DataFrame) -> list[str]:
    return list(rows["statement"].drop_duplicates())


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(types=("warning",)), ["حدود-1#s3"]),
        (View(types=("warning", "demand")), ["حدود-1#s3", "ميناء-2#s1"]),
        (View(forms=("mixed", "narration")), ["حدود-1#s4", "موصل-3#s1"]),
        (View(speakers=("الوزارة",)), ["ميناء-2#s2", "ميناء-2#s3"]),
        (View(speakers=("الوزارة",), types=("denial",)), ["ميناء-2#s2"]),
        (View(documents=("موصل-3",)), ["موصل-3#s1", "موصل-3#s2", "موصل-3#s3"]),
        (View(since=date(2026, 5, 1)), ["موصل-3#s1", "موصل-3#s2", "موصل-3#s3"]),
        (View(since=date(2026, 4, 10), until=date(2026, 4, 10)), ["ميناء-2#s1", "ميناء-2#s2", "ميناء-2#s3"]),
        (View(query="الجسور"), ["موصل-3#s2"]),
        (View(query="أرصفةَ الميناء"), ["ميناء-2#s1"]),
        (View(query=".*("), []),
        (View(speakers=("لا أحد",)), []),
    ],
)
def test_filters(rows: pd.DataFrame, view: View, expected: list[str]) -> None:
    assert statements(matching(rows, view)) == expected


def test_without_filters_everything_stays(rows: pd.DataFrame) -> None:
    assert len(matching(rows, View())) == len(rows)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("geonames:99532", ["حدود-1#s1", "ميناء-2#s1", "ميناء-2#s2"]),
        ("border:IQ-SY", ["حدود-1#s2"]),
        (unplaced("النقطة الرابعة"), ["حدود-1#s3"]),
        (NOWHERE, ["ميناء-2#s3"]),
        ("geonames:1", []),
    ],
)
def test_a_selection_has_its_statements(rows: pd.DataFrame, selection: str, expected: list[str]) -> None:
    assert statements(selected(rows, selection)) == expected


def test_type_counts_say_what_choosing_the_type_would_show(rows: pd.DataFrame) -> None:
    counts = type_counts(rows, View(types=("denial",), speakers=("الوزارة",)))
    assert counts == dict.fromkeys(TYPES, 0) | {"denial": 1, "commitment": 1}


def test_a_place_is_counted_once_a_statement(rows: pd.DataFrame) -> None:
    counts = {one.place: one for one in place_counts(rows)}
    assert counts["geonames:99532"].statements == 3
    assert counts["makan:iq"] == PlaceCount("makan:iq", 1, "denial", True)
    twice = [analysis("x", ("direct", "denial", "أ", "«من ⟦بغداد|geonames:98182⟧ إلى ⟦بغداد|geonames:98182⟧»"))]
    assert place_counts(prepared(statement_rows(twice), twice)) == [PlaceCount("geonames:98182", 1, "denial", False)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([("assertion", 2), ("denial", 1)], "assertion"),
        ([("assertion", 1), ("denial", 1)], "denial"),
        ([("warning", 1), ("denial", 1)], "denial"),
    ],
)
def test_the_main_type(counts: list[tuple[str, int]], expected: str) -> None:
    assert main_type(counts) == expected  # type: ignore[arg-type]


def test_what_is_not_on_the_map_is_listed_and_follows_the_filters(rows: pd.DataFrame) -> None:
    point = Missing(unplaced("النقطة الرابعة"), "النقطة الرابعة", 1, "not-in-gazetteer")
    nowhere = Missing(NOWHERE, "", 1, None)
    assert missing(rows) == [point, nowhere]
    assert missing(matching(rows, View(types=("warning",)))) == [point]
    assert missing(matching(rows, View(types=("demand",)))) == []


def test_every_statement_is_on_the_map_or_listed_below_it(rows: pd.DataFrame) -> None:
    shown = {s for one in place_counts(rows) for s in statements(selected(rows, one.place))}
    listed = {s for one in missing(rows) for s in statements(selected(rows, one.selection))}
    assert shown | listed == set(statements(rows))


def test_an_empty_table_is_no_trouble() -> None:
    rows = prepared(statement_rows([]), [])
    assert (place_counts(rows), missing(rows), len(matching(rows, View(query="x", types=("denial",))))) == ([], [], 0)

import time
from dataclasses import replace

import pandas as pd
import pytest

from corpus.documents import Analysis
from corpus.table import COLUMNS, places, statement_rows
from extract.model import FORMS, TYPES
from tests.port_story import BASRA, BORDER, DOCUMENT, analysis


def test_a_row_per_statement_and_mention() -> None:
    table = statement_rows([analysis()])
    assert tuple(table.columns) == COLUMNS
    assert list(zip(table["statement"], table["mention"], strict=True)) == [
        (f"{DOCUMENT.id}#s1", "m1"),
        (f"{DOCUMENT.id}#s1", "m2"),
        (f"{DOCUMENT.id}#s2", "m10"),
    ]
    assert table["place"].fillna("none").tolist() == [BASRA.id, "none", BORDER.id]
    assert table["reason"].fillna("none").tolist() == ["none", "not-in-gazetteer", "none"]
    assert table["mention_text"].tolist() == ["البصرة", "السدرة الكبرى", "الحدود مع سوريا"]
    assert table["speaker"].fillna("none").tolist() == ["المتحدث", "المتحدث", "none"]
    assert table["flags"].tolist() == [("anonymous", "hedged"), ("anonymous", "hedged"), ()]
    for start, end, words in zip(table["mention_start"], table["mention_end"], table["mention_text"], strict=True):
        assert DOCUMENT.text[start:end] == words


def test_a_statement_without_mentions_keeps_one_row() -> None:
    bare = replace(analysis(), links={"s2": ()})
    table = statement_rows([bare])
    assert table["statement"].tolist() == [f"{DOCUMENT.id}#s1", f"{DOCUMENT.id}#s2"]
    assert table[["mention", "mention_start", "mention_text", "place", "role"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-03-10", "2026-03-10"),
        ("2026-03-10T23:59:00+03:00", "2026-03-10"),
        (None, None),
        ("أمس", None),
        ("2026-02-30", None),
    ],
)
def test_published_is_a_day_or_missing(published: str | None, day: str | None) -> None:
    table = statement_rows([replace(analysis(), document=replace(DOCUMENT, published=published))])
    expected = pd.NaT if day is None else pd.Timestamp(day)
    assert all(value is expected or value == expected for value in table["published"])


def test_empty_table_has_the_same_columns() -> None:
    assert statement_rows([]).dtypes.equals(statement_rows([analysis()]).dtypes)


def test_choices_count_in_the_order_of_the_page() -> None:
    table = statement_rows([analysis()])
    assert tuple(table["type"].cat.categories) == TYPES
    assert tuple(table["form"].cat.categories) == FORMS


def test_places_by_first_mention() -> None:
    other = analysis(places=(BORDER, BASRA, None))
    assert list(places([analysis(), other])) == [BASRA.id, BORDER.id]
    assert list(places([other, analysis()])) == [BORDER.id, BASRA.id]


def test_ten_thousand_statements_in_a_second() -> None:
    one = analysis()
    many: list[Analysis] = [replace(one, document=replace(DOCUMENT, id=str(number))) for number in range(5000)]
    before = time.process_time()
    table = statement_rows(many)
    spent = time.process_time() - before
    assert table["statement"].nunique() == 10_000
    assert spent < 1.0

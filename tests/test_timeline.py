"""Statements per day and type."""

from datetime import date

import pandas as pd
import pytest

from corpus.table import statement_rows
from dashboard.filters import matching, prepared
from dashboard.state import View
from dashboard.timeline import bars, per_day
from dashboard.translations import Texts
from tests.handmade import analysis, stories


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    analyses = stories()
    return prepared(statement_rows(analyses), analyses)


def test_each_statement_counts_once_on_the_day_of_its_article(rows: pd.DataFrame) -> None:
    counts = per_day(rows)
    assert list(counts.index) == [date(2026, 3, 2), date(2026, 4, 10), date(2026, 5, 21)]
    assert int(counts.to_numpy().sum()) == rows["statement"].nunique()
    assert list(counts.columns)[-1] == "assertion"
    assert int(counts.loc[date(2026, 4, 10), "denial"]) == 1


def test_it_follows_the_filters(rows: pd.DataFrame) -> None:
    counts = per_day(matching(rows, View(types=("warning",))))
    assert (list(counts.index), list(counts.columns)) == ([date(2026, 3, 2)], ["warning"])


def test_articles_without_a_date_are_left_out() -> None:
    undated = analysis("x", ("narration", "assertion", None, "نص بلا تاريخ"))
    rows = prepared(statement_rows([undated]), [undated])
    assert per_day(rows).empty


def test_bars_stand_where_their_days_lie_and_the_highest_fills_the_height(rows: pd.DataFrame) -> None:
    first, second, last = bars(per_day(rows), View(since=date(2026, 4, 10), until=date(2026, 4, 10)), Texts("en"))
    assert (first["at"], second["at"], last["at"]) == (0, 48.75, 100)
    assert [one["on"] for one in (first, second, last)] == [False, True, False]
    assert first["label"] == "2 March 2026 · 4 statements"
    assert max(sum(part["height"] for part in one["parts"]) for one in (first, second, last)) == pytest.approx(100)


def test_a_single_day_draws_nothing(rows: pd.DataFrame) -> None:
    assert bars(per_day(matching(rows, View(types=("warning",)))), View(), Texts("ar")) == []

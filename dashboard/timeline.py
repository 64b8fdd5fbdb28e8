"""Statements per day, stacked by type. Choosing a day filters by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard.elements import Act, element
from dashboard.filters import matching
from dashboard.library import Library
from dashboard.palette import COLOURS
from dashboard.panel import day
from dashboard.state import View
from dashboard.translations import Texts
from extract.model import TYPES


def per_day(rows: pd.DataFrame) -> pd.DataFrame:
    """The number of statements by day (index, ascending) and type (columns, as TYPES orders them, none that is empty).

    Statements of articles without a date are left out.
    """
    dated = rows[rows["published"].notna()].drop_duplicates("statement")
    counts = dated.groupby([dated["published"].dt.date, dated["type"].astype("str")]).size().unstack(fill_value=0)
    return counts[[name for name in TYPES if name in counts.columns]]


def bars(counts: pd.DataFrame, view: View, texts: Texts) -> list[dict[str, Any]]:
    """A bar for each day: ``at`` is where it stands from first to last, ``height`` that of its parts, in percent."""
    if len(counts) < 2:
        return []  # a single day says nothing that the counts of the types do not
    first, span = counts.index[0], (counts.index[-1] - counts.index[0]).days
    most = int(counts.sum(axis=1).max())
    out = []
    for when, numbers in counts.iterrows():
        assert isinstance(when, date)
        total = int(numbers.sum())
        out.append(
            {
                "day": when.isoformat(),
                "at": round(100 * (when - first).days / span, 2),
                "label": f"{day(when.isoformat(), texts.language)} · {texts.count('statements', total)}",
                "on": view.since == view.until == when,
                "parts": [
                    {"colour": COLOURS[name], "height": round(100 * int(numbers[name]) / most, 2)}
                    for name in TYPES
                    if name in counts.columns and numbers[name]
                ],
            }
        )
    return out


def show(shelf: Library, view: View, texts: Texts, change: Callable[[View], None]) -> None:
    """Draw the days of what the other filters leave."""
    drawn = bars(per_day(matching(shelf.rows, replace(view, since=None, until=None))), view, texts)

    def act(what: Act) -> None:
        chosen = next((one for one in drawn if one["day"] == what.get("day")), None)
        if chosen is not None:
            only = None if chosen["on"] else date.fromisoformat(chosen["day"])
            change(replace(view, since=only, until=only))

    ends = {name: day(drawn[at]["day"], texts.language) if drawn else "" for name, at in (("first", 0), ("last", -1))}
    element("timeline", "timeline", {"bars": drawn, **ends, "texts": {"title": texts("timeline.title")}}, texts, act)

"""Which statements the filters leave, and how many of them stand where. Pure functions on corpus.table's rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

import pandas as pd

from corpus.documents import Analysis
from dashboard.palette import main_type
from dashboard.state import NOWHERE, View, unplaced
from extract.model import TYPES, Type
from extract.text import folded

# Mentions of these roles say neither where nor who: without a place they are nothing that a map could lack.
_INCIDENTAL = ("attribute", "outlet")


@dataclass(frozen=True)
class PlaceCount:
    """How a place stands on the map: the number of its statements, their main type, whether it only acts in them."""

    place: str
    statements: int
    type: Type
    only_actor: bool


@dataclass(frozen=True)
class Missing:
    """Something that is not on the map: ``selection`` chooses its statements, ``reason`` is a code or None."""

    selection: str
    name: str
    statements: int
    reason: str | None


def prepared(rows: pd.DataFrame, analyses: Iterable[Analysis]) -> pd.DataFrame:
    """The rows with what filtering needs: ``words`` as searched, ``selection`` as chosen on the page."""
    texts = {analysis.document.id: analysis.document.text for analysis in analyses}
    rows = rows.copy()
    spoken = rows.drop_duplicates("statement")
    speakers = spoken["speaker"].fillna("")
    words = {
        statement: " ".join(folded(f"{texts[document][start:end]} {speaker}").split())
        for statement, document, start, end, speaker in zip(
            spoken["statement"], spoken["document"], spoken["start"], spoken["end"], speakers, strict=True
        )
    }
    rows["words"] = rows["statement"].map(words).astype("str")
    rows["selection"] = [
        place if isinstance(place, str) else unplaced(text) if isinstance(text, str) else NOWHERE
        for place, text in zip(rows["place"], rows["mention_text"], strict=True)
    ]
    return rows


def matching(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of the statements that the view's filters leave; its selection plays no part."""
    keep = pd.Series(True, index=rows.index)
    if view.types:
        keep &= rows["type"].isin(view.types)
    if view.forms:
        keep &= rows["form"].isin(view.forms)
    if view.speakers:
        keep &= rows["speaker"].isin(view.speakers)
    if view.documents:
        keep &= rows["document"].isin(view.documents)
    if view.since:
        keep &= rows["published"] >= pd.Timestamp(view.since)
    if view.until:
        keep &= rows["published"] <= pd.Timestamp(view.until)
    for word in folded(view.query).split():
        keep &= rows["words"].str.contains(word, regex=False)
    return rows[keep]


def selected(rows: pd.DataFrame, selection: str | None) -> pd.DataFrame:
    """The rows of the statements at the selection; with None those of all statements."""
    if selection is None:
        return rows
    if selection == NOWHERE:
        return rows[rows["statement"].isin(_nowhere(rows))]
    return rows[rows["selection"] == selection]


def type_counts(rows: pd.DataFrame, view: View) -> dict[Type, int]:
    """The number of statements of each type that the other filters leave: what choosing the type would show."""
    left = matching(rows, replace(view, types=())).drop_duplicates("statement")
    counts = left["type"].value_counts()
    return {name: int(counts.get(name, 0)) for name in TYPES}


def place_counts(rows: pd.DataFrame) -> list[PlaceCount]:
    """The places of the rows, each once."""
    placed = rows[rows["place"].notna()]
    if placed.empty:
        return []
    by_type = placed.drop_duplicates(["place", "statement"]).groupby(["place", "type"], observed=True).size()
    counts: dict[str, list[tuple[Type, int]]] = {}
    for key, n in by_type.items():
        place, name = cast(tuple[str, Type], key)
        counts.setdefault(place, []).append((name, int(n)))
    actors = (placed["role"] == "actor").groupby(placed["place"]).all()
    return [
        PlaceCount(place, sum(n for _, n in types), main_type(types), bool(actors[place]))
        for place, types in counts.items()
    ]


def missing(rows: pd.DataFrame) -> list[Missing]:
    """What of the rows is not on the map, the most frequent first; statements that name no place come last."""
    lost = rows[rows["mention"].notna() & rows["place"].isna() & ~rows["role"].isin(_INCIDENTAL)]
    found = [
        Missing(
            str(selection),
            str(group["mention_text"].iloc[0]),
            group["statement"].nunique(),
            _text(group["reason"].iloc[0]),
        )
        for selection, group in lost.groupby("selection", sort=False)
    ]
    found.sort(key=lambda one: -one.statements)
    if nowhere := len(_nowhere(rows)):
        found.append(Missing(NOWHERE, "", nowhere, None))
    return found


def _nowhere(rows: pd.DataFrame) -> list[str]:
    """The statements of the rows without a mention that says where or who."""
    says = rows["mention"].notna() & (rows["place"].notna() | ~rows["role"].isin(_INCIDENTAL))
    return list(says.groupby(rows["statement"], sort=False).any().loc[lambda named: ~named].index)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None

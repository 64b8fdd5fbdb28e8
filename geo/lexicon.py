"""The word lists of geo/data as sets of folded words: head nouns, what is no place, persons' names, neighbours."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from extract.text import folded
from geo.model import Kind

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Head:
    """A head noun (محافظة): the features that it asks for, the first of them the usual one.

    ``many`` is whether it heads several names (plural, dual), ``dual`` whether just two. ``unknown`` is whether a
    name after it that the gazetteer lacks is a place all the same. ``inside`` is whether it belongs to the name's span.
    """

    noun: str
    asks: frozenset[str]
    first: str | None
    kind: Kind
    many: bool
    dual: bool
    unknown: bool
    inside: bool


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in geo/data; none where the file is missing."""
    path = DATA / name
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield {key: (value or "").strip() for key, value in row.items() if key}


@cache
def heads() -> dict[str, Head]:
    """Head nouns by their folded form."""
    out = {}
    for row in rows("heads.csv"):
        asks = [a for a in row["asks"].split("|") if a]
        out[folded(row["noun"])] = Head(
            noun=row["noun"],
            asks=frozenset(asks),
            first=asks[0] if asks else None,
            kind=cast(Kind, row["kind"]),
            many=row["number"] != "one",
            dual=row["number"] == "two",
            unknown=row["unknown"] == "yes",
            inside=row["inside"] == "yes",
        )
    return out


@cache
def ordinary() -> frozenset[str]:
    """Words and first names that are far more often themselves than the small place of that name."""
    return frozenset(folded(row["word"]) for row in rows("words.csv")) | words("persons.csv", "name")


@cache
def words(table: str, what: str) -> frozenset[str]:
    """The folded words of one sort ("name", "title", "locative", "adjective") of a table."""
    return frozenset(folded(row["word"]) for row in rows(table) if what in (row.get("what"), row.get("sort")))


@cache
def coverage() -> dict[str, tuple[int, bool]]:
    """By ISO code: from what population on its places are in, and whether its towns are local news in Arabic."""
    return {row["country"]: (int(row["population"]), row["near"] == "yes") for row in rows("coverage.csv")}


@cache
def not_places(where: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Word sequences that are no place (``where`` is "phrase"), or beside which none stands ("before", "after").

    Keyed by their first word, the longest first.
    """
    out: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("not_places.csv"):
        if row["where"] == where:
            sequence = tuple(folded(row["words"]).split())
            out.setdefault(sequence[0], []).append(sequence)
    return {first: tuple(sorted(set(found), key=len, reverse=True)) for first, found in out.items()}

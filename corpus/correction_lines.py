"""Corrections as JSON Lines: what the store keeps of them, what is exported and imported.

corpus/data/correction.schema.json describes a line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import shapely
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from shapely.errors import ShapelyError
from shapely.geometry import shape

from corpus.codec import shallow
from corpus.corrections import Correction
from extract.text import Span
from geo.model import Place

SCHEMA = Path(__file__).parent / "data" / "correction.schema.json"
# A line that says nothing of these means what a user's own point has.
_PLACE = {"feature": "point", "country": None, "radius_km": 1.0, "importance": 3.0}
# How far another computer's clock may be ahead.
_AHEAD = timedelta(days=1)
_LONGEST_REASON = 200


def line_of(correction: Correction) -> str:
    """The correction on one line, with its place; without a line break."""
    start, end = correction.span or (None, None)
    row = {
        "scope": correction.scope,
        "document": correction.document,
        "start": start,
        "end": end,
        "name": correction.name,
        "place": shallow(correction.place) if correction.place else None,
        "was": shallow(correction.was) if correction.was else None,
        "made_at": correction.made_at,
        "note": correction.note,
    }
    return json.dumps(row, ensure_ascii=False)


@lru_cache(maxsize=8192)
def correction_in(line: str) -> Correction:
    """The correction that a line describes. Raises ValueError, with the reason for a reader of the file."""
    try:
        row = json.loads(line, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("not JSON") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg}") from None
    if problem := best_match(_validator().iter_errors(row)):
        where = "/".join(map(str, problem.absolute_path))
        raise ValueError(f"{where}: {problem.message}"[:_LONGEST_REASON].removeprefix(": "))
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half a character in it") from None
    span = None
    if row["scope"] == "mention":
        span = Span(int(row["start"]), int(row["end"]))
        if span.start >= span.end:
            raise ValueError("start: not before the end")
    return Correction(
        scope=row["scope"],
        name=row["name"],
        place=_place(row["place"]),
        was=_place(row.get("was")),
        made_at=_moment(row["made_at"]),
        document=row["document"] if row["scope"] != "name" else None,
        span=span,
        note=row.get("note"),
    )


def read_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, Correction | ValueError]]:
    """Each line's number, with its correction or why it has none; ``lines`` may be an open file.

    Blank lines are passed over.
    """
    for number, line in enumerate(lines, 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            try:
                yield number, correction_in(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                yield number, ValueError("not UTF-8")
            except ValueError as error:
                yield number, error


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _no_number(constant: str) -> None:
    raise ValueError(f"not JSON: {constant}")


def _place(row: Mapping[str, Any] | None) -> Place | None:
    if row is None:
        return None
    row = _PLACE | {name: row[name] for name in Place.__dataclass_fields__ if name in row}
    if geometry := row.get("geometry"):
        _check(geometry)
    return Place(**row)


def _check(geometry: Mapping[str, Any]) -> None:
    """Raises ValueError for what no map can draw."""
    try:
        west, south, east, north = shapely.bounds(shape(dict(geometry)))
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError):
        raise ValueError("geometry: not GeoJSON") from None
    # Not a number, the bounds of an empty geometry, fails every comparison.
    if not (-360 <= west <= east <= 360 and -90 <= south <= north <= 90):
        raise ValueError("geometry: not on the earth")


def _moment(written: str) -> str:
    """The moment in UTC, with microseconds, so that moments compare as texts; without a zone it is UTC already."""
    try:
        moment = datetime.fromisoformat(written)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("made_at: not a moment in ISO 8601") from None
    if moment > datetime.now(UTC) + _AHEAD:
        raise ValueError("made_at: in the future")
    return moment.isoformat(timespec="microseconds")

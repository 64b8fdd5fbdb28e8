"""Annotated documents, against which analyses are compared: one JSON object a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.documents import Document
from extract.text import Span


class Malformed(ValueError):
    """A line is no annotated document; the message names the line and says why."""


@dataclass(frozen=True)
class GoldPlace:
    """A place name in the text. ``point`` is latitude and longitude in degrees, None where nobody gave any.

    An optional one is neither missed nor wrong.
    """

    span: Span
    kind: str
    point: tuple[float, float] | None
    radius_km: float
    optional: bool


@dataclass(frozen=True)
class GoldStatement:
    """A statement. ``form`` None and ``types`` or ``speakers`` empty: not annotated, for speakers: none.

    ``types`` are those that are right, the best first; ``speakers`` the spellings that are.
    """

    content: tuple[Span, ...]
    form: str | None
    types: tuple[str, ...]
    speakers: tuple[str, ...]
    speaker_known: bool
    optional: bool


@dataclass(frozen=True)
class GoldDocument:
    """A document with what should be found in it; None for what is not annotated."""

    document: Document
    places: tuple[GoldPlace, ...] | None
    statements: tuple[GoldStatement, ...] | None


def read_gold(lines: Iterable[bytes]) -> Iterator[GoldDocument]:
    """The annotated documents. Raises Malformed for the first line that is none, or that repeats an id."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            made = _document(json.loads(line.decode("utf-8-sig")))
        except UnicodeDecodeError:
            raise Malformed(f"line {number}: not UTF-8") from None
        except RecursionError:
            raise Malformed(f"line {number}: nested too deep") from None
        except json.JSONDecodeError:
            raise Malformed(f"line {number}: not JSON") from None
        except ValueError as problem:
            raise Malformed(f"line {number}: {problem}") from None
        if made.document.id in seen:
            raise Malformed(f'line {number}: the id "{made.document.id}" occurred before')
        seen.add(made.document.id)
        yield made


def _document(row: Any) -> GoldDocument:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("text"), str):
        raise ValueError('not an object with "id" and "text"')
    if "places" not in row and "statements" not in row:
        raise ValueError('neither "places" nor "statements" in it')
    length = len(row["text"])
    facts = {key: value for key in ("title", "source", "published") if isinstance(value := row.get(key), str)}
    return GoldDocument(
        Document(row["id"], row["text"], **facts),
        tuple(_place(one, length) for one in _listed(row, "places")) if "places" in row else None,
        tuple(_statement(one, length) for one in _listed(row, "statements")) if "statements" in row else None,
    )


def _place(row: dict[str, Any], length: int) -> GoldPlace:
    lat, lon, radius = (_number(row, key) for key in ("lat", "lon", "radius_km"))
    if lat is not None and (lon is None or abs(lat) > 90 or abs(lon) > 180):
        raise ValueError('"lat" and "lon" are no point')
    kind = row.get("kind") or row.get("type")
    return GoldPlace(
        _span(row, length),
        kind if isinstance(kind, str) else "place",
        (lat, lon) if lat is not None and lon is not None else None,
        radius or 0.0,
        row.get("optional") is True,
    )


def _statement(row: dict[str, Any], length: int) -> GoldStatement:
    parts = _listed(row, "content") if row.get("content") else [row]
    form = row.get("form")
    if form is not None and not isinstance(form, str):
        raise ValueError('"form" is no word')
    return GoldStatement(
        tuple(_span(part, length) for part in parts),
        form,
        _names(row, "type"),
        _names(row, "speaker"),
        row.get("speaker_known") is not False,
        row.get("optional") is True,
    )


def _listed(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError(f'"{key}" is no list of objects')
    return value


def _names(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f'"{key}" is no list of words')
    return tuple(value)


def _span(row: dict[str, Any], length: int) -> Span:
    start, end = row.get("start"), row.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise ValueError(f'"start" {start!r} and "end" {end!r} are no part of the text')
    return Span(start, end)


def _number(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f'"{key}" is no number')
    return float(value)

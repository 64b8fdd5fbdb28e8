"""Analyses and corrections as rows of the store's tables, and back."""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from corpus.codec import decode, encode, shallow
from corpus.correction_lines import correction_in, line_of
from corpus.corrections import Correction
from corpus.documents import Analysis, Document
from corpus.tables import ANALYSES, ANALYSIS_PLACES, CORRECTIONS, DOCUMENTS, GEOCODER_CACHE, PLACES
from geo.model import Place

_KEPT = sa.select(DOCUMENTS, ANALYSES.c.body).join_from(DOCUMENTS, ANALYSES, ANALYSES.c.document == DOCUMENTS.c.number)


def save(
    connection: sa.Connection, analysis: Analysis, edition: str, added_at: str, digests: dict[int, tuple[str, str]]
) -> None:
    """Keep one analysis. ``digests`` spares encoding a place again that other analyses share: by identity."""
    document = analysis.document
    row = {name: getattr(document, name) for name in ("title", "source", "published", "text")}
    number = connection.execute(
        insert(DOCUMENTS)
        .values(id=document.id, added_at=added_at, **row)
        .on_conflict_do_update(index_elements=["id"], set_=row)
        .returning(DOCUMENTS.c.number)
    ).scalar_one()
    mentions, places = {}, {}
    for key, mention in analysis.mentions.items():
        mentions[key] = shallow(mention)
        if place := mention.place:
            if id(place) not in digests:
                written = encode(place)
                digests[id(place)] = sha256(written.encode()).hexdigest(), written
            mentions[key]["place"], written = digests[id(place)]
            places[mentions[key]["place"]] = {"digest": mentions[key]["place"], "id": place.id, "body": written}
    body = {name: getattr(analysis, name) for name in ("statements", "links", "notices", "furniture")} | {
        "mentions": mentions
    }
    connection.execute(sa.delete(ANALYSES).where(ANALYSES.c.document == number))
    connection.execute(insert(ANALYSES).values(document=number, edition=edition, body=encode(body)))
    if places:
        connection.execute(insert(PLACES).on_conflict_do_nothing(), list(places.values()))
        connection.execute(insert(ANALYSIS_PLACES), [{"document": number, "place": digest} for digest in places])


def sweep(connection: sa.Connection) -> None:
    """Forget the places that no analysis has any more."""
    connection.execute(sa.delete(PLACES).where(~sa.exists().where(ANALYSIS_PLACES.c.place == PLACES.c.digest)))


def found(connection: sa.Connection, document: str) -> Analysis | None:
    """The analysis as it was made."""
    if (row := connection.execute(_KEPT.where(DOCUMENTS.c.id == document)).one_or_none()) is None:
        return None
    used = sa.select(PLACES).join(ANALYSIS_PLACES, ANALYSIS_PLACES.c.place == PLACES.c.digest)
    return _analysis(row, _places(connection.execute(used.where(ANALYSIS_PLACES.c.document == row.number))))


def keep(connection: sa.Connection, correction: Correction) -> bool:
    """Keep a correction; whether it was new. Raises ValueError for one that could not be read again."""
    line = line_of(correction)
    read = correction_in(line)
    row = {"id": read.id, "document": read.document, "body": line}
    return connection.execute(insert(CORRECTIONS).values(row).on_conflict_do_nothing()).rowcount > 0


def corrections(connection: sa.Connection, document: str | None = None) -> list[Correction]:
    """All corrections, or those that a document's analysis may need. Another program's rows are passed over."""
    rows = sa.select(CORRECTIONS.c.body)
    if document is not None:
        rows = rows.where(sa.or_(CORRECTIONS.c.document == document, CORRECTIONS.c.document.is_(None)))
    read = []
    for row in connection.execute(rows):
        with suppress(ValueError, TypeError):
            read.append(correction_in(row.body))
    return sorted(read, key=lambda correction: (correction.made_at, correction.id))


def all_found(connection: sa.Connection) -> list[Analysis]:
    """All analyses as they were made, in the order of their documents."""
    known = _places(connection.execute(sa.select(PLACES)))
    return [_analysis(row, known) for row in connection.execute(_KEPT.order_by(DOCUMENTS.c.number))]


def outdated(connection: sa.Connection, edition: str) -> list[Document]:
    """The documents whose analyses are of another edition."""
    other = _KEPT.where(ANALYSES.c.edition != edition)
    return [_document(row) for row in connection.execute(other.order_by(DOCUMENTS.c.number))]


def recall(connection: sa.Connection, key: str) -> str | None:
    """What the geocoder cache keeps for ``key``."""
    return connection.execute(sa.select(GEOCODER_CACHE.c.value).where(GEOCODER_CACHE.c.key == key)).scalar()


def remember(connection: sa.Connection, key: str, value: str) -> None:
    """Keep something in the geocoder cache, in place of what was there."""
    row = {"value": value, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    connection.execute(insert(GEOCODER_CACHE).values(key=key, **row).on_conflict_do_update(set_=row))


def _places(rows: Iterable[Any]) -> dict[str, Place]:
    return {row.digest: decode(Place, json.loads(row.body)) for row in rows}


def _document(row: Any) -> Document:
    return Document(row.id, row.text, row.title, row.source, row.published)


def _analysis(row: Any, places: dict[str, Place]) -> Analysis:
    body = json.loads(row.body)
    for mention in body["mentions"].values():
        if mention["place"]:
            mention["place"] = places[mention["place"]]
    return decode(Analysis, body | {"document": _document(row)})

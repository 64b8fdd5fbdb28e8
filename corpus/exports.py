"""Analyses as files for other programs: analysed documents (JSON Lines), GeoJSON, CSV."""

import csv
import io
import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import Any

from corpus.documents import Analysis
from corpus.table import places, statement_rows
from extract.dates import When
from extract.model import Statement
from extract.text import Span
from geo.model import Mention, Place

_PLACE_COLUMNS = {
    "place_ar": "ar",
    "place_en": "en",
    "kind": "kind",
    "country": "country",
    "lat": "lat",
    "lon": "lon",
    "radius_km": "radius_km",
    "place_source": "source",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def narrowed(analyses: Iterable[Analysis], statements: Container[str]) -> Iterator[Analysis]:
    """The analyses with those statements only ("<document>#<statement id>") and the mentions in them.

    What has none of them is left out, so that an export holds what a page's filters show.
    """
    for analysis in analyses:
        kept = tuple(s for s in analysis.statements if f"{analysis.document.id}#{s.id}" in statements)
        if kept:
            links = {s.id: analysis.links.get(s.id, ()) for s in kept}
            linked = {key for keys in links.values() for key in keys}
            mentions = {key: mention for key, mention in analysis.mentions.items() if key in linked}
            yield replace(analysis, mentions=mentions, statements=kept, links=links)


def jsonl(analyses: Iterable[Analysis]) -> Iterator[str]:
    """One analysed document a line. Offsets are half-open and count code points of "text"."""
    for analysis in analyses:
        yield json.dumps(analysed_document(analysis), ensure_ascii=False) + "\n"


def analysed_document(analysis: Analysis) -> dict[str, Any]:
    """An analysis in the exchange format: document, mentions, places, statements, notices, the page's own lines."""
    document = analysis.document
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "mentions": [_mention(key, mention, document.text) for key, mention in analysis.mentions.items()],
        "places": [_place(place) for place in analysis.places.values()],
        "statements": [_statement(analysis, statement) for statement in analysis.statements],
        "furniture": [_ends(line) for line in analysis.furniture],
        "notices": [{"code": notice.code, **_ends(notice.span)} for notice in analysis.notices],
    }


def geojson(analyses: Iterable[Analysis]) -> str:
    """A FeatureCollection of one feature per place, with its statements.

    Mentions without a place are in the foreign member "unlocated", so that nothing is lost; "attribution" lists
    the sources that the places come from.
    """
    analyses = list(analyses)
    found = places(analyses)
    statements: dict[str, dict[str, dict[str, Any]]] = {key: {} for key in found}
    counts = dict.fromkeys(found, 0)
    unlocated = []
    for analysis in analyses:
        document = analysis.document
        within = _containers(analysis)
        for key, mention in analysis.mentions.items():
            if mention.place is None:
                unlocated.append(
                    {
                        "document": document.id,
                        "mention": key,
                        **_ends(mention.span),
                        "text": mention.span.of(document.text),
                        "role": mention.role,
                        "reason": mention.reason,
                        "statements": [_said(analysis, statement) for statement in within[key]],
                    }
                )
                continue
            counts[mention.place.id] += 1
            for statement in within[key]:
                said = statements[mention.place.id].setdefault(
                    f"{document.id}#{statement.id}", _said(analysis, statement) | {"roles": []}
                )
                if mention.role not in said["roles"]:
                    said["roles"].append(mention.role)
    features = [_feature(place, counts[key], list(statements[key].values())) for key, place in found.items()]
    collection = {
        "type": "FeatureCollection",
        "features": features,
        "unlocated": unlocated,
        "attribution": sorted({place.source for place in found.values()}),
    }
    return json.dumps(collection, ensure_ascii=False)


def csv_lines(analyses: Iterable[Analysis]) -> Iterator[str]:
    """One row per statement and place mention in it, with header, for spreadsheets.

    It begins with a byte order mark, which makes them read UTF-8; a text cell that they would take for a formula
    gets an apostrophe before it.
    """
    analyses = list(analyses)
    table = statement_rows(analyses).astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    by_document = {analysis.document.id: analysis for analysis in analyses}
    found = places(analyses)
    yield "\ufeff" + _csv_line([*table.columns, "topics", "dates", "text", *_PLACE_COLUMNS])
    for row in rows:
        row["flags"] = " ".join(row["flags"])
        row["published"] = row["published"].date().isoformat() if row["published"] else None
        analysis = by_document[row["document"]]
        text = analysis.document.text[row["start"] : row["end"]]
        statement = row["statement"].rpartition("#")[2]
        about = (" ".join(analysis.topics[statement]), _written(analysis.dates[statement]))
        place = found[row["place"]] if row["place"] else None
        described = (getattr(place, field) if place else None for field in _PLACE_COLUMNS.values())
        yield _csv_line([*row.values(), *about, text, *described])


def _csv_line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(
        ["'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in cells]
    )
    return line.getvalue()


def _ends(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _mention(key: str, mention: Mention, text: str) -> dict[str, Any]:
    return {
        "id": key,
        **_ends(mention.span),
        "text": mention.span.of(text),
        "kind": mention.kind,
        "role": mention.role,
        "place": mention.place.id if mention.place else None,
        "rule": mention.rule,
        "confidence": mention.confidence,
        "alternatives": list(mention.alternatives),
        "alternative_scores": list(mention.scores),
        "reason": mention.reason,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": {"ar": place.ar, "en": place.en},
        "kind": place.kind,
        "feature": place.feature,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "geometry": _geometry(place),
        "approximate": place.approximate,
        "source": place.source,
    }


def _geometry(place: Place) -> Any:
    return place.geometry or {"type": "Point", "coordinates": [place.lon, place.lat]}


def _statement(analysis: Analysis, statement: Statement) -> dict[str, Any]:
    cue, speaker = statement.cue, statement.speaker
    linked = analysis.hows.get(statement.id, {})
    return {
        "id": statement.id,
        **_ends(statement.span),
        "content": [_ends(part) for part in statement.content],
        "form": statement.form,
        "type": statement.type,
        "rule": statement.rule,
        "cue": {**_ends(cue.span), "lemma": cue.lemma} if cue else None,
        "speaker": {
            "name": speaker.name,
            "role": speaker.role,
            "rank": speaker.rank,
            "how": speaker.how,
            "start": speaker.span.start if speaker.span else None,
            "end": speaker.span.end if speaker.span else None,
            "channel": speaker.channel,
            "anonymous": speaker.anonymous,
        }
        if speaker
        else None,
        "flags": list(statement.flags),
        "parent": statement.parent,
        "mentions": list(linked),
        "links": [{"mention": key, "how": how} for key, how in linked.items()],
        "topics": list(analysis.topics[statement.id]),
        "dates": [_date(when) for when in analysis.dates[statement.id]],
    }


def _date(when: When) -> dict[str, Any]:
    return {**_ends(when.span), "from": when.start, "to": when.end, "precision": when.precision}


def _written(dates: Iterable[When]) -> str:
    """Dates in one cell: ISO 8601 intervals, ".." where a bound is open."""
    return " ".join(
        when.start if when.start == when.end and when.start else f"{when.start or '..'}/{when.end or '..'}"
        for when in dates
        if when.start or when.end
    )


def _containers(analysis: Analysis) -> dict[str, list[Statement]]:
    """For each mention the statements that it belongs to."""
    within: dict[str, list[Statement]] = {key: [] for key in analysis.mentions}
    for statement in analysis.statements:
        for key in analysis.links.get(statement.id, ()):
            within[key].append(statement)
    return within


def _said(analysis: Analysis, statement: Statement) -> dict[str, Any]:
    document, speaker = analysis.document, statement.speaker
    return {
        "id": f"{document.id}#{statement.id}",
        "text": statement.span.of(document.text),
        "type": statement.type,
        "form": statement.form,
        "speaker": speaker.name if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        **_ends(statement.span),
    }


def _feature(place: Place, mentions: int, statements: list[dict[str, Any]]) -> dict[str, Any]:
    described = _place(place)
    return {
        "type": "Feature",
        "id": described.pop("id"),
        "geometry": described.pop("geometry"),
        "properties": described | {"mentions": mentions, "statement_count": len(statements), "statements": statements},
    }

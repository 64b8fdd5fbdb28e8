"""Analyses as one table: what the page filters, counts and shows, and what is exported as CSV."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from corpus.documents import Analysis
from corpus.linking import HOWS
from extract.model import FORMS, TYPES
from geo.model import Place, Role

_ROLES: tuple[Role, ...] = ("location", "actor", "attribute", "outlet")
# Ordered, so that sorting and counting follow the order in which a page lists them.
_CHOICES = {
    "form": pd.CategoricalDtype(list(FORMS), ordered=True),
    "type": pd.CategoricalDtype(list(TYPES), ordered=True),
    "role": pd.CategoricalDtype(list(_ROLES), ordered=True),
    "link": pd.CategoricalDtype(list(HOWS), ordered=True),
}
_DTYPES: dict[str, Any] = {
    "document": "str",
    "title": "str",
    "source": "str",
    "published": "str",
    "statement": "str",
    "start": "int64",
    "end": "int64",
    "form": _CHOICES["form"],
    "type": _CHOICES["type"],
    "rule": "str",
    "speaker": "str",
    "speaker_role": "str",
    "flags": "object",
    "mention": "str",
    "mention_start": "Int64",
    "mention_end": "Int64",
    "mention_text": "str",
    "place": "str",
    "role": _CHOICES["role"],
    "link": _CHOICES["link"],
    "reason": "str",
}
COLUMNS = tuple(_DTYPES)


def statement_rows(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """One row per statement and mention inside it; a statement without a mention has one row, its mention missing.

    ``statement`` is unique in the table ("<document>#<statement id>"), ``mention`` in its document. ``place`` is
    missing where the mention is not on the map; ``reason`` then says why. ``link`` tells how the mention belongs to
    the statement. ``published`` is the day as datetime64, NaT where it is unknown or no date. ``form``, ``type``,
    ``role`` and ``link`` are ordered categories; ``flags`` are tuples.
    ``start``–``end`` and ``mention_start``–``mention_end`` are offsets into the document's text, in code points.
    """
    columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
    append = {name: values.append for name, values in columns.items()}
    for analysis in analyses:
        document = analysis.document
        for statement in analysis.statements:
            speaker = statement.speaker
            for key in analysis.links.get(statement.id) or (None,):
                append["document"](document.id)
                append["title"](document.title)
                append["source"](document.source)
                append["published"](document.published)
                append["statement"](f"{document.id}#{statement.id}")
                append["start"](statement.span.start)
                append["end"](statement.span.end)
                append["form"](statement.form)
                append["type"](statement.type)
                append["rule"](statement.rule)
                append["speaker"](speaker.name if speaker else None)
                append["speaker_role"](speaker.role if speaker else None)
                append["flags"](statement.flags)
                mention = analysis.mentions[key] if key is not None else None
                append["mention"](key)
                append["mention_start"](mention.span.start if mention else None)
                append["mention_end"](mention.span.end if mention else None)
                append["mention_text"](mention.span.of(document.text) if mention else None)
                append["place"](mention.place.id if mention and mention.place else None)
                append["role"](mention.role if mention else None)
                append["link"](analysis.hows[statement.id][key] if key is not None else None)
                append["reason"](mention.reason if mention else None)
    table = pd.DataFrame({name: pd.Series(columns[name], dtype=dtype) for name, dtype in _DTYPES.items()})
    days = table["published"].str.slice(0, 10)
    table["published"] = pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
    return table


def places(analyses: Iterable[Analysis]) -> dict[str, Place]:
    """The places mentioned in any of the analyses, by id, in the order of their first mention."""
    found: dict[str, Place] = {}
    for analysis in analyses:
        for key, place in analysis.places.items():
            found.setdefault(key, place)
    return found

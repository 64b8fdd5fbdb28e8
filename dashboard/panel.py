"""The side panel's content: a heading for the selection and a card for each of its statements. Pure functions."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date

from corpus.documents import Analysis, Document
from dashboard.palette import COLOURS, SIGNS
from dashboard.state import NOWHERE, is_unplaced, unplaced
from dashboard.translations import Language, Texts
from extract.model import Speaker, Statement
from extract.text import Span
from geo.model import OWN_SOURCE, Mention, Place

PAGE = 20
# Code points. About what six lines of the panel hold; a place that is named further on would be hidden.
_LONG = 360


def page_of(rows: pd.DataFrame, page: int) -> tuple[list[str], int, int]:
    """The statements of one page in the order of the articles, the page's number within bounds, the number of pages."""
    statements = list(rows["statement"].drop_duplicates())
    pages = max(1, -(-len(statements) // PAGE))
    page = min(max(page, 0), pages - 1)
    return statements[page * PAGE : (page + 1) * PAGE], page, pages


def selection_of(mention: Mention, text: str) -> str:
    """What choosing the mention selects: its place, or its name where it is not on the map."""
    return mention.place.id if mention.place else unplaced(mention.span.of(text))


def place_name(place: Place, language: Language) -> str:
    """The place's name in the language, else in the other."""
    return (place.ar or place.en) if language == "ar" else (place.en or place.ar)


def country_name(code: str, language: Language) -> str:
    """A country's name for its ISO code; the code itself where it is unknown."""
    return str(Locale(language).territories.get(code, code))


def day(value: str | None, language: Language) -> str:
    """A date as read: "5 October 2020"; what is no ISO date is shown as it is."""
    if not value:
        return ""
    try:
        return format_date(pd.Timestamp(value).date(), "d MMMM y", locale=language)
    except ValueError:
        return value


def heading(selection: str | None, place: Place | None, rows: pd.DataFrame, name: str, texts: Texts) -> dict[str, Any]:
    """Names, kind, country and counts of the selection. ``rows`` are those of its statements, ``name`` as written."""
    spoken = rows.drop_duplicates("statement")
    counts = [
        texts.count("statements", len(spoken)),
        texts.count("speakers", spoken["speaker"].nunique()),
        texts.count("articles", spoken["document"].nunique()),
    ]
    if place is None:
        title = texts("panel.all")
        if selection == NOWHERE:
            title = texts("panel.no_place")
        elif selection is not None:
            title, counts = name, ([texts("panel.unplaced")] if is_unplaced(selection) else []) + counts
        return {"name": title, "other": "", "facts": counts, "note": "", "clear": selection is not None}
    title, other = (place.ar, place.en) if texts.language == "ar" else (place.en, place.ar)
    facts = [texts(f"kind.{place.kind}")]
    if place.country and place.kind != "country":
        facts.append(country_name(place.country, texts.language))
    if place.source != OWN_SOURCE:
        facts.append(place.source)
    notes = [texts("panel.approximate")] if place.approximate else []
    if len(rows) and (rows["role"] == "actor").all():
        notes.append(texts("panel.actor"))
    return {
        "name": title or other,
        "other": other if title and other != title else "",
        "facts": facts + counts,
        "note": " ".join(notes),
        "clear": True,
    }


def card(analysis: Analysis, statement: Statement, selection: str | None, texts: Texts) -> dict[str, Any]:
    """A statement as the panel shows it, the selected place's mentions marked in its words."""
    document = analysis.document
    parts, first = _parts(analysis, statement, selection, texts.language)
    return {
        "id": f"{document.id}#{statement.id}",
        "document": document.id,
        "type": statement.type,
        "type_label": texts(f"type.{statement.type}"),
        "colour": COLOURS[statement.type],
        "glyph": SIGNS[statement.type],
        "form": texts(f"form.{statement.form}"),
        "flags": flags(statement, texts),
        "parts": parts,
        "long": statement.span.end - statement.span.start > _LONG and first < _LONG - 60,
        "speaker": speaker(statement, texts),
        "article": about(document, texts),
    }


def title_of(document: Document, texts: Texts) -> str:
    """The article's title, or what stands for it."""
    return document.title or texts("panel.untitled")


def about(document: Document, texts: Texts) -> list[str]:
    """Title, source and day of an article, what is known of them."""
    facts = [title_of(document, texts), document.source or "", day(document.published, texts.language)]
    return [fact for fact in facts if fact]


def flags(statement: Statement, texts: Texts) -> list[str]:
    """The statement's flags in words; that the source is anonymous stands with the speaker."""
    return [texts(f"flag.{flag}") for flag in statement.flags if flag != "anonymous"]


def speaker(statement: Statement, texts: Texts) -> dict[str, str] | None:
    """Who says it: name, role with rank, and what to know; None where the text does not tell."""
    who: Speaker | None = statement.speaker
    if who is None:
        if statement.form != "narration":
            return None
        return {"name": texts("panel.narrator"), "role": "", "note": ""}
    notes = [texts("panel.anonymous")] if who.anonymous else []
    if who.channel:
        notes.append(texts("panel.via", channel=who.channel))
    role = " ".join(part for part in (who.role, who.rank) if part and part not in who.name)
    return {"name": who.name, "role": role, "note": " · ".join(notes)}


def _parts(
    analysis: Analysis, statement: Statement, selection: str | None, language: Language
) -> tuple[list[dict[str, Any]], int]:
    """The statement's text in pieces, and how far into it the first mark stands (0 without one)."""
    text, span = analysis.document.text, statement.span
    mentions = [analysis.mentions[key] for key in analysis.links.get(statement.id, ())]
    parts, first = [], 0
    for piece in cut(span, [*statement.content, *(mention.span for mention in mentions)]):
        mention = next((mention for mention in mentions if mention.span.covers(piece)), None)
        part: dict[str, Any] = {"text": piece.of(text), "said": any(c.covers(piece) for c in statement.content)}
        if mention:
            part["place"] = selection_of(mention, text)
            part["name"] = place_name(mention.place, language) if mention.place else ""
            if part["place"] == selection:
                part["here"] = True
                first = first or piece.start - span.start
        parts.append(part)
    return parts, first


def cut(span: Span, within: Sequence[Span]) -> list[Span]:
    """``span`` cut at every start and end of the spans within it."""
    edges = {span.start, span.end}
    edges.update(edge for one in within for edge in one if span.start < edge < span.end)
    ordered = sorted(edges)
    return [Span(start, end) for start, end in pairwise(ordered)]


def content(
    statements: Sequence[str], analyses: Mapping[str, Analysis], selection: str | None, texts: Texts
) -> list[dict[str, Any]]:
    """The cards of the statements ("<document>#<statement>"), those that exist."""
    cards = []
    for key in statements:
        document, _, name = key.rpartition("#")
        found = analyses.get(document)
        statement = next((one for one in found.statements if one.id == name), None) if found else None
        if found and statement:
            cards.append(card(found, statement, selection, texts))
    return cards

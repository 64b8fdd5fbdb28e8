"""An article with all its statements and mentions marked. Pure functions."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from corpus.documents import Analysis
from dashboard.palette import COLOURS, SIGNS
from dashboard.panel import about, cut, flags, place_name, selection_of, speaker
from dashboard.translations import Texts
from extract.model import TYPES, Notice, Statement
from extract.text import Span
from geo.model import Mention

_EXCERPT = 60


def article(analysis: Analysis, selection: str | None, at: str | None, texts: Texts) -> dict[str, Any]:
    """The whole article for the reader view, to be opened at the statement ``at``."""
    document = analysis.document
    used = {statement.type for statement in analysis.statements if statement.form != "narration"}
    title, *facts = about(document, texts)
    facts.append(texts.count("statements", len(analysis.statements)))
    facts.append(texts.count("places", len(analysis.places)))
    return {
        "document": document.id,
        "title": title,
        "facts": facts,
        "notices": [notice(one, document.text, texts) for one in analysis.notices],
        "legend": [
            {"label": texts(f"type.{name}"), "colour": COLOURS[name], "glyph": SIGNS[name]}
            for name in TYPES
            if name in used
        ],
        "paragraphs": paragraphs(analysis, texts),
        "selected": selection,
        "at": at,
        "chosen": _chosen(analysis, selection, texts),
    }


def paragraphs(analysis: Analysis, texts: Texts) -> list[list[dict[str, Any]]]:
    """The article's lines as runs of text; together they are the whole text but for its line ends.

    A run belongs to the innermost statement around it, and knows whether it is of the words that are said.
    """
    text = analysis.document.text
    spans = [span for one in analysis.statements for span in (one.span, *one.content)]
    spans += [mention.span for mention in analysis.mentions.values()]
    pieces = cut(Span(0, len(text)), spans)
    around = _innermost(analysis, pieces)
    mentions = sorted(analysis.mentions.items(), key=lambda pair: pair[1].span)
    starts = [mention.span.start for _, mention in mentions]
    lines: list[list[dict[str, Any]]] = [[]]
    for piece, statement in zip(pieces, around, strict=True):
        found = bisect_right(starts, piece.start) - 1
        named = mentions[found] if found >= 0 and mentions[found][1].span.covers(piece) else None
        for i, line in enumerate(piece.of(text).splitlines() or [""]):
            if i:
                lines.append([])
            if line:
                lines[-1].append(_run(analysis, line, piece, statement, named, texts))
        if piece.of(text)[-1:] in "\n\r\u2028\u2029\x0b\x0c\x85" and piece.start < piece.end:
            lines.append([])
    return [line for line in lines if any(run["text"].strip() for run in line)]


def notice(one: Notice, text: str, texts: Texts) -> str:
    """A notice in words, with the line it is about from there on."""
    line = text[one.span.start : one.span.start + 4 * _EXCERPT].splitlines() or [""]
    passage = " ".join(line[0].split())
    excerpt = passage if len(passage) <= _EXCERPT else passage[:_EXCERPT].rstrip() + "…"
    return texts.known(f"notice.{one.code}", "notice.other").replace("{text}", excerpt)


def _innermost(analysis: Analysis, pieces: list[Span]) -> Iterator[Statement | None]:
    statements = sorted(analysis.statements, key=lambda one: (one.span.start, -one.span.end))
    at, around = 0, list[Statement]()
    for piece in pieces:
        while at < len(statements) and statements[at].span.start <= piece.start:
            around.append(statements[at])
            at += 1
        around = [one for one in around if one.span.end > piece.start]
        covering = [one for one in around if one.span.covers(piece)]
        yield min(covering, key=lambda one: one.span.end - one.span.start, default=None)


def _run(
    analysis: Analysis,
    line: str,
    piece: Span,
    statement: Statement | None,
    named: tuple[str, Mention] | None,
    texts: Texts,
) -> dict[str, Any]:
    run: dict[str, Any] = {"text": line}
    if statement:
        run["statement"] = f"{analysis.document.id}#{statement.id}"
        if statement.form != "narration":
            run["colour"] = COLOURS[statement.type]
            run["said"] = any(part.covers(piece) for part in statement.content)
        who = speaker(statement, texts)
        facts = [texts(f"type.{statement.type}"), texts(f"form.{statement.form}"), *flags(statement, texts)]
        run["hint"] = " · ".join([*facts, who["name"] if who else texts("panel.no_speaker")])
    if named:
        run["mention"], mention = named
        run["selection"] = selection_of(mention, analysis.document.text)
        run["placed"] = mention.place is not None
        run["name"] = (
            place_name(mention.place, texts.language)
            if mention.place
            else texts.known(f"reason.{mention.reason}", "reason.other")
        )
    return run


def _chosen(analysis: Analysis, selection: str | None, texts: Texts) -> dict[str, str] | None:
    """The selected place as named in this article, None where the article does not mention it."""
    for mention in analysis.mentions.values():
        if selection_of(mention, analysis.document.text) == selection:
            name = place_name(mention.place, texts.language) if mention.place else ""
            name = name or texts("reader.unplaced", name=mention.span.of(analysis.document.text))
            return {"place": selection, "name": name, "show": texts("reader.show")}
    return None

"""The command that compares the analysis with an annotated file."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.analysis import analyse
from corpus.commands.terminal import Refused, send, shown, written
from corpus.evaluation import Error, Evaluation, by_kind
from corpus.gold import Malformed, read_gold
from extract.text import Span
from geo.gazetteer import open_gazetteer

_CONTEXT = 60  # code points on either side
_KINDS = (
    "place-missed", "place-wrong", "place-far", "statement-missed", "statement-extra", "statement-boundaries",
    "speaker-wrong", "speaker-missing", "speaker-superfluous", "form/", "type/",
)  # fmt: skip


def add_to(commands: Any) -> None:
    """Add the command to a parser's subparsers."""
    command = commands.add_parser(
        "evaluate",
        help="measure the analysis against annotated articles, and list its errors",
        description="Measures the analysis of annotated articles: the table first, then the errors of each kind with"
        " the words around them; [[…]] marks what is wrong.",
    )
    command.add_argument(
        "gold",
        metavar="GOLD.jsonl",
        help='{"id", "text", "places": […], "statements": […]} a line',
    )
    command.add_argument(
        "--kind", metavar="KIND", help="only errors whose kind begins so: place-far, type/announcement, speaker-wrong …"
    )
    command.add_argument("--limit", type=int, metavar="N", help="at most so many sentences of each kind; 0: the counts")
    command.add_argument("--json", action="store_true", help="one JSON object instead of the table and the list")
    command.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    name = written(options.gold)
    if options.limit is not None and options.limit < 0:
        raise Refused("--limit: 0 or more")
    wanted = written(options.kind or "")
    if not any(kind.startswith(wanted) or wanted.startswith(kind) for kind in _KINDS):
        raise Refused(f"--kind {wanted}: none of {', '.join(_KINDS)}")
    try:
        with Path(options.gold).open("rb") as lines:
            annotated = list(read_gold(lines))
    except Malformed as problem:
        raise Refused(f"{name}: {problem}") from problem
    except OSError as error:
        raise Refused(f"{name}: {error.strerror or error}") from error
    if not annotated:
        raise Refused(f"{name}: no annotated document in it")
    evaluation, texts, gazetteer = Evaluation(), {}, open_gazetteer()
    for gold in annotated:
        evaluation.add(gold, analyse(gold.document, gazetteer))
        texts[gold.document.id] = gold.document.text
    errors = {kind: found for kind, found in by_kind(evaluation.errors).items() if kind.startswith(wanted)}
    if options.json:
        listed = {
            kind: {"count": len(found), "errors": [_described(e, texts[e.document]) for e in found[: options.limit]]}
            for kind, found in errors.items()
        }
        send((json.dumps({"measures": evaluation.measures(), "errors": listed}, ensure_ascii=False), "\n"), None)
    else:
        send(_lines(evaluation.measures(), errors, texts, options.limit), None)
    return 0


def _lines(
    measures: dict[str, Any], errors: dict[str, list[Error]], texts: dict[str, str], limit: int | None
) -> Iterator[str]:
    for name, value in measures.items():
        numbers = value.items() if isinstance(value, dict) else [("", value)]
        yield f"{name:16} {'  '.join(f'{part} {_number(number)}'.strip() for part, number in numbers)}\n"
    for kind, found in errors.items():
        yield f"\n{shown(kind)}: {len(found)}\n"
        for error in found[:limit]:
            row = _described(error, texts[error.document])
            facts = [f"{name}: {shown(row[name])}" for name in ("cue", "wanted", "got") if row[name]]
            yield f"  {shown(error.document)}:{row['start']}  {shown(row['text'])}\n"
            if facts:
                yield f"    {'  '.join(facts)}\n"


def _number(value: float | int | None) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "-" if value is None else str(value)


def _described(error: Error, text: str) -> dict[str, Any]:
    return {
        "document": error.document,
        "start": min(error.spans).start,
        "text": marked(text, error.spans),
        "cue": error.cue,
        "wanted": error.wanted,
        "got": error.got,
    }


def marked(text: str, spans: tuple[Span, ...]) -> str:
    """The spans in [[…]] with the words around them, which are cut at blanks."""
    ordered = sorted(spans)
    start, end = max(0, ordered[0].start - _CONTEXT), min(len(text), ordered[-1].end + _CONTEXT)
    if start > 0:
        start = next((at + 1 for at in range(start, ordered[0].start) if text[at].isspace()), ordered[0].start)
    if end < len(text):
        end = next((at for at in range(end, ordered[-1].end, -1) if text[at].isspace()), ordered[-1].end)
    pieces, at = ["…" if start > 0 else ""], start
    for span in ordered:
        pieces += [text[at : max(at, span.start)], "[[", text[max(at, span.start) : span.end], "]]"]
        at = max(at, span.end)
    return "".join([*pieces, text[at:end], "…" if end < len(text) else ""])

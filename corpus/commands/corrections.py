"""Commands about the corrections that were made: which, and how they go, come and are undone."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from corpus.commands.library import library
from corpus.commands.terminal import Refused, report, send, table, tell, written
from corpus.correction_lines import line_of, read_lines
from corpus.corrections import Correction
from corpus.ledger import Ledger


def add_to(commands: Any) -> None:
    """Add the commands to a parser's subparsers."""
    parser = commands.add_parser("corrections", help="list, export, import or undo what correct has kept")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    command = actions.add_parser("list", help="the corrections, and how many mentions each decides by now")
    command.add_argument(
        "--document", metavar="DOCUMENT", help="only those that decide something in it, or are made for it"
    )
    command.set_defaults(run=_list)
    command = actions.add_parser(
        "export", help="all corrections, one JSON object a line (corpus/data/correction.schema.json)"
    )
    command.add_argument("--output", metavar="FILE", help="default: standard output")
    command.set_defaults(run=_export)
    command = actions.add_parser("import", help="keep exported corrections; what is there already stays as it is")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.set_defaults(run=_import)
    command = actions.add_parser("undo", help="forget corrections")
    command.add_argument("corrections", nargs="+", metavar="ID")
    command.set_defaults(run=_undo)


def _list(options: argparse.Namespace) -> int:
    wanted = written(options.document) if options.document is not None else None
    decides: Counter[str] = Counter()
    with library() as store:
        corrections = store.corrections(wanted)
        ledger = Ledger(corrections)
        only = store.analysis(wanted, corrected=False) if wanted is not None else None
        analyses = store.analyses(corrected=False) if wanted is None else [only] if only else []
    if wanted is not None and only is None and not any(one.document == wanted for one in corrections):
        raise Refused(f"{wanted}: no such document in the library")
    for analysis in analyses:
        verdict = ledger.verdict(analysis)
        decides.update(one.id for one in (*verdict.decided.values(), *verdict.added.values()))
    columns = ("correction", "made at", "scope", "document", "name", "was", "place", "decides", "note")
    shown = [one for one in corrections if wanted is None or one.document == wanted or decides[one.id]]
    table(columns, [_row(one, decides[one.id]) for one in shown])
    return 0


def _row(correction: Correction, decides: int) -> tuple[object, ...]:
    was, place = correction.was, correction.place
    return (
        correction.id,
        correction.made_at[:19],
        correction.scope,
        correction.document,
        correction.name,
        was.id if was else None,
        place.id if place else "no place",
        decides,
        correction.note,
    )


def _export(options: argparse.Namespace) -> int:
    with library() as store:
        corrections = store.corrections()
    send((line_of(correction) + "\n" for correction in corrections), options.output)
    return 0


def _import(options: argparse.Namespace) -> int:
    good: list[Correction] = []
    bad = 0
    for path in options.files:
        name = written(path)
        try:
            with Path(path).open("rb") as lines:
                for number, read in read_lines(lines):
                    if isinstance(read, Correction):
                        good.append(read)
                    else:
                        bad += 1
                        report(f"{name}:{number}: {read}")
        except OSError as error:
            raise Refused(f"{name}: {error.strerror or error}") from error
    with library() as store:
        new = store.keep(good)
    tell(f"new: {new}; there before: {len(good) - new}; not read: {bad}")
    return 1 if bad else 0


def _undo(options: argparse.Namespace) -> int:
    missing = 0
    with library() as store:
        for id in options.corrections:
            if not store.undo(id):
                missing += 1
                report(f"{written(id)}: no such correction")
    return 2 if missing else 0

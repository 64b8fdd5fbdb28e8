"""Commands about articles: analysed at once, or kept in the library."""

import argparse
import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from corpus import exports
from corpus.analysis import analyse, edition, retry, waits
from corpus.commands import inputs
from corpus.commands.library import geocoder_of, kept, library, required_geocoder
from corpus.commands.terminal import report, send, table, tell, written
from corpus.documents import Analysis
from geo.gazetteer import open_gazetteer

_WRITERS: dict[str, Callable[[Iterable[Analysis]], Iterable[str]]] = {
    "jsonl": exports.jsonl,
    "geojson": lambda analyses: (exports.geojson(analyses), "\n"),
    "csv": exports.csv_lines,
}


def add_to(commands: Any) -> None:
    """Add the commands to a parser's subparsers."""
    command = commands.add_parser("analyse", help="find the statements and places of articles; nothing is kept")
    command.add_argument("files", nargs="+", metavar="FILE", help=inputs.HELP)
    _add_output(command)
    command.set_defaults(run=_analyse)

    command = commands.add_parser("add", help="analyse articles and keep them in the library; prints their ids")
    command.add_argument("files", nargs="+", metavar="FILE", help=inputs.HELP)
    command.set_defaults(run=_add)

    command = commands.add_parser("list", help="the documents of the library")
    command.set_defaults(run=_list)

    command = commands.add_parser("export", help="the analyses of the library, with the corrections in them")
    command.add_argument("documents", nargs="*", metavar="DOCUMENT", help="ids; default: all")
    _add_output(command)
    command.set_defaults(run=_export)

    command = commands.add_parser("remove", help="forget documents of the library; their corrections stay")
    command.add_argument("documents", nargs="+", metavar="DOCUMENT")
    command.set_defaults(run=_remove)

    command = commands.add_parser("retry", help="ask the geocoder again for the names that wait for it")
    command.set_defaults(run=_retry)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=sorted(_WRITERS), default="jsonl", help="default: jsonl")
    command.add_argument("--output", metavar="FILE", help="default: standard output")


def _analyse(options: argparse.Namespace) -> int:
    failures: list[str] = []
    gazetteer = open_gazetteer()
    with ExitStack() as opened:
        # The library is not touched unless the geocoder's answers are to be kept in it.
        online = os.environ.get("MAKAN_GEOCODER")
        geocoder = geocoder_of(opened.enter_context(library())) if online else None
        documents = inputs.documents(options.files, _into(failures))
        send(_WRITERS[options.format](analyse(one, gazetteer, geocoder) for one in documents), options.output)
    return 1 if failures else 0


def _add(options: argparse.Namespace) -> int:
    failures: list[str] = []
    with library() as store:
        geocoder, gazetteer = geocoder_of(store), open_gazetteer()
        current = edition(gazetteer)
        for document in inputs.documents(options.files, _into(failures)):
            analysis = analyse(store.distinct(document), gazetteer, geocoder)
            store.save(analysis, edition=current)
            tell(analysis.document.id)
    return 1 if failures else 0


def _list(options: argparse.Namespace) -> int:
    with library() as store:
        rows = [
            (
                analysis.document.id,
                analysis.document.published,
                len(analysis.statements),
                len(analysis.mentions),
                "yes" if waits(analysis) else None,
                analysis.document.title,
            )
            for analysis in store.analyses()
        ]
    table(("document", "published", "statements", "mentions", "waits", "title"), rows)
    return 0


def _export(options: argparse.Namespace) -> int:
    with library() as store:
        names = dict.fromkeys(map(written, options.documents))
        analyses = [kept(store, name) for name in names] or store.analyses()
    send(_WRITERS[options.format](analyses), options.output)
    return 0


def _remove(options: argparse.Namespace) -> int:
    with library() as store:
        found = [kept(store, written(name)).document.id for name in options.documents]
        for document in found:
            store.remove(document)
    return 0


def _retry(options: argparse.Namespace) -> int:
    with library() as store:
        done, waiting = retry(store, open_gazetteer(), required_geocoder(store))
    tell(f"documents that wait no more: {done}; that still wait: {waiting}")
    return 1 if waiting else 0


def _into(failures: list[str]) -> Callable[[str], None]:
    """Reports each failure as it comes, and remembers it."""

    def fail(message: str) -> None:
        failures.append(message)
        report(message)

    return fail

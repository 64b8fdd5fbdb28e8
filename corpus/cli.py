"""The command line: files in, analysed documents out."""

import argparse
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from corpus import exports
from corpus.analysis import analyse
from corpus.documents import Analysis, Document
from corpus.readers import Unreadable, read_bytes, read_jsonl
from geo.gazetteer import open_gazetteer

if TYPE_CHECKING:
    from geo.geocoders import Geocoder

_WRITERS: dict[str, Callable[[Iterable[Analysis]], Iterable[str]]] = {
    "jsonl": exports.jsonl,
    "geojson": lambda analyses: (exports.geojson(analyses), "\n"),
    "csv": exports.csv_lines,
}
_REASONS = {
    "empty": "the file is empty",
    "no-arabic": "no Arabic text in it",
    "binary": "not a text file",
    "too-long": "the text is too long",
    "undecodable": "neither UTF-8 nor UTF-16 nor Windows-1256",
    "malformed": 'not a JSON object with "id" and "text"',
    "duplicate": "this id occurred before",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 if any input failed, 2 if the command could not be run."""
    options = _parser().parse_args(arguments)
    failures: list[str] = []

    def fail(message: str) -> None:
        failures.append(message)
        _report(message)

    gazetteer = open_gazetteer()
    try:
        geocoder = _geocoder()
    except ValueError as problem:
        _report(str(problem))
        return 2
    analyses = (analyse(document, gazetteer, geocoder) for document in _documents(options.files, fail))
    chunks = _WRITERS[options.format](analyses)
    try:
        if options.output is None:
            _write(chunks, sys.stdout.buffer)
        else:
            _replace(Path(options.output), chunks)
    except BrokenPipeError:
        # The reader has gone (as `head` does): what it wanted is written. Python would complain on flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _report(f"{options.output or 'standard output'}: {error.strerror or error}")
        return 2
    return 1 if failures else 0


def _geocoder() -> "Geocoder | None":
    """The online geocoder that the environment turns on; its answers are kept in the store.

    Raises ValueError, with a message for the operator, where it cannot be set up.
    """
    if not os.environ.get("MAKAN_GEOCODER"):
        return None
    # Both take longer to import than most files to analyse.
    from corpus.store import Store, StoreUnusable
    from geo.geocoders import from_settings

    try:
        return from_settings(os.environ, Store())
    except StoreUnusable as problem:
        raise ValueError(str(problem)) from problem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Who said what about where in Arabic news.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("analyse", help="find the statements and places of articles")
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help='a text file, or .jsonl with {"id", "text", "title", "source", "published"} a line; "-": standard input',
    )
    command.add_argument("--format", choices=sorted(_WRITERS), default="jsonl", help="default: jsonl")
    command.add_argument("--output", metavar="FILE", help="default: standard output")
    return parser


def _documents(files: Iterable[str], fail: Callable[[str], None]) -> Iterator[Document]:
    """The documents of all the files, each id once; what cannot be read is handed to ``fail``, one line each."""
    seen: set[str] = set()
    for path in files:
        # As bytes and back: in a locale without UTF-8 the name is not what the file system shows.
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        try:
            for item in _read(path, name):
                if isinstance(item, Document) and item.id in seen:
                    item = Unreadable(name, "duplicate")
                if isinstance(item, Document):
                    seen.add(item.id)
                    yield item
                else:
                    fail(f"{item.name}: {_REASONS[item.code]}")
        except Unreadable as problem:
            fail(f"{problem.name}: {_REASONS[problem.code]}")
        except OSError as error:
            fail(f"{name}: {error.strerror or error}")


def _read(path: str, name: str) -> Iterator[Document | Unreadable]:
    if path == "-":
        data = sys.stdin.buffer.read()
        if _is_jsonl(data):
            yield from read_jsonl(name, io.BytesIO(data))
        else:
            yield read_bytes(name, data)
    elif path.lower().endswith(".jsonl"):
        with Path(path).open("rb") as lines:
            yield from read_jsonl(name, lines)
    else:
        yield read_bytes(name, Path(path).read_bytes())


def _is_jsonl(data: bytes) -> bool:
    """Whether the first line is an object with a text: standard input has no name to tell."""
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "text" in row


def _write(chunks: Iterable[str], stream: BinaryIO) -> None:
    for chunk in chunks:
        stream.write(chunk.encode("utf-8"))
    stream.flush()


def _replace(path: Path, chunks: Iterable[str]) -> None:
    """Write the file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            _write(chunks, stream)
        # A temporary file is its owner's alone; the result is as readable as any file the user makes.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _report(message: str) -> None:
    """One line on standard error, in UTF-8 whatever the locale; a name with line breaks stays on one."""
    line = " ".join(message.splitlines()) + "\n"
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()

"""Files named on the command line → documents."""

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.commands.terminal import written
from corpus.documents import Document
from corpus.readers import Unreadable, read_bytes, read_jsonl

HELP = 'a text file, or .jsonl with {"id", "text", "title", "source", "published"} a line; "-": standard input'
_REASONS = {
    "empty": "the file is empty",
    "no-arabic": "no Arabic text in it",
    "binary": "not a text file",
    "too-long": "the text is too long",
    "undecodable": "neither UTF-8 nor UTF-16 nor Windows-1256",
    "malformed": 'not a JSON object with "id" and "text"',
    "duplicate": "this id occurred before",
}


def documents(files: Iterable[str], fail: Callable[[str], None]) -> Iterator[Document]:
    """The documents of all the files, each id once; what cannot be read is handed to ``fail``, one line each."""
    seen: set[str] = set()
    for path in files:
        name = written(path)
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

"""What commands write: whole files, lines and tables on standard output, messages on standard error; all in UTF-8."""

import os
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

# What turns the direction of all that follows it in a terminal.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Refused(Exception):
    """A command cannot be run; the message is one line for the user."""


def written(argument: str) -> str:
    """An argument as text: in a locale without UTF-8 it is not what the user typed."""
    return os.fsencode(argument).decode("utf-8", "backslashreplace")


def report(message: str) -> None:
    """One line on standard error."""
    sys.stderr.buffer.write((shown(message) + "\n").encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def shown(text: object) -> str:
    """A text as one cell of a table: line breaks, tabs and control characters are blanks, "-" stands for nothing."""
    plain = (" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in str(text) if c not in _TURNING)
    return " ".join("".join(plain).split()) or "-"


def tell(*lines: str) -> None:
    """Lines on standard output."""
    send((shown(line) + "\n" for line in lines), None)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under their header, cells separated by tabs; None is "-"."""
    cells = (["-" if cell is None else shown(cell) for cell in row] for row in (columns, *rows))
    send(("\t".join(row) + "\n" for row in cells), None)


def send(chunks: Iterable[str], output: str | None) -> None:
    """Write to the file of that name, whole or not at all, or to standard output. Raises Refused."""
    try:
        if output is None:
            _write(chunks, sys.stdout.buffer)
        else:
            _replace(Path(output), chunks)
    except BrokenPipeError:
        # The reader has gone (as `head` does): what it wanted is written. Python would complain on flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise Refused(f"{written(output or 'standard output')}: {error.strerror or error}") from error


def _write(chunks: Iterable[str], stream: BinaryIO) -> None:
    for chunk in chunks:
        stream.write(chunk.encode("utf-8"))
    stream.flush()


def _replace(path: Path, chunks: Iterable[str]) -> None:
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

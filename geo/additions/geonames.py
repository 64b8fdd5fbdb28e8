"""GeoNames' files of a country: downloaded, and what has an Arabic name kept.

The columns are those of https://download.geonames.org/export/dump/readme.txt.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from extract.text import folded
from geo.additions.download import Limits, NotAdded, Progress, fetch, lines
from geo.additions.files import Addition, Record, write
from geo.additions.merging import sorts
from geo.sources import arabic_names, country_names

SOURCE = "geonames"
LICENCE = "GeoNames, CC BY 4.0"

_ARABIC_LETTER = re.compile("[\u0620-\u064a]")
_LONGEST_NAME = 80
_NAMES_MOST = 12
# Where more lines than this share cannot be read, the file is another one than asked for.
_BROKEN_MOST = 0.5


@dataclass
class Reading:
    """What was read of a country so far: the names by id, the places, and how many lines could not be read."""

    country: str
    arabic: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    records: list[Record] = field(default_factory=list)
    read: int = 0
    malformed: int = 0


def add(country: str, base: str, folder: Path, limits: Limits, progress: Progress) -> tuple[Addition, int]:
    """Download a country and keep it in ``folder``; returns what is kept and how many lines could not be read.

    ``country`` is ISO alpha-2, ``base`` the address of the folder that GeoNames calls dump. Raises NotAdded, and
    OSError where the file cannot be written; what was kept of the country before is then still there.
    """
    if country not in country_names():
        raise NotAdded(f"{country!r} is no country's code: give two letters of ISO 3166, such as IQ")
    reading = Reading(country)
    with tempfile.TemporaryDirectory(prefix="makan-") as scratch:
        archive = Path(scratch) / "country.zip"
        for path, take in ((f"alternatenames/{country}.zip", _take_name), (f"{country}.zip", _take_place)):
            url = f"{base}/{path}"
            fetch(url, archive, limits, progress)
            read = broken = 0
            for line in lines(archive, f"{country}.txt", url, limits):
                read += 1
                try:
                    take(line.decode("utf-8").rstrip("\r\n").split("\t"), reading)
                except ValueError:
                    broken += 1
                progress(f"{country}: {read:,} lines of {path}")
            if broken > _BROKEN_MOST * read:
                raise NotAdded(f"{url}: {broken:,} of its {read:,} lines are not GeoNames'")
            reading.malformed += broken
    if not reading.records:
        raise NotAdded(f"GeoNames has no place in {country} with an Arabic name")
    added = datetime.now(UTC).date().isoformat()
    addition = Addition(SOURCE, country, added, base, LICENCE, len(reading.records))
    write(folder, addition, reading.records)
    return addition, reading.malformed


def _take_name(cells: list[str], reading: Reading) -> None:
    """One line of the alternate names: an Arabic one in use, or one that is of another language or of the past."""
    if len(cells) < 4:
        raise ValueError("columns are missing")
    # The columns of flags and years are left out at the end of some lines.
    key, language, name = int(cells[1]), cells[2], cells[3]
    preferred, _, colloquial, historic = (cell == "1" for cell in (*cells[4:8], "", "", "", "")[:4])
    if not _ARABIC_LETTER.search(name) or len(name) > _LONGEST_NAME:
        return
    if language == "ar" and not colloquial and not historic:
        known = reading.arabic[key]
        known.insert(0 if preferred else len(known), name)
    elif language:
        reading.others[key].add(name)


def _take_place(cells: list[str], reading: Reading) -> None:
    """One line of the main file, kept where it is of a sort that news name and has an Arabic name."""
    if len(cells) != 19:
        raise ValueError("not 19 columns")
    key, lat, lon, population = int(cells[0]), float(cells[4]), float(cells[5]), int(cells[14] or 0)
    country, code = cells[8], f"{cells[6]}.{cells[7]}"
    if key <= 0 or population < 0 or country != reading.country or not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("not a place of this country")
    if code not in sorts():
        return
    if names := tuple(_names(key, cells[3].split(","), reading)):
        en = "".join(letter for letter in cells[1] if letter.isprintable())[:_LONGEST_NAME].strip()
        record = Record(key, en or names[0], lat, lon, code, country, population, names)
        reading.records.append(record)


def _names(key: int, untagged: Iterable[str], reading: Reading) -> Iterator[str]:
    """The Arabic names of a place, the preferred one first.

    A name whose language GeoNames does not tell counts where it is not known as one of another language: «تهران»
    is written with Arabic letters and is Persian.
    """
    tagged, others = reading.arabic.get(key, []), reading.others.get(key, set())
    plain = [n for n in untagged if n not in others and len(n) <= _LONGEST_NAME and _ARABIC_LETTER.search(n)]
    usable = arabic_names([*tagged, *plain])[:_NAMES_MOST]
    first = next((n for t in tagged for n in usable if folded(n) == folded(t)), None)
    if first is not None:
        yield first
    yield from (n for n in usable if n != first)

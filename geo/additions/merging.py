"""Added places beside the built-in ones: none stands for a built-in place, none is found by a name alone.

Most of what is added are hamlets that no news will ever name, called like cities abroad, like persons and like
words of the language. So what is built in always comes first, and an added place is asked for its head noun: «قرية X».
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from extract.text import folded
from geo.additions.files import Record
from geo.adjectives import nisbas
from geo.lexicon import heads, ordinary, rows
from geo.model import Kind, Place
from geo.sources import GEONAMES_SOURCE, Entry, fit_to_add
from geo.sphere import distance_km

# On the scale of importance. A text about another country gives up a place three below the most important of its
# name; so an added one that shares a name with a built-in one lies further below.
_HIGHEST, _LOWEST, _BELOW_NAMESAKE = 4.5, 1.0, 3.1
_SAME_KM, _TWIN_KM = 25.0, 5.0
_SHORTEST = 4
# What is so wide that two sources put its middle far apart.
_WIDE = ("admin", "natural", "region")
_NAMED_ALONE = ("admin", "city", "district")


@dataclass(frozen=True)
class Sort:
    """What a feature code means to us. ``importance`` is of a place whose population is not known."""

    kind: Kind
    feature: str
    importance: float
    radius_km: float


@cache
def sorts() -> dict[str, Sort]:
    """GeoNames' feature codes ("P.PPL") of the places that are kept."""
    return {
        row["code"]: Sort(cast(Kind, row["kind"]), row["feature"], float(row["importance"]), float(row["radius_km"]))
        for row in rows("geonames_codes.csv")
    }


def merged(built_in: Sequence[Entry], same: Mapping[int, str], records: Iterable[Record]) -> list[Entry]:
    """The built-in places, with further names where those are safe, and then the added ones that are new.

    ``same`` maps ids of GeoNames to those of the built-in places that stand for them. New places carry the flag
    "added".
    """
    known: dict[str, list[Entry]] = defaultdict(list)
    for entry in built_in:
        for name in entry.names:
            known[folded(name)].append(entry)
    ids = {entry.place.id for entry in built_in}
    new: list[Entry] = []
    further: dict[str, list[str]] = defaultdict(list)
    for entry in _entries(records):
        place = entry.place
        twin = same.get(int(place.id.partition(":")[2])) or (place.id if place.id in ids else _twin(entry, known))
        if twin:
            further[twin].extend(entry.names)
        else:
            new.append(entry)
    kept = list(_distinct(new))
    taken = Counter(folded(name) for entry in kept for name in entry.names)
    taken.update(name for names in further.values() for name in {folded(n) for n in names})
    widened = [_with_names(entry, further.get(entry.place.id, ()), known, taken) for entry in built_in]
    return widened + [guarded for entry in kept if (guarded := _guarded(entry, known))]


def _entries(records: Iterable[Record]) -> Iterator[Entry]:
    for record in records:
        sort = sorts().get(record.code)
        if sort is None or not record.names:
            continue
        population, settled = record.population, sort.kind == "city"
        counted = math.log10(population) if population else 0.0
        place = Place(
            id=f"geonames:{record.id}",
            ar=record.names[0],
            en=record.en,
            kind=sort.kind,
            feature=_size(population) or sort.feature if settled else sort.feature,
            country=record.country,
            lat=record.lat,
            lon=record.lon,
            radius_km=max(sort.radius_km, min(30.0, round(math.sqrt(population) * 0.0075, 1)) if settled else 0.0),
            importance=round(min(_HIGHEST, max(sort.importance, counted)), 2),
            source=GEONAMES_SOURCE,
        )
        names = tuple(dict.fromkeys(_without_head(n, sort.kind) for n in record.names))
        yield Entry(replace(place, ar=names[0]), names, frozenset({"added"}))


def _without_head(name: str, kind: Kind) -> str:
    """The name of a settlement or division without its head noun, which news write or leave out as they like."""
    first, _, rest = name.partition(" ")
    head = heads().get(folded(first))
    return rest if rest and head and kind in _NAMED_ALONE and head.kind in _NAMED_ALONE else name


def _size(population: int) -> str | None:
    return "city" if population >= 100_000 else "town" if population >= 5_000 else None


def _twin(entry: Entry, known: Mapping[str, Sequence[Entry]]) -> str | None:
    """The id of the built-in place that an added one is: of the same name and near, None where there is none."""
    for name in entry.names:
        for other in known.get(folded(name), ()):
            if _one(entry.place, other.place):
                return other.place.id
    return None


def _one(added: Place, other: Place) -> bool:
    away = distance_km(added.lat, added.lon, other.lat, other.lon)
    if away <= _SAME_KM:
        return True
    if added.country != other.country or added.feature != other.feature or added.kind not in _WIDE:
        return False
    return added.kind == "admin" or away <= 1.5 * max(added.radius_km, other.radius_km)


def _distinct(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The places, the more important of two that have one name, are of one kind and lie side by side."""
    seen: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (-e.place.importance, e.place.id)):
        place = entry.place
        keys = [(place.kind, folded(name)) for name in entry.names]
        beside = (other for key in keys for other in seen[key])
        if not any(distance_km(place.lat, place.lon, o.lat, o.lon) <= _TWIN_KM for o in beside):
            for key in keys:
                seen[key].append(place)
            yield entry


def _with_names(entry: Entry, names: Iterable[str], known: Mapping[str, object], taken: Mapping[str, int]) -> Entry:
    """A built-in place with those further names that nothing else has; being new to us, they need evidence."""
    safe = [n for n in names if fit_to_add(folded(n)) and folded(n) not in known and taken[folded(n)] == 1]
    if not safe or not entry.place.id.startswith("makan:"):
        return entry
    return replace(entry, names=(*entry.names, *safe), doubtful=entry.doubtful | set(safe))


def _guarded(entry: Entry, known: Mapping[str, Sequence[Entry]]) -> Entry | None:
    """An added place with those of its names that can be told from what is built in; None where it has none.

    It is meant only with its head noun before it, unless the names begin with theirs: «مطار X».
    """
    place = entry.place
    names = tuple(n for n in entry.names if _usable(folded(n), place, known.get(folded(n), ())))
    if not names:
        return None
    plain = tuple(n for n in names if not _is_word(folded(n))) or names
    shared = [other.place.importance for n in plain for other in known.get(folded(n), ())]
    importance = max(_LOWEST, min([place.importance, *(i - _BELOW_NAMESAKE for i in shared)]))
    headed = all(place.feature in _asked_by(folded(name)) for name in plain)
    return replace(
        entry,
        place=replace(place, ar=plain[0], importance=round(importance, 2)),
        names=plain,
        flags=entry.flags if headed else entry.flags | {"head"},
    )


def _usable(name: str, place: Place, namesakes: Iterable[Entry]) -> bool:
    """Whether a folded name may stand for an added place at all.

    Not a noun that is a head noun itself (المدينة), not a bare word («واسعة»), not what a built-in place is called,
    unless that is a small one of the same country, to be told apart by what is near.
    """
    if " " not in name and (name.removeprefix("ال") in heads() or (name in ordinary() and name[:2] != "ال")):
        return False
    return all(e.place.country == place.country and e.place.importance < _HIGHEST for e in namesakes)


def _is_word(name: str) -> bool:
    """Whether a folded name is as likely something else: short, an adjective, made of words and first names."""
    if len(name.replace(" ", "")) < _SHORTEST or name in nisbas():
        return True
    return all(word in ordinary() for word in name.split())


def _asked_by(name: str) -> frozenset[str]:
    head = heads().get(name.partition(" ")[0])
    return head.asks if head and " " in name else frozenset()

"""Outlines of the countries and the borders between them, from Natural Earth (see geo/derive/outlines.py).

Geometries are shapely's, WGS84, x = longitude, y = latitude, within ±180: a country that reaches over the
antimeridian is in two parts. They are kept as well-known binary in hexadecimal and parsed when first asked for.
"""

import gzip
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

OUTLINES = Path(__file__).parent / "data" / "outlines.tsv.gz"
BORDERS = Path(__file__).parent / "data" / "borders.tsv.gz"
SOURCE = "Natural Earth, public domain"

# The outlines are drawn to about half a kilometre (Arab countries and around) or two, and harbours lie on or
# just off them.
_COAST_DEGREES = 0.05


@cache
def country(iso2: str) -> BaseGeometry | None:
    """The outline of a country (polygons), None for a code without one."""
    packed = _outlines().get(iso2)
    return shapely.from_wkb(packed) if packed else None


@cache
def border(a: str, b: str) -> BaseGeometry | None:
    """The land border of two countries (one line or several), None where they do not touch."""
    packed = _borders().get((min(a, b), max(a, b)))
    return shapely.from_wkb(packed) if packed else None


@cache
def neighbours(iso2: str) -> frozenset[str]:
    """The countries that share a land border with this one."""
    return _neighbours().get(iso2, frozenset())


def countries() -> tuple[str, ...]:
    """The ISO codes of all countries that have an outline."""
    return tuple(_outlines())


@lru_cache(maxsize=65536)
def country_at(lat: float, lon: float) -> str | None:
    """The ISO code of the country at a point, None on the open sea.

    A point up to some 5 km off the coast counts as the nearest country's.
    """
    codes, tree = _tree()
    point = shapely.Point(lon, lat)
    inside = tree.query(point, predicate="intersects")
    if not len(inside):
        inside = tree.query_nearest(point, max_distance=_COAST_DEGREES)
    return codes[int(inside[0])] if len(inside) else None


def wrapped(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry cut at the antimeridian, with every longitude within ±180."""
    if geometry.bounds[0] >= -180 and geometry.bounds[2] <= 180:
        return geometry
    world = shapely.box(-180, -90, 180, 90)
    return shapely.union_all([translate(geometry, 360.0 * turn).intersection(world) for turn in (-1, 0, 1)])


def unwrapped(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in one piece where it reaches over the antimeridian: its western part moved beyond +180.

    What goes round the whole earth (Antarctica) stays as it is.
    """
    parts = shapely.get_parts(geometry)
    widest = max((part.bounds[2] - part.bounds[0] for part in parts), default=0.0)
    if widest > 180 or geometry.bounds[2] - geometry.bounds[0] <= 180:
        return geometry
    return shapely.union_all([translate(part, 360.0) if part.bounds[0] < 0 else part for part in parts])


@cache
def _tree() -> tuple[tuple[str, ...], shapely.STRtree]:
    codes = countries()
    outlines = shapely.from_wkb(list(_outlines().values()))
    shapely.prepare(outlines)
    return codes, shapely.STRtree(outlines)


@cache
def _outlines() -> dict[str, str]:
    return dict(_rows(OUTLINES))


@cache
def _borders() -> dict[tuple[str, str], str]:
    return {(a, b): packed for a, b, packed in _rows(BORDERS)}


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in _borders():
        out[a].add(b)
        out[b].add(a)
    return {code: frozenset(others) for code, others in out.items()}


def _rows(path: Path) -> list[list[str]]:
    """The rows of a gzipped table with tabs, without its header."""
    with gzip.open(path, "rt", encoding="ascii") as table:
        return [line.rstrip("\n").split("\t") for line in table][1:]

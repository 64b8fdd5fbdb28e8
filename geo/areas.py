"""How far a place reaches, where it is more than a point and a radius: by the id of its row in the tables.

In this order: what is drawn by hand in geo/data/areas.geojson, the area of a division, a union of countries or
divisions of geo/data/unions.csv. Geometries are shapely's, WGS84; one over the antimeridian is in one piece.
"""

import csv
import json
from functools import cache
from math import cos, pi, radians
from pathlib import Path
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry

from geo import divisions, outlines
from geo.clipping import Direction, clipped, mainland
from geo.sphere import DEGREE_KM

DATA = Path(__file__).parent / "data"
DRAWINGS = DATA / "areas.geojson"
UNIONS = DATA / "unions.csv"
PARTS = DATA / "parts.csv"

# An island is a piece of its country's outline no larger than its disc this many times.
_ISLAND = 3.0


@cache
def area(id: str) -> BaseGeometry | None:
    """The area or course of the row with that id (``sa-rub-khali``), None where none is known."""
    if (drawn := drawing(id)) is not None:
        return drawn
    if id not in _unions():
        return divisions.area(id)
    members, limits = _unions()[id]
    united = _united(members)
    return united if limits is None else united.intersection(limits)


def drawing(id: str) -> BaseGeometry | None:
    """The area or course drawn for the row with that id, None where there is none."""
    return _drawings().get(id)


@cache
def country_part(iso2: str, direction: Direction) -> BaseGeometry | None:
    """The divisions that news mean by a part of a country («غرب العراق» is Anbar), None where none are listed."""
    members = _parts().get((iso2, direction))
    return _united(members) if members else None


@cache
def island(iso2: str, lat: float, lon: float, radius_km: float) -> BaseGeometry | None:
    """The pieces of a country's outline that are the island or islands at a point, None where it draws none there."""
    outline = outlines.country(iso2)
    if outline is None:
        return None
    point, flatten = shapely.Point(lon, lat), cos(radians(lat))
    degrees = radius_km / DEGREE_KM
    largest = _ISLAND * pi * degrees**2 / flatten
    disc = shapely.box(lon - degrees / flatten, lat - degrees, lon + degrees / flatten, lat + degrees)
    pieces = [p for p in shapely.get_parts(outline) if p.area <= largest and p.intersects(disc)]
    here = [p for p in pieces if p.contains(point)] or [p for p in pieces if disc.contains(p.centroid)]
    return shapely.union_all(here) if here else None


def _united(members: tuple[str, ...]) -> BaseGeometry:
    """Countries, by code, and divisions, by id, as one area; ``id:n`` is a division's north."""
    united: BaseGeometry = shapely.union_all([piece for piece in map(_member, members) if piece is not None])
    return united


def _member(member: str) -> BaseGeometry | None:
    if member.isupper():
        return mainland(member)
    id, _, direction = member.partition(":")
    whole = divisions.area(id)
    return clipped(whole, cast(Direction, direction)) if whole is not None and direction else whole


@cache
def _drawings() -> dict[str, BaseGeometry]:
    """Row id → the area or course drawn for it; nothing where the file is missing."""
    if not DRAWINGS.exists():
        return {}
    features = json.loads(DRAWINGS.read_text(encoding="utf-8"))["features"]
    return {str(feature["id"]): shapely.geometry.shape(feature["geometry"]) for feature in features}


@cache
def _unions() -> dict[str, tuple[tuple[str, ...], BaseGeometry | None]]:
    """Row id → members and the box (west south east north) that the union is cut to."""
    with UNIONS.open(encoding="utf-8", newline="") as table:
        return {r["id"]: (tuple(r["members"].split("|")), _box(r["limits"])) for r in csv.DictReader(table)}


def _box(limits: str) -> BaseGeometry | None:
    if not limits:
        return None
    west, south, east, north = map(float, limits.split())
    return shapely.box(west, south, east, north)


@cache
def _parts() -> dict[tuple[str, str], tuple[str, ...]]:
    with PARTS.open(encoding="utf-8", newline="") as table:
        return {(r["country"], r["direction"]): tuple(r["divisions"].split("|")) for r in csv.DictReader(table)}

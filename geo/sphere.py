"""Distances, bearings and simple figures on a spherical earth: kilometres, and degrees WGS84.

A sphere is within half a percent of the ellipsoid. Figures are shapely geometries, x = longitude; they may
reach beyond ±180 (see outlines.wrapped).
"""

from collections.abc import Mapping
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any

import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

EARTH_KM = 6371.009  # mean radius, IUGG
DEGREE_KM = EARTH_KM * radians(1)
_STEP = 10  # degrees of bearing between the points of an arc


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points."""
    y1, y2, dx = radians(lat1), radians(lat2), radians(lon2 - lon1)
    chord = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin(dx / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, chord)))


def bearing(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The direction in which the second point lies from the first: degrees clockwise from north."""
    y1, y2, dx = radians(lat1), radians(lat2), radians(lon2 - lon1)
    return degrees(atan2(sin(dx) * cos(y2), cos(y1) * sin(y2) - sin(y1) * cos(y2) * cos(dx))) % 360


def towards(lat: float, lon: float, direction: float, km: float) -> tuple[float, float]:
    """The point (lat, lon) that lies so far away in a direction; its longitude may leave ±180."""
    y, angle, far = radians(lat), radians(direction), km / EARTH_KM
    y2 = asin(sin(y) * cos(far) + cos(y) * sin(far) * cos(angle))
    dx = atan2(sin(angle) * sin(far) * cos(y), cos(far) - sin(y) * sin(y2))
    return degrees(y2), lon + degrees(dx)


def within_180(lon: float) -> float:
    """The same meridian as a longitude from -180 to below 180."""
    return (lon + 180) % 360 - 180


def ring(lat: float, lon: float, inner_km: float, outer_km: float) -> BaseGeometry:
    """What is no nearer than ``inner_km`` and no farther than ``outer_km``: a disc where the inner is 0."""
    holes = [_arc(lat, lon, inner_km, 0, 360)] if inner_km > 0 else []
    return shapely.Polygon(_arc(lat, lon, outer_km, 0, 360), holes)


def sector(
    lat: float, lon: float, inner_km: float, outer_km: float, direction: float, spread: float = 90
) -> BaseGeometry:
    """The stretch of a ring that lies in a direction, ``spread`` degrees of bearing wide."""
    first, last = direction - spread / 2, direction + spread / 2
    near = _arc(lat, lon, inner_km, first, last) if inner_km > 0 else [(lon, lat)]
    return shapely.Polygon([*_arc(lat, lon, outer_km, first, last), *reversed(near)])


def belt(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """What lies no farther than ``km`` from a line or outside an area; good up to 1,000 km and 75° latitude."""
    lat = geometry.centroid.y
    flat = scale(geometry, xfact=cos(radians(lat)), yfact=1, origin=(0, 0))
    wide = scale(flat.buffer(km / DEGREE_KM, quad_segs=4), xfact=1 / cos(radians(lat)), yfact=1, origin=(0, 0))
    return wide.difference(geometry) if geometry.area > 0 else wide


def reach_km(lat: float, lon: float, geometry: BaseGeometry) -> float:
    """The distance from a point to the farthest vertex of a geometry."""
    hull = shapely.get_coordinates(geometry.convex_hull)
    return max(distance_km(lat, lon, float(y), float(x)) for x, y in hull)


def halfway(line: BaseGeometry) -> tuple[float, float]:
    """The point (lat, lon) half way along a line, on the longest piece of a broken one."""
    longest = max(shapely.get_parts(line), key=length_km)
    flatten = cos(radians(longest.centroid.y))
    flat = scale(longest, xfact=flatten, yfact=1, origin=(0, 0))
    point = flat.interpolate(0.5, normalized=True)
    return float(point.y), within_180(float(point.x) / flatten)


def middle(geometry: BaseGeometry) -> tuple[float, float]:
    """A point (lat, lon) in the middle of an area and inside it, or half way along a line."""
    if geometry.area == 0:
        return halfway(geometry)
    centre = geometry.centroid
    point = centre if geometry.contains(centre) else geometry.representative_point()
    return float(point.y), within_180(float(point.x))


def length_km(geometry: BaseGeometry | Mapping[str, Any]) -> float:
    """The length of the lines of a geometry (shapely's or GeoJSON): of an area its rim, of points 0."""
    shape = geometry if isinstance(geometry, BaseGeometry) else shapely.geometry.shape(dict(geometry))
    total = 0.0
    for piece in shapely.get_parts(shape.boundary if shape.area > 0 else shape):
        points = shapely.get_coordinates(piece).tolist()
        total += sum(distance_km(y1, x1, y2, x2) for (x1, y1), (x2, y2) in pairwise(points))
    return total


def _arc(lat: float, lon: float, km: float, first: float, last: float) -> list[tuple[float, float]]:
    """Points (lon, lat) at a distance, from one bearing to another."""
    steps = max(2, round((last - first) / _STEP))
    bearings = (first + (last - first) * i / steps for i in range(steps + 1))
    return [(x, y) for y, x in (towards(lat, lon, b, km) for b in bearings)]

"""The part of an outline that lies in a direction, and outlines thinned for display."""

from collections.abc import Mapping
from functools import cache
from math import cos, radians
from typing import Any, Literal, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import outlines

Direction = Literal["n", "ne", "e", "se", "s", "sw", "w", "nw", "centre"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

# How much of an area's extent counts as its north (or south …), how much of each side as its north-east, and
# how much of each side as its centre. So «شمال شرق سوريا» reaches Raqqa, «جنوب لبنان» reaches Sidon.
_STRIP, _QUADRANT, _MIDDLE = 0.4, 0.52, 0.5
# So often is the extent halved to find a share of the area: to less than a thousandth.
_HALVINGS = 10
# A part smaller than this share of the whole is widened: some quadrants lie mostly at sea.
_LEAST = 0.05
# Islands and exclaves count for a country's extent up to this distance in degrees, or this share of the
# mainland's diagonal if that is more, or from this share of its area on. So the north of the United States is
# not Alaska, nor the south of France Guiana.
_NEAR, _NEAR_SHARE, _LARGE = 2.0, 0.08, 0.25
# The most points of a displayed geometry, below 60 kB of GeoJSON, and the grid of its coordinates in degrees.
_POINTS, _GRID = 2500, 0.0001


@cache
def mainland(iso2: str) -> BaseGeometry | None:
    """The outline of a country without what lies far off, in one piece over the antimeridian; None without outline."""
    outline = outlines.country(iso2)
    if outline is None:
        return None
    parts = sorted(shapely.get_parts(outlines.unwrapped(outline)), key=_true_area, reverse=True)
    rough = [part.simplify(0.05) for part in parts]
    west, south, east, north = parts[0].bounds
    near = max(_NEAR, _NEAR_SHARE * ((east - west) ** 2 + (north - south) ** 2) ** 0.5)
    reached = {i for i, part in enumerate(parts) if _true_area(part) >= _LARGE * _true_area(parts[0])}
    tree, fresh = shapely.STRtree(rough), set(reached)
    while fresh:
        found = tree.query([rough[i] for i in fresh], predicate="dwithin", distance=near)[1]
        fresh = set(found.tolist()) - reached
        reached |= fresh
    core: BaseGeometry = shapely.multipolygons([parts[i] for i in sorted(reached)])
    return core


def _true_area(part: BaseGeometry) -> float:
    """An area in square degrees of the equator: a degree of longitude shrinks towards the poles."""
    return float(part.area * cos(radians(part.centroid.y)))


def clipped(whole: BaseGeometry, direction: Direction) -> BaseGeometry:
    """The part of an area (or line) in a direction: never empty, of the same kind.

    A share is measured half way between a share of the extent and a share of the area (of a line, its length):
    by extent alone the south of a country with a narrow tip is that tip, by area alone its desert decides.
    """
    share = {"centre": _MIDDLE, "n": _STRIP, "e": _STRIP, "s": _STRIP, "w": _STRIP}.get(direction, _QUADRANT)
    west, south, east, north = whole.bounds
    rough = whole.simplify(max(east - west, north - south) / 1000)
    while True:
        kept = _same_kind(whole.intersection(_window(rough, whole.bounds, direction, share)), whole)
        if share >= 1 or _size(kept) >= _LEAST * _size(whole):
            return kept
        share = min(1.0, share + 0.05)


def _window(
    rough: BaseGeometry, bounds: tuple[float, float, float, float], direction: Direction, share: float
) -> BaseGeometry:
    west, south, east, north = bounds
    if direction == "centre":
        low, high = (1 - share) / 2, (1 + share) / 2
        return shapely.box(_cut(rough, 0, low), _cut(rough, 1, low), _cut(rough, 0, high), _cut(rough, 1, high))
    return shapely.box(
        _cut(rough, 0, 1 - share) if "e" in direction else west,
        _cut(rough, 1, 1 - share) if "n" in direction else south,
        _cut(rough, 0, share) if "w" in direction else east,
        _cut(rough, 1, share) if "s" in direction else north,
    )


def _cut(rough: BaseGeometry, axis: Literal[0, 1], share: float) -> float:
    """The longitude (axis 0) or latitude (1) that leaves this share of a geometry to the west or south."""
    bounds = list(rough.bounds)
    low, high = bounds[axis], bounds[axis + 2]
    by_extent, wanted = low + share * (high - low), share * _size(rough)
    for _ in range(_HALVINGS):
        bounds[axis + 2] = (low + high) / 2
        if _size(shapely.clip_by_rect(rough, *bounds)) < wanted:
            low = bounds[axis + 2]
        else:
            high = bounds[axis + 2]
    return (by_extent + (low + high) / 2) / 2


def _same_kind(found: BaseGeometry, whole: BaseGeometry) -> BaseGeometry:
    """What was found without the points and lines that an intersection of areas may leave along an edge."""
    dimension = shapely.get_dimensions(whole)
    kept = [piece for piece in shapely.get_parts(found) if shapely.get_dimensions(piece) == dimension]
    together: BaseGeometry
    if len(kept) == 1:
        together = kept[0]
    elif dimension == 2:
        together = shapely.multipolygons(kept)
    else:
        together = shapely.line_merge(shapely.multilinestrings(kept))
    return together


def _size(geometry: BaseGeometry) -> float:
    return float(geometry.area or geometry.length)


def displayed(geometry: BaseGeometry) -> Mapping[str, Any]:
    """The geometry as GeoJSON to be drawn: cut at the antimeridian, thinned, on a grid of 0.0001°."""
    shape, tolerance = _same_kind(outlines.wrapped(geometry), geometry), 0.001
    while shapely.get_num_coordinates(shape) > _POINTS:
        tolerance *= 1.4
        shape = _thinned(shape, tolerance)
    snapped = _same_kind(shapely.set_precision(shape, _GRID), shape)
    drawn = shape if snapped.is_empty else snapped
    # The grid is not exact in binary: rounding again keeps the numbers short in JSON.
    return dict(shapely.geometry.mapping(shapely.transform(drawn, lambda points: np.round(points, 4))))


def _thinned(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """The shape simplified, without islands too small to see at that tolerance, save the largest."""
    pieces = shapely.get_parts(shapely.simplify(shape, tolerance))
    largest = max(_size(piece) for piece in pieces)
    least = 4 * tolerance**2 if shape.area > 0 else tolerance
    kept = [piece for piece in pieces if _size(piece) >= min(least, largest)]
    collected: BaseGeometry = shapely.multipolygons(kept) if shape.area > 0 else shapely.multilinestrings(kept)
    return collected

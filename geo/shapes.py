"""Places that are lines and areas: borders, parts of countries and towns, surroundings, and their outlines.

Everything is computed from a place, the outlines of the countries and the areas and courses that geo.areas knows.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo import areas, divisions, outlines, sphere
from geo.clipping import DIRECTIONS, Direction, clipped, displayed, mainland
from geo.model import Place
from geo.sphere import length_km

__all__ = [
    "DIRECTIONS", "Direction", "around", "beside", "between", "border", "length_km", "outer_border", "part",
    "with_geometry",
]  # fmt: skip

# The direction in Arabic, as an English adjective and noun, and as a bearing in degrees.
_NAMES: dict[Direction, tuple[str, str, str]] = {
    "n": ("شمال", "Northern", "north"),
    "ne": ("شمال شرق", "Northeastern", "northeast"),
    "e": ("شرق", "Eastern", "east"),
    "se": ("جنوب شرق", "Southeastern", "southeast"),
    "s": ("جنوب", "Southern", "south"),
    "sw": ("جنوب غرب", "Southwestern", "southwest"),
    "w": ("غرب", "Western", "west"),
    "nw": ("شمال غرب", "Northwestern", "northwest"),
    "centre": ("وسط", "Central", "centre"),
}
_BEARINGS: dict[Direction, float] = {d: 45.0 * i for i, d in enumerate(DIRECTIONS) if d != "centre"}

# News call "south of Baghdad" what lies outside the town on that side: from its edge to this many times its
# radius, and no less than so many km.
_SIDE, _SIDE_KM = 3.0, 15.0
# How wide the land beside a country or a drawn area is.
_BESIDE_KM = 30.0
_AREAL = ("country", "admin", "region", "natural")


def border(a: Place, b: Place) -> Place | None:
    """The land border of two countries as a line, None where they do not touch.

    The point is half way along it, the radius reaches its farther end. The order of the two does not matter.
    """
    if not a.country or not b.country:
        return None
    line = outlines.border(a.country, b.country)
    if line is None:
        return None
    first, second = sorted((a, b), key=lambda place: place.country or "")
    lat, lon = sphere.halfway(line)
    return Place(
        id=f"border:{first.country}-{second.country}",
        ar=f"الحدود بين {first.ar} و{second.ar}",
        en=f"{first.en}–{second.en} border",
        kind="border",
        feature="border",
        country=None,
        lat=lat,
        lon=lon,
        radius_km=sphere.reach_km(lat, lon, line),
        importance=min(a.importance, b.importance) - 1,
        source=outlines.SOURCE,
        geometry=displayed(line),
    )


def outer_border(a: Place) -> Place | None:
    """The whole boundary of a country, its coast included, None where no outline is known.

    The point is the middle of the country, the radius reaches the farthest point of its mainland.
    """
    core = mainland(a.country) if a.country else None
    if core is None:
        return None
    lat, lon = sphere.middle(core)
    return Place(
        id=f"border:{a.country}",
        ar=f"حدود {a.ar}",
        en=f"Borders of {a.en}",
        kind="border",
        feature="border",
        country=a.country,
        lat=lat,
        lon=lon,
        radius_km=sphere.reach_km(lat, lon, core),
        importance=a.importance - 1,
        source=outlines.SOURCE,
        within=a.id,
        geometry=displayed(core.boundary),
    )


@lru_cache(maxsize=1024)
def part(base: Place, direction: Direction) -> Place:
    """The part of a place that lies in a direction: «شمال شرق سوريا», «جنوب الموصل», «وسط بغداد».

    Of some countries it is the divisions that news mean by it. Otherwise a country, or whatever has an area, is
    clipped; another area gives half of its disc. Of a town or a site it is the sector outside it on that side, as
    news use it; its centre is the inner disc.
    """
    whole = _whole(base)
    area = areas.country_part(base.country, direction) if base.kind == "country" and base.country else None
    source = divisions.SOURCE if area is not None else _source(base)
    if area is None and whole is not None:
        area = clipped(whole, direction)
    elif area is None:
        area = _half(base, direction) if base.kind in _AREAL else _side(base, direction)
    ar, adjective, noun = _NAMES[direction]
    outside = base.kind not in _AREAL and direction != "centre"
    return _derived(
        base,
        id=f"part:{base.id}:{direction}",
        ar=f"{ar} {base.ar}",
        en=f"{noun.capitalize()} of {base.en}" if outside else f"{adjective} {base.en}",
        feature="part",
        area=area,
        source=source,
    )


def around(base: Place, km: float, direction: Direction | None = None) -> Place:
    """What lies at a distance from a place: «على بعد 30 كلم من الموصل».

    It is a ring, the figure taken to be good to a tenth, with the place's own point. With a direction
    («30 كلم شمال الموصل») it is the stretch of the ring on that side, and the point stands there. Around a
    line or a drawn area it is the belt up to that distance.
    """
    heading = _BEARINGS.get(direction) if direction else None
    whole = _whole(base)
    where_ar, where_en = "من ", "from"
    if heading is not None and direction:
        where_ar, where_en = f"{_NAMES[direction][0]} ", f"{_NAMES[direction][2]} of"
        area = sphere.sector(base.lat, base.lon, km * 0.9, km * 1.1, heading)
    elif whole is not None:
        area = sphere.belt(whole, km)
    else:
        area = sphere.ring(base.lat, base.lon, km * 0.9, km * 1.1)
    place = _derived(
        base,
        id=f"around:{base.id}:{km:g}" + (f":{direction}" if heading is not None else ""),
        ar=f"على بعد {km:g} كلم {where_ar}{base.ar}",
        en=f"{km:g} km {where_en} {base.en}",
        feature="surroundings",
        area=area,
        source=_source(base),
    )
    if heading is not None:
        return place
    return replace(place, lat=base.lat, lon=base.lon, radius_km=sphere.reach_km(base.lat, base.lon, area))


def beside(base: Place) -> Place:
    """The land around a place and without it: «القرى المجاورة لبعقوبة», «المناطق المحاذية لسوريا».

    Of a town it is a ring, as wide as news call its side (see part); of a line or a drawn area a belt.
    """
    whole = _whole(base)
    if whole is not None:
        area = sphere.belt(whole, _BESIDE_KM)
    else:
        area = sphere.ring(base.lat, base.lon, base.radius_km, max(base.radius_km * _SIDE, _SIDE_KM))
    place = _derived(
        base,
        id=f"beside:{base.id}",
        ar=f"جوار {base.ar}",
        en=f"Around {base.en}",
        feature="surroundings",
        area=area,
        source=_source(base),
    )
    return replace(place, lat=base.lat, lon=base.lon, radius_km=sphere.reach_km(base.lat, base.lon, area))


def between(a: Place, b: Place) -> Place:
    """What lies between two places: the straight line from one to the other, its point half way."""
    first, second = sorted((a, b), key=lambda place: place.id)
    apart = sphere.distance_km(first.lat, first.lon, second.lat, second.lon)
    heading = sphere.bearing(first.lat, first.lon, second.lat, second.lon)
    lat, lon = sphere.towards(first.lat, first.lon, heading, apart / 2)
    return Place(
        id=f"between:{first.id}:{second.id}",
        ar=f"بين {first.ar} و{second.ar}",
        en=f"Between {first.en} and {second.en}",
        kind="region",
        feature="between",
        country=a.country if a.country == b.country else None,
        lat=lat,
        lon=sphere.within_180(lon),
        radius_km=max(apart / 2, 1.0),
        importance=min(a.importance, b.importance) - 1,
        source=first.source if first.source == second.source else f"{first.source}; {second.source}",
        geometry={"type": "LineString", "coordinates": [[p.lon, p.lat] for p in (first, second)]},
        approximate=True,
    )


def with_geometry(place: Place) -> Place:
    """The place with the outline of its country, or the area or course known of it, to show on a map.

    What has a geometry already, or has none known, comes back unchanged.
    """
    if place.geometry is not None:
        return place
    if place.kind == "country" and place.country:
        outline = _country_geometry(place.country)
        return replace(place, geometry=outline) if outline else place
    id = _row_id(place)
    geometry = _geometry(id)
    if geometry is not None:
        return replace(place, geometry=geometry, approximate=True, source=_source(place))
    whole = _whole(place)
    return replace(place, geometry=displayed(whole)) if whole is not None else place


def _derived(base: Place, *, id: str, ar: str, en: str, feature: str, area: BaseGeometry, source: str) -> Place:
    """A region derived from ``base``, with its point inside ``area`` and its radius reaching all of it."""
    lat, lon = sphere.middle(area)
    return Place(
        id=id,
        ar=ar,
        en=en,
        kind="region",
        feature=feature,
        country=base.country,
        lat=lat,
        lon=lon,
        radius_km=sphere.reach_km(lat, lon, area),
        importance=base.importance - 1,
        source=source,
        within=base.id,
        geometry=displayed(area),
        approximate=True,
    )


def _whole(base: Place) -> BaseGeometry | None:
    """The extent of a place where it is more than a point and a radius."""
    if base.geometry is not None and base.kind != "country":
        return outlines.unwrapped(shapely.geometry.shape(dict(base.geometry)))
    if base.kind == "country" and base.country:
        return mainland(base.country)
    if base.feature == "island" and base.country:
        return areas.island(base.country, base.lat, base.lon, base.radius_km)
    return areas.area(_row_id(base))


def _half(base: Place, direction: Direction) -> BaseGeometry:
    """Half of an area's disc, as far as it lies in its country."""
    radius = max(base.radius_km, 1.0)
    if direction == "centre":
        return sphere.ring(base.lat, base.lon, 0, radius / 2)
    half = sphere.sector(base.lat, base.lon, 0, radius, _BEARINGS[direction], spread=180)
    country = mainland(base.country) if base.country else None
    inside = half.intersection(country) if country is not None else half
    return inside if inside.area > half.area / 10 else half


def _side(base: Place, direction: Direction) -> BaseGeometry:
    """The surroundings of a town or site on one side, or its inner disc."""
    if direction == "centre":
        return sphere.ring(base.lat, base.lon, 0, max(base.radius_km / 2, 0.5))
    outer = max(base.radius_km * _SIDE, _SIDE_KM)
    return sphere.sector(base.lat, base.lon, base.radius_km, outer, _BEARINGS[direction])


@cache
def _country_geometry(iso2: str) -> Mapping[str, Any] | None:
    outline = outlines.country(iso2)
    return displayed(outline) if outline is not None else None


@lru_cache(maxsize=512)
def _geometry(id: str) -> Mapping[str, Any] | None:
    area = areas.area(id)
    return displayed(area) if area is not None else None


def _source(place: Place) -> str:
    """Where a place's extent comes from, each source named once."""
    if place.kind == "country":
        return outlines.SOURCE
    added = divisions.SOURCE.split("; ") if _row_id(place) in divisions.ids() else []
    return "; ".join(dict.fromkeys([*place.source.split("; "), *added]))


def _row_id(place: Place) -> str:
    """The id of the place's row in the project's own tables."""
    return place.id.removeprefix("makan:")

"""Places as map layers: what goes to Leaflet, through folium. The only module that knows folium.

folium renders the scripts of what it is given as Jinja templates on the server, and Leaflet shows strings as HTML.
So no text passes through either: the data are one JavaScript string literal in which every character that means
something to Jinja, HTML or JavaScript is escaped, and geo/assets/map.js shows names as text.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import folium
from branca.element import MacroElement
from folium.template import Template
from shapely.geometry import mapping, shape

from geo.model import Place

ASSETS = Path(__file__).parent / "assets"
Shape = Literal["point", "country", "line", "area"]
# Degrees. Half a screen pixel at zoom 9, where a border is still followed closely.
_TOLERANCE = 0.002
_MIDDLE_EAST = (30.0, 42.0)
# What must not stand in the literal: Jinja's marks, the end of a script or of the literal, and "_", which
# streamlit-folium rewrites where it looks like one of its variable names.
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "{}%#<>&`$'\\_\u2028\u2029"}


@dataclass(frozen=True)
class Mark:
    """A place as the map shows it: ``name`` and ``detail`` are shown as text, ``count`` is the number of statements.

    ``actor`` says that the place was named only as somebody who acts and not as where: it is dashed, as approximate
    places are, and the first view does not reach out for it.
    """

    place: Place
    name: str
    detail: str
    count: int
    colour: str
    actor: bool


def shape_of(place: Place) -> Shape:
    """How a place is drawn. A country is a ring with its outline, so that what lies in it can still be clicked."""
    kind = place.geometry["type"] if place.geometry else "Point"
    if place.kind == "country":
        return "country"
    if "Line" in kind:
        return "line"
    return "area" if "Polygon" in kind else "point"


def features(marks: Iterable[Mark]) -> dict[str, Any]:
    """The marks as one GeoJSON FeatureCollection, one feature a place; large areas come first, under the small."""
    found = [(_extent(mark.place), _feature(mark)) for mark in marks]
    found.sort(key=lambda pair: -pair[0])
    return {"type": "FeatureCollection", "features": [feature for _, feature in found]}


def _feature(mark: Mark) -> dict[str, Any]:
    place = mark.place
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": _geometry(place),
        "properties": {
            "id": place.id,
            "name": mark.name,
            "detail": mark.detail,
            "count": mark.count,
            "colour": mark.colour,
            "dashed": mark.actor or place.approximate,
            "actor": mark.actor,
            "shape": shape_of(place),
            "lat": round(place.lat, 5),
            "lon": round(place.lon, 5),
        },
    }


def _geometry(place: Place) -> dict[str, Any]:
    if place.geometry is None or shape_of(place) == "point":
        return {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}
    return _simplified(json.dumps(place.geometry))


@lru_cache(maxsize=4096)
def _simplified(geometry: str) -> dict[str, Any]:
    return dict(_rounded(mapping(shape(json.loads(geometry)).simplify(_TOLERANCE))))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value


def _extent(place: Place) -> float:
    if place.geometry is None or shape_of(place) == "point":
        return 0.0
    west, south, east, north = shape(dict(place.geometry)).bounds
    return float((east - west) * (north - south) * math.cos(math.radians(place.lat)))


def literal(value: Any) -> str:
    """``value`` as JSON in a JavaScript string literal that Jinja, HTML and JavaScript can read nothing into."""
    return "'" + json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED) + "'"


class _Show(MacroElement):
    """The call that hands the data over to geo/assets/map.js."""

    _template = Template(
        "{% macro script(this, kwargs) %}makan.show(map_div, JSON.parse({{ this.payload }}));{% endmacro %}"
    )

    def __init__(self, payload: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Show"
        self.payload = payload


def base_map(prefix: str) -> folium.Map:
    """An empty map whose scripts and styles all come from ``prefix``, the address under which ASSETS are served.

    It is the same on every run: a map that changes would be built anew in the browser and lose its view.
    """
    canvas = folium.Map(
        location=_MIDDLE_EAST, zoom_start=4, min_zoom=2, tiles=None, zoom_control=True, world_copy_jump=True
    )
    scripts = ["leaflet/leaflet.js", "basemap.js", "map.js"]
    styles = ["fonts/fonts.css", "leaflet/leaflet.css", "map.css"]
    canvas.default_js = [(name, prefix + name) for name in scripts if (ASSETS / name).exists()]
    canvas.default_css = [(name, prefix + name) for name in styles]
    return canvas


def overlay(
    data: Mapping[str, Any] | None, *, version: str, selected: str | None, fit: str, texts: Mapping[str, str]
) -> folium.FeatureGroup:
    """What is to be seen on the map now.

    ``data`` is what ``features`` gave, None where the browser should have this ``version`` already; if it has not, it
    answers {"missing": version}. The view moves to the places whenever ``fit`` changes. ``texts`` are the labels of
    the map's own controls.
    """
    group = folium.FeatureGroup()
    payload = {"version": version, "data": data, "selected": selected, "fit": fit, "texts": dict(texts)}
    _Show(literal(payload)).add_to(group)
    return group

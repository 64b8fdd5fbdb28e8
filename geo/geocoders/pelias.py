"""Pelias: a server of one's own, or a hosted one such as Geocode Earth.

There is no public server. A hosted one has a key and the limits of its plan; Makan keeps to one request a second. The
sources that Pelias puts together are to be named; each place carries its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from babel.core import get_global
from geopy.geocoders import Pelias

from geo.geocoders.base import LANGUAGE, Access, Box, Cache, Candidate, Service
from geo.geocoders.names import displayed
from geo.geocoders.types import described, populated, position, reach_km
from geo.model import Place, Question

# Pelias's name of a source → the prefix of ids, and the source with its licence.
_SOURCES = {
    "openstreetmap": ("osm", "OpenStreetMap, ODbL"),
    "geonames": ("geonames", "GeoNames, CC BY 4.0"),
    "whosonfirst": ("wof", "Who's On First, CC BY 4.0"),
    "openaddresses": ("openaddresses", "OpenAddresses"),
}


class PeliasGeocoder(Service):
    """Asks a Pelias server. The box that geopy can tell it is a fence and no preference, so it is told none."""

    provider = "pelias"
    attribution = "OpenStreetMap, ODbL; GeoNames, CC BY 4.0; Who's On First, CC BY 4.0"

    def __init__(self, access: Access, cache: Cache) -> None:
        super().__init__(access, cache)
        self._service = Pelias(api_key=access.key, **self._options(size="40"))

    def _ask(self, name: str, question: Question, near: Box | None) -> Sequence[Any]:
        countries = [question.country] if question.country else None
        return self._service.geocode(name, exactly_one=False, countries=countries, language=LANGUAGE) or ()

    def _candidate(self, raw: Mapping[str, Any], name: str, country: str | None) -> Candidate:
        of, coordinates = raw["properties"], raw["geometry"]["coordinates"]
        at = position(coordinates[1], coordinates[0])
        local = displayed(of.get("name")) or name
        type = described("pelias", of.get("layer"))
        prefix, source = _SOURCES.get(origin := displayed(of["source"]), ("pelias", origin))
        reach = type.radius_km
        if raw.get("bbox"):
            west, south, east, north = raw["bbox"]
            reach = reach_km(at, south, north, west, east)
        return Candidate(
            Place(
                id=f"{prefix}:{_number(of, prefix)}",
                ar=local,
                en=local,
                kind=type.kind,
                feature=type.feature,
                country=_country(of) or (country or "").upper() or None,
                lat=at[0],
                lon=at[1],
                radius_km=reach,
                importance=populated(type.importance, of.get("population")),
                source=source,
            ),
            (local,),
        )


def _number(of: Mapping[str, Any], prefix: str) -> str:
    """The id within the source; OpenStreetMap's "node/12" as Nominatim's N12, so that both mean one place."""
    number = displayed(of.get("source_id")) or displayed(of["gid"])
    sort, slash, digits = number.partition("/")
    return f"{sort[:1].upper()}{digits}" if prefix == "osm" and slash else number


def _country(of: Mapping[str, Any]) -> str | None:
    """The two letters of the country; older servers give only the three."""
    if two := displayed(of.get("country_code")):
        return two.upper()
    aliases = get_global("territory_aliases").get(displayed(of.get("country_a")).upper())
    return str(aliases[0]) if aliases else None

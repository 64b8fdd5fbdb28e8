"""Photon, OpenStreetMap data behind komoot's search: the public server or one's own.

The public server's policy names no number but asks to be fair and slows down those who are not; Makan keeps to one
request a second. OpenStreetMap is to be named as the source.

Photon knows no Arabic beside the languages that its index was made with; asked without a language it answers in the
local one. It forgives misspellings, so that it nearly always has an answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from geopy.geocoders import Photon

from geo.geocoders.base import CANDIDATES, Access, Box, Cache, Candidate, Service
from geo.geocoders.names import displayed
from geo.geocoders.types import described, known, position, reach_km
from geo.model import Place, Question


class PhotonGeocoder(Service):
    """Asks a Photon server."""

    provider = "photon"
    attribution = "OpenStreetMap, ODbL"
    public_server = "https://photon.komoot.io"
    takes_box = True

    def __init__(self, access: Access, cache: Cache) -> None:
        super().__init__(access, cache)
        self._service = Photon(**self._options())

    def _ask(self, name: str, question: Question, near: Box | None) -> Sequence[Any]:
        found = self._service.geocode(
            name,
            exactly_one=False,
            limit=CANDIDATES,
            location_bias=((near[0] + near[2]) / 2, (near[1] + near[3]) / 2) if near else None,
        )
        return found or ()

    def _candidate(self, raw: Mapping[str, Any], name: str, country: str | None) -> Candidate:
        of, coordinates = raw["properties"], raw["geometry"]["coordinates"]
        at = position(coordinates[1], coordinates[0])
        local = displayed(of.get("name")) or name
        value, sort, key = (of.get(part) for part in ("osm_value", "type", "osm_key"))
        if value == "administrative" and known("photon", sort):
            type = described("photon", sort)
        else:
            type = described("osm", value, sort, key)
        reach = type.radius_km
        if of.get("extent"):
            west, north, east, south = of["extent"]
            reach = reach_km(at, south, north, west, east)
        return Candidate(
            Place(
                id=f"osm:{displayed(of['osm_type'])[0].upper()}{int(of['osm_id'])}",
                ar=local,
                en=local,
                kind=type.kind,
                feature=type.feature,
                country=(displayed(of.get("countrycode")) or country or "").upper() or None,
                lat=at[0],
                lon=at[1],
                radius_km=reach,
                importance=type.importance,
                source=self.attribution,
            ),
            (local,),
        )

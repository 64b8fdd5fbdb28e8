"""GeoNames' search service.

Its policy for free accounts: a user name of one's own, with the service turned on for it; 1,000 requests an hour and
10,000 a day, so one in 3.6 seconds; GeoNames named as the source (CC BY 4.0).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from geopy.geocoders import GeoNames

from geo.geocoders.base import CANDIDATES, LANGUAGE, Access, Box, Cache, Candidate, Service
from geo.geocoders.names import displayed
from geo.geocoders.types import described, populated, position, reach_km
from geo.model import Place, Question


class GeoNamesGeocoder(Service):
    """Asks GeoNames."""

    provider = "geonames"
    attribution = "GeoNames, CC BY 4.0"
    public_server = "https://secure.geonames.org"
    delay = 3.6
    needs_key = True

    def __init__(self, access: Access, cache: Cache) -> None:
        super().__init__(access, cache)
        options = self._options(lang=LANGUAGE, style="FULL", maxRows=str(CANDIDATES))
        self._service = GeoNames(access.key, **options)

    def _ask(self, name: str, question: Question, near: Box | None) -> Sequence[Any]:
        return self._service.geocode(name, exactly_one=False, country=question.country) or ()

    def _candidate(self, raw: Mapping[str, Any], name: str, country: str | None) -> Candidate:
        at = position(raw["lat"], raw["lng"])
        group = displayed(raw.get("fcl"))
        type = described("geonames", f"{group}.{displayed(raw.get('fcode'))}", group)
        names = [(displayed(other.get("lang")), displayed(other["name"])) for other in raw.get("alternateNames") or ()]
        local, roman = displayed(raw.get("name")) or name, displayed(raw.get("toponymName"))
        reach = type.radius_km
        if box := raw.get("bbox"):
            reach = reach_km(at, *(box[side] for side in ("south", "north", "west", "east")))
        return Candidate(
            Place(
                id=f"geonames:{int(raw['geonameId'])}",
                ar=local,
                en=next((text for language, text in names if language == "en"), "") or roman or local,
                kind=type.kind,
                feature=type.feature,
                country=(displayed(raw.get("countryCode")) or country or "").upper() or None,
                lat=at[0],
                lon=at[1],
                radius_km=reach,
                importance=populated(type.importance, raw.get("population")),
                source=self.attribution,
            ),
            tuple(dict.fromkeys((local, roman, *(text for language, text in names if language != "link")))),
        )

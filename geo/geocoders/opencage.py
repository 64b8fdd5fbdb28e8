"""OpenCage, which puts several sources of open data behind one address.

Its policy: a key of one's own; for a free trial one request a second and 2,500 a day, for a paid plan its own limits;
OpenStreetMap named as the source. Makan asks it to keep no record of the names (``no_record``).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geopy.geocoders import OpenCage

from geo.geocoders.base import CANDIDATES, LANGUAGE, Access, Box, Cache, Candidate, Service
from geo.geocoders.names import displayed
from geo.geocoders.types import described, position, reach_km
from geo.model import Place, Question

_OBJECT = re.compile(r"[?&](node|way|relation)=(\d+)")


class OpenCageGeocoder(Service):
    """Asks OpenCage. The bounds that geopy can tell it are a fence and no preference, so it is told none."""

    provider = "opencage"
    attribution = "OpenStreetMap, ODbL, by OpenCage"
    public_server = "https://api.opencagedata.com"
    needs_key = True

    def __init__(self, access: Access, cache: Cache) -> None:
        super().__init__(access, cache)
        self._service = OpenCage(access.key, **self._options(limit=str(CANDIDATES), no_record="1"))

    def _ask(self, name: str, question: Question, near: Box | None) -> Sequence[Any]:
        country = question.country.lower() if question.country else None
        return self._service.geocode(name, exactly_one=False, country=country, language=LANGUAGE) or ()

    def _candidate(self, raw: Mapping[str, Any], name: str, country: str | None) -> Candidate:
        of, geometry = raw["components"], raw["geometry"]
        at = position(geometry["lat"], geometry["lng"])
        sort = displayed(of.get("_type"))
        # The name stands under the type; where it does not, the whole address begins with it.
        local = displayed(of.get(sort)) or re.split("[,،]", displayed(raw.get("formatted")))[0].strip() or name
        type = described("osm", sort, of.get("_category"))
        reach = type.radius_km
        if bounds := raw.get("bounds"):
            low, high = bounds["southwest"], bounds["northeast"]
            reach = reach_km(at, low["lat"], high["lat"], low["lng"], high["lng"])
        return Candidate(
            Place(
                id=_id(raw) or f"opencage:{at[0]:.5f},{at[1]:.5f}",
                ar=local,
                en=local,
                kind=type.kind,
                feature=type.feature,
                country=(displayed(of.get("country_code")) or country or "").upper() or None,
                lat=at[0],
                lon=at[1],
                radius_km=reach,
                importance=type.importance,
                source=self.attribution,
            ),
            (local,),
        )


def _id(raw: Mapping[str, Any]) -> str | None:
    """OpenStreetMap's number, out of the address at which the object can be edited; None where there is none."""
    noted = (raw.get("annotations") or {}).get("OSM") or {}
    found = _OBJECT.search(displayed(noted.get("edit_url")))
    return f"osm:{found[1][0].upper()}{found[2]}" if found else None

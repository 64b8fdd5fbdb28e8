"""OpenStreetMap's Nominatim: the public server or one's own.

The public server's policy: at most one request a second from all users of an application, a user agent that names the
application or its operator, answers kept and not asked for again, OpenStreetMap named as the source, no bulk.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from geopy.geocoders import Nominatim

from geo.geocoders.base import CANDIDATES, LANGUAGE, Access, Box, Cache, Candidate, Service
from geo.geocoders.names import displayed
from geo.geocoders.types import described, position, reach_km
from geo.model import Kind, Place, Question

# What a name of a kind is asked among. Without it a street may take a village's place. "settlement" holds all from
# governorates to hamlets, but no quarter smaller than a suburb; "city" would leave out hamlets, as which many villages
# are drawn, and "state" districts.
_FEATURE_TYPES: dict[Kind, str] = {"country": "country", "admin": "settlement", "city": "settlement"}


class NominatimGeocoder(Service):
    """Asks a Nominatim server."""

    provider = "nominatim"
    attribution = "OpenStreetMap, ODbL"
    public_server = "https://nominatim.openstreetmap.org"
    takes_box = True

    def __init__(self, access: Access, cache: Cache) -> None:
        super().__init__(access, cache)
        self._service = Nominatim(**self._options())

    def _topic(self, kind: Kind | None) -> str:
        return _FEATURE_TYPES.get(kind, "") if kind else ""

    def _ask(self, name: str, question: Question, near: Box | None) -> Sequence[Any]:
        found = self._service.geocode(
            name,
            exactly_one=False,
            limit=CANDIDATES,
            language=LANGUAGE,
            country_codes=question.country.lower() if question.country else None,
            viewbox=[near[:2], near[2:]] if near else None,
            featuretype=self._topic(question.kind) or None,
            addressdetails=True,
            namedetails=True,
        )
        return found or ()

    def _candidate(self, raw: Mapping[str, Any], name: str, country: str | None) -> Candidate:
        at = position(raw["lat"], raw["lon"])
        type = described("osm", raw.get("addresstype"), raw.get("type"), raw.get("class", raw.get("category")))
        named = raw.get("namedetails") or {}
        names = {key: displayed(value) for key, value in named.items()}
        found_in = displayed((raw.get("address") or {}).get("country_code")) or country or ""
        local = names.get("name") or displayed(raw.get("name")) or name
        return Candidate(
            Place(
                id=_id(raw, found_in),
                ar=names.get("name:ar") or local,
                en=names.get("name:en") or names.get("int_name") or local,
                kind=type.kind,
                feature=type.feature,
                country=found_in.upper() or None,
                lat=at[0],
                lon=at[1],
                radius_km=reach_km(at, *box) if (box := raw.get("boundingbox")) else type.radius_km,
                importance=type.importance,
                source=self.attribution,
            ),
            tuple(dict.fromkeys((local, *names.values()))),
        )


def _id(raw: Mapping[str, Any], country: str) -> str:
    # A country that the server has no outline of comes from a list of names, without a number.
    if "osm_id" not in raw and raw.get("addresstype") == "country":
        return f"osm:country:{country.upper()}"
    return f"osm:{displayed(raw['osm_type'])[0].upper()}{int(raw['osm_id'])}"

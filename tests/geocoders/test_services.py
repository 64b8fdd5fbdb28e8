"""What each service is asked, and what its results mean: a table of answers in each one's JSON."""

import json
from typing import Any

import pytest

from geo.geocoders import (
    GeoNamesGeocoder,
    NominatimGeocoder,
    OpenCageGeocoder,
    PeliasGeocoder,
    PhotonGeocoder,
    Service,
    Unavailable,
)
from geo.model import Question
from tests.geocoders.stub import Answer, Memory, Server

SINJAR = {
    "osm_type": "relation", "osm_id": 3879539, "lat": "36.3209", "lon": "41.8765", "class": "boundary",
    "type": "administrative", "addresstype": "town", "importance": 0.4, "name": "سنجار",
    "display_name": "سنجار, محافظة نينوى, العراق", "boundingbox": ["36.27", "36.37", "41.80", "41.95"],
    "address": {"town": "سنجار", "country": "العراق", "country_code": "iq"},
    "namedetails": {"name": "سنجار", "name:ar": "سنجار", "name:en": "Sinjar", "name:ku": "Şengal"},
}  # fmt: skip
PHOTON = {
    "type": "Feature", "geometry": {"type": "Point", "coordinates": [41.8765, 36.3209]},
    "properties": {
        "osm_type": "N", "osm_id": 105, "osm_key": "place", "osm_value": "town", "type": "city", "name": "سنجار",
        "countrycode": "IQ", "country": "العراق", "extent": [41.80, 36.37, 41.95, 36.27],
    },
}  # fmt: skip
GEONAMES = {
    "geonameId": 448149, "lat": "36.3209", "lng": "41.8765", "name": "سنجار", "toponymName": "Sinjar", "fcl": "P",
    "fcode": "PPLA2", "countryCode": "IQ", "population": 88023, "adminName1": "Nineveh",
    "alternateNames": [{"name": "Shingal", "lang": "en"}, {"name": "شنكال", "lang": "ar"}, {"name": "http://a", "lang": "link"}],
}  # fmt: skip
PELIAS = {
    "type": "Feature", "geometry": {"type": "Point", "coordinates": [41.8765, 36.3209]},
    "properties": {
        "id": "421183755", "gid": "whosonfirst:locality:421183755", "layer": "locality", "source": "whosonfirst",
        "source_id": "421183755", "name": "سنجار", "country_a": "IRQ", "confidence": 1,
    },
    "bbox": [41.80, 36.27, 41.95, 36.37],
}  # fmt: skip
OPENCAGE = {
    "components": {"_category": "place", "_type": "town", "town": "سنجار", "country": "العراق", "country_code": "iq"},
    "bounds": {"northeast": {"lat": 36.37, "lng": 41.95}, "southwest": {"lat": 36.27, "lng": 41.80}},
    "confidence": 7, "formatted": "سنجار، العراق", "geometry": {"lat": 36.3209, "lng": 41.8765},
    "annotations": {"OSM": {"edit_url": "https://www.openstreetmap.org/edit?node=105#map=17/36.32/41.87"}},
}  # fmt: skip

SERVICES: dict[str, tuple[type[Service], dict[str, Any]]] = {
    "nominatim": (NominatimGeocoder, SINJAR),
    "photon": (PhotonGeocoder, PHOTON),
    "geonames": (GeoNamesGeocoder, GEONAMES),
    "pelias": (PeliasGeocoder, PELIAS),
    "opencage": (OpenCageGeocoder, OPENCAGE),
}
_WRAPPED = {"photon": "features", "pelias": "features", "geonames": "geonames", "opencage": "results"}


def body(provider: str, *results: Any) -> str:
    if provider not in _WRAPPED:
        return json.dumps(results)
    return json.dumps(
        {_WRAPPED[provider]: results, "status": {"code": 200, "message": "OK"}}
        if provider == "opencage"
        else {_WRAPPED[provider]: results}
    )


def asking(server: Server, provider: str, key: str = "a-key") -> Service:
    return SERVICES[provider][0](server.access(key=key), Memory())


every_service = pytest.mark.parametrize("provider", SERVICES)


@every_service
def test_a_found_place(server: Server, provider: str) -> None:
    server.otherwise = Answer(body(provider, SERVICES[provider][1]))
    found = asking(server, provider).find(Question("سنجار", "IQ", "city"))
    assert found is not None
    ids = {"geonames": "geonames:448149", "pelias": "wof:421183755", "nominatim": "osm:R3879539"}
    assert found.id == ids.get(provider, "osm:N105")
    english = {"nominatim": "Sinjar", "geonames": "Shingal"}
    assert (found.ar, found.en) == ("سنجار", english.get(provider, "سنجار"))
    assert (found.kind, found.feature, found.country) == ("city", "town", "IQ")
    assert (found.lat, found.lon) == (36.3209, 41.8765)
    assert found.radius_km == (4 if provider == "geonames" else pytest.approx(9, abs=1))
    assert found.importance == pytest.approx(4.5, abs=0.5)
    assert found.source in asking(server, provider).attribution


_ALWAYS = {"q": "سنجار"}


@pytest.mark.parametrize(
    ("provider", "path", "always", "in_iraq"),
    [
        (
            "nominatim", "/search",
            {**_ALWAYS, "format": "json", "limit": "40", "addressdetails": "1", "namedetails": "1", "accept-language": "ar"},
            {"countrycodes": "iq", "featureType": "settlement"},
        ),
        ("photon", "/api", {**_ALWAYS, "limit": "40"}, {}),
        (
            "geonames", "/searchJSON",
            {**_ALWAYS, "username": "a-key", "lang": "ar", "style": "FULL", "maxRows": "40"}, {"country": "IQ"},
        ),
        ("pelias", "/v1/search", {"text": "سنجار", "api_key": "a-key", "lang": "ar", "size": "40"}, {"boundary.country": "IQ"}),
        (
            "opencage", "/geocode/v1/json",
            {**_ALWAYS, "key": "a-key", "language": "ar", "limit": "40", "no_record": "1"}, {"countrycode": "iq"},
        ),
    ],
)  # fmt: skip
def test_what_is_asked(
    server: Server, provider: str, path: str, always: dict[str, str], in_iraq: dict[str, str]
) -> None:
    server.otherwise = Answer(body(provider))
    service = asking(server, provider)
    service.find(Question("سنجار"))
    service.find(Question("سنجار", "iq" if provider in ("nominatim", "opencage") else "IQ", "city"))
    assert server.asked[0].query == always
    if in_iraq:
        assert server.asked[1].query == always | in_iraq
    assert {(asked.path, asked.agent) for asked in server.asked} == {(path, "makan-tests")}


@pytest.mark.parametrize(
    ("provider", "told"),
    [
        ("nominatim", {"viewbox": "44.0,33.0,45.0,34.0"}),
        ("photon", {"lat": "33.5", "lon": "44.5"}),
        ("geonames", None), ("pelias", None), ("opencage", None),
    ],
)  # fmt: skip
def test_the_box_is_a_preference(server: Server, provider: str, told: dict[str, str] | None) -> None:
    """Where a service would take it for a fence, it is told none."""
    server.otherwise = Answer(body(provider, SERVICES[provider][1]))
    found = asking(server, provider).find(Question("سنجار", box=(33.3, 44.2, 33.4, 44.5)))
    assert found is not None
    if told:
        assert server.asked[1].query == server.asked[0].query | told
    assert len(server.asked) == (2 if told else 1)


@every_service
def test_not_found(server: Server, provider: str) -> None:
    server.otherwise = Answer(body(provider))
    assert asking(server, provider).find(Question("لا مكان")) is None


@every_service
@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize(
    "answer",
    ["", "<html>", "null", "7", '"text"', "[1]", "[{}]", "[[]]", "{}", '{"features": {}}', '{"features": [1]}',
     '{"features": 3}', '{"geonames": [1]}', '{"geonames": 5}', '{"results": [7]}', '{"results": []}', '{"status": 1}'],
)  # fmt: skip
def test_answers_of_another_shape(server: Server, provider: str, answer: str) -> None:
    """No surprise may come out: an empty answer is a miss, all else is Unavailable."""
    server.otherwise = Answer(answer)
    try:
        assert asking(server, provider).find(Question("سنجار")) is None
    except Unavailable as problem:
        assert problem.reason == "unreadable"


def _without(provider: str, path: str, value: Any) -> str:
    """The service's answer with something else in one of its parts."""
    result = json.loads(json.dumps(SERVICES[provider][1]))
    at = result
    *outer, last = path.split(".")
    for name in outer:
        at = at[name]
    at[last] = value
    return body(provider, result)


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize(
    ("provider", "path", "value"),
    [
        ("nominatim", "lat", "north"), ("nominatim", "lat", "136"), ("nominatim", "lat", "nan"), ("nominatim", "lat", None),
        ("nominatim", "boundingbox", ["1"]), ("nominatim", "boundingbox", ["inf"] * 4), ("nominatim", "boundingbox", ["nan"] * 4), ("nominatim", "osm_id", None),
        ("nominatim", "osm_type", ""), ("nominatim", "osm_id", 1e999), ("nominatim", "address", "Iraq"),
        ("nominatim", "namedetails", ["سنجار"]), ("nominatim", "namedetails", {"name": 7}), ("nominatim", "osm_type", 3),
        ("photon", "geometry.coordinates", []), ("photon", "geometry.coordinates", [1e9, 7]),
        ("photon", "geometry.coordinates", ["east", "north"]), ("photon", "properties", []),
        ("photon", "properties.name", {"ar": "سنجار"}), ("photon", "properties.osm_id", "many"),
        ("photon", "properties.extent", [1]), ("photon", "properties.extent", "everywhere"),
        ("geonames", "lat", "north"), ("geonames", "lng", "1000"), ("geonames", "geonameId", None), ("geonames", "name", 7),
        ("geonames", "alternateNames", [{}]), ("geonames", "alternateNames", 3), ("geonames", "bbox", {"south": 1}),
        ("pelias", "geometry", {}), ("pelias", "properties.name", 7), ("pelias", "properties.source", 3),
        ("pelias", "properties.country_a", 7), ("pelias", "bbox", [1, 2]), ("pelias", "geometry.coordinates", [200, 100]),
        ("opencage", "components", None), ("opencage", "geometry", {}), ("opencage", "geometry.lat", "high"),
        ("opencage", "bounds", {"northeast": 1}), ("opencage", "annotations", {"OSM": 7}), ("opencage", "components._type", []),
    ],
)  # fmt: skip
def test_results_of_another_shape_are_unreadable(server: Server, provider: str, path: str, value: Any) -> None:
    server.otherwise = Answer(_without(provider, path, value))
    with pytest.raises(Unavailable) as caught:
        asking(server, provider).find(Question("سنجار"))
    assert caught.value.reason == "unreadable"


@pytest.mark.parametrize(
    ("provider", "name", "shown"),
    [
        ("photon", "سنجار\u202e\ud800\x00", "سنجار"),
        ("photon", "سنجار\n", "سنجار"),
        ("pelias", "\u200fسنجار", "سنجار"),
    ],
)
def test_names_from_outside_are_cleaned(server: Server, provider: str, name: str, shown: str) -> None:
    server.otherwise = Answer(_without(provider, "properties.name", name))
    found = asking(server, provider).find(Question("سنجار"))
    assert found is not None
    assert found.ar == shown


@pytest.mark.parametrize(
    ("provider", "answer", "reason"),
    [
        ("geonames", Answer('{"status": {"message": "user does not exist.", "value": 10}}', 401), "refused"),
        ("geonames", Answer('{"status": {"message": "user does not exist.", "value": 10}}'), "refused"),
        (
            "geonames",
            Answer('{"status": {"message": "user account not enabled to use the free webservice", "value": 10}}'),
            "refused",
        ),
        (
            "geonames",
            Answer('{"status": {"message": "the hourly limit has been exceeded", "value": 19}}'),
            "rate-limited",
        ),
        ("geonames", Answer('{"status": {"message": "server overloaded", "value": 22}}'), "failed"),
        ("opencage", Answer('{"results": [], "status": {"code": 401, "message": "invalid API key"}}', 401), "refused"),
        (
            "opencage",
            Answer('{"results": [], "status": {"code": 402, "message": "quota exceeded"}}', 402),
            "rate-limited",
        ),
        ("opencage", Answer('{"results": [], "status": {"code": 402, "message": "quota exceeded"}}'), "rate-limited"),
        ("opencage", Answer("{}", 403), "refused"),
        ("pelias", Answer("{}", 401), "refused"),
        ("pelias", Answer("{}", 429), "rate-limited"),
        ("photon", Answer("{}", 429), "rate-limited"),
        ("photon", Answer('{"message": "language is not supported"}', 400), "failed"),
    ],
)
def test_a_service_that_says_no(server: Server, provider: str, answer: Answer, reason: str) -> None:
    server.otherwise = answer
    with pytest.raises(Unavailable) as caught:
        asking(server, provider).find(Question("سنجار"))
    assert caught.value.reason == reason


def _described(server: Server, provider: str, **parts: Any) -> tuple[str, str]:
    result = json.loads(json.dumps(SERVICES[provider][1]))
    inner = {"photon": "properties", "pelias": "properties", "opencage": "components"}.get(provider)
    (result[inner] if inner else result).update(parts)
    server.otherwise = Answer(body(provider, result))
    found = asking(server, provider).find(Question("سنجار"))
    assert found is not None
    return found.kind, found.feature


@pytest.mark.parametrize(
    ("provider", "parts", "described"),
    [
        ("nominatim", {"addresstype": "state"}, ("admin", "governorate")),
        ("nominatim", {"addresstype": "country"}, ("country", "country")),
        ("nominatim", {"addresstype": "village"}, ("city", "village")),
        ("nominatim", {"addresstype": "suburb"}, ("district", "quarter")),
        ("nominatim", {"addresstype": "", "class": "natural", "type": "peak"}, ("natural", "mountain")),
        ("nominatim", {"addresstype": "", "class": "waterway", "type": "stream"}, ("natural", "river")),
        ("nominatim", {"addresstype": "aeroway", "class": "aeroway", "type": "aerodrome"}, ("facility", "airport")),
        (
            "nominatim",
            {"addresstype": "amenity", "class": "amenity", "type": "place_of_worship"},
            ("facility", "facility"),
        ),
        ("photon", {"osm_value": "administrative", "osm_key": "boundary", "type": "state"}, ("admin", "governorate")),
        ("photon", {"osm_value": "administrative", "osm_key": "boundary", "type": "district"}, ("district", "quarter")),
        ("photon", {"osm_value": "village", "type": "city"}, ("city", "village")),
        ("photon", {"osm_value": "aerodrome", "osm_key": "aeroway", "type": "other"}, ("facility", "airport")),
        ("photon", {"osm_value": "tertiary", "osm_key": "highway", "type": "street"}, ("facility", "road")),
        ("geonames", {"fcl": "A", "fcode": "ADM1"}, ("admin", "governorate")),
        ("geonames", {"fcl": "A", "fcode": "PCLI"}, ("country", "country")),
        ("geonames", {"fcl": "P", "fcode": "PPL"}, ("city", "village")),
        ("geonames", {"fcl": "P", "fcode": "PPLQ"}, ("city", "village")),
        ("geonames", {"fcl": "T", "fcode": "SPUR"}, ("natural", "mountain")),
        ("geonames", {"fcl": "S", "fcode": "RSTN"}, ("facility", "facility")),
        ("pelias", {"layer": "region"}, ("admin", "governorate")),
        ("pelias", {"layer": "neighbourhood"}, ("district", "quarter")),
        ("pelias", {"layer": "venue"}, ("facility", "facility")),
        ("opencage", {"_type": "village", "village": "سنجار"}, ("city", "village")),
        ("opencage", {"_type": "state", "state": "سنجار"}, ("admin", "governorate")),
        ("opencage", {"_type": "fountain", "_category": "outdoors/recreation"}, ("facility", "facility")),
    ],
)
def test_kinds(server: Server, provider: str, parts: dict[str, Any], described: tuple[str, str]) -> None:
    assert _described(server, provider, **parts) == described


@pytest.mark.parametrize(
    ("provider", "parts", "id", "source"),
    [
        ("pelias", {"source": "openstreetmap", "source_id": "node/105"}, "osm:N105", "OpenStreetMap, ODbL"),
        ("pelias", {"source": "geonames", "source_id": "448149"}, "geonames:448149", "GeoNames, CC BY 4.0"),
        ("pelias", {"source": "custom", "source_id": "", "gid": "custom:venue:1"}, "pelias:custom:venue:1", "custom"),
        ("opencage", {"annotations": {}}, "opencage:36.32090,41.87650", "OpenStreetMap, ODbL, by OpenCage"),
    ],
)
def test_ids_and_sources(server: Server, provider: str, parts: dict[str, Any], id: str, source: str) -> None:
    result = json.loads(json.dumps(SERVICES[provider][1]))
    (result["properties"] if provider == "pelias" else result).update(parts)
    server.otherwise = Answer(body(provider, result))
    found = asking(server, provider).find(Question("سنجار"))
    assert found is not None
    assert (found.id, found.source) == (id, source)


def test_other_names_count_where_the_service_gives_them(server: Server) -> None:
    server.otherwise = Answer(body("nominatim", SINJAR))
    assert asking(server, "nominatim").find(Question("Şengal")) is not None
    server.otherwise = Answer(body("geonames", GEONAMES))
    assert asking(server, "geonames").find(Question("شنكال")) is not None


def test_little_in_a_result(server: Server) -> None:
    server.otherwise = Answer(
        body("nominatim", {"osm_type": "node", "osm_id": "12", "lat": "30", "lon": "47", "display_name": "الحي"})
    )
    found = asking(server, "nominatim").find(Question("الحي", "IQ"))
    assert found is not None
    assert (found.id, found.ar, found.en, found.country, found.radius_km) == ("osm:N12", "الحي", "الحي", "IQ", 0.5)


def test_a_country_without_an_outline(server: Server) -> None:
    country = {"display_name": "العراق", "lat": "33", "lon": "44", "class": "place", "type": "country", "addresstype": "country",
               "address": {"country_code": "iq"}, "namedetails": {"name:ar": "العراق", "name": "العراق"}}  # fmt: skip
    server.otherwise = Answer(body("nominatim", country))
    found = asking(server, "nominatim").find(Question("العراق", kind="country"))
    assert found is not None
    assert found.id == "osm:country:IQ"

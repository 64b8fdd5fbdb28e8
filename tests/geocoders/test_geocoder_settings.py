"""Which geocoder the settings turn on, and what they must say."""

import json

import pytest

from geo.geocoders import Geocoder, from_settings
from geo.model import Question
from tests.geocoders.stub import Answer, Memory, Server
from tests.geocoders.test_services import SERVICES, body

ON = {"MAKAN_GEOCODER": "nominatim", "MAKAN_USER_AGENT": "newsroom@example.org"}
HIDDEN = "a-secret"


@pytest.mark.parametrize(
    "settings",
    [{}, {"MAKAN_GEOCODER": ""}, {"MAKAN_GEOCODER": "off"}, {"MAKAN_USER_AGENT": "x"}, {"MAKAN_GEOCODER_KEY": "x"}],
)
def test_off_unless_asked_for(settings: dict[str, str]) -> None:
    assert from_settings(settings, Memory()) is None


@pytest.mark.parametrize("provider", SERVICES)
def test_settings_reach_the_server(server: Server, provider: str) -> None:
    server.otherwise = Answer(body(provider, SERVICES[provider][1]))
    settings = ON | {
        "MAKAN_GEOCODER": f" {provider.title()} ", "MAKAN_GEOCODER_URL": f"{server.address}/",
        "MAKAN_GEOCODER_KEY": HIDDEN, "MAKAN_GEOCODER_DELAY": "0",
    }  # fmt: skip
    asking: Geocoder | None = from_settings(settings, Memory())
    assert asking is not None
    assert (asking.provider, bool(asking.attribution)) == (provider, True)
    assert asking.find(Question("سنجار", "IQ")) is not None
    assert server.asked[0].agent == "newsroom@example.org"
    assert (HIDDEN in server.asked[0].query.values()) is (provider in ("geonames", "pelias", "opencage"))


def test_a_server_below_a_path(server: Server) -> None:
    server.otherwise = Answer(json.dumps([]))
    settings = ON | {"MAKAN_GEOCODER_URL": f"{server.address}/osm/", "MAKAN_GEOCODER_DELAY": "0"}
    asking = from_settings(settings, Memory())
    assert asking is not None
    asking.find(Question("سنجار"))
    assert server.asked[0].path == "/osm/search"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"MAKAN_GEOCODER": "google"}, "MAKAN_GEOCODER: 'google'.*nominatim, photon, geonames, pelias, opencage"),
        ({"MAKAN_USER_AGENT": ""}, "MAKAN_USER_AGENT"),
        ({"MAKAN_USER_AGENT": "name\r\nX-Other: 1"}, "MAKAN_USER_AGENT"),
        ({"MAKAN_USER_AGENT": "غرفة الأخبار"}, "MAKAN_USER_AGENT"),
        ({"MAKAN_GEOCODER_URL": "file:///etc/hosts"}, "MAKAN_GEOCODER_URL"),
        ({"MAKAN_GEOCODER_URL": "nominatim"}, "MAKAN_GEOCODER_URL"),
        ({"MAKAN_GEOCODER_URL": "https://[::1"}, "MAKAN_GEOCODER_URL"),
        ({"MAKAN_GEOCODER_URL": "https://example.org:port"}, "MAKAN_GEOCODER_URL"),
        ({"MAKAN_GEOCODER_URL": "https://example.org/?q=1"}, "MAKAN_GEOCODER_URL"),
        ({"MAKAN_GEOCODER_URL": f"https://me:{HIDDEN}@example.org"}, "MAKAN_GEOCODER_URL.*MAKAN_GEOCODER_KEY"),
        ({"MAKAN_GEOCODER": "pelias"}, "MAKAN_GEOCODER_URL"),
        ({"MAKAN_GEOCODER": "geonames"}, "MAKAN_GEOCODER_KEY.*user name"),
        ({"MAKAN_GEOCODER": "opencage", "MAKAN_GEOCODER_KEY": " "}, "MAKAN_GEOCODER_KEY"),
        ({"MAKAN_GEOCODER_DELAY": "often"}, "MAKAN_GEOCODER_DELAY"),
        ({"MAKAN_GEOCODER_DELAY": "-1"}, "MAKAN_GEOCODER_DELAY"),
        ({"MAKAN_GEOCODER_DELAY": "nan"}, "MAKAN_GEOCODER_DELAY"),
        ({"MAKAN_GEOCODER_DELAY": "0.5"}, "MAKAN_GEOCODER_DELAY.*1 seconds"),
        (
            {"MAKAN_GEOCODER_DELAY": "0.5", "MAKAN_GEOCODER_URL": "https://Nominatim.OpenStreetMap.org/"},
            "MAKAN_GEOCODER_DELAY",
        ),
        (
            {"MAKAN_GEOCODER": "geonames", "MAKAN_GEOCODER_KEY": HIDDEN, "MAKAN_GEOCODER_DELAY": "1"},
            "MAKAN_GEOCODER_DELAY.*3.6",
        ),
    ],
)
def test_settings_that_make_no_sense(settings: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named) as caught:
        from_settings(ON | settings, Memory())
    assert HIDDEN not in str(caught.value)

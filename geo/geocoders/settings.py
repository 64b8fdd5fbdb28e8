"""The geocoder that the settings ask for."""

import math
from collections.abc import Mapping
from urllib.parse import urlsplit

from geo.geocoders.base import Access, Cache, Service
from geo.geocoders.geonames import GeoNamesGeocoder
from geo.geocoders.nominatim import NominatimGeocoder
from geo.geocoders.opencage import OpenCageGeocoder
from geo.geocoders.pelias import PeliasGeocoder
from geo.geocoders.photon import PhotonGeocoder

_SERVICES: dict[str, type[Service]] = {
    service.provider: service
    for service in (NominatimGeocoder, PhotonGeocoder, GeoNamesGeocoder, PeliasGeocoder, OpenCageGeocoder)
}


def from_settings(settings: Mapping[str, str], cache: Cache) -> Service | None:
    """The geocoder that the settings ask for, None where they ask for none.

    MAKAN_GEOCODER (a provider; empty or "off": none), MAKAN_GEOCODER_URL (its server), MAKAN_GEOCODER_KEY (GeoNames'
    user name, the key of the others), MAKAN_USER_AGENT (who asks), MAKAN_GEOCODER_DELAY (seconds between two
    requests). Raises ValueError, with a message for the operator, for settings that make no sense.
    """
    provider = settings.get("MAKAN_GEOCODER", "").strip().lower()
    if provider in ("", "off", "none"):
        return None
    if not (service := _SERVICES.get(provider)):
        raise ValueError(
            f"MAKAN_GEOCODER: {provider!r} is not known; use one of {', '.join(_SERVICES)}, or leave it empty"
        )
    server = _server(settings, service)
    user_agent = settings.get("MAKAN_USER_AGENT", "").strip()
    if not user_agent or not user_agent.isprintable() or not user_agent.isascii():
        raise ValueError(
            "MAKAN_USER_AGENT: give a name or address, in ASCII, by which the server's operator can know you"
        )
    key = settings.get("MAKAN_GEOCODER_KEY", "").strip() or None
    if service.needs_key and not key:
        raise ValueError(f"MAKAN_GEOCODER_KEY: {provider} needs one; for geonames it is your user name")
    return service(Access(server, user_agent, key, _delay(settings, service, server)), cache)


def _server(settings: Mapping[str, str], service: type[Service]) -> str:
    text = settings.get("MAKAN_GEOCODER_URL", "").strip() or service.public_server
    if not text:
        raise ValueError(f"MAKAN_GEOCODER_URL: {service.provider} has no public server; give the address of one")
    try:
        url = urlsplit(text)
        understood = url.scheme in ("http", "https") and url.hostname and (url.port or True)
    except ValueError:
        understood = False
    if not understood or url.query or url.fragment:
        raise ValueError("MAKAN_GEOCODER_URL: give an address such as https://geocoder.example.org")
    if "@" in url.netloc:
        raise ValueError("MAKAN_GEOCODER_URL: it may hold no password; a key belongs in MAKAN_GEOCODER_KEY")
    return f"{url.scheme}://{url.netloc.lower()}{url.path.rstrip('/')}"


def _delay(settings: Mapping[str, str], service: type[Service], server: str) -> float:
    try:
        delay = float(settings.get("MAKAN_GEOCODER_DELAY", "").strip() or service.delay)
    except ValueError:
        delay = -1.0
    if not 0 <= delay < math.inf:
        raise ValueError("MAKAN_GEOCODER_DELAY: give a number of seconds, 0 or more")
    if server == service.public_server and delay < service.delay:
        raise ValueError(f"MAKAN_GEOCODER_DELAY: {server} asks for {service.delay:g} seconds between two requests")
    return delay

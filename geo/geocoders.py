"""Services asked over the network for names that the gazetteer lacks. Off unless the settings ask for one."""

import json
import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from threading import Lock
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from geopy import exc
from geopy.adapters import RequestsAdapter
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from geo.model import Kind, Place
from geo.sphere import distance_km

SOURCE = "OpenStreetMap, ODbL"
PUBLIC_SERVER = "https://nominatim.openstreetmap.org"

Reason = Literal["rate-limited", "timeout", "unreachable", "refused", "unreadable", "failed"]


class Unavailable(Exception):
    """The service gave no usable answer, which says nothing about the name: ask again another time.

    ``reason`` is a code that a page can translate; the message is a plain English sentence.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Geocoder(Protocol):
    """Finds places by name."""

    def find(self, name: str, country: str | None) -> Place | None:
        """The best place of that name, in ``country`` (ISO alpha-2) if given; None where there is none.

        ``name`` is as written, without proclitics. Raises Unavailable.
        """
        ...


class Cache(Protocol):
    """Where answers are kept: JSON texts by key; what was not found is kept as null."""

    def recall(self, key: str) -> str | None:
        """The text kept under a key, None where nothing is."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a text under a key, in place of what was there."""
        ...


# The most specific first: what geopy raises, the reason, what it means.
_FAILURES: tuple[tuple[type[Exception], Reason, str], ...] = (
    (exc.GeocoderQuotaExceeded, "rate-limited", "it was asked too often"),
    (exc.GeocoderTimedOut, "timeout", "it did not answer in time"),
    (exc.GeocoderUnavailable, "unreachable", "it cannot be reached"),
    (exc.GeocoderAuthenticationFailure, "refused", "it refused the request"),
    (exc.GeocoderInsufficientPrivileges, "refused", "it refused the request"),
    (exc.GeocoderParseError, "unreadable", "its answer cannot be read"),
    (exc.GeopyError, "failed", "it reported an error"),
)

# Nominatim's addresstype or type → kind, feature, importance on the scale of log10(population).
_PLACES: dict[str, tuple[Kind, str, float]] = {
    "country": ("country", "country", 9.0),
    "state": ("admin", "governorate", 6.0),
    "province": ("admin", "governorate", 6.0),
    "region": ("region", "region", 6.0),
    "state_district": ("admin", "county", 5.0),
    "county": ("admin", "county", 5.0),
    "district": ("admin", "county", 5.0),
    "municipality": ("admin", "subdistrict", 4.5),
    "city": ("city", "city", 5.5),
    "town": ("city", "town", 4.5),
    "village": ("city", "village", 3.0),
    "hamlet": ("city", "village", 2.0),
    "isolated_dwelling": ("city", "village", 1.0),
    "city_district": ("district", "quarter", 4.5),
    "borough": ("district", "quarter", 4.5),
    "suburb": ("district", "quarter", 4.0),
    "quarter": ("district", "quarter", 3.5),
    "neighbourhood": ("district", "quarter", 3.0),
    "island": ("natural", "island", 4.0),
    "sea": ("natural", "sea", 6.0),
    "river": ("natural", "river", 5.0),
    "peak": ("natural", "mountain", 3.5),
    "aerodrome": ("facility", "airport", 4.0),
    "university": ("facility", "university", 4.0),
    "hospital": ("facility", "hospital", 3.5),
    "dam": ("facility", "dam", 3.5),
    "prison": ("facility", "prison", 3.5),
}
# What else there is, by OpenStreetMap's key.
_CLASSES: dict[str, tuple[Kind, str, float]] = {
    "boundary": ("admin", "county", 4.5),
    "natural": ("natural", "region", 3.5),
    "waterway": ("natural", "river", 3.5),
    "water": ("natural", "lake", 3.5),
    "place": ("city", "village", 2.5),
    "highway": ("facility", "road", 2.5),
}
_OTHERWISE: tuple[Kind, str, float] = ("facility", "facility", 3.0)

_LONGEST_NAME = 100
_limits: dict[str, RateLimiter] = {}
_limits_lock = Lock()


class NominatimGeocoder:
    """OpenStreetMap's Nominatim, the public server or one's own.

    ``min_delay_seconds`` (the public server asks for 1) holds between any two questions of this process to
    a server, whoever asks: of several delays for one server the longest counts. ``timeout`` is in seconds.
    """

    def __init__(
        self,
        domain: str,
        scheme: str,
        user_agent: str,
        cache: Cache,
        min_delay_seconds: float = 1.0,
        timeout: float = 10.0,
    ) -> None:
        self._server = f"{scheme}://{domain}"
        self._cache = cache
        self._limit = _limit(self._server, min_delay_seconds)
        # By default geopy's adapter asks up to three times by itself, past the limit.
        once = partial(RequestsAdapter, max_retries=0)
        self._service = Nominatim(
            domain=domain, scheme=scheme, user_agent=user_agent, timeout=timeout, adapter_factory=once
        )

    def find(self, name: str, country: str | None) -> Place | None:
        """See Geocoder.find. A name in final ه is asked again with ة if nothing has it. Answers are kept."""
        name = normalised(name)
        if not name or len(name) > _LONGEST_NAME:
            return None
        key = "|".join(("nominatim", self._server, name, "ar", (country or "").upper()))
        kept = self._cache.recall(key)
        if kept is not None and (answer := _unpacked(kept)) is not _UNREADABLE:
            return answer
        place = next((found for spelling in _spellings(name) if (found := self._ask(spelling, country))), None)
        self._cache.remember(key, json.dumps(place and asdict(place), ensure_ascii=False))
        return place

    def _ask(self, name: str, country: str | None) -> Place | None:
        question = partial(
            self._service.geocode,
            name,
            language="ar",
            country_codes=country.lower() if country else None,
            addressdetails=True,
            namedetails=True,
        )
        try:
            location = self._limit(question)
            return place_of(location.raw, name, country) if location else None
        except exc.GeopyError as error:
            reason, meaning = next((r, m) for kind, r, m in _FAILURES if isinstance(error, kind))
            raise Unavailable(reason, f"{self._server}: {meaning}") from error
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            # Well-formed JSON of another shape than Nominatim's; geopy lets these through too.
            raise Unavailable("unreadable", f"{self._server}: its answer cannot be read") from error


def from_settings(settings: Mapping[str, str], cache: Cache) -> Geocoder | None:
    """The geocoder that the settings ask for, None where they ask for none.

    MAKAN_GEOCODER ("nominatim"; empty or "off": none), MAKAN_NOMINATIM_URL, MAKAN_USER_AGENT (who asks:
    the public server wants an application's own name or address), MAKAN_GEOCODER_DELAY (seconds between two
    questions). Raises ValueError, with a message for the operator, for settings that make no sense.
    """
    provider = settings.get("MAKAN_GEOCODER", "").strip().lower()
    if provider in ("", "off", "none"):
        return None
    if provider != "nominatim":
        raise ValueError(f"MAKAN_GEOCODER: {provider!r} is not known; use 'nominatim' or leave it empty")
    url = urlsplit(settings.get("MAKAN_NOMINATIM_URL", "").strip() or PUBLIC_SERVER)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
        raise ValueError("MAKAN_NOMINATIM_URL: give an address such as https://nominatim.example.org")
    user_agent = settings.get("MAKAN_USER_AGENT", "").strip()
    if not user_agent:
        raise ValueError("MAKAN_USER_AGENT: give a name or address by which the server's operator can know you")
    try:
        delay = float(settings.get("MAKAN_GEOCODER_DELAY", "").strip() or 1.0)
    except ValueError:
        delay = -1.0
    if not 0 <= delay < math.inf:
        raise ValueError("MAKAN_GEOCODER_DELAY: give a number of seconds, 0 or more")
    return NominatimGeocoder(url.netloc + url.path.rstrip("/"), url.scheme, user_agent, cache, delay)


def normalised(name: str) -> str:
    """A name as it is asked for: presentation forms and Persian letters as Arabic ones, no marks, single blanks."""
    letters = unicodedata.normalize("NFKC", name).translate({ord("ی"): "ي", ord("ک"): "ك", ord("ـ"): None})
    kept = (c for c in letters if c.isspace() or unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return " ".join("".join(kept).split())


def place_of(raw: Mapping[str, Any], name: str, country: str | None) -> Place:
    """The place that a result of Nominatim describes; ``name`` and ``country`` are what was asked for.

    Raises KeyError, TypeError, ValueError or AttributeError for what is not a result.
    """
    lat, lon = float(raw["lat"]), float(raw["lon"])
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("not on the earth")
    south, north, west, east = map(float, raw.get("boundingbox") or (lat, lat, lon, lon))
    radius = max(distance_km(lat, lon, y, x) for y in (south, north) for x in (west, east))
    names = raw.get("namedetails") or {}
    kind, feature, importance = _described(raw)
    found_in = (raw.get("address") or {}).get("country_code") or country or ""
    return Place(
        id=f"osm:{str(raw['osm_type'])[0].upper()}{int(raw['osm_id'])}",
        ar=str(names.get("name:ar") or names.get("name") or name),
        en=str(names.get("name:en") or names.get("int_name") or names.get("name") or name),
        kind=kind,
        feature=feature,
        country=str(found_in).upper() or None,
        lat=lat,
        lon=lon,
        radius_km=round(max(radius, 0.5), 1),
        importance=importance,
        source=SOURCE,
    )


def _described(raw: Mapping[str, Any]) -> tuple[Kind, str, float]:
    for key in ("addresstype", "type"):
        if described := _PLACES.get(str(raw.get(key))):
            return described
    return _CLASSES.get(str(raw.get("class", raw.get("category"))), _OTHERWISE)


def _spellings(name: str) -> tuple[str, ...]:
    """A final ه is often a ة without its dots."""
    return (name, name[:-1] + "ة") if name.endswith("ه") else (name,)


def _limit(server: str, delay: float) -> RateLimiter:
    """The one limiter for a server; it calls the question given to it, once, in its turn."""
    with _limits_lock:
        limit = _limits.setdefault(server, _new_limit())
        limit.min_delay_seconds = max(limit.min_delay_seconds, delay)
    return limit


def _new_limit() -> RateLimiter:
    call: Callable[[Callable[[], Any]], Any] = lambda question: question()  # noqa: E731
    return RateLimiter(call, min_delay_seconds=0.0, max_retries=0, swallow_exceptions=False)


_UNREADABLE: Any = object()


def _unpacked(kept: str) -> Place | None:
    """The answer kept as JSON, _UNREADABLE where it is not one of this version's."""
    try:
        fields = json.loads(kept)
        return Place(**fields) if fields is not None else None
    except (TypeError, ValueError):
        return _UNREADABLE  # type: ignore[no-any-return]

"""What all geocoders share: the cache, the turns, what errors mean, and which of several answers is meant."""

import json
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, Literal, Protocol

from geopy import exc

from geo.geocoders.names import bears, normalised, spellings
from geo.geocoders.transport import Transport, keep_secret
from geo.model import Kind, Place, Question
from geo.sphere import distance_km

Reason = Literal["rate-limited", "timeout", "unreachable", "refused", "unreadable", "failed"]
Box = tuple[float, float, float, float]

LANGUAGE = "ar"
# How many candidates are asked for where a service lets one choose: all namesakes of most names.
CANDIDATES = 40
_LONGEST_NAME = 100
_LONGEST_PAUSE = 3600.0


class Unavailable(Exception):
    """The service gave no usable answer, which says nothing about the name: ask again another time.

    ``reason`` is a code that a page can translate; the message is a plain English sentence without keys.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Geocoder(Protocol):
    """Finds places by name. ``attribution`` is the data source with its licence's short name, to be shown."""

    provider: str
    attribution: str

    def find(self, question: Question) -> Place | None:
        """The place that is meant; None where the service has none of that name. Raises Unavailable."""
        ...

    def search(self, question: Question, limit: int = 5) -> list[Place]:
        """All that the service offers, for a user to choose from, the best first. Raises Unavailable."""
        ...


class Cache(Protocol):
    """What all who ask share, in one process or several: the answers, as texts by key, and the turns."""

    def recall(self, key: str) -> str | None:
        """The text kept under a key, None where nothing is."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a text under a key, in place of what was there."""
        ...

    def turn(self, key: str, delay: float) -> float:
        """Take the next turn under a key, ``delay`` seconds after the last one taken; the seconds until then."""
        ...


@dataclass(frozen=True)
class Access:
    """How to reach a service: ``server`` is its address; times are in seconds.

    ``delay`` lies between any two requests of all who share the cache. After a failure that more requests would make
    worse, none is sent during ``pause``.
    """

    server: str
    user_agent: str
    key: str | None = field(default=None, repr=False)
    delay: float = 1.0
    timeout: float = 10.0
    pause: float = 60.0

    @property
    def scheme(self) -> str:
        """ "http" or "https"."""
        return self.server.partition("://")[0]

    @property
    def domain(self) -> str:
        """The server with its port and path, as geopy wants it."""
        return self.server.partition("://")[2]


@dataclass(frozen=True)
class Candidate:
    """A place that a service offers, and all the names that it knows of it."""

    place: Place
    names: tuple[str, ...]


# The most specific first: what geopy raises, the reason, what it means, whether to leave the service alone for a while.
_FAILURES: tuple[tuple[type[Exception], Reason, str, bool], ...] = (
    (exc.GeocoderQuotaExceeded, "rate-limited", "it was asked too often", True),
    (exc.GeocoderTimedOut, "timeout", "it did not answer in time", True),
    (exc.GeocoderUnavailable, "unreachable", "it cannot be reached", True),
    (exc.GeocoderAuthenticationFailure, "refused", "it refused the request", True),
    (exc.GeocoderInsufficientPrivileges, "refused", "it refused the request", True),
    (exc.GeocoderParseError, "unreadable", "its answer cannot be read", False),
    (exc.GeopyError, "failed", "it reported an error", False),
)
# Well-formed JSON of another shape than the service's; geopy lets these through too.
_MISSHAPEN = (AttributeError, LookupError, TypeError, ValueError, ArithmeticError)
_SETTLED: frozenset[Kind] = frozenset(("country", "admin", "city", "district", "region"))


class Service(ABC):
    """A geocoder on one of geopy's classes. Each service says what it is asked and what its results mean.

    ``public_server`` is asked where no other is named, None where there is no such server; ``delay`` is the number of
    seconds that its policy puts between two requests; ``takes_box`` is whether it can be told a box to prefer.
    """

    provider = ""
    attribution = ""
    public_server: str | None = None
    delay = 1.0
    needs_key = False
    takes_box = False

    def __init__(self, access: Access, cache: Cache) -> None:
        self._access, self._cache = access, cache
        self._paused: tuple[float, Unavailable] | None = None
        if access.key:
            keep_secret(access.key)

    def find(self, question: Question) -> Place | None:
        """See Geocoder.find. A street or a shop is no answer where the text speaks of a settlement or a region."""
        asked = normalised(question.name)
        for candidate in self._ranked(question):
            if bears(candidate.names, asked) and _may_be(candidate.place.kind, question.kind):
                return candidate.place
        return None

    def search(self, question: Question, limit: int = 5) -> list[Place]:
        """See Geocoder.search."""
        asked = normalised(question.name)
        ranked = sorted(self._ranked(question), key=lambda c: not bears(c.names, asked))
        return [candidate.place for candidate in ranked[:limit]]

    @abstractmethod
    def _ask(self, name: str, question: Question, near: Box | None) -> Sequence[Any]:
        """The results for one spelling as geopy gives them, the best first; ``near`` is to be preferred."""

    @abstractmethod
    def _candidate(self, raw: Mapping[str, Any], name: str, country: str | None) -> Candidate:
        """What one result describes; ``name`` and ``country`` are what was asked for.

        Raises one of _MISSHAPEN for what is no result.
        """

    def _topic(self, kind: Kind | None) -> str:
        """What the kind makes of the question: questions of one topic have the same answers."""
        return ""

    def _options(self, **extra: str) -> dict[str, Any]:
        """What geopy's classes take in common; ``extra`` are parameters of requests that they lack."""
        access = self._access
        transport = partial(Transport, extra=extra)
        return {
            "scheme": access.scheme, "domain": access.domain, "user_agent": access.user_agent,
            "timeout": access.timeout, "adapter_factory": transport,
        }  # fmt: skip

    def _ranked(self, question: Question) -> list[Candidate]:
        """The candidates: of the kind asked for first, then by nearness to the box, then as the service has them."""
        name = normalised(question.name)
        if not name or len(name) > _LONGEST_NAME:
            return []
        found = self._answers(name, question, None)
        if question.box and self.takes_box:
            # A service that prefers a box leaves out the namesakes elsewhere, so that its answer would serve for this
            # box only. It is told the box where its answer without one has nothing there.
            near = _widened(question.box)
            inside = (c for c in found if not _beyond_km(c.place, near))
            if found and not any(bears(c.names, name) for c in inside):
                found = [*self._answers(name, question, near), *found]
        within = (None, question.country.upper()) if question.country else None
        once = {c.place.id: c for c in found if within is None or c.place.country in within}
        return sorted(once.values(), key=lambda c: _order(c.place, question))

    def _answers(self, name: str, question: Question, near: Box | None) -> list[Candidate]:
        """The candidates from the cache, else from the service; no spelling is tried after one that was found."""
        country, topic = (question.country or "").upper(), self._topic(question.kind)
        key = "|".join((self.provider, self._access.server, name, LANGUAGE, country, topic, _written(near)))
        kept = self._cache.recall(key)
        if kept is not None and (answers := _unpacked(kept)) is not None:
            return answers
        found: list[Candidate] = []
        for spelling in spellings(name):
            found += self._in_turn(partial(self._read, spelling, question, near))
            if any(bears(candidate.names, name) for candidate in found):
                break
        self._cache.remember(key, json.dumps([asdict(candidate) for candidate in found], ensure_ascii=False))
        return found

    def _read(self, name: str, question: Question, near: Box | None) -> list[Candidate]:
        results = self._ask(name, question, near)[:CANDIDATES]
        return [self._candidate(result.raw, name, question.country) for result in results if result is not None]

    def _in_turn(self, request: Callable[[], list[Candidate]]) -> list[Candidate]:
        """Send a request when its turn comes. Raises Unavailable."""
        self._refuse_in_pause()
        if (wait := self._cache.turn(f"turn|{self._access.server}", self._access.delay)) > 0:
            time.sleep(wait)
            self._refuse_in_pause()
        try:
            return request()
        except exc.GeopyError as error:
            reason, meaning, pause = next((r, m, p) for kind, r, m, p in _FAILURES if isinstance(error, kind))
            problem = Unavailable(reason, f"{self._access.server}: {meaning}")
            if pause:
                asked_for = getattr(error, "retry_after", None) or 0
                self._paused = time.monotonic() + min(max(self._access.pause, asked_for), _LONGEST_PAUSE), problem
        except _MISSHAPEN:
            problem = Unavailable("unreadable", f"{self._access.server}: its answer cannot be read")
        # Out here it is not chained to what was raised before, in which an address with its key may stand.
        raise problem

    def _refuse_in_pause(self) -> None:
        if self._paused and (left := self._paused[0] - time.monotonic()) > 0:
            problem = self._paused[1]
            raise Unavailable(problem.reason, f"{problem}; it is left alone for {math.ceil(left)} more seconds")


def _may_be(kind: Kind, asked: Kind | None) -> bool:
    return asked not in _SETTLED or kind in _SETTLED


def _order(place: Place, question: Question) -> tuple[bool, float]:
    other = question.kind is not None and place.kind != question.kind
    return other, _beyond_km(place, question.box) if question.box else 0.0


def _beyond_km(place: Place, box: Box) -> float:
    """How far outside the box a place lies, 0 within."""
    south, north, west, east = box[0], box[2], box[1], box[3]
    lat, lon = min(max(place.lat, south), north), min(max(place.lon, west), east)
    return distance_km(place.lat, place.lon, lat, lon)


def _widened(box: Box) -> Box:
    """The box out to whole degrees, at least one each way: around a single place too, and few boxes in all."""
    south, west, north, east = box
    low_lat, low_lon = math.floor(south), math.floor(west)
    high_lat, high_lon = max(math.ceil(north), low_lat + 1), max(math.ceil(east), low_lon + 1)
    return max(low_lat, -90), max(low_lon, -180), min(high_lat, 90), min(high_lon, 180)


def _written(box: Box | None) -> str:
    return ",".join(f"{degrees:g}" for degrees in box) if box else ""


def _unpacked(kept: str) -> list[Candidate] | None:
    """The candidates kept as JSON, None where the text is not one of this version's."""
    try:
        return [Candidate(Place(**row["place"]), tuple(row["names"])) for row in json.loads(kept)]
    except (TypeError, ValueError, LookupError):
        return None

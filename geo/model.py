"""What geo hands on: places of the gazetteer, and the mentions of them in a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from extract.text import Span

Kind = Literal["country", "admin", "city", "district", "region", "border", "natural", "facility", "institution"]
Role = Literal["location", "actor", "attribute", "outlet"]
KINDS: tuple[Kind, ...] = (
    "country", "admin", "city", "district", "region", "border", "natural", "facility", "institution",
)  # fmt: skip
# What a place's ``source`` says of the project's own tables: nobody else to name.
OWN_SOURCE = "Makan, MIT"


@dataclass(frozen=True)
class Place:
    """Somewhere on the earth, WGS84.

    ``id`` carries its source ("geonames:98182", "makan:iq-nineveh", "border:IQ-SY", "part:SY:ne").
    ``ar``/``en`` are display names. ``feature`` refines the kind ("governorate", "river", "camp").
    ``country`` is ISO 3166-1 alpha-2, None for what lies in several or none. ``lat``/``lon`` are degrees;
    ``radius_km`` is the distance from that point that still is the place. ``geometry`` is a GeoJSON
    geometry where it is more than a point; ``approximate`` says that it is a drawing, not a survey.
    ``importance`` is on the scale of log10(population): a village 3, a town 4.5, a million city 6,
    a country 9. ``source`` is the data source with its licence's short name.
    """

    id: str
    ar: str
    en: str
    kind: Kind
    feature: str
    country: str | None
    lat: float
    lon: float
    radius_km: float
    importance: float
    source: str
    within: str | None = None
    geometry: Mapping[str, Any] | None = field(default=None, compare=False)
    approximate: bool = False


@dataclass(frozen=True)
class Mention:
    """A toponym or place expression with its resolution.

    ``place`` is None where nothing could be placed; ``reason`` then says why, and also where a name is only placed
    somewhere in its container. ``rule`` is the name of the pass that decided. ``alternatives`` are the ids of the
    other candidates, best first, and ``scores`` their probabilities, which with ``confidence`` add up to 1.
    """

    span: Span
    kind: Kind
    role: Role
    place: Place | None
    rule: str
    confidence: float
    alternatives: tuple[str, ...] = ()
    reason: str | None = None
    scores: tuple[float, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a geocoder is asked: a name that the gazetteer lacks, with what the text says of it.

    ``name`` is as written, without proclitics. ``country`` is ISO 3166-1 alpha-2. ``kind`` is what the head noun
    before the name asks for. ``box`` is where the text's other places lie, to be preferred: south, west, north, east
    in degrees. None where the text says nothing.
    """

    name: str
    country: str | None = None
    kind: Kind | None = None
    box: tuple[float, float, float, float] | None = None

"""What a user says of a mention or a name: another place, a point of their own, or no place at all."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Literal

from corpus.documents import Document
from extract.text import Span, folded
from geo.compilation import name_key
from geo.model import Kind, Mention, Place
from geo.outlines import country_at

Scope = Literal["mention", "article", "name"]
SCOPES: tuple[Scope, ...] = ("mention", "article", "name")
POINT_SOURCE = "user"
# On the scale of log10(population): of what a user alone knows, no more than a village is assumed.
_IMPORTANCE = 3.0


@dataclass(frozen=True)
class Correction:
    """Another place than the one found, or none, for a mention or for a name.

    ``scope`` "mention" means what stands at ``span`` of ``document``, "article" the name in that document, "name"
    the name wherever it is resolved as it was here; ``document`` and ``span`` are None where the scope has no use
    for them. ``name`` is as written, without proclitics. ``place`` None says that it is no place. ``was`` is the
    place that had been found, without its geometry, None where none had been. ``made_at`` is ISO 8601 in UTC with
    microseconds: of two corrections of the same scope the later one holds.
    """

    scope: Scope
    name: str
    place: Place | None
    was: Place | None
    made_at: str
    document: str | None = None
    span: Span | None = None
    note: str | None = None

    @cached_property
    def id(self) -> str:
        """Twelve hexadecimal digits, the same for the same correction in any store."""
        place = self.place.id if self.place else None
        said = [self.scope, self.name, place, self.made_at, self.document, self.span]
        return sha256(json.dumps(said).encode()).hexdigest()[:12]

    @cached_property
    def key(self) -> str:
        """The name as names are compared; never empty."""
        return key_of(self.name)


def correction_of(
    document: Document,
    mention: Mention,
    place: Place | None,
    scope: Scope,
    made_at: str,
    note: str | None = None,
) -> Correction:
    """The correction of a mention as the analysis found it."""
    return Correction(
        scope,
        name_at(document, mention),
        place,
        replace(mention.place, geometry=None) if mention.place else None,
        made_at,
        document=document.id if scope != "name" else None,
        span=mention.span if scope == "mention" else None,
        note=note,
    )


def point(lat: float, lon: float, *, ar: str = "", en: str = "", kind: Kind = "city", radius_km: float = 1.0) -> Place:
    """A place that the user set on the map: the same point, names and kind give the same place.

    Raises ValueError for a point that is not on the earth, and for a place without any name.
    """
    ar, en = (" ".join(name.split()) for name in (ar, en))
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("a point has a latitude within ±90 and a longitude within ±180 degrees")
    if not (ar or en):
        raise ValueError("a place needs a name")
    lat, lon = round(lat, 6), round(lon, 6)
    return Place(
        id=f"user:{sha256(json.dumps([lat, lon, ar, en, kind]).encode()).hexdigest()[:12]}",
        ar=ar or en,
        en=en or ar,
        kind=kind,
        feature="point",
        country=country_at(lat, lon),
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        importance=_IMPORTANCE,
        source=POINT_SOURCE,
    )


def names_at(document: Document, span: Span) -> tuple[str, ...]:
    """The name that stands at a span, as written.

    After ل it may have lost its alef, and a ل with it: «لموصل» of «للموصل» is الموصل, «لاذقية» of «للاذقية» is
    اللاذقية, «لبنان» of «للبنان» is whole. Which, the letters do not tell: then all three are given.
    """
    name = span.of(document.text)
    if name.startswith("ل") and folded(document.text[max(0, span.start - 4) : span.start]).endswith("ل"):
        return f"ا{name}", name, f"ال{name}"
    return (name,)


def name_at(document: Document, mention: Mention) -> str:
    """The name of a mention, as written: of those that it may be the one that its place has, else the likeliest."""
    names = names_at(document, mention.span)
    own = key_of(mention.place.ar) if mention.place else None
    return next((name for name in names if key_of(name) == own), names[0])


def key_of(name: str) -> str:
    """A name as names are compared: folded; as written where nothing of it would be left."""
    return name_key(name) or name

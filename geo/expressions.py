"""Place expressions given their place: borders, parts, roads between towns, distances from one, land beside one."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from shapely.errors import ShapelyError

from extract.text import Folded
from geo import outlines, shapes
from geo.borders import BorderSighting, borders
from geo.distances import distances
from geo.gazetteer import Gazetteer
from geo.model import Mention, Place
from geo.parts import PartSighting, parts
from geo.resolution import Case
from geo.surroundings import Surroundings
from geo.tokens import Tokens
from geo.toponyms import Sighting
from geo.vicinity import Between, beside, betweens
from geo.weights import confidence

_OWNERS = 50  # names back from «حدودها» among which its country is looked for
_KINGDOMS = ("SA", "JO", "MA", "BH")


class Expressions:
    """The expressions of one text as mentions; ``cases`` are its names by their first token, all decided."""

    def __init__(
        self,
        text: Folded,
        tokens: Tokens,
        gazetteer: Gazetteer,
        around: Surroundings,
        cases: Mapping[int, Case],
    ) -> None:
        self.text, self.tokens, self.gazetteer, self.around, self.cases = text, tokens, gazetteer, around, cases
        self.accepted = {at: case.sighting for at, case in cases.items()}
        self.named = sorted(cases)
        self.beside = beside(tokens, self.accepted)
        measured = distances(tokens)
        self.ahead = {d.last: d for d in measured}
        self.behind = {d.first: d for d in measured}
        self.last_border: tuple[str, ...] = ()
        self.border_end = 0

    def mentions(self) -> Iterator[tuple[int, int, Mention]]:
        """The mentions with the tokens that they cover, first and last, in text order and without overlap."""
        lines = borders(self.tokens, self.accepted, self.gazetteer)
        lined = {n for b in lines for n in range(b.first, b.last)}
        found: list[BorderSighting | PartSighting | Between] = [*lines, *betweens(self.tokens, self.accepted)]
        found += [p for p in parts(self.tokens, self.accepted) if not any(n in lined for n in range(p.first, p.last))]
        end = 0
        for sighting in sorted(found, key=lambda s: s.first):
            if sighting.first >= end and (mention := self._mention(sighting)):
                end = sighting.last
                yield sighting.first, end, mention

    def _mention(self, sighting: BorderSighting | PartSighting | Between) -> Mention | None:
        if isinstance(sighting, BorderSighting):
            return self._border(sighting)
        return self._part(sighting) if isinstance(sighting, PartSighting) else self._between(sighting)

    def of_name(self, case: Case) -> tuple[Place, str] | None:
        """What is meant instead of the place named, and by which rule: «على بعد 30 كلم من X», «القرى المجاورة لX»."""
        sighting, place = case.sighting, case.open[0]
        start = sighting.head_at if sighting.head else sighting.first
        distance = self.ahead.get(start)
        if distance and distance.from_name and (far := _around(place, distance.km, None)):
            return far, "distance"
        return (_beside(place), "beside") if sighting.first in self.beside else None

    def _border(self, sighting: BorderSighting) -> Mention | None:
        """The border, None where its sides cannot be known. In text order: «الحدود» alone is the one before."""
        sides = self._sides(sighting)
        if not sides:
            return None
        place, rule = None, "border-both-sides" if len(sighting.countries) == 2 else "border-other-side-from-context"
        if len(sides) == 2:
            place = _border_between(self.gazetteer, *sorted(sides))
        if place is None and len(sides) == 1:
            place, rule = _outer_border(self.gazetteer, sides[0]), "border-whole"
        if place is None:
            return None
        self.last_border = tuple(sides)
        self.border_end = self.tokens[sighting.last - 1].end
        return Mention(
            span=self.text.origin(self.tokens[sighting.first].start + sighting.cut, self.border_end),
            kind="border",
            role="location",
            place=place,
            rule=rule,
            confidence=confidence(rule),
        )

    def _sides(self, sighting: BorderSighting) -> tuple[str, ...]:
        named = sighting.countries
        if len(named) == 2:
            return named
        if not named and not sighting.own:
            # «الحدود» alone is the one just spoken of: a border named before in this paragraph.
            between = self.text.text[self.border_end : self.tokens[sighting.first].start]
            return self.last_border if "\n" not in between else ()
        if sighting.own:
            owner = self._owner(sighting.first, named)
            return (owner, *named) if owner else named
        side = named[0]
        if side in self.last_border and len(self.last_border) == 2:
            return self.last_border
        near = [c for c in outlines.neighbours(side) if self.around.votes[c]]
        other = max(near, key=lambda c: (self.around.votes[c], c), default=None)
        return (side, other) if other else (side,)

    def _owner(self, at: int, named: Sequence[str]) -> str | None:
        """The country that «حدودها» belongs to: the last one named before that borders the other side."""
        before = bisect_left(self.named, at)
        for first in reversed(self.named[max(0, before - _OWNERS) : before]):
            place = self.cases[first].open[0]
            if place.kind != "country" or place.country is None or place.country in named:
                continue
            if outlines.neighbours(place.country).issuperset(named):
                return place.country
        return None

    def _part(self, sighting: PartSighting) -> Mention | None:
        """The part of a place, or what lies so far from it in that direction; None where of what is open."""
        base = self._base(sighting)
        if base is None or (sighting.direction == "centre" and base.kind not in ("country", "admin", "region")):
            return None
        rule = "part" if sighting.direction else sighting.sort
        place: Place | None = None
        distance = self.ahead.get(sighting.first) or self.behind.get(sighting.last)
        if distance and sighting.direction and sighting.direction != "centre":
            place, rule = _around(base, distance.km, sighting.direction), "distance"
        if place is None:
            place = _part_of(base, sighting.direction) if sighting.direction else drawn(base)
        return Mention(
            span=self.text.origin(self.tokens[sighting.first].start + sighting.cut, self.tokens[sighting.last - 1].end),
            kind="city" if sighting.sort == "capital" else "region",
            role="location",
            place=place,
            rule=rule,
            confidence=confidence(rule),
        )

    def _base(self, sighting: PartSighting) -> Place | None:
        if isinstance(sighting.of, Sighting):
            case = self.cases[sighting.of.first]
            if sighting.sort == "countryside":
                same = [p for p in [*case.open, *case.lost] if p.country == case.open[0].country]
                return next((p for p in same if p.kind == "admin"), case.open[0])
            return case.open[0]
        if isinstance(sighting.of, str):
            if sighting.of not in self.gazetteer:
                return None
            base = self.gazetteer.place(sighting.of)
            if sighting.target == "desert":
                return self.gazetteer.main("desert", base.country) if base.country else None
            if sighting.target == "capital":
                return self.gazetteer.capital(base.country) if base.country else None
            return base
        country = self.around.country_at(sighting.first)
        if country is None:
            return None
        if sighting.target == "desert":
            return self.gazetteer.main("desert", country)
        if sighting.target == "capital":
            return self.gazetteer.capital(country)
        if sighting.target == "kingdom":
            ranked = sorted(_KINGDOMS, key=lambda c: (-self.around.votes[c], c != self.around.home))
            country = ranked[0]
        try:
            return self.gazetteer.country(country)
        except KeyError:
            return None

    def _between(self, sighting: Between) -> Mention | None:
        """The road or land between two places; None between countries, where it says no more than their border."""
        a, b = (self.cases[s.first].open[0] for s in (sighting.a, sighting.b))
        if "country" in (a.kind, b.kind) or a.id == b.id:
            return None
        return Mention(
            span=self.text.origin(self.tokens[sighting.first].start + sighting.cut, self.tokens[sighting.last - 1].end),
            kind="region",
            role="location",
            place=shapes.between(a, b),
            rule="between",
            confidence=confidence("between"),
        )


@lru_cache(maxsize=8192)
def drawn(place: Place) -> Place:
    """The place with its geometry, where one is known."""
    return shapes.with_geometry(place)


@lru_cache(maxsize=1024)
def _beside(place: Place) -> Place:
    try:
        return shapes.beside(place)
    except ShapelyError:
        return place


@lru_cache(maxsize=4096)
def _part_of(base: Place, direction: shapes.Direction) -> Place:
    try:
        return shapes.part(base, direction)
    except ShapelyError:  # an outline that cannot be clipped: the whole is better than nothing
        return base


@lru_cache(maxsize=1024)
def _around(base: Place, km: float, direction: shapes.Direction | None) -> Place | None:
    try:
        return shapes.around(base, km, direction)
    except ShapelyError:
        return None


@lru_cache(maxsize=512)
def _border_between(gazetteer: Gazetteer, a: str, b: str) -> Place | None:
    try:
        return shapes.border(gazetteer.country(a), gazetteer.country(b))
    except KeyError:
        return None


@lru_cache(maxsize=256)
def _outer_border(gazetteer: Gazetteer, a: str) -> Place | None:
    try:
        return shapes.outer_border(gazetteer.country(a))
    except KeyError:
        return None

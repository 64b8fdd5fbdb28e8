"""From a text to its mentions: names and place expressions found, resolved, given their geometry and their role."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from shapely.errors import ShapelyError

from extract.text import Folded, Span
from geo import outlines, shapes
from geo.acceptance import accept
from geo.borders import BorderSighting, borders
from geo.gazetteer import Gazetteer
from geo.lexicon import heads, words
from geo.model import Mention, Place, Role
from geo.parts import PartSighting, parts
from geo.resolution import Case, resolve
from geo.surroundings import Surroundings
from geo.tokens import Token, readings, tokenise
from geo.toponyms import Sighting
from geo.unplaced import Unplaced, unplaced

if TYPE_CHECKING:
    from geo.geocoders import Geocoder

_KINGDOMS = ("SA", "JO", "MA", "BH")


def locate(
    text: Folded, gazetteer: Gazetteer, *, home: str | None = None, geocoder: "Geocoder | None" = None
) -> tuple[Mention, ...]:
    """The mentions of places in ``text``, in order and without overlap.

    ``home`` is the ISO code of the outlet's country, which «البلاد» and namesakes lean to. ``geocoder`` is asked
    only for names that look like places and that the gazetteer lacks.
    """
    tokens = tokenise(text)
    accepted, around = accept(text, tokens, gazetteer, home)
    cases = resolve(accepted, around, gazetteer)
    return _Reader(text, tokens, gazetteer, around, cases, geocoder).mentions()


class _Reader:
    """Turns the decided names of one text into mentions, expressions first."""

    def __init__(
        self,
        text: Folded,
        tokens: Sequence[Token],
        gazetteer: Gazetteer,
        around: Surroundings,
        cases: Sequence[Case],
        geocoder: "Geocoder | None",
    ) -> None:
        self.geocoder = geocoder
        self.gave_up = False
        self.text, self.tokens, self.gazetteer, self.around = text, tokens, gazetteer, around
        self.cases = {case.sighting.first: case for case in cases}
        self.last_border: tuple[str, ...] = ()
        self.border_end = 0

    def mentions(self) -> tuple[Mention, ...]:
        accepted = {at: case.sighting for at, case in self.cases.items()}
        found: list[tuple[int, int, Mention]] = []
        lines = borders(self.tokens, accepted, self.gazetteer)
        lined = {n for b in lines for n in range(b.first, b.last)}
        areas = [p for p in parts(self.tokens, accepted) if not any(n in lined for n in range(p.first, p.last))]
        expressions: list[BorderSighting | PartSighting] = [*lines, *areas]
        for expression in sorted(expressions, key=lambda e: e.first):
            mention = self._border(expression) if isinstance(expression, BorderSighting) else self._part(expression)
            if mention:
                found.append((expression.first, expression.last, mention))
        covered = {n for first, last, _ in found for n in range(first, last)}
        for at, case in self.cases.items():
            if at not in covered:
                found.append((at, case.sighting.last, self._name(case)))
                covered.update(range(at, case.sighting.last))
        for unknown in unplaced(self.tokens, accepted, covered):
            found.append((unknown.first, unknown.last, self._unknown(unknown)))
        return tuple(mention for _, _, mention in sorted(found, key=lambda f: f[0]))

    def _span(self, first: int, last: int, cut: int) -> Span:
        return self.text.origin(self.tokens[first].start + cut, self.tokens[last - 1].end)

    def _name(self, case: Case) -> Mention:
        sighting, place = case.sighting, case.open[0]
        first, cut = sighting.first, sighting.reading.cut
        if sighting.head and sighting.head.inside and sighting.head_at < first:
            first = sighting.head_at
            cut = next((r.cut for r in readings(self.tokens[first].text) if r.text in heads()), 0)
        kind = sighting.head.kind if sighting.head and sighting.head.kind == "facility" else place.kind
        return Mention(
            span=self._span(first, sighting.last, cut),
            kind=kind,
            role=self._role(sighting, place),
            place=_drawn(place),
            rule=case.rule or "importance",
            confidence=case.confidence,
            alternatives=tuple(p.id for p in [*case.open[1:], *case.lost]),
        )

    def _unknown(self, name: Unplaced) -> Mention:
        span = self._span(name.first, name.last, name.cut)
        place, reason = None, "not-in-gazetteer"
        if self.geocoder is not None:
            from geo.geocoders import Unavailable

            try:
                if not self.gave_up:
                    place = self.geocoder.find(span.of(self.text.source), self.around.dominant)
            except Unavailable:
                # One wait for a service that is down is enough for a text.
                self.gave_up = True
            if self.gave_up:
                reason = "geocoder-unavailable"
        return Mention(
            span=span,
            kind=place.kind if place else name.head.kind,
            role="location",
            place=place,
            rule="geocoder" if place else "head-noun",
            confidence=0.5 if place else 0.0,
            reason=None if place else reason,
        )

    def _role(self, sighting: Sighting, place: Place) -> Role:
        tokens, at = self.tokens, sighting.first
        acting = words("neighbours.csv", "act")
        if place.kind not in ("country", "city", "institution", "admin") or sighting.head:
            return "location"
        if at and tokens[at].joined and not sighting.reading.cut and tokens[at - 1].text.lstrip("و") in acting:
            return "actor"
        located = sighting.reading.clitics[-1:] == "ب" or (
            at and tokens[at].joined and tokens[at - 1].text in words("neighbours.csv", "locative")
        )
        if located:
            return "location"
        if place.kind == "institution":
            return "actor"
        after = tokens[sighting.last] if sighting.last < len(tokens) else None
        if after and after.joined and after.text in acting:
            return "actor"
        return "location"

    def _border(self, sighting: BorderSighting) -> Mention | None:
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
            span=self._span(sighting.first, sighting.last, sighting.cut),
            kind="border",
            role="location",
            place=place,
            rule=rule,
            confidence=0.95 if len(sighting.countries) == 2 else 0.75,
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
        for first in reversed(self.cases):
            place = self.cases[first].open[0]
            if first >= at or place.kind != "country" or place.country is None or place.country in named:
                continue
            if outlines.neighbours(place.country).issuperset(named):
                return place.country
        return None

    def _part(self, sighting: PartSighting) -> Mention | None:
        base = self._base(sighting)
        if base is None or (sighting.direction == "centre" and base.kind not in ("country", "admin", "region")):
            return None
        place = _part_of(base, sighting.direction) if sighting.direction else _drawn(base)
        return Mention(
            span=self._span(sighting.first, sighting.last, sighting.cut),
            kind="city" if sighting.sort == "capital" else "region",
            role="location",
            place=place,
            rule=sighting.sort if not sighting.direction else "part",
            confidence=0.9 if sighting.target in ("name", "nisba") else 0.75,
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
        country = self.around.dominant
        if sighting.target == "desert":
            return self.gazetteer.main("desert", country) if country else None
        if sighting.target == "kingdom":
            ranked = sorted(_KINGDOMS, key=lambda c: (-self.around.votes[c], c != self.around.home))
            country = ranked[0]
        try:
            return self.gazetteer.country(country) if country else None
        except KeyError:
            return None


@lru_cache(maxsize=8192)
def _drawn(place: Place) -> Place:
    return shapes.with_geometry(place)


@lru_cache(maxsize=4096)
def _part_of(base: Place, direction: shapes.Direction) -> Place:
    try:
        return shapes.part(base, direction)
    except ShapelyError:  # an outline that cannot be clipped: the whole is better than nothing
        return base


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

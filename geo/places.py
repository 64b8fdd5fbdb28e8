"""From a text to its mentions: names and place expressions found, resolved, given their geometry and their role."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extract.text import Folded, Span
from geo.acceptance import accept
from geo.containers import container_after, somewhere_in
from geo.expressions import Expressions, drawn
from geo.gazetteer import Gazetteer
from geo.lexicon import heads
from geo.model import Mention, Place, Question
from geo.resolution import Case, resolve
from geo.roles import role_of
from geo.surroundings import Surroundings
from geo.tokens import Tokens, readings, tokenise
from geo.unplaced import Unplaced, unplaced
from geo.weights import confidence

if TYPE_CHECKING:
    from geo.geocoders import Geocoder

# A wider place says little of where the others lie.
_SMALL_KM = 200.0
Box = tuple[float, float, float, float]
_MARGIN = 0.5  # degrees around a text's places within which a name is looked for first


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
        tokens: Tokens,
        gazetteer: Gazetteer,
        around: Surroundings,
        cases: Sequence[Case],
        geocoder: "Geocoder | None",
    ) -> None:
        self.text, self.tokens, self.around = text, tokens, around
        self.cases = {case.sighting.first: case for case in cases}
        self.expressions = Expressions(text, tokens, gazetteer, around, self.cases)
        self.geocoder = geocoder
        self.gave_up = False

    def mentions(self) -> tuple[Mention, ...]:
        found = list(self.expressions.mentions())
        covered = {n for first, last, _ in found for n in range(first, last)}
        for at, case in self.cases.items():
            if at not in covered:
                found.append((at, case.sighting.last, self._name(case)))
                covered.update(range(at, case.sighting.last))
        places = {first: mention.place for first, _, mention in found if mention.place}
        container, after = None, -1
        box = _box(places.values()) if self.geocoder else None
        for unknown in reversed(unplaced(self.tokens, self.expressions.accepted, covered)):
            # What is said of the last of a list is said of them all: «قريتي س وص في ريف حلب».
            if unknown.last != after:
                container = container_after(self.tokens, unknown.last, places)
            after = unknown.first
            found.append((unknown.first, unknown.last, self._unknown(unknown, container, box)))
        return tuple(mention for _, _, mention in sorted(found, key=lambda f: f[0]))

    def _span(self, first: int, last: int, cut: int) -> Span:
        return self.text.origin(self.tokens[first].start + cut, self.tokens[last - 1].end)

    def _name(self, case: Case) -> Mention:
        sighting, place = case.sighting, case.open[0]
        first, cut = sighting.first, sighting.reading.cut
        if sighting.head and sighting.head.inside and sighting.head_at < first:
            first = sighting.head_at
            cut = next((r.cut for r in readings(self.tokens[first].text) if r.text in heads()), 0)
        instead = self.expressions.of_name(case)
        kind = sighting.head.kind if sighting.head and sighting.head.kind == "facility" else place.kind
        return Mention(
            span=self._span(first, sighting.last, cut),
            kind="region" if instead else kind,
            role="location" if instead else role_of(sighting, place, self.tokens),
            place=instead[0] if instead else drawn(place),
            rule=instead[1] if instead else case.rule or "importance",
            confidence=confidence(instead[1]) if instead else case.confidence,
            alternatives=tuple(p.id for p in case.lost),
            scores=case.scores,
        )

    def _unknown(self, name: Unplaced, container: Place | None, box: Box | None) -> Mention:
        """A name that the gazetteer lacks: as a geocoder knows it, else somewhere in what the text says it lies in."""
        span = self._span(name.first, name.last, name.cut)
        written, kind, head = span.of(self.text.source), name.head.kind, name.head
        # A crossing lies on the line and may be filed on its other side.
        country = None
        if "crossing" not in head.asks:
            country = (container.country if container else None) or self.around.country_at(name.first)
        called = f"{head.noun} {written}" if head.inside and not head.many else written
        place, reason = self._asked(Question(called, country, kind, box))
        rule = "geocoder" if place else "head-noun-only"
        if place is None and container:
            place, rule = somewhere_in(container, written, kind), "container-only"
        return Mention(
            span=span,
            kind=place.kind if place else kind,
            role="location",
            place=place,
            rule=rule,
            confidence=confidence(rule),
            reason=reason,
        )

    def _asked(self, question: Question) -> tuple[Place | None, str | None]:
        """The geocoder's answer, and why there is none."""
        if self.geocoder is None:
            return None, "not-in-gazetteer"
        from geo.geocoders import Unavailable

        try:
            place = None if self.gave_up else self.geocoder.find(question)
        except Unavailable:
            # One wait for a service that is down is enough for a text.
            self.gave_up, place = True, None
        if place:
            return place, None
        return None, "geocoder-unavailable" if self.gave_up else "not-in-gazetteer"


def _box(places: Iterable[Place]) -> Box | None:
    """Where a text's places lie, those left out that say little (countries, seas): south, west, north, east."""
    points = [(p.lat, p.lon) for p in places if p.radius_km <= _SMALL_KM]
    if not points:
        return None
    lats, lons = zip(*points, strict=True)
    return min(lats) - _MARGIN, min(lons) - _MARGIN, max(lats) + _MARGIN, max(lons) + _MARGIN

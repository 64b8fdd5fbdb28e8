"""Which place a name is for: ordered, named passes over the names still open, the winner's name kept as the rule.

A pass narrows a name's candidates; the one that leaves a single candidate decides. The order is from what the
text says of this name (its head noun, its container) to what it says of the rest (its countries, what is near),
and only then what is known of the world.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from geo.adjectives import attributive, nisbas
from geo.evidence import fits
from geo.gazetteer import Gazetteer
from geo.lexicon import words
from geo.model import Place
from geo.ranking import scores
from geo.sphere import distance_km
from geo.surroundings import Surroundings
from geo.toponyms import Sighting
from geo.weights import confidence

_CITY = 5.5  # on the scale of importance
_BESIDE_TOKENS = 4
_NEAR_CASES = 40
_SAME_KM = 150.0


@dataclass
class Case:
    """A name on its way to a place: the candidates still possible, and once decided the rule and the losers."""

    sighting: Sighting
    open: list[Place]
    at: int  # its place among the cases of the text
    rule: str | None = None
    lost: list[Place] = field(default_factory=list)
    scores: tuple[float, ...] = ()  # of the losers, once decided

    @property
    def place(self) -> Place | None:
        """The place, once decided."""
        return self.open[0] if self.rule else None

    @property
    def confidence(self) -> float:
        """How often such a decision is right, in 0–1."""
        return confidence(self.rule or "")


@dataclass
class Cases:
    """All names of a text, and what surrounds them."""

    all: list[Case]
    around: Surroundings
    gazetteer: Gazetteer

    def __post_init__(self) -> None:
        self.senses: dict[str, Place] = {}

    def around_of(self, case: Case, most: int) -> list[Case]:
        """The cases up to ``most`` before and after ``case``, in text order, without it."""
        near = self.all[max(0, case.at - most) : case.at + most + 1]
        return [other for other in near if other is not case]


Pass = Callable[[Case, Cases], Sequence[Place]]


def resolve(sightings: Sequence[Sighting], around: Surroundings, gazetteer: Gazetteer) -> list[Case]:
    """A case for each sighting, in order, every one decided."""
    cases = Cases([_opened(s, at, gazetteer) for at, s in enumerate(sightings)], around, gazetteer)
    for rule, narrow in PASSES:
        for case in cases.all:
            if case.rule:
                continue
            if len(case.open) > 1:
                kept = narrow(case, cases)
                if kept and len(kept) < len(case.open):
                    case.lost = [p for p in case.open if p not in kept] + case.lost
                    case.open = list(kept)
                elif not kept or rule != "importance":
                    continue
            if len(case.open) == 1:
                case.rule = rule
                cases.senses.setdefault(case.sighting.name, case.open[0])
    for case in cases.all:
        if case.lost:
            _score(case, cases)
    return cases.all


def _score(case: Case, cases: Cases) -> None:
    """Order the losers by how likely they are."""
    beside = [c.open[0] for c in _known_beside(case, cases)]
    scored = scores(case.confidence, case.lost, case.sighting, cases.around, beside)
    ordered = sorted(zip(scored, case.lost, strict=True), key=lambda pair: (-pair[0], pair[1].id))
    case.scores, case.lost = tuple(score for score, _ in ordered), [place for _, place in ordered]


def _opened(sighting: Sighting, at: int, gazetteer: Gazetteer) -> Case:
    places = [gazetteer.place(id) for id in sighting.candidates]
    usable = [p for p in places if _usable(p, sighting, gazetteer)]
    return Case(sighting, usable or places, at)


def _usable(place: Place, sighting: Sighting, gazetteer: Gazetteer) -> bool:
    if gazetteer.needs_head(place.id):
        return sighting.head is not None and fits(sighting.head, place)
    return True


def only_candidate(case: Case, cases: Cases) -> Sequence[Place]:
    """Nothing to choose: the gazetteer has one place of that name."""
    return case.open


def by_head(case: Case, cases: Cases) -> Sequence[Place]:
    """The head noun before the name asks for a feature: محافظة البصرة is no city."""
    head = case.sighting.head
    if head is None:
        return case.open
    asked = [p for p in case.open if fits(head, p)]
    if head.first == "village":
        # قرية X may be a town to the gazetteer, but no city.
        asked = [p for p in asked if p.importance < _CITY] or asked
    return asked or case.open


def by_container(case: Case, cases: Cases) -> Sequence[Place]:
    """What stands beside the name says where it lies: an adjective, «X في محافظة Y», «X، Y»."""
    tokens, sighting, links = cases.around.tokens, case.sighting, words("neighbours.csv", "link")
    at = sighting.last
    if at < len(tokens) and tokens[at].joined and tokens[at].text in attributive():
        pointed = nisbas().get(tokens[at].text, "")
        if pointed in cases.gazetteer:
            country = cases.gazetteer.place(pointed).country
            return [p for p in case.open if p.country == country]
    for other in cases.around_of(case, _BESIDE_TOKENS):
        gap = other.sighting.first - at
        if 0 <= gap <= _BESIDE_TOKENS and all(tokens[n].text in links for n in range(at, other.sighting.first)):
            within = other.sighting.reading.clitics == "ب"  # حي الخضراء ببغداد
            if gap == 0 and not within and tokens[at].gap.strip() not in ("،", ",", "("):
                continue
            if other.sighting.reading.clitics.startswith("و"):
                continue
            inside = [p for p in case.open if any(_within(p, o) for o in other.open)]
            if inside:
                return inside
    return case.open


def _within(place: Place, container: Place) -> bool:
    if place.id == container.id:
        return False
    if place.within == container.id:
        return True
    if container.kind == "country":
        return place.country == container.country
    same = place.country == container.country or container.country is None
    reach = max(container.radius_km * 1.3, 40.0)
    return same and distance_km(place.lat, place.lon, container.lat, container.lon) <= reach


def one_sense(case: Case, cases: Cases) -> Sequence[Place]:
    """The same name was decided elsewhere in the text: here it means that place, or one right there."""
    sense = cases.senses.get(case.sighting.name)
    return [p for p in case.open if _near(p, sense)] if sense else case.open


def by_country(case: Case, cases: Cases) -> Sequence[Place]:
    """The countries that the text speaks of: of namesakes, the one in the country with the most votes.

    A world city is not given up for a hamlet (three orders of magnitude), nor a country for a place abroad.
    """
    around = cases.around
    top = max(case.open, key=lambda p: p.importance)
    shares = {p.country: around.share(p.country) + (0.05 if p.country == around.home else 0) for p in case.open}
    best = max(shares, key=lambda c: shares[c])
    if not shares[best]:
        return case.open
    kept = [p for p in case.open if p.country == best]
    if max(p.importance for p in kept) < top.importance - 3:
        return case.open
    return kept


def seat(case: Case, cases: Cases) -> Sequence[Place]:
    """A city and the governorate or river named after it: without a head noun it is the city."""
    settlements = [p for p in case.open if p.kind in ("city", "country") and p.importance >= 4.3]
    if not settlements:
        return case.open
    main = max(settlements, key=lambda p: p.importance)
    return [p for p in case.open if p is main or not (p.kind in ("admin", "natural", "region") and _near(p, main))]


def by_nearness(case: Case, cases: Cases) -> Sequence[Place]:
    """The candidate nearest to the places decided close by in the text, where one is clearly nearest."""
    points = [c.open[0] for c in _known_beside(case, cases)]
    if not points:
        return case.open

    def away(place: Place) -> float:
        return min(distance_km(place.lat, place.lon, p.lat, p.lon) for p in points)

    ranked = sorted(case.open, key=away)
    nearest = away(ranked[0])
    kept = [p for p in ranked if away(p) <= max(2 * nearest, nearest + 50)]
    top = max(case.open, key=lambda p: p.importance)
    return kept if top in kept or (nearest < 150 and top.importance < 6.5) else case.open


def _known_beside(case: Case, cases: Cases) -> list[Case]:
    """The cases decided nearest in the text to this one that say where it plays: no countries, no seas."""
    at = case.sighting.first
    beside = [c for c in cases.around_of(case, _NEAR_CASES) if c.rule]
    known = [c for c in beside if c.open[0].kind != "country" and c.open[0].radius_km < 400]
    known.sort(key=lambda c: abs(c.sighting.first - at))
    return [c for c in known[:6] if c.sighting.name != case.sighting.name]


def by_importance(case: Case, cases: Cases) -> Sequence[Place]:
    """The place that the world speaks of most."""
    return [max(case.open, key=lambda p: (p.importance, p.id))]


def _near(a: Place, b: Place) -> bool:
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= max(_SAME_KM, min(a.radius_km, b.radius_km))


PASSES: tuple[tuple[str, Pass], ...] = (
    ("only-candidate", only_candidate),
    ("head-noun", by_head),
    ("container", by_container),
    ("one-sense", one_sense),
    ("country-in-text", by_country),
    ("seat", seat),
    ("nearness", by_nearness),
    ("importance", by_importance),
)

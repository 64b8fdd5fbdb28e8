"""How likely each namesake is, as far as the passes leave a doubt: the scores of a mention's alternatives."""

from collections.abc import Sequence
from math import exp, log10

from geo.evidence import fits
from geo.model import Place
from geo.sphere import distance_km
from geo.surroundings import Surroundings
from geo.toponyms import Sighting
from geo.weights import points

_NEAR_KM = 10.0


def scores(
    winner: float, others: Sequence[Place], sighting: Sighting, around: Surroundings, beside: Sequence[Place]
) -> tuple[float, ...]:
    """The probability of each of ``others``, together what ``winner``, the winner's own, leaves.

    ``beside`` are places decided nearby in the text.
    """
    weights = [exp(_rank(place, sighting, around, beside)) for place in others]
    left = (1.0 - winner) / sum(weights) if weights else 0.0
    return tuple(round(weight * left, 4) for weight in weights)


def _rank(place: Place, sighting: Sighting, around: Surroundings, beside: Sequence[Place]) -> float:
    known = points()
    rank = known["importance"] * place.importance + known["country-share"] * around.share(place.country)
    if sighting.head and fits(sighting.head, place):
        rank += known["fits-head"]
    if beside:
        away = min(distance_km(place.lat, place.lon, p.lat, p.lon) for p in beside)
        rank += known["far"] * log10(max(away, _NEAR_KM) / _NEAR_KM)
    return rank

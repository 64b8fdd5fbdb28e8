"""Where a place lies of which only the container is known: «قرية X في ريف Y» is somewhere in the countryside of Y."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from geo.compilation import name_key
from geo.lexicon import words
from geo.model import Kind, Place
from geo.sphere import towards, within_180
from geo.tokens import Token

# Farther than this from the container's middle is no place on a map any more.
_LARGEST_KM = 150.0
_CONTAINING = frozenset({"admin", "city", "district", "region", "natural"})
_BESIDE_TOKENS = 4
# Names in one container are spread over it, each always to the same spot: markers on one point hide each other.
_SPREAD = 0.3


def container_after(tokens: Sequence[Token], last: int, places: Mapping[int, Place]) -> Place | None:
    """What the text says right after a name that it lies in: «في محافظة Y», «(ريف Y)», «التابعة لقضاء Y».

    ``last`` is the token after the name, ``places`` are the places of the text by their first token.
    """
    links = words("neighbours.csv", "link")
    for at in range(last, min(last + _BESIDE_TOKENS + 1, len(tokens))):
        if not tokens[at].near and tokens[at].gap.strip() not in ("،", ","):
            return None
        if place := places.get(at):
            bounded = place.kind in _CONTAINING and place.radius_km <= _LARGEST_KM
            led = at > last or tokens[at].gap.strip() or tokens[at].text.startswith("ب")
            return place if bounded and led else None
        if tokens[at].text not in links:
            return None
    return None


def somewhere_in(container: Place, name: str, kind: Kind) -> Place:
    """A place of that name in a container, its point good to the container's radius and no better."""
    spot = crc32(name_key(name).encode()) % 360
    lat, lon = towards(container.lat, container.lon, float(spot), container.radius_km * _SPREAD)
    return Place(
        id=f"within:{container.id}:{name_key(name)}",
        ar=name,
        en=f"{name} ({container.en})",
        kind=kind,
        feature="approximate",
        country=container.country,
        lat=round(lat, 4),
        lon=round(within_180(lon), 4),
        radius_km=container.radius_km,
        importance=2.0,
        source=container.source,
        within=container.id,
        approximate=True,
    )

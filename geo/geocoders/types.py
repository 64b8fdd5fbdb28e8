"""What the services call their results, as kinds and features of places."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from geo.lexicon import rows
from geo.model import Kind
from geo.sphere import distance_km

_TABLE = Path(__file__).with_name("types.csv")
_SMALLEST_KM = 0.5


@dataclass(frozen=True)
class Type:
    """What a type of results is; ``importance`` and ``radius_km`` hold where the service gives no better."""

    kind: Kind
    feature: str
    importance: float
    radius_km: float


def described(scheme: str, *types: object) -> Type:
    """The first of ``types`` that the scheme knows, else what it calls "*"."""
    table = _types()
    return next(table[scheme, str(type)] for type in (*types, "*") if (scheme, str(type)) in table)


def known(scheme: str, type: object) -> bool:
    """Whether the scheme has the type."""
    return (scheme, str(type)) in _types()


def position(lat: object, lon: object) -> tuple[float, float]:
    """Coordinates from outside, numbers or their texts. Raises TypeError or ValueError for what is not on the earth."""
    y, x = (float(cast(str, value)) for value in (lat, lon))
    if not (abs(y) <= 90 and abs(x) <= 180):
        raise ValueError("not on the earth")
    return y, x


def reach_km(at: tuple[float, float], south: object, north: object, west: object, east: object) -> float:
    """The distance from a point to the farthest corner of a box from outside, half a kilometre at least."""
    corners = [position(y, x) for y in (south, north) for x in (west, east)]
    return round(max(_SMALLEST_KM, *(distance_km(*at, *corner) for corner in corners)), 1)


def populated(importance: float, population: object) -> float:
    """The importance of so many inhabitants, ``importance`` where their number is not known."""
    return round(math.log10(population), 2) if isinstance(population, int) and population > 0 else importance


@cache
def _types() -> dict[tuple[str, str], Type]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        table = [
            *csv.DictReader(lines),
            *({"scheme": "geonames", "type": r["code"]} | r for r in rows("geonames_codes.csv")),
        ]
    return {
        (r["scheme"], r["type"]): Type(
            cast(Kind, r["kind"]), r["feature"], float(r["importance"]), float(r["radius_km"])
        )
        for r in table
    }

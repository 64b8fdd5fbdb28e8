"""Areas of first-level divisions (governorates, provinces), approximated: see geo/derive/divisions.py.

Geometries are shapely's, WGS84. They are kept as well-known binary in hexadecimal and parsed when first asked for.
"""

import gzip
from functools import cache
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

DIVISIONS = Path(__file__).parent / "data" / "divisions.tsv.gz"
SOURCE = "GeoNames, CC BY 4.0; Natural Earth, public domain"


@cache
def area(id: str) -> BaseGeometry | None:
    """The area of the division with that row id (``iq-nineveh``), None where none was derived."""
    packed = _packed().get(id)
    return shapely.from_wkb(packed) if packed else None


def ids() -> frozenset[str]:
    """The row ids of all divisions that have an area."""
    return frozenset(_packed())


@cache
def _packed() -> dict[str, str]:
    with gzip.open(DIVISIONS, "rt", encoding="ascii") as table:
        next(table)
        return dict(line.rstrip("\n").split("\t") for line in table)

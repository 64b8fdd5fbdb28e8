"""Colour and sign of each statement type."""

from collections.abc import Iterable

from extract.model import TYPES, Type

# Paul Tol's "muted" scheme, made to be told apart with every kind of colour vision; the default type is a neutral
# slate, so that the others stand out. The sign carries the type where colour cannot.
COLOURS: dict[Type, str] = {
    "announcement": "#332288",
    "accusation": "#882255",
    "denial": "#cc6677",
    "warning": "#c9a227",
    "demand": "#aa4499",
    "commitment": "#117733",
    "support": "#44aa99",
    "prediction": "#56b4e9",
    "assertion": "#64748b",
}
SIGNS: dict[Type, str] = {
    "announcement": "◆",
    "accusation": "▲",
    "denial": "✕",
    "warning": "!",
    "demand": "■",
    "commitment": "✓",
    "support": "✚",
    "prediction": "◔",
    "assertion": "●",
}


def main_type(counts: Iterable[tuple[Type, int]]) -> Type:
    """The type that colours a place: the most frequent one, a specific one before the default where they tie."""
    order = {name: i for i, name in enumerate(TYPES)}
    return max(counts, key=lambda pair: (pair[1], -order[pair[0]]))[0]

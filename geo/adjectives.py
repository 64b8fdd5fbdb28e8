"""Nisba adjectives (عراقي) as pointers to places: all their forms, derived by rule from the one in the table."""

from collections.abc import Iterator
from functools import cache

from extract.text import folded
from geo.lexicon import rows

_SINGULAR = ("", "ه")
_PEOPLE = ("ون", "ين", "ان", "تان", "تين", "ات")


@cache
def nisbas() -> dict[str, str]:
    """The gazetteer id that each folded form of an adjective points to: عراقي, العراقية, العراقيين…"""
    out: dict[str, str] = {}
    for row in rows("adjectives.csv"):
        for form in forms(row["adjective"]):
            out.setdefault(form, f"makan:{row['place']}")
    return out


@cache
def attributive() -> frozenset[str]:
    """The forms that can qualify a geographic noun: singular, with and without the article."""
    out: set[str] = set()
    for row in rows("adjectives.csv"):
        out.update(_inflected(row["adjective"], _SINGULAR))
    return frozenset(out)


def forms(adjective: str) -> Iterator[str]:
    """All folded forms of a masculine indefinite nisba, each word of a compound inflected alike."""
    yield from _inflected(adjective, _SINGULAR + _PEOPLE)


def _inflected(adjective: str, endings: tuple[str, ...]) -> Iterator[str]:
    words = folded(adjective).split()
    for ending in endings:
        for article in ("", "ال"):
            yield " ".join(article + word + ending for word in words)

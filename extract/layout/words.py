"""The words by which a line of a page shows what it is: ``data/layout.tsv``, folded."""

import re
from functools import cache
from typing import NamedTuple

from extract.lexicon import rows
from extract.text import folded

WORD = re.compile(r"\w+")


class Opening(NamedTuple):
    """Words that open a line of at most ``most`` words, and the class they tell."""

    words: tuple[str, ...]
    most: int
    kind: str


@cache
def vocabulary(kind: str) -> frozenset[str]:
    """The single words of a class."""
    return frozenset(
        folded(word)
        for row in rows("layout.tsv")
        if (row["class"], row["place"]) == (kind, "word")
        for word in row["words"].split()
    )


@cache
def phrases(kind: str, place: str = "whole") -> frozenset[str]:
    """The expressions of a class, as words with single blanks between."""
    return frozenset(
        " ".join(WORD.findall(folded(phrase)))
        for row in rows("layout.tsv")
        if (row["class"], row["place"]) == (kind, place)
        for phrase in row["words"].split("|")
    )


@cache
def wholes(kinds: tuple[str, ...]) -> dict[str, str]:
    """The class of each expression that fills a line; of two classes the earlier one."""
    return {phrase: kind for kind in reversed(kinds) for phrase in phrases(kind)}


@cache
def openings(kinds: tuple[str, ...], place: str = "start") -> dict[str, tuple[Opening, ...]]:
    """The expressions that open a line, by their first word, longest first."""
    out: dict[str, list[Opening]] = {}
    for row in rows("layout.tsv"):
        if row["class"] in kinds and row["place"] == place:
            for phrase in row["words"].split("|"):
                words = tuple(WORD.findall(folded(phrase)))
                out.setdefault(words[0], []).append(Opening(words, int(row["most"] or 0), row["class"]))
    return {first: tuple(sorted(found, key=lambda o: -len(o.words))) for first, found in out.items()}


def opening(words: list[str], table: dict[str, tuple[Opening, ...]]) -> Opening | None:
    """The longest expression of ``table`` that opens a line of these words."""
    for one in table.get(words[0], ()) if words else ():
        if len(words) <= one.most and tuple(words[: len(one.words)]) == one.words:
            return one
    return None

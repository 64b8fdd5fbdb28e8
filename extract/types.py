"""The type of a statement: what the speaker does. Ordered rules; the name of the one that fired is kept."""

import re
from functools import cache
from typing import NamedTuple, cast

from extract.lexicon import Lemma, rows
from extract.model import Type
from extract.text import folded

_FIRST_WORDS = 14
_HEDGES = re.compile(r"\b(?:ربما|لعل|قد [يتن]\w+|من المحتمل|من الممكن|يحتمل)\b")


class Decision(NamedTuple):
    """A type with the name of the rule that gave it and the flags that came with it."""

    type: Type
    rule: str
    flags: tuple[str, ...] = ()


@cache
def _content_rules() -> tuple[tuple[Type, str, re.Pattern[str]], ...]:
    out = []
    for row in rows("types.tsv"):
        words = "|".join(re.escape(folded(w.strip())).replace(r"\*", r"\w*") for w in row["words"].split("|"))
        opening = r"\A\W*(?:و|ف|ب)?" if row["place"] == "start" else r"\b[وف]?"
        out.append((cast(Type, row["type"]), row["place"], re.compile(rf"{opening}(?:{words})\b")))
    return tuple(out)


def decide(lemma: Lemma | None, content: str, negated: bool) -> Decision:
    """The type of a statement by its cue and the first words of its folded content.

    1. a negated cue flips or empties its type; 2. the object overrides some specific cues; 3. a specific
    cue decides; 4. the content of a neutral cue decides; 5. else an assertion.
    """
    first = " ".join(content.split()[:_FIRST_WORDS])
    flags = ("hedged",) if _HEDGES.search(first) else ()
    if lemma is None:
        return _by_content(first, flags)
    if lemma.flags & {"distanced"}:
        flags = (*flags, "distanced")
    if negated:
        if lemma.name == folded("استبعد"):
            return Decision("prediction", "negated-cue", ("hedged", "negated"))
        return Decision("assertion", "negated-cue", (*flags, "negated"))
    if lemma.type == "content":
        return _by_content(first, flags)
    own = cast(Type, lemma.type)
    override = _override(lemma, first)
    return Decision(override, f"object:{lemma.name}", flags) if override else Decision(own, f"cue:{lemma.name}", flags)


def _by_content(first: str, flags: tuple[str, ...]) -> Decision:
    for kind, place, pattern in _content_rules():
        if place == "start" and kind == "announcement":
            continue
        if match := pattern.search(first):
            return Decision(kind, f"content:{match.group().strip()}", flags)
    return Decision("assertion", "default", flags)


def _override(lemma: Lemma, first: str) -> Type | None:
    """أعلن عزمه is a commitment, أعلن دعمه support, طالب بإدانة stays a demand: only announcements give way."""
    if lemma.type != "announcement":
        return None
    for kind, place, pattern in _content_rules():
        if place == "start" and kind != "announcement" and pattern.search(first):
            return kind
    return None

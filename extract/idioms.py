"""Cues of several words: a verb that reports only with an object of its own (ألقى باللوم على، وجه الشكر إلى)."""

from collections.abc import Sequence

from extract.cues import companion
from extract.frames import Marker, after_complementizer, breaks, is_complementizer, prepositional
from extract.lexicon import Form
from extract.tokens import Token

_LONGEST_OBJECT = 12  # tokens


def idiom_content(row: Sequence[Token], at: int, form: Form) -> tuple[int, int, Marker] | None:
    """(place of the companion, start of the content, kind) of the idiom whose verb stands at ``at``, else None."""
    place = companion(row, at, form)
    if place is None or place + 1 >= len(row):
        return None
    if form.lemma.nominal:
        return place, place, "nominal"
    for here in range(place + 1, min(len(row), place + 1 + _LONGEST_OBJECT)):
        token = row[here]
        if token.kind not in ("word", "quote", "aside"):
            return None
        if token.kind == "word" and is_complementizer(row, here, form):
            return place, after_complementizer(row, here), "clause"
        if token.kind == "word" and (content := prepositional(row, here, form)) is not None and content < len(row):
            return place, content, "preposition"
        if breaks(row, here):
            return None
    return None

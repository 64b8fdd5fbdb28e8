"""Where a noun phrase ends: at أن and its forms, a relative pronoun, an adjunct of time, occasion or audience."""

from collections.abc import Sequence
from functools import lru_cache

from extract.nouns import WORDS, adjuncts, bare, particles
from extract.tokens import Token

COMPLEMENTIZERS = frozenset(
    ("ب" if b else "") + "ان" + suffix for b in (0, 1) for suffix in ("", "ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك")
)


def opens_adjunct(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether an adjunct (time, place, occasion, audience) begins at token ``at``."""
    token = row[at]
    if token.kind != "word":
        return False
    word, alone = _opener(token.text)
    if alone:
        return True
    after = row[at + 1] if at + 1 < end else None
    if after is None:
        return word in particles("preposition")
    known = adjuncts()
    if word in ("في", "علي", "عن", "من") and after.kind == "word":
        return bare(after.text) in known["event"] or after.text in known["time"] or after.text.isdigit()
    return word == "ل" and (after.kind == "quote" or bare(after.text) in known["audience"])


@lru_cache(WORDS)
def _opener(word: str) -> tuple[str, bool]:
    """A word without the conjunction before a preposition, and whether it opens an adjunct whatever follows."""
    known = adjuncts()
    if word[0] in "وف" and word[1:] in particles("preposition"):
        word = word[1:]
    for form in {word, word[1:] if word[0] in "وف" and len(word) > 3 else word}:
        if form in known["time"] or form in known["opener"]:
            return word, True
        if form.startswith("ل"):
            rest = form.removeprefix("لل") if form.startswith("لل") else form[1:]
            if bare(rest) in known["audience"]:
                return word, True
    return word, False


def closes_phrase(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether no noun phrase goes on at token ``at``."""
    if at >= end or row[at].kind not in ("word", "quote", "aside"):
        return True
    word = row[at].text
    if word in particles("quoted"):
        return True
    return row[at].kind == "word" and (
        word in COMPLEMENTIZERS or word in particles("relative") or opens_adjunct(row, at, end)
    )

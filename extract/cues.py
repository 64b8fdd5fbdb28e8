"""Cues in a sentence: which forms of the lexicon a word may be, by itself and with its neighbours."""

from collections.abc import Sequence
from functools import lru_cache

from extract.adjuncts import COMPLEMENTIZERS
from extract.lexicon import Form, cue_forms
from extract.nouns import WORDS, particles
from extract.tokens import Token, opening

_DEEMING = frozenset({"عد", "اعتبر", "راي"})
_LONGEST_REACH = 14  # tokens


def cue_at(row: Sequence[Token], at: int) -> tuple[Form, ...]:
    """The cue forms that token ``at`` may be, read with and without a proclitic و ف ل ب."""
    token = row[at]
    if token.kind != "word":
        return ()
    if token.text.endswith(("ه", "ها")) and at and row[at - 1].text in ("ما", "بما", "مما"):
        return _forms(token.text) or _deeming(token.text)
    found = _forms(token.text)
    if found and _has_idiom(token.text):
        return tuple(form for form in found if not form.lemma.companions or companion(row, at, form) is not None)
    return found


@lru_cache(WORDS)
def _has_idiom(word: str) -> bool:
    return any(form.lemma.companions for form in _forms(word))


def companion(row: Sequence[Token], at: int, form: Form) -> int | None:
    """Where the word stands that the verb of an idiom at ``at`` must have (ألقى … باللوم), None where it is missing."""
    for place in range(at + 1, min(len(row), at + 1 + _LONGEST_REACH)):
        token = row[place]
        if token.text in form.lemma.companions:
            return place
        if token.kind in ("colon", "mark") or token.text in COMPLEMENTIZERS or token.text in particles("relative"):
            return None
    return None


@opening
def may_report(word: str) -> bool:
    """Whether a word may be a cue, with or without proclitics and an object."""
    return bool(_forms(word) or (word.endswith(("ه", "ها")) and _deeming(word)))


@lru_cache(WORDS)
def _deeming(word: str) -> tuple[Form, ...]:
    """The forms of a verb that says what something is taken for, with its object (عدّه، تعتبره)."""
    stem = word.removesuffix("ها").removesuffix("ه")
    return tuple(form for form in _forms(stem) if form.lemma.name in _DEEMING)


@lru_cache(WORDS)
def _forms(word: str) -> tuple[Form, ...]:
    table = cue_forms()
    found = table.get(word, ())
    if len(word) > 2 and word[0] in "وف":
        # Both readings stand: ورد is "appeared" and "and answered".
        word = word[1:]
        found += table.get(word, ())
    if not found and len(word) > 3 and word[0] in "لبك":
        wanted = "present" if word[0] == "ل" else "masdar"
        found = tuple(form for form in table.get(word[1:], ()) if form.shape == wanted)
    return found

"""Personal names: where a run of words that can name somebody begins and ends."""

from collections.abc import Sequence

from extract.adjuncts import closes_phrase
from extract.lexicon import cue_forms
from extract.nouns import classes, definite, first_names, is_verbal_noun, particles
from extract.tokens import Token

_LONGEST_NAME = 6


def ranks_end(row: Sequence[Token], at: int, end: int) -> int:
    """The end of the ranks and titles that begin at ``at``, each with the article or a single letter."""
    while (
        at < end
        and row[at].kind == "word"
        and opens_rank(row[at].text)
        and {"rank", "title"} & classes(row[at].text).keys()
    ):
        at += 1
    return at


def opens_rank(word: str) -> bool:
    """Whether a rank or title can stand before a name: with the article, or as its first letter (د. سامي)."""
    return definite(word) or len(word) == 1


def name_end(row: Sequence[Token], at: int, end: int) -> int:
    """The end of a personal name that begins at ``at``; ``at`` itself where there is none."""
    start = at
    while at < min(end, start + _LONGEST_NAME) and row[at].kind == "word":
        word = row[at].text
        if at > start and _ali(row, at, end):
            at += 1
            continue
        joined = at > start and (row[at - 1].text in particles("joiner") or word in particles("joined"))
        if not joined and at == start + 1 and definite(word) and not _complemented(row, at, end):
            return at + 1  # a family name, though it may be a common noun elsewhere
        if not joined:
            if closes_phrase(row, at, end) or word in particles("preposition") or word.isdigit():
                break
            known = word in first_names()
            plural = at == start and word.endswith("ين") and not definite(word)
            if not known and (plural or _common(word) or is_verbal_noun(word) or is_cue(word)):
                break
            if definite(word):
                # A family name with the article closes the name.
                return at + 1 if at > start else at
            rest = word[1:]
            if word[0] in "بلو" and len(word) > 3 and (definite(rest) or is_verbal_noun(rest) or classes(rest)):
                break
            if at > start and not known and word[0] == "ل" and len(word) > 5 and word.endswith("ه"):
                break  # قال فلان لصديقه
        at += 1
    return at


def _ali(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether علي is the name here and not the preposition: another name or a comma follows."""
    if row[at].text != "علي":
        return False
    return at + 1 >= end or row[at + 1].kind == "comma" or row[at + 1].text in first_names()


def _complemented(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether a definite word is a role with a complement (الناطق باسم)."""
    return at + 1 < end and row[at + 1].text in particles("complement")


def _common(word: str) -> bool:
    """Whether a word is a common noun or a plural of one (متطوعي المدينة), not a name."""
    bound_plural = word.endswith("ي") and not definite(word) and bool(classes(word[:-1]))
    return bound_plural or bool(classes(word))


def is_cue(word: str) -> bool:
    """Whether a word is a reporting verb or participle and no first name."""
    forms = cue_forms().get(word, ())
    return any(form.shape != "masdar" and not form.lemma.companions for form in forms) and word not in first_names()

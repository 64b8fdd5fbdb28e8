"""Frames: what brings in the content of a reporting cue, and what may stand between the two.

Works on the tokens of one sentence; positions are token positions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.adjuncts import COMPLEMENTIZERS, opens_adjunct
from extract.lexicon import Form, cue_forms
from extract.nouns import WORDS, adjuncts, classes, definite, first_names, is_verbal_noun, particles
from extract.tokens import Token, opening

Marker = Literal["clause", "speech", "preposition", "nominal", "behind"]
Chunk = tuple[int, int]
LONGEST_SUBJECT = 40
_DEEMING = frozenset({"عد", "اعتبر", "راي"})
OPENING_MARKS = frozenset('«“„‟≪‹"')
SHORT_QUOTATION = 2
_NAME_WORDS = 5


@dataclass(frozen=True)
class Attribution:
    """One report of speech by token positions.

    ``part`` is where the part of the sentence that belongs to it begins; ``content`` where the reported words
    begin; ``marker`` what brings them in ("behind": they stand before the cue). ``subject`` are the pieces of the
    speaker's noun phrase; ``channel`` passed the words on. ``relative``: a relative clause, ``initial``: a clause of
    its own and not one inside what is reported before.
    """

    cue: int
    form: Form
    part: int
    content: int
    marker: Marker
    subject: tuple[Chunk, ...]
    channel: tuple[Chunk, ...] = ()
    negated: bool = False
    relative: bool = False
    initial: bool = True


def cue_at(row: Sequence[Token], at: int) -> tuple[Form, ...]:
    """The cue forms that token ``at`` may be, read with and without a proclitic و ف ل ب."""
    token = row[at]
    if token.kind != "word":
        return ()
    if token.text.endswith(("ه", "ها")) and at and row[at - 1].text in ("ما", "بما", "مما"):
        return _forms(token.text) or _deeming(token.text)
    return _forms(token.text)


@lru_cache(WORDS)
def _deeming(word: str) -> tuple[Form, ...]:
    """The forms of a verb that says what something is taken for, with its object (عدّه، تعتبره)."""
    stem = word.removesuffix("ها").removesuffix("ه")
    return tuple(form for form in _forms(stem) if form.lemma.name in _DEEMING)


@opening
def may_report(word: str) -> bool:
    """Whether a word may be a cue, with or without proclitics and an object."""
    return bool(_forms(word) or (word.endswith(("ه", "ها")) and _deeming(word)))


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


def is_complementizer(row: Sequence[Token], at: int, form: Form) -> bool:
    """Whether token ``at`` is an أن/إن that the cue governs, alone or after one of its prepositions."""
    token = row[at]
    if token.kind != "word" or token.text not in COMPLEMENTIZERS:
        return False
    before = row[at - 1].text if at else ""
    if before in particles("blocking") or (
        before in particles("preposition") and before not in form.lemma.prepositions
    ):
        return False
    return form.lemma.clause or bool(form.lemma.prepositions)


def after_complementizer(row: Sequence[Token], at: int) -> int:
    """Where the content begins: a bare أن stays out, أنه is its first word."""
    return at + 1 if row[at].text in ("ان", "بان") else at


def is_speech(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether the quotation at ``at`` is said and not a name or a scare quote inside the sentence."""
    before = row[at - 1] if at else None
    if before is not None and before.kind == "word":
        if before.end == row[at].start or before.text in ("ل", "ب", "ك"):
            return False
        named = {"outlet", "organisation", "people", "role"} & classes(before.text).keys()
        if named and quoted_words(row[at]) <= 4:
            return False
        inside = before.text in particles("preposition") or before.text in ("خلال", "باسم", "عنوان", "بعنوان")
        if inside and at + 1 < end and row[at + 1].kind == "word":
            return False
    return quoted_words(row[at]) > SHORT_QUOTATION or at + 1 >= end or row[at + 1].kind == "mark"


def quoted_words(token: Token) -> int:
    """A lower bound of the words in a quotation, by its length: Arabic words and blanks take five letters or more."""
    return (token.end - token.start) // 5


def prepositional(row: Sequence[Token], at: int, form: Form, after_subject: bool = False) -> int | None:
    """Where the content begins if token ``at`` brings it in with a preposition of the lemma, else None.

    An attached ب may also be the first letter of a name, so what follows it must look like an object, unless
    ``after_subject`` rules a name out.
    """
    word = row[at].text
    if word in form.lemma.prepositions:
        if at + 1 < len(row) and row[at + 1].kind == "word" and row[at + 1].text in COMPLEMENTIZERS:
            return after_complementizer(row, at + 1)
        return at + 1
    for letter in ("ب", "ل"):
        if (
            letter in form.lemma.prepositions
            and word.startswith(letter)
            and len(word) > 2
            and not opens_adjunct(row, at, len(row))
        ):
            if word == letter + "ما":
                return at
            rest = word[2:] if word.startswith("لل") else word[1:]
            noun = definite(rest) or is_verbal_noun(rest) or possessed(rest) or bool(classes(rest))
            if noun or word.startswith("لل") or (after_subject and word not in first_names()):
                return at
    return None


def possessed(word: str) -> bool:
    """Whether a folded word ends like a noun with a possessive pronoun (دعمه، رفضها)."""
    return len(word) > 4 and word.endswith(("ه", "ها", "هم", "هما"))


def find_marker(row: Sequence[Token], start: int, form: Form) -> tuple[int, int, Marker] | None:
    """The first clause, colon or quotation that the cue can govern: (its token, content start, kind)."""
    end = min(len(row), start + LONGEST_SUBJECT)
    relative = False
    for at in range(start, end):
        token = row[at]
        if token.kind == "colon":
            if _is_clock(row, at):
                continue
            if row[at - 1].text in particles("listing"):
                return None
            return (at, at + 1, "speech")
        if token.kind == "quote" and (form.lemma.speech or form.lemma.clause) and is_speech(row, at, len(row)):
            if at == start and quoted_words(token) <= _NAME_WORDS and _clause_ahead(row, at + 1, end, form):
                continue
            return (at, at, "speech")
        if at > start and opens_speech(row, at) and form.lemma.speech:
            return (at, at, "speech")
        if is_complementizer(row, at, form):
            before = row[at - 1].text
            if relative and form.lemma.prepositions and before not in form.lemma.prepositions:
                continue
            return (at, after_complementizer(row, at), "clause")
        relative = relative or token.text in particles("relative")
        if token.kind == "mark" and token.text in "؟?!|":
            return None
        if breaks(row, at) and not (at > start and row[at].text.endswith("ا") and row[at - 1].kind == "word"):
            return None  # a participle without a comma only says how: وأضاف الوزير معقباً على كذا أن
    return None


def _clause_ahead(row: Sequence[Token], start: int, end: int, form: Form) -> bool:
    """Whether the clause that a cue governs comes soon, so that marks before it hold the speaker's name."""
    return any(is_complementizer(row, at, form) for at in range(start, min(end, start + 12)))


def opens_speech(row: Sequence[Token], at: int) -> bool:
    """Whether an opening mark that nothing closes stands at ``at``, set apart from the word before it."""
    token = row[at]
    if token.kind != "mark" or token.text not in OPENING_MARKS or at + 1 >= len(row):
        return False
    after = row[at + 1]
    return row[at - 1].kind == "word" and row[at - 1].end < token.start == after.start - 1 and after.kind == "word"


def _is_clock(row: Sequence[Token], at: int) -> bool:
    return 0 < at < len(row) - 1 and row[at - 1].text.isdigit() and row[at + 1].text.isdigit()


def breaks(row: Sequence[Token], at: int) -> bool:
    """Whether another report of its own begins at ``at``."""
    forms = cue_at(row, at)
    if row[at].text in particles("withholding") and withheld(row, at, len(row)):
        return False
    if any(
        form.shape == "participle" and row[at].text.endswith("ا") and participle_content(row, at, form)
        for form in forms
    ):
        return True
    if not any(form.shape in ("past", "present") for form in forms):
        return False
    before = row[at - 1]
    if before.kind == "word" and before.text in particles("relative"):
        return False
    if before.text == "ان" and at > 1 and row[at - 2].text in particles("blocking"):
        return True
    return before.kind == "comma" or row[at].text not in cue_forms()


def participle_content(row: Sequence[Token], at: int, form: Form) -> tuple[int, Marker] | None:
    """Where the content of the participle at ``at`` begins and what brings it in, None where it reports nothing."""
    before = row[at - 1] if at else None
    if row[at].text in particles("withholding") and withheld(row, at, len(row)):
        return None
    if before and before.kind == "word" and before.text in particles("preposition") | {"كل", "احد"}:
        return None
    end = min(len(row), at + 1 + LONGEST_SUBJECT)
    here = skip_adjuncts(row, at + 1, end, form)
    if here >= end:
        return None
    content: int | None = None
    kind: Marker = "clause"
    token = row[here]
    if token.kind == "colon":
        content, kind = here + 1, "speech"
    elif token.kind == "quote" and (form.lemma.nominal or is_speech(row, here, len(row))):
        content, kind = here, "speech"
    elif is_complementizer(row, here, form):
        content = after_complementizer(row, here)
    elif (content := prepositional(row, here, form, row[at].text.endswith("ا"))) is not None:
        kind = "preposition"
    elif row[at].text.endswith("ا") or form.lemma.nominal or (before and before.kind == "comma"):
        content, kind = _participle_object(row, here, end, form)
    if content is None or content >= len(row):
        return None
    feminine = row[at].text.endswith(("ه", "ات"))
    agreeing = before is not None and definite(before.text) and before.text.endswith(("ه", "ات"))
    if feminine and before and before.kind == "word" and (kind == "nominal" or (kind == "preposition" and agreeing)):
        return None
    return content, kind


def _participle_object(row: Sequence[Token], here: int, end: int, form: Form) -> tuple[int | None, Marker]:
    """The content after a participle with an object: معتبراً الاتفاق …، متهماً فلاناً بـ…، داعياً فلاناً إلى…"""
    if row[here].kind != "word" or row[here].text in particles("preposition") | particles("relative"):
        return None, "nominal"
    if form.lemma.prepositions and ("addressee" in form.lemma.flags or form.lemma.type == "accusation"):
        for place in range(here, min(end, here + 18)):
            if row[place].kind not in ("word", "quote", "aside"):
                break
            if row[place].kind == "word" and prepositional(row, place, form) is not None:
                return here, "preposition"
    if form.lemma.clause:
        for place in range(here, min(end, here + 8)):
            if row[place].kind not in ("word", "quote", "aside"):
                break
            if is_complementizer(row, place, form):
                return here, "clause"
    if form.lemma.nominal:
        return here, "nominal"
    return None, "nominal"


def opens_object(row: Sequence[Token], at: int) -> bool:
    """Whether an indefinite noun of action stands at ``at``: it begins an object and names nobody."""
    word = row[at].text
    if row[at].kind != "word" or definite(word):
        return False
    found = classes(word)
    if found and not found.keys() <= {"construct", "document"}:
        return False
    return is_verbal_noun(word)


def skip_adjuncts(row: Sequence[Token], at: int, end: int, form: Form | None = None) -> int:
    """The next token that is neither comma nor inside an adjunct (which a comma or a noun of action ends)."""
    while at < end:
        if row[at].kind == "comma":
            at += 1
        elif row[at].text in particles("withholding") and (hidden := withheld(row, at, end)):
            at = hidden
        elif opens_adjunct(row, at, end) and not (form and prepositional(row, at, form) is not None):
            word = row[at].text
            at += 1 if word in adjuncts()["time"] else 2
            if word in adjuncts()["time"]:
                while at < end and (row[at].text.isdigit() or row[at].text in ("/", "-", "الاول")):
                    at += 1
                continue
            while at < end and row[at].kind != "comma" and row[at].kind != "colon":
                if row[at].kind == "word" and row[at].text in COMPLEMENTIZERS:
                    return at
                if form and row[at].kind == "word" and _resumes(row, at, form):
                    return at
                at += 1
        else:
            return at
    return at


def _resumes(row: Sequence[Token], at: int, form: Form) -> bool:
    """Whether the content of a cue begins at ``at``, after an adjunct without a comma."""
    return prepositional(row, at, form) is not None or opens_object(row, at)


def withheld(row: Sequence[Token], at: int, end: int) -> int | None:
    """The end of رفض الكشف عن اسمه and the like, None where ``at`` begins no such clause."""
    return next((i + 1 for i in range(at + 1, min(end, at + 7)) if row[i].text in particles("withheld")), None)

"""Attributions: which words of a sentence report speech, who stands as their subject, where their content begins.

Works on the tokens of one sentence; quotations and asides are single tokens.
"""

from collections.abc import Sequence
from dataclasses import replace

from extract.adjuncts import COMPLEMENTIZERS
from extract.cues import cue_at, may_report
from extract.frames import (
    Attribution,
    Chunk,
    Marker,
    after_complementizer,
    is_speech,
    opens_object,
    opens_speech,
    participle_content,
    possessed,
    skip_adjuncts,
)
from extract.idioms import idiom_content
from extract.lexicon import Form
from extract.nouns import classes, definite, particles
from extract.phrases import read_phrase
from extract.subjects import appositions, part_start, sentence_subject
from extract.tokens import Row, Token
from extract.verbs import read_verb


def attributions(row: Row, strict: bool = False) -> list[Attribution]:
    """The attributions of a sentence in order. ``strict`` takes only clauses and speech, as inside a quotation."""
    found: list[Attribution] = []
    resumed = 0
    for at in row.opened_by(may_report):
        if at < resumed:
            continue
        read = next((a for form in cue_at(row, at) if (a := _read(row, at, form, strict))), None)
        if read is not None:
            if not strict and not found and not read.subject and not read.relative:
                read = replace(read, subject=sentence_subject(row, at, read.form))
            found.append(read)
            if read.marker != "behind":
                resumed = read.content
                if read.marker == "nominal" and _announced(row, read.content):
                    resumed += 1
            if read.marker == "speech" and read.content + 1 < len(row) and opens_speech(row, read.content):
                resumed = read.content + 2  # the first word of speech reports nothing
    return found


def _announced(row: Sequence[Token], content: int) -> bool:
    """Whether the noun of action that opens an object is what is announced, and no report of its own (مواصلة «…»)."""
    quoted = content + 1 < len(row) and row[content + 1].kind == "quote"
    return content < len(row) and (quoted or not possessed(row[content].text))


def _read(row: Sequence[Token], at: int, form: Form, strict: bool) -> Attribution | None:
    if form.shape == "participle":
        return _participle(row, at, form)
    if form.shape == "masdar":
        return _masdar(row, at, form)
    if form.first_person:
        return None
    return read_verb(row, at, form, strict)


def _participle(row: Sequence[Token], at: int, form: Form) -> Attribution | None:
    """مؤكداً أن، مشيراً إلى: the speaker is that of the sentence so far."""
    if form.lemma.companions:
        idiom = idiom_content(row, at, form)
        found = idiom[1:] if idiom and row[at].text.endswith(("ا", "ه", "ين")) else None
    else:
        found = participle_content(row, at, form)
    return Attribution(at, form, part_start(row, at), *found, ()) if found else None


def _masdar(row: Sequence[Token], at: int, form: Form) -> Attribution | None:
    """قوله إن، تأكيده أن؛ and إعلان X أن، التأكيد على أن: a clause or speech must follow at once."""
    word = row[at].text
    if at and row[at - 1].text in particles("remarking"):
        return None  # وتجدر الإشارة إلى أن: the reporter's own formula
    bound = possessed(word) and not definite(word)
    here = at + 1
    if not bound and not definite(word):
        phrase = read_phrase(row, here, min(len(row), here + 12))
        here = phrase.end if phrase.empty else appositions(row, phrase, min(len(row), here + 20))
    subject: tuple[Chunk, ...] = ((at + 1, here),) if here > at + 1 else ()
    here = _past_parenthesis(row, skip_adjuncts(row, here, min(len(row), here + 20), form), form)
    if here >= len(row):
        return None
    by_preposition = row[here].kind == "word" and row[here].text in form.lemma.prepositions
    if by_preposition:
        here += 1
    if here >= len(row):
        return None
    kind: Marker
    if row[here].kind == "word" and row[here].text in COMPLEMENTIZERS:
        content, kind = after_complementizer(row, here), "clause"
    elif (bound and row[here].kind == "colon") or (
        row[here].kind == "quote" and bound and is_speech(row, here, len(row))
    ):
        content, kind = here + (row[here].kind == "colon"), "speech"
    elif by_preposition and ((subject and row[here - 1].text == "عن") or (word[0] == "ب" and row[here].kind == "word")):
        # إعلان X عن كذا; اختتم بالتأكيد على كذا
        content, kind = here, "preposition"
    elif subject and form.lemma.nominal and opens_object(row, here) and _speaking(row, at + 1):
        content, kind = here, "nominal"  # بعد إعلان الجماعة فرض حظر
    else:
        return None
    if content >= len(row):
        return None
    part = part_start(row, at)
    return Attribution(at, form, part, content, kind, subject, relative=not bound and not subject)


_LONGEST_PARENTHESIS = 10  # tokens


def _past_parenthesis(row: Sequence[Token], here: int, form: Form) -> int:
    """Behind «، بالتنسيق مع كذا،» where what the cue governs stands there."""
    end = min(len(row) - 1, here + _LONGEST_PARENTHESIS)
    if here < len(row) and row[here - 1].kind == "comma" and row[here].text.startswith(("ب", "ل")):
        comma = next((at for at in range(here, end) if row[at].kind == "comma"), None)
        if comma is not None:
            word = row[comma + 1].text
            return comma + 1 if word in form.lemma.prepositions or word in COMPLEMENTIZERS else here
    return here


def _speaking(row: Sequence[Token], at: int) -> bool:
    return not {"organisation", "role", "people", "rank", "title", "source"}.isdisjoint(classes(row[at].text))


def following_parts(row: Sequence[Token], found: Sequence[Attribution]) -> list[int]:
    """For each attribution where the part of the next one in a clause of its own begins, else the row's end."""
    out: list[int] = []
    ahead = [(one.cue, one.part) for one in found if one.initial]
    at = 0
    for one in found:
        while at < len(ahead) and ahead[at][0] <= one.content:
            at += 1
        out.append(ahead[at][1] if at < len(ahead) else len(row))
    return out

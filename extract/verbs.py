"""Finite verbs as cues: قال المتحدث إن، الوزارة أعلنت أن، الذي أكد أن.

Arabic puts the verb first, headlines and relative clauses the subject; what stands around the verb tells which.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.adjuncts import closes_phrase
from extract.frames import SHORT_QUOTATION, Attribution, Chunk, Marker, find_marker, possessed, quoted_words, withheld
from extract.idioms import idiom_content
from extract.lexicon import Form, cue_forms
from extract.nouns import classes, definite, is_verbal_noun, particles
from extract.objects import fits, object_of, object_within, reads_through
from extract.phrases import read_phrase
from extract.subjects import (
    antecedent_of,
    is_indefinite_document,
    issuer,
    part_start,
    preceding,
    speaker_follows,
    subject_between,
    topic,
)
from extract.tokens import Token

_PERFECT = frozenset({"قد", "فقد", "وقد", "لقد", "ولقد"})
_LOOSE_RELATIVES = frozenset({"ما", "مما", "بما", "من"})
# يُذكر أن، يُشار إلى أن: the reporter's own formulas.
_FORMULAS = frozenset({"ذكر", "اشار"})


@dataclass(frozen=True)
class _Setting:
    """What stands before a verb. ``before`` is the last token that is neither auxiliary nor negation, -1 for none.

    ``bounded``: a mark or the sentence's start stands there; ``initial``: the verb opens a clause of its own;
    ``topic``: the noun phrase before the verb that may be its subject.
    """

    before: int
    negated: bool
    relative: bool
    proclitic: bool
    bounded: bool
    initial: bool
    part: int
    topic: Chunk | None


def read_verb(row: Sequence[Token], at: int, form: Form, strict: bool) -> Attribution | None:
    """The report of the finite verb at ``at``, None where it reports nothing. ``strict`` wants a clause or speech."""
    if row[at].text in particles("withholding") and withheld(row, at, len(row)):
        return None
    setting = _setting(row, at, form)
    if setting is None:
        return None
    if deemed := _deemed(row, at, form, setting):
        return deemed
    if "appeared" in form.lemma.flags:
        return _appeared(row, at, form, setting)
    governed = _governed(row, at, form, setting, strict)
    if governed is None or _interrupts(row, at, setting, governed):
        return _behind(row, at, form, strict)
    subject_end, content, kind = governed
    if content >= len(row) and kind != "speech":
        return None
    noun_phrase = kind in ("nominal", "preposition")
    if particles("prayed") & {token.text for token in row[at + 1 : content]} and _prays(row, at, content):
        return None
    object_told = possessed(row[content].text) and "action" not in form.lemma.flags if content < len(row) else False
    if noun_phrase and setting.relative and not object_told:
        return None
    subject, channel = _speaker(row, at, subject_end, form, setting)
    formula = form.shape == "present" and form.gender == "m" and kind == "clause" and form.lemma.name in _FORMULAS
    if formula and not subject:
        return None
    if noun_phrase and not fits(row, content, form, subject):
        return None
    # A verb right after a comma with nobody after it goes on with a clause that began before.
    goes_on = setting.before >= 0 and row[setting.before].kind == "comma" and not setting.proclitic and not subject
    initial = setting.initial and not goes_on
    return Attribution(
        at, form, setting.part, content, kind, subject, channel, setting.negated, setting.relative, initial
    )


def _interrupts(row: Sequence[Token], at: int, setting: _Setting, governed: tuple[int, int, Marker]) -> bool:
    """Whether the verb stands between two halves of one quotation («…»، قال X، «…»)."""
    opening = at > 0 and row[0].kind == "quote" and all(token.kind in ("comma", "mark") for token in row[1:at])
    return opening and not setting.proclitic and governed[1] < len(row) and row[governed[1]].kind == "quote"


def _setting(row: Sequence[Token], at: int, form: Form) -> _Setting | None:
    if at and row[at - 1].text in particles("determiner"):
        return None  # أي توجه، كل طلب: a noun
    if at > 1 and form.shape == "present" and row[at - 1].text == "ان" and row[at - 2].text != "قبل":
        return None  # يستطيع أن يعد: nobody has said it yet
    if at and row[at - 1].text in ("سوف", "وسوف"):
        return None
    negated = at > 0 and row[at - 1].text in particles("negation")
    if form.negated_only and not negated:
        return None
    before = at - 1
    while before >= 0 and row[before].text in particles("auxiliary") | particles("negation"):
        before -= 1
    word = row[before].text if before >= 0 and row[before].kind == "word" else ""
    relative = word in particles("relative") | _LOOSE_RELATIVES
    if not relative and _plain(word) in particles("preposition"):
        return None
    proclitic = row[at].text not in cue_forms()
    bounded = before < 0 or row[before].kind in ("comma", "colon", "mark")
    initial = bounded or proclitic or word in particles("connector")
    certain = word in particles("relative") or (at > 0 and row[at - 1].text in _PERFECT)
    known = certain or (initial and speaker_follows(row, at + 1, form.gender))
    if row[at].text in particles("particle") and not known:
        return None
    part = part_start(row, before + 1)
    found = None if initial else preceding(row, before + 1)
    if word in particles("subordinate") and before > 0 and row[before - 1].kind == "word":
        initial = False
    if found is not None:
        part = part_start(row, found[0])
        conjoined = row[part].text[0] == "و" or row[part].text in particles("connector")
        initial = part == 0 or (row[part - 1].kind in ("comma", "colon", "mark") and conjoined)
    elif before >= 0 and row[before].kind == "comma" and not proclitic:
        found = topic(row, before)
    return _Setting(before, negated, relative, proclitic, bounded, initial, part, found)


def _governed(
    row: Sequence[Token], at: int, form: Form, setting: _Setting, strict: bool
) -> tuple[int, int, Marker] | None:
    """(end of the subject, start of the content, kind): the noun phrase or the clause, whichever comes first."""
    lemma = form.lemma
    if lemma.companions:
        return idiom_content(row, at, form)
    weak = "weak" in lemma.flags
    marker = find_marker(row, at + 1, form)
    if marker is not None and (weak or "action" in lemma.flags) and not reads_through(row, at + 1, marker[0], form):
        marker = None
    if not strict and not weak and (lemma.nominal or lemma.prepositions):
        plural = setting.before >= 0 and row[setting.before].text in particles("plural-relative") and form.plural
        pronoun = setting.before >= 0 and row[setting.before].text in particles("pronoun-connector")
        subject_known = plural or pronoun or (setting.topic is not None and not setting.bounded)
        found = object_of(row, at, form, subject_known)
        if found is None and marker is None and not subject_known and not setting.relative:
            found = object_within(row, at, form)
        if found is not None and (marker is None or found[1] < marker[0] - 1 or _lone_object(row, found, marker, form)):
            return found
    return marker


def _lone_object(
    row: Sequence[Token], found: tuple[int, int, Marker], marker: tuple[int, int, Marker], form: Form
) -> bool:
    """Whether one word before the marker is the object: أعلنت مواصلة «…»، وصف اللقاء بأنه مثمر."""
    content = found[1]
    if content + 1 != marker[0]:
        return False
    if row[marker[0]].kind == "quote":
        return is_verbal_noun(row[content].text)
    return "object" in form.lemma.flags and found[0] == content and definite(row[content].text)


def _speaker(
    row: Sequence[Token], at: int, end: int, form: Form, setting: _Setting
) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """The pieces of the speaker's phrase, after the verb or before it, and the channel's."""
    while end > at + 1 and row[end - 1].text in form.lemma.prepositions:
        end -= 1
    subject, channel = subject_between(row, at + 1, end, form)
    if subject:
        return subject, channel
    if setting.relative:
        return antecedent_of(row, setting.before), channel
    if setting.before >= 0 and is_indefinite_document(row[setting.before].text):
        return issuer(row, setting.before), channel
    return ((setting.topic,) if setting.topic else ()), channel


def _prays(row: Sequence[Token], at: int, content: int) -> bool:
    """دعا الشيخ الله أن: God is called upon, and His name is no part of a person's."""
    return any(
        row[i].text in particles("prayed") and (i == at + 1 or definite(row[i - 1].text))
        for i in range(at + 1, content)
    )


def _plain(word: str) -> str:
    """A word without the conjunction و or ف before it, where the rest is a preposition."""
    return word[1:] if word[:1] in ("و", "ف") and word[1:] in particles("preposition") else word


def _deemed(row: Sequence[Token], at: int, form: Form, setting: _Setting) -> Attribution | None:
    """وهو ما عدّه تقدماً، ما تعتبره الحكومة بداية لـ…: what somebody takes the words before it for."""
    if at == 0 or not row[at].text.endswith(("ه", "ها")) or row[at - 1].text not in _LOOSE_RELATIVES:
        return None
    if row[at].text in cue_forms() or row[at].text[1:] in cue_forms():
        return None
    phrase = read_phrase(row, at + 1, len(row)) if at + 1 < len(row) and definite(row[at + 1].text) else None
    here = phrase.end if phrase and not phrase.empty else at + 1
    if here >= len(row) or row[here].kind != "word" or definite(row[here].text) or closes_phrase(row, here, len(row)):
        return None
    subject = ((phrase.start, phrase.end),) if phrase and here > at + 1 else ()
    return Attribution(at, form, setting.part, here, "nominal", subject)


def _appeared(row: Sequence[Token], at: int, form: Form, setting: _Setting) -> Attribution | None:
    """جاء في بيان لـX أن: the document speaks, or whoever stands after ل in its phrase."""
    if at + 2 >= len(row) or row[at + 1].text != "في" or "document" not in classes(row[at + 2].text):
        return None
    marker = find_marker(row, at + 3, form)
    if marker is None:
        return None
    subject: Chunk = (at + 2, marker[0])
    for i in range(at + 3, marker[0]):
        if row[i].kind == "comma":
            subject = (subject[0], i)
            break
    issuer = next(
        (
            i
            for i in range(at + 3, subject[1])
            if row[i].text.startswith("لل") or (row[i].text[0] == "ل" and classes(row[i].text[1:]))
        ),
        None,
    )
    chunks = (subject,) if issuer is None else ((issuer, subject[1]),)
    return Attribution(at, form, setting.part, marker[1], marker[2], chunks)


def _behind(row: Sequence[Token], at: int, form: Form, strict: bool) -> Attribution | None:
    """«…»، قال X: the words stand before the verb, the subject runs to the end of the clause."""
    if strict or not form.lemma.speech:
        return None
    place = at - 1
    while place >= 0 and (
        row[place].kind in ("comma", "mark") or row[place].text in particles("auxiliary") | {"كما", "هكذا"}
    ):
        place -= 1
    if place < 0 or row[place].kind != "quote" or quoted_words(row[place]) <= SHORT_QUOTATION:
        return None
    if row[at].text not in cue_forms():
        return None
    phrase = read_phrase(row, at + 1, len(row))
    subject: tuple[Chunk, ...] = () if phrase.empty else ((phrase.start, phrase.end),)
    return Attribution(at, form, place, place, "behind", subject)

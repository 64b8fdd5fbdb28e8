"""Objects: content that is a noun phrase or stands after a preposition (نفى وجود، دعا فلاناً إلى، شدد على ضرورة)."""

from collections.abc import Sequence
from dataclasses import replace

from extract.adjuncts import COMPLEMENTIZERS
from extract.cues import cue_at
from extract.frames import LONGEST_SUBJECT, Chunk, Marker, breaks, opens_object, prepositional, skip_adjuncts
from extract.lexicon import Form
from extract.nouns import bare, classes, definite, first_names, is_verbal_noun, particles
from extract.phrases import Phrase, read_phrase
from extract.subjects import adjunct_chunk, appositions, is_indefinite_document, speaker_follows
from extract.tokens import Token


def object_of(row: Sequence[Token], at: int, form: Form, subject_known: bool) -> tuple[int, int, Marker] | None:
    """(end of the subject, start of the content, kind) of a cue with a noun phrase or preposition, else None."""
    lemma = form.lemma
    end = min(len(row), at + 1 + LONGEST_SUBJECT)
    here = skip_adjuncts(row, at + 1, end, form)
    if not subject_known and here < end and row[here].kind == "word":
        direct = prepositional(row, here, form)
        if direct is None and not (opens_object(row, here) and lemma.nominal):
            phrase = read_phrase(row, here, end)
            if phrase.empty and row[here].text not in particles("demonstrative"):
                return None
            if phrase.empty:
                # وعزا ذلك إلى: the object is a pronoun, the subject dropped.
                phrase = replace(phrase, end=here + 1)
            lonely = phrase.end < end and _is_object(row, phrase.end, form)
            if not lonely and not ("addressee" in lemma.flags and _addressed(row, here, phrase)):
                here = appositions(row, phrase, end)
    subject_end = here
    here = skip_adjuncts(row, _past_modifier(row, here, end), end, form)
    if here >= end:
        return None
    passive = subject_known or row[here].text[0] == "ب"  # الأطفال يُتهمون بكذا، واتُّهم بكذا
    if "object" in lemma.flags and passive and here == at + 1 and prepositional(row, here, form) is not None:
        return None
    if lemma.prepositions:
        with_object = not lemma.flags.isdisjoint(("addressee", "object"))
        limit = min(end, here + (18 if with_object else 1 if lemma.nominal else 5))
        for place in range(here, limit):
            if row[place].kind not in ("word", "quote", "aside") or (place > here and breaks(row, place)):
                break
            if place > here and not with_object and place > subject_end and _tightened(row, here, subject_end):
                break
            if (
                row[place].kind == "word"
                and (content := prepositional(row, place, form, place > at + 1 or form.plural)) is not None
            ):
                keeps_object = place > here and with_object
                return (subject_end, here if keeps_object else content, "preposition")
    if lemma.nominal and row[here].kind in ("word", "quote") and not _is_preposition(row[here]):
        if row[here].kind == "word" and row[here].text in COMPLEMENTIZERS:
            return None
        strong = row[here].kind == "quote" or opens_object(row, here) or definite(row[here].text) or subject_known
        if here == at + 1 and not subject_known:
            strong = opens_object(row, here)
        if strong or here > subject_end or "weak" not in lemma.flags:
            return (subject_end, here, "nominal")
    return None


def object_within(row: Sequence[Token], at: int, form: Form) -> tuple[int, int, Marker] | None:
    """The same where the noun phrase after the cue runs on over the object: شكك النائب | في نزاهة الاقتراع.

    A cue that must have an object leaves only the head of the phrase and its adjectives to the subject.
    """
    end = min(len(row), at + 1 + LONGEST_SUBJECT)
    here = skip_adjuncts(row, at + 1, end, form)
    if here >= end or row[here].kind != "word" or not _SPEAKING & classes(row[here].text).keys():
        return None
    phrase = read_phrase(row, here, end)
    cut = here + 1
    while (
        cut < phrase.end and row[cut].kind == "word" and definite(row[cut].text) and row[cut].text.endswith(_ADJECTIVE)
    ):
        cut += 1
    for place in range(cut, phrase.end):
        word = row[place].text
        if row[place].kind != "word":
            return None
        if word in form.lemma.prepositions and place + 1 < end:
            return (place, place + 1, "preposition")
        if word[0] == "ب" and "ب" in form.lemma.prepositions and len(word) > 3 and word not in first_names():
            return (place, place, "preposition")
    if form.lemma.nominal and cut < phrase.end and definite(row[here].text) and row[cut].text not in first_names():
        return (cut, cut, "nominal")
    return None


_SPEAKING = frozenset({"role", "organisation", "people", "rank", "title"})
_ADJECTIVE = ("ي", "يه")


def _tightened(row: Sequence[Token], here: int, subject_end: int) -> bool:
    """Whether an object of another sense stands right after the subject: شددت الشرطة | الحراسة على المصرف."""
    return (
        here == subject_end
        and row[here].kind == "word"
        and definite(row[here].text)
        and is_verbal_noun(bare(row[here].text))
    )


_LONGEST_MODIFIER = 10  # tokens


def _past_modifier(row: Sequence[Token], here: int, end: int) -> int:
    """The comma after what still describes the subject: الحوثيون في اليمن، / أنصار الحركة التي …، Else ``here``."""
    if here >= end or row[here].kind != "word":
        return here
    relative = row[here].text in particles("relative")
    if not relative and row[here].text not in ("في", "من"):
        return here
    limit = here + (_LONGEST_MODIFIER if relative else 4)
    comma = next((at for at in range(here, min(end, limit)) if row[at].kind != "word"), None)
    if comma is None or row[comma].kind != "comma":
        return here
    return here if any(breaks(row, at) for at in range(here + 1, comma)) else comma


def _is_object(row: Sequence[Token], after: int, form: Form) -> bool:
    """Whether the only noun phrase before token ``after`` is the object that the verb must have."""
    if "responsibility" in form.lemma.flags:
        return row[after].text in particles("responsibility")
    return "object" in form.lemma.flags and prepositional(row, after, form) is not None


def _addressed(row: Sequence[Token], at: int, phrase: Phrase) -> bool:
    """Whether the noun phrase right after the verb is whom it addresses, its subject being dropped."""
    word = row[at].text
    plural = definite(word) and word.endswith("ين") and phrase.head != "role"
    return plural or (phrase.head == "people" and not word.endswith("ون"))


LONGEST_OBJECT = 8  # tokens


def _is_preposition(token: Token) -> bool:
    return token.kind == "word" and (token.text in particles("preposition") or token.text in particles("relative"))


def fits(row: Sequence[Token], content: int, form: Form, subject: tuple[Chunk, ...]) -> bool:
    """Whether a noun phrase can be what this lemma reports."""
    flags = form.lemma.flags
    if "action" in flags and not _is_action(row, content, form):
        return False
    near = (token.text for token in row[content : content + 8])
    if "responsibility" in flags and particles("responsibility").isdisjoint(near):
        return False
    strict = "strict" in flags and (form.shape == "present" or "action" in flags)
    if strict or "responsibility" in flags:
        return (bool(subject) and speaker_follows(row, subject[0][0])) or (not subject and form.shape == "past")
    return True


def _is_action(row: Sequence[Token], content: int, form: Form) -> bool:
    """Whether an action is what the cue reports: بدء التحقيق، بالسجن، على مواصلة العمل، الشركة بدفع تعويض."""
    if "object" in form.lemma.flags:
        ahead = range(content, min(len(row), content + LONGEST_OBJECT))
        content = next((at for at in ahead if prepositional(row, at, form) == at), content)
    word = row[content].text
    if opens_object(row, content) or (word[0] == "ب" and (definite(word[1:]) or is_verbal_noun(word[1:]))):
        return True
    return _is_preposition(row[content - 1]) and is_verbal_noun(bare(word))


_LONGEST_PLAIN = 8  # words of a subject that the lexicon does not know


def _plain(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether the words up to the content can be one noun phrase: none of them begins or joins a clause."""
    if not 1 < end - at <= _LONGEST_PLAIN or any(token.kind != "word" for token in row[at:end]):
        return False
    closing = particles("preposition") | particles("relative") | particles("negation") | particles("auxiliary")
    for place in range(at, end):
        word = row[place].text
        if word in closing or word in COMPLEMENTIZERS:
            return False
        if any(form.shape in ("past", "present") for form in cue_at(row, place)) and word not in first_names():
            return False
    return True


def _circumstance(row: Sequence[Token], at: int) -> bool:
    """Whether a participle says how the speaker spoke: وأضاف الوزير معقباً على كذا أن."""
    return row[at].text.endswith("ا") and any(form.shape == "participle" for form in cue_at(row, at))


def reads_through(row: Sequence[Token], start: int, end: int, form: Form) -> bool:
    """Whether only a subject and adjuncts stand between a weak cue and what it should govern."""
    at = start
    named = addressed = False
    while at < end:
        here = skip_adjuncts(row, at, end, form)
        if here >= end:
            return True
        if row[here].kind == "word" and row[here].text in form.lemma.prepositions | {"ب", "ل"}:
            return here + 1 >= end or row[here + 1].kind == "quote" or adjunct_chunk(row, here, end)
        if named and "document" in form.lemma.flags and is_indefinite_document(row[here].text):
            return all(token.kind == "word" for token in row[here + 1 : end])
        if named and "addressee" in form.lemma.flags and definite(row[here].text) and not addressed:
            addressed = True
            at = read_phrase(row, here, end).end
            continue
        if named and row[here - 1].kind != "comma":
            return adjunct_chunk(row, here, end) or _circumstance(row, here)
        phrase = read_phrase(row, here, end)
        if not named and _plain(row, here, end):
            return True
        if phrase.empty:
            return adjunct_chunk(row, here, end)
        named = True
        at = phrase.end
    return True

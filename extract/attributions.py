"""Attributions: which cue reports speech, who stands as its subject, and where its content begins.

Works on the tokens of one sentence and yields token positions; quotations and asides are single tokens.
Arabic puts the verb first (قال X إن …), headlines and relative clauses the subject (X يعلن …).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.lexicon import Form, cue_forms
from extract.nouns import adjuncts, bare, classes, definite, first_names, is_verbal_noun
from extract.phrases import COMPLEMENTIZERS, PREPOSITIONS, QUOTED, RELATIVES, Phrase, closes_phrase, opens_adjunct, read_phrase
from extract.tokens import Token

Marker = Literal["clause", "speech", "preposition", "nominal", "behind"]
Chunk = tuple[int, int]

_AUXILIARIES = frozenset("قد لقد كان كانت كانوا وقد فقد ولقد وكان وكانت فيما سبق".split())
_NEGATIONS = frozenset("لم لا لن ما ولم ولا ولن فلم فلا".split())
_CONNECTORS = frozenset(
    "كما فيما بينما حيث اذ عندما حين حينما ثم لكن بعدما حسبما مثلما فقد وكما وفيما وبينما وحيث واذ ولكن "
    "بل غير الا بعد قبل وقت ان وان انه وانه هذا وهذا ايضا بدوره بدورها بدورهم وبدوره وبدورها وايضا كذلك وكذلك"
    .split()
)  # fmt: skip
_BLOCKING = frozenset(
    "الا غير رغم حيث مع بما كما قبل بعد دون لولا منذ ريثما لمجرد سوي ولو اذ بعدما برغم بيد طالما حتي لا امل شرط اساس "
    "اعتبار باعتبار الممكن المقرر المتوقع المرجح شانه شانها الضروري المفترض المحتمل المومل يمكن يجب ينبغي يتوقع بد بحجه "
    "بذريعه اجل قصد لدرجه خشيه خاصه سيما لاسيما كل احتمال ضروره امكانيه اهميه يفترض المستحيل الصعب الاجدر بدل بدلا سبق".split()
)
# Words that are a cue only at the head of a clause with a speaker beside them.
_PARTICLES = frozenset("بين عبر هنا دون عد نقل كشف وعد حكم حمل".split())
_ISSUING = frozenset("اصدر اصدرت نشر نشرت وجه وجهت القي القت بث بثت ارسل ارسلت كتب كتبت".split())
_PLURAL_RELATIVES = frozenset("الذين اللذان اللذين اللتان اللتين اللواتي".split())
_WITHHOLDING = frozenset("فضل فضلت رفض رفضت طلب طلبت اشترط اشترطت لم فضلوا رفضوا طلبوا طالبا طالبه رافضا رافضه مفضلا مفضله".split())
UNNAMED = frozenset("هويته هويتها هويتهم اسمه اسمها اسمهم اسمائهم اسمايهم".split())
_LONGEST_SUBJECT = 40
_LONGEST_ANTECEDENT = 20
_SHORT_QUOTATION = 2


@dataclass(frozen=True)
class Attribution:
    """One report of speech by token positions.

    ``part`` is where the part of the sentence that belongs to it begins; ``content`` where the reported words
    begin; ``marker`` what brings them in ("behind": they stand before the cue). ``subject`` are the pieces of the
    speaker's noun phrase, ``before`` tells that it stands before the verb. ``channel`` passed the words on.
    """

    cue: int
    form: Form
    part: int
    content: int
    marker: Marker
    subject: tuple[Chunk, ...]
    before: bool = False
    channel: tuple[Chunk, ...] = ()
    negated: bool = False
    relative: bool = False
    initial: bool = True


def cue_at(row: Sequence[Token], at: int) -> tuple[Form, ...]:
    """The cue forms that token ``at`` may be, read with and without a proclitic و ف ل ب."""
    token = row[at]
    if token.kind != "word":
        return ()
    table = cue_forms()
    word = token.text
    found = table.get(word)
    if found is None and word[0] in "وف" and len(word) > 3:
        word = word[1:]
        found = table.get(word)
    if found is None and len(word) > 3 and word[0] in "لبك":
        wanted = "present" if word[0] == "ل" else "masdar"
        found = tuple(form for form in table.get(word[1:], ()) if form.shape == wanted)
    return found or ()


def attributions(row: Sequence[Token], strict: bool = False) -> list[Attribution]:
    """The attributions of a sentence in order. ``strict`` takes only clauses and speech, as inside a quotation."""
    found: list[Attribution] = []
    at = 0
    while at < len(row):
        forms = cue_at(row, at)
        read = next((a for form in forms if (a := _read(row, at, form, strict))), None)
        if read is not None:
            if read.form.shape == "participle" and not found:
                read = replace(read, subject=sentence_subject(row, at))
            found.append(read)
            if read.marker != "behind":
                at = max(at, min(read.content, len(row)) - 1)
        at += 1
    return found


def _read(row: Sequence[Token], at: int, form: Form, strict: bool) -> Attribution | None:
    if form.shape == "participle":
        return _participle(row, at, form)
    if form.shape == "masdar":
        return _masdar(row, at, form)
    return _verb(row, at, form, strict)


# --- where the content begins -----------------------------------------------------------------------------


def _complementizer(row: Sequence[Token], at: int, form: Form) -> bool:
    token = row[at]
    if token.kind != "word" or token.text not in COMPLEMENTIZERS:
        return False
    before = row[at - 1].text if at else ""
    if before in _BLOCKING or (before in PREPOSITIONS and before not in form.lemma.prepositions):
        return False
    return form.lemma.clause or bool(form.lemma.prepositions)


def _after_complementizer(row: Sequence[Token], at: int) -> int:
    """Where the content begins: a bare أن stays out, أنه is its first word."""
    return at + 1 if row[at].text in ("ان", "بان") else at


def _is_speech(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether the quotation at ``at`` is said and not a name or a scare quote inside the sentence."""
    before = row[at - 1] if at else None
    if before is not None and before.kind == "word":
        if before.end == row[at].start or before.text in ("ل", "ب", "ك"):
            return False
        if {"outlet", "organisation"} & classes(before.text).keys() and _quoted_words(row[at]) <= 4:
            return False
    return _quoted_words(row[at]) > _SHORT_QUOTATION or at + 1 >= end or row[at + 1].kind == "mark"


def _quoted_words(token: Token) -> int:
    """A lower bound of the words in a quotation, by its length: Arabic words and blanks take five letters or more."""
    return (token.end - token.start) // 5


def _prepositional(row: Sequence[Token], at: int, form: Form) -> int | None:
    """Where the content begins if token ``at`` brings it in with a preposition of the lemma, else None."""
    word = row[at].text
    if word in form.lemma.prepositions:
        if at + 1 < len(row) and row[at + 1].kind == "word" and row[at + 1].text in COMPLEMENTIZERS:
            return _after_complementizer(row, at + 1)
        return at + 1
    for letter in ("ب", "ل"):
        if letter in form.lemma.prepositions and word.startswith(letter) and len(word) > 2 and not opens_adjunct(row, at, len(row)):
            if word == letter + "ما":
                return at
            rest = word[2:] if word.startswith("لل") else word[1:]
            if definite(rest) or word.startswith("لل") or is_verbal_noun(rest) or _possessed(rest) or classes(rest):
                return at
    return None


def _possessed(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ه", "ها", "هم", "هما"))


def _marker(row: Sequence[Token], start: int, form: Form) -> tuple[int, int, Marker] | None:
    """The first clause, colon or quotation that the cue can govern: (its token, content start, kind)."""
    end = min(len(row), start + _LONGEST_SUBJECT)
    relative = False
    for at in range(start, end):
        token = row[at]
        if token.kind == "colon":
            if _is_clock(row, at):
                continue
            return (at, at + 1, "speech")
        if token.kind == "quote" and (form.lemma.speech or form.lemma.clause) and _is_speech(row, at, len(row)):
            return (at, at, "speech")
        if _complementizer(row, at, form):
            before = row[at - 1].text
            if relative and form.lemma.prepositions and before not in form.lemma.prepositions:
                continue
            return (at, _after_complementizer(row, at), "clause")
        relative = relative or token.text in RELATIVES
        if token.kind == "mark" and token.text in "؟?!|":
            return None
        if _breaks(row, at):
            return None
    return None


def _is_clock(row: Sequence[Token], at: int) -> bool:
    return 0 < at < len(row) - 1 and row[at - 1].text.isdigit() and row[at + 1].text.isdigit()


def _breaks(row: Sequence[Token], at: int) -> bool:
    """Whether another report of its own begins at ``at``."""
    forms = cue_at(row, at)
    if any(form.shape == "participle" and row[at].text.endswith("ا") and _participle(row, at, form) for form in forms):
        return True
    if not any(form.shape in ("past", "present") for form in forms):
        return False
    before = row[at - 1]
    if before.kind == "word" and before.text in RELATIVES:
        return False
    if before.text == "ان" and at > 1 and row[at - 2].text in _BLOCKING:
        return True
    return before.kind == "comma" or row[at].text not in cue_forms()


# --- the three shapes of a cue ----------------------------------------------------------------------------


def _verb(row: Sequence[Token], at: int, form: Form, strict: bool) -> Attribution | None:
    lemma = form.lemma
    if row[at].text in _WITHHOLDING and _withheld(row, at, len(row)):
        return None
    before = at - 1
    negated = before >= 0 and row[before].text in _NEGATIONS
    if form.negated_only and not negated:
        return None
    while before >= 0 and row[before].kind == "word" and row[before].text in (_AUXILIARIES | _NEGATIONS):
        before -= 1
    relative = before >= 0 and row[before].kind == "word" and (row[before].text in RELATIVES or row[before].text in ("ما", "مما", "بما", "من"))
    if before >= 0 and row[before].kind == "word" and _plain(row[before].text) in PREPOSITIONS and not relative:
        return None
    proclitic = row[at].text not in cue_forms()
    bounded = before < 0 or row[before].kind in ("comma", "colon", "mark")
    initial = bounded or proclitic or row[before].text in _CONNECTORS
    if row[at].text in _PARTICLES and not (initial and _speaker_follows(row, at + 1)):
        return None
    part = _part_start(row, before + 1)
    antecedent = None if initial else _before(row, before + 1)
    if antecedent is not None:
        part = _part_start(row, antecedent[0])
        conjoined = row[part].text[0] == "و" or row[part].text in _CONNECTORS
        initial = part == 0 or row[part - 1].kind in ("comma", "colon", "mark") and conjoined
    if bounded and not proclitic and before >= 0 and row[before].kind == "comma" and not relative:
        antecedent = _topic(row, before)

    if "appeared" in lemma.flags:
        return _appeared(row, at, form, part)
    marker = _marker(row, at + 1, form)
    if marker is not None and "weak" in lemma.flags and not _reads_through(row, at + 1, marker[0], form):
        marker = None
    nominal = None
    subject_end = at + 1
    if not strict and (lemma.nominal or lemma.prepositions):
        own = before >= 0 and row[before].text in _PLURAL_RELATIVES and form.plural
        nominal = _nominal(row, at, form, own or (antecedent is not None and not bounded))
    if nominal is not None and (marker is None or nominal[1] < marker[0] - 1) and "weak" not in lemma.flags:
        subject_end, content, kind = nominal
    elif marker is not None:
        subject_end, content, kind = marker[0], marker[1], marker[2]
    else:
        behind = _behind(row, at, form, strict)
        return behind
    if kind in ("nominal", "preposition") and relative and not (content < len(row) and _possessed(row[content].text)):
        return None
    zone_end = subject_end
    while zone_end > at + 1 and row[zone_end - 1].kind == "word" and row[zone_end - 1].text in lemma.prepositions:
        zone_end -= 1
    subject, channel = _subject(row, at + 1, zone_end, form)
    placed_before = False
    if not subject and not relative and before >= 0 and _is_indefinite_document(row[before].text):
        subject = _issuer(row, before)
    if not subject and antecedent is not None and not relative:
        subject, placed_before = (antecedent,), True
    if not subject and relative:
        subject = _antecedent(row, before)
        placed_before = bool(subject)
    if not subject and form.shape == "present" and form.gender == "m" and kind == "clause" and lemma.name in ("ذكر", "اشار"):
        return None
    if content >= len(row) and kind != "speech":
        return None
    if kind in ("nominal", "preposition") and not _fits(row, content, form, subject):
        return None
    if bounded and before >= 0 and not subject and row[before].kind == "comma" and not proclitic:
        # A verb right after a comma with nobody after it goes on with a clause that began before.
        initial = False
    return Attribution(at, form, part, content, kind, subject, placed_before, channel, negated, relative, initial)


def _plain(word: str) -> str:
    """A word without the conjunction و or ف before it, where the rest is a preposition."""
    return word[1:] if word[0] in "وف" and word[1:] in PREPOSITIONS else word


def _speaker_follows(row: Sequence[Token], at: int) -> bool:
    phrase = read_phrase(row, at, len(row))
    return not phrase.empty and (phrase.head is not None or row[at].text in COMPLEMENTIZERS)


def _reads_through(row: Sequence[Token], start: int, end: int, form: Form) -> bool:
    """Whether only a subject and adjuncts stand between a weak cue and what it should govern."""
    at = start
    named = False
    while at < end:
        here = _skip_adjuncts(row, at, end, form)
        if here >= end:
            return True
        if row[here].kind == "word" and row[here].text in form.lemma.prepositions | {"ب", "ل"}:
            return here + 1 >= end or row[here + 1].kind == "quote" or _adjunct_chunk(row, here, end)
        if named and row[here - 1].kind != "comma":
            return _adjunct_chunk(row, here, end)
        phrase = read_phrase(row, here, end)
        if phrase.empty:
            return _adjunct_chunk(row, here, end)
        named = True
        at = phrase.end
    return True


def _fits(row: Sequence[Token], content: int, form: Form, subject: tuple[Chunk, ...]) -> bool:
    """Whether a noun phrase can be what this lemma reports."""
    flags = form.lemma.flags
    if "action" in flags and not _opens_object(row, content):
        return False
    if "responsibility" in flags:
        near = {token.text for token in row[content : content + 8]}
        if not near & {"مسووليه", "المسووليه", "مسووليته", "مسووليتها", "كامل"}:
            return False
    if "strict" in flags and form.shape == "present" or "responsibility" in flags:
        return bool(subject) and _speaker_follows(row, subject[0][0]) or not subject and form.shape == "past"
    return True


def _appeared(row: Sequence[Token], at: int, form: Form, part: int) -> Attribution | None:
    """جاء في بيان لـX أن: the document speaks, or whoever stands after ل in its phrase."""
    if at + 2 >= len(row) or row[at + 1].text != "في" or "document" not in classes(row[at + 2].text):
        return None
    marker = _marker(row, at + 3, form)
    if marker is None:
        return None
    subject: Chunk = (at + 2, marker[0])
    for i in range(at + 3, marker[0]):
        if row[i].kind == "comma":
            subject = (subject[0], i)
            break
    issuer = next((i for i in range(at + 3, subject[1]) if row[i].text.startswith("لل") or row[i].text[0] == "ل" and classes(row[i].text[1:])), None)
    chunks = (subject,) if issuer is None else ((issuer, subject[1]),)
    return Attribution(at, form, part, marker[1], marker[2], chunks)


def _is_indefinite_document(word: str) -> bool:
    return not definite(word) and ("document" in classes(word) or "document" in classes(word.removesuffix("ا")))


def _issuer(row: Sequence[Token], document: int) -> tuple[Chunk, ...]:
    """أصدرت الوزارة بياناً نفت فيه …: who issued the document that speaks."""
    for at in range(document - 1, max(-1, document - 20), -1):
        word = row[at].text
        if row[at].kind == "word" and (word in _ISSUING or word[1:] in _ISSUING):
            phrase = read_phrase(row, at + 1, document)
            return () if phrase.empty else ((phrase.start, phrase.end),)
    return ()


def sentence_subject(row: Sequence[Token], end: int) -> tuple[Chunk, ...]:
    """The subject of the verb that opens a sentence, if a lexicon noun heads it (ناقش المجلس …، مؤكداً)."""
    at = 0
    while at < min(end, 4) and row[at].kind == "word" and (row[at].text in _CONNECTORS or row[at].text in _AUXILIARIES):
        at += 1
    for start in (at, at + 1):
        if start < end and row[start].kind == "word":
            phrase = read_phrase(row, start, end)
            if not phrase.empty and phrase.head in ("role", "rank", "title", "organisation", "outlet", "people"):
                return ((phrase.start, _appositions(row, phrase, end)),)
    return ()


def _nominal(row: Sequence[Token], at: int, form: Form, subject_known: bool) -> tuple[int, int, Marker] | None:
    """(end of the subject, start of the content, kind) of a cue with a noun phrase or preposition, else None."""
    lemma = form.lemma
    end = min(len(row), at + 1 + _LONGEST_SUBJECT)
    here = _skip_adjuncts(row, at + 1, end, form)
    if not subject_known and here < end and row[here].kind == "word":
        direct = _prepositional(row, here, form)
        if direct is None and not (_opens_object(row, here) and lemma.nominal):
            phrase = read_phrase(row, here, end)
            if phrase.empty:
                return None
            if not ("addressee" in lemma.flags and _addressed(row, here, phrase)):
                here = _appositions(row, phrase, end)
    subject_end = here
    here = _skip_adjuncts(row, here, end, form)
    if here >= end:
        return None
    if lemma.prepositions:
        with_object = "addressee" in lemma.flags or lemma.name in ("اتهم", "وصف")
        limit = min(end, here + (18 if with_object else 1 if lemma.nominal else 5))
        for place in range(here, limit):
            if row[place].kind not in ("word", "quote", "aside") or place > here and _breaks(row, place):
                break
            if row[place].kind == "word" and (content := _prepositional(row, place, form)) is not None:
                keeps_object = place > here and with_object
                return (subject_end, here if keeps_object else content, "preposition")
    if lemma.nominal and row[here].kind in ("word", "quote") and not _is_preposition(row[here]):
        if row[here].kind == "word" and row[here].text in COMPLEMENTIZERS:
            return None
        strong = row[here].kind == "quote" or _opens_object(row, here) or definite(row[here].text) or subject_known
        if here == at + 1 and not subject_known:
            strong = _opens_object(row, here)
        if strong or here > subject_end or "weak" not in lemma.flags:
            return (subject_end, here, "nominal")
    return None


def _addressed(row: Sequence[Token], at: int, phrase: Phrase) -> bool:
    """Whether the noun phrase right after the verb is whom it addresses, its subject being dropped."""
    return phrase.head == "people" or definite(row[at].text) and row[at].text.endswith("ين")


def _is_preposition(token: Token) -> bool:
    return token.kind == "word" and (token.text in PREPOSITIONS or token.text in RELATIVES)


def _opens_object(row: Sequence[Token], at: int) -> bool:
    word = row[at].text
    if row[at].kind != "word" or definite(word):
        return False
    found = classes(word)
    if found and not found.keys() <= {"construct", "document"}:
        return False
    return is_verbal_noun(word)


def _skip_adjuncts(row: Sequence[Token], at: int, end: int, form: Form | None = None) -> int:
    """The next token that is neither comma nor inside an adjunct (which a comma or a noun of action ends)."""
    while at < end:
        if row[at].kind == "comma":
            at += 1
        elif row[at].text in _WITHHOLDING and (hidden := _withheld(row, at, end)):
            at = hidden
        elif opens_adjunct(row, at, end) and not (form and _prepositional(row, at, form) is not None):
            word = row[at].text
            at += 1 if word in adjuncts()["time"] else 2
            if word in adjuncts()["time"]:
                while at < end and (row[at].text.isdigit() or row[at].text in "/-"):
                    at += 1
                continue
            while at < end and row[at].kind != "comma" and row[at].kind != "colon":
                if row[at].kind == "word" and row[at].text in COMPLEMENTIZERS:
                    return at
                if form and row[at].kind == "word" and (_prepositional(row, at, form) is not None or _opens_object(row, at)):
                    return at
                at += 1
        else:
            return at
    return at


def _withheld(row: Sequence[Token], at: int, end: int) -> int | None:
    """The end of رفض الكشف عن اسمه and the like, None where ``at`` begins no such clause."""
    return next((i + 1 for i in range(at + 1, min(end, at + 7)) if row[i].text in UNNAMED), None)


def _appositions(row: Sequence[Token], phrase: Phrase, end: int) -> int:
    """The end of a subject with what stands beside it between commas (المتحدث، اللواء فلان، …)."""
    at = phrase.end
    while at + 1 < end and row[at].kind == "comma" and row[at + 1].kind == "word":
        found = classes(row[at + 1].text)
        if not {"role", "rank", "title"} & found.keys() or row[at + 1].text.startswith("و"):
            break
        beside = read_phrase(row, at + 1, end)
        if beside.empty:
            break
        at = beside.end
    return at


def _participle(row: Sequence[Token], at: int, form: Form) -> Attribution | None:
    """مؤكداً أن، مشيراً إلى: the speaker is that of the sentence so far."""
    lemma = form.lemma
    if _withheld(row, at, len(row)):
        return None
    if at and row[at - 1].kind == "word" and (row[at - 1].text in PREPOSITIONS or row[at - 1].text in ("كل", "احد")):
        return None
    end = min(len(row), at + 1 + _LONGEST_SUBJECT)
    here = _skip_adjuncts(row, at + 1, end, form)
    if here >= end:
        return None
    content: int | None = None
    kind: Marker = "clause"
    token = row[here]
    if token.kind == "colon":
        content, kind = here + 1, "speech"
    elif token.kind == "quote" and (lemma.nominal or _is_speech(row, here, len(row))):
        content, kind = here, "speech"
    elif _complementizer(row, here, form):
        content = _after_complementizer(row, here)
    elif (content := _prepositional(row, here, form)) is not None:
        kind = "preposition"
    elif row[at].text.endswith("ا") or lemma.nominal:
        content, kind = _participle_object(row, here, end, form)
    if content is None or content >= len(row):
        return None
    feminine = row[at].text.endswith(("ه", "ات"))
    if feminine and kind in ("nominal",) and not (at and row[at - 1].kind == "comma"):
        return None
    return Attribution(at, form, _part_start(row, at), content, kind, ())


def _participle_object(row: Sequence[Token], here: int, end: int, form: Form) -> tuple[int | None, Marker]:
    """The content after a participle with an object: معتبراً الاتفاق …، متهماً فلاناً بـ…، داعياً فلاناً إلى…"""
    if row[here].kind != "word" or _is_preposition(row[here]):
        return None, "nominal"
    if form.lemma.prepositions and ("addressee" in form.lemma.flags or form.lemma.type == "accusation"):
        for place in range(here, min(end, here + 18)):
            if row[place].kind not in ("word", "quote", "aside"):
                break
            if row[place].kind == "word" and _prepositional(row, place, form) is not None:
                return here, "preposition"
    if form.lemma.clause:
        for place in range(here, min(end, here + 8)):
            if row[place].kind not in ("word", "quote", "aside"):
                break
            if _complementizer(row, place, form):
                return here, "clause"
    if form.lemma.nominal:
        return here, "nominal"
    return None, "nominal"


def _masdar(row: Sequence[Token], at: int, form: Form) -> Attribution | None:
    """قوله إن، تأكيده أن؛ and إعلان X أن، التأكيد على أن: a clause or speech must follow at once."""
    word = row[at].text
    possessed = _possessed(word) and not definite(word)
    here = at + 1
    if not possessed and not definite(word):
        phrase = read_phrase(row, here, min(len(row), here + 12))
        here = phrase.end if phrase.empty else _appositions(row, phrase, min(len(row), here + 20))
    subject: tuple[Chunk, ...] = ((at + 1, here),) if here > at + 1 else ()
    here = _skip_adjuncts(row, here, min(len(row), here + 20), form)
    if here >= len(row):
        return None
    by_preposition = row[here].kind == "word" and row[here].text in form.lemma.prepositions
    if by_preposition:
        here += 1
    if here >= len(row):
        return None
    if row[here].kind == "word" and row[here].text in COMPLEMENTIZERS and row[here].text != "بانه":
        content, kind = _after_complementizer(row, here), "clause"
    elif possessed and row[here].kind == "colon" or row[here].kind == "quote" and possessed and _is_speech(row, here, len(row)):
        content, kind = here + (row[here].kind == "colon"), "speech"
    elif by_preposition and (subject and row[here - 1].text == "عن" or word[0] == "ب" and row[here].kind == "word"):
        # إعلان X عن كذا; اختتم بالتأكيد على كذا
        content, kind = here, "preposition"
    else:
        return None
    if content >= len(row):
        return None
    part = _part_start(row, at)
    return Attribution(at, form, part, content, kind, subject, relative=not possessed and not subject)  # type: ignore[arg-type]


def _behind(row: Sequence[Token], at: int, form: Form, strict: bool) -> Attribution | None:
    """«…»، قال X: the words stand before the verb, the subject runs to the end of the clause."""
    if strict or not form.lemma.speech:
        return None
    place = at - 1
    while place >= 0 and (row[place].kind in ("comma", "mark") or row[place].text in _AUXILIARIES | {"كما", "هكذا"}):
        place -= 1
    if place < 0 or row[place].kind != "quote" or _quoted_words(row[place]) <= _SHORT_QUOTATION:
        return None
    if row[at].text not in cue_forms():
        return None
    phrase = read_phrase(row, at + 1, len(row))
    subject: tuple[Chunk, ...] = () if phrase.empty else ((phrase.start, phrase.end),)
    return Attribution(at, form, place, place, "behind", subject)


# --- who speaks -------------------------------------------------------------------------------------------


def _subject(row: Sequence[Token], start: int, end: int, form: Form) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """The pieces of the speaker's phrase between cue and content, and those of the channel (نقلت X عن Y)."""
    if "quoted" in form.lemma.flags:
        source = next((i for i in range(start, end) if row[i].text == "عن"), None)
        if source is not None:
            stop = next((i for i in range(source + 1, end) if row[i].text in QUOTED), end)
            return _pieces(row, source + 1, stop), _pieces(row, start, source)
    return _pieces(row, start, end), ()


def _pieces(row: Sequence[Token], start: int, end: int) -> tuple[Chunk, ...]:
    """The chunks between commas that name a speaker, adjuncts left out, each cut where an adjunct begins."""
    out: list[Chunk] = []
    at = start
    while at < end:
        stop = next((i for i in range(at, end) if row[i].kind in ("comma", "colon")), end)
        first = at
        while first < stop and row[first].kind == "word" and row[first].text in adjuncts()["time"]:
            first += 1
        if first < stop and row[first].kind in ("word", "quote") and not _adjunct_chunk(row, first, stop):
            cut = next((i for i in range(first + 1, stop) if _ends_subject(row, i, stop)), stop)
            if not out or _beside(row, first):
                out.append((first, cut))
            else:
                break
        elif out and first < stop:
            break
        at = stop + 1
    return tuple(out)


def _adjunct_chunk(row: Sequence[Token], at: int, end: int) -> bool:
    word = row[at].text
    if row[at].kind == "quote":
        return False
    if opens_adjunct(row, at, end) or word in PREPOSITIONS or word in RELATIVES:
        return True
    return len(word) > 3 and word[0] in "بل" and (definite(word[1:]) or word.startswith("لل") or is_verbal_noun(word[1:]) or bare(word[1:]) in adjuncts()["audience"])


def _ends_subject(row: Sequence[Token], at: int, end: int) -> bool:
    token = row[at]
    if token.kind != "word":
        return False
    return token.text in RELATIVES or opens_adjunct(row, at, end) or token.text in ("بان", "وهو", "وهي", "ان") or (token.text == "ل" and row[at + 1 : at + 2] != [] and row[at + 1].kind == "quote")


def _beside(row: Sequence[Token], at: int) -> bool:
    """Whether the chunk that begins at ``at`` is an apposition to a speaker named before it."""
    word = row[at].text
    if row[at].kind != "word" or word[0] == "و" and len(word) > 3:
        return False
    if {"role", "rank", "title", "organisation"} & classes(word).keys():
        return True
    if word in _WITHHOLDING:
        return False
    stop = next((i for i in range(at, min(len(row), at + 6)) if row[i].kind != "word"), at)
    phrase = read_phrase(row, at, stop)
    return phrase.name is not None and (word in first_names() or phrase.end == stop) and not is_verbal_noun(word)


def _before(row: Sequence[Token], end: int) -> Chunk | None:
    """The noun phrase that ends right before the verb, back to the start of its clause."""
    start = end  # asides and names in marks belong to the phrase
    while start > 0 and end - start < _LONGEST_ANTECEDENT and row[start - 1].kind in ("word", "quote", "aside"):
        if row[start - 1].kind == "word" and row[start - 1].text in COMPLEMENTIZERS | RELATIVES:
            break
        start -= 1
    while start < end and row[start].kind == "word" and (row[start].text in _CONNECTORS or row[start].text in _AUXILIARIES):
        start += 1
    if start >= end or row[start].kind == "aside" or _adjunct_chunk(row, start, end):
        return None
    return (start, end)


def _topic(row: Sequence[Token], comma: int) -> Chunk | None:
    """A subject set off before its verb: المتحدث باسم الوزارة، فلان، أكد أن …"""
    start = 0
    if comma - start > _LONGEST_ANTECEDENT or not row or row[0].kind != "word":
        return None
    if any(cue_at(row, i) and cue_at(row, i)[0].shape in ("past", "present") for i in range(start, comma)):
        return None
    phrase = read_phrase(row, start, comma)
    return (phrase.start, phrase.end) if phrase.head in ("role", "rank", "title", "organisation") else None


def _antecedent(row: Sequence[Token], relative: int) -> tuple[Chunk, ...]:
    if row[relative].text not in RELATIVES:
        return ()
    start = relative
    while start > 0 and relative - start < 6 and row[start - 1].kind in ("word", "quote") and not _adjunct_chunk(row, start - 1, relative):
        start -= 1
        if row[start].kind == "word" and not definite(row[start].text):
            break
    return ((start, relative),) if start < relative else ()


def _part_start(row: Sequence[Token], at: int) -> int:
    """Where the sentence part of a cue begins: with its connectors (كما، فيما، من جهته)."""
    while at > 0 and row[at - 1].kind == "word" and row[at - 1].text in _CONNECTORS | _AUXILIARIES | _NEGATIONS:
        at -= 1
    return at


def shift(attribution: Attribution, content: int) -> Attribution:
    """The same attribution with its content beginning elsewhere."""
    return replace(attribution, content=content)

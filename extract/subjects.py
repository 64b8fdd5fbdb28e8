"""Subjects: the pieces of a noun phrase that names the speaker, after the verb or before it."""

from collections.abc import Sequence

from extract.adjuncts import COMPLEMENTIZERS, opens_adjunct
from extract.cues import cue_at
from extract.frames import Chunk
from extract.lexicon import Form, Gender
from extract.nouns import adjuncts, bare, classes, definite, first_names, is_verbal_noun, noun_classes, particles
from extract.phrases import Phrase, read_phrase
from extract.tokens import Token

_LONGEST_ANTECEDENT = 20


def subject_between(
    row: Sequence[Token], start: int, end: int, form: Form
) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """The pieces of the speaker's phrase between cue and content, and those of the channel (نقلت X عن Y)."""
    if "quoted" in form.lemma.flags:
        source = next((i for i in range(start, end) if row[i].text in form.lemma.prepositions), None)
        if source is not None:
            stop = next((i for i in range(source + 1, end) if row[i].text in particles("quoted")), end)
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
        if first < stop and row[first].kind in ("word", "quote") and not adjunct_chunk(row, first, stop):
            cut = next((i for i in range(first + 1, stop) if _ends_subject(row, i, stop)), stop)
            if not out or _beside(row, first):
                out.append((first, cut))
            else:
                break
        elif out and first < stop:
            break
        at = stop + 1
    return tuple(out) or _behind_adjunct(row, start, end)


def _behind_adjunct(row: Sequence[Token], start: int, end: int) -> tuple[Chunk, ...]:
    """The speaker who follows an adjunct without a comma: وقال في بيان صدر اليوم مدير المستشفى إن."""
    for at in range(start + 2, end):
        found = classes(row[at].text).keys() if row[at].kind == "word" else frozenset()
        if not {"role", "rank", "title"} & found or row[at].text[0] in "وبل":
            continue
        before = row[at - 1]
        ended = before.text in adjuncts()["time"] or before.text.isdigit() or definite(before.text)
        if definite(row[at].text):
            ended = before.text in adjuncts()["time"] or (
                not definite(before.text) and before.text.endswith(("ي", "يه"))
            )
        if before.kind == "word" and ended:
            cut = next((i for i in range(at + 1, end) if _ends_subject(row, i, end)), end)
            return ((at, cut),)
    return ()


def adjunct_chunk(row: Sequence[Token], at: int, end: int) -> bool:
    """Whether the chunk that begins at ``at`` is an adjunct as a whole: none of its words names a speaker."""
    word = row[at].text
    if row[at].kind == "quote":
        return False
    if word[0] in "وف" and (word[1:] in particles("preposition") or word[1:2] == "ب"):
        word = word[1:]
    if word[0] == "ل" and word not in noun_classes() and word[1:] in noun_classes():
        return True
    if opens_adjunct(row, at, end) or word in particles("preposition") or word in particles("relative"):
        return True
    return (
        len(word) > 3
        and word[0] in "بل"
        and (
            definite(word[1:])
            or word.startswith("لل")
            or is_verbal_noun(word[1:])
            or bare(word[1:]) in adjuncts()["audience"]
        )
    )


def _ends_subject(row: Sequence[Token], at: int, end: int) -> bool:
    token = row[at]
    if token.kind != "word":
        return False
    return (
        token.text in particles("relative")
        or opens_adjunct(row, at, end)
        or token.text in ("بان", "وهو", "وهي", "ان")
        or (token.text == "ل" and row[at + 1 : at + 2] != [] and row[at + 1].kind == "quote")
    )


def _beside(row: Sequence[Token], at: int) -> bool:
    """Whether the chunk that begins at ``at`` is an apposition to a speaker named before it."""
    word = row[at].text
    if row[at].kind != "word" or (word[0] == "و" and len(word) > 3):
        return False
    if {"role", "rank", "title", "organisation"} & classes(word).keys():
        return True
    if word in particles("withholding"):
        return False
    stop = next((i for i in range(at, min(len(row), at + 6)) if row[i].kind != "word"), at)
    phrase = read_phrase(row, at, stop)
    return phrase.name is not None and (word in first_names() or phrase.end == stop) and not is_verbal_noun(word)


def appositions(row: Sequence[Token], phrase: Phrase, end: int) -> int:
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


def speaker_follows(row: Sequence[Token], at: int, gender: Gender | None = None) -> bool:
    """Whether a phrase that the lexicon knows to speak begins at ``at``, or the clause that somebody says.

    A verb before its subject agrees with it: a phrase of another ``gender`` than the verb's is no subject of it.
    """
    phrase = read_phrase(row, at, len(row))
    if phrase.empty or (gender and phrase.gender and phrase.gender != gender):
        return False
    return phrase.head is not None or row[at].text in COMPLEMENTIZERS


def preceding(row: Sequence[Token], end: int) -> Chunk | None:
    """The noun phrase that ends right before the verb, back to the start of its clause."""
    start = end  # asides and names in marks belong to the phrase
    while start > 0 and end - start < _LONGEST_ANTECEDENT and row[start - 1].kind in ("word", "quote", "aside"):
        if row[start - 1].kind == "word" and row[start - 1].text in COMPLEMENTIZERS | particles("relative"):
            break
        if row[start - 1].text.startswith("و") and any(f.shape in ("past", "present") for f in cue_at(row, start - 1)):
            break  # وأضاف …: a report of its own, no subject
        start -= 1
    while (
        start < end
        and row[start].kind == "word"
        and (row[start].text in particles("connector") or row[start].text in particles("auxiliary"))
    ):
        start += 1
    if start >= end or row[start].kind == "aside" or adjunct_chunk(row, start, end):
        return None
    return (start, end)


def topic(row: Sequence[Token], comma: int) -> Chunk | None:
    """A subject set off before its verb: المتحدث باسم الوزارة، فلان، أكد أن …"""
    start = 0
    if comma - start > _LONGEST_ANTECEDENT or not row or row[0].kind != "word":
        return None
    if any(cue_at(row, i) and cue_at(row, i)[0].shape in ("past", "present") for i in range(start, comma)):
        return None
    phrase = read_phrase(row, start, comma)
    return (phrase.start, phrase.end) if phrase.head in ("role", "rank", "title", "organisation") else None


def antecedent_of(row: Sequence[Token], relative: int) -> tuple[Chunk, ...]:
    """The noun phrase right before the relative pronoun at ``relative``: back to its indefinite head, if it has one."""
    if row[relative].text not in particles("relative"):
        return ()
    start = relative
    while (
        start > 0
        and relative - start < 6
        and row[start - 1].kind in ("word", "quote")
        and not adjunct_chunk(row, start - 1, relative)
    ):
        start -= 1
        if row[start].kind == "word" and not definite(row[start].text):
            break
    return ((start, relative),) if start < relative else ()


def sentence_subject(row: Sequence[Token], end: int, form: Form) -> tuple[Chunk, ...]:
    """The subject of the verb that opens a sentence, if a lexicon noun heads it (ناقش المجلس …، مؤكداً).

    ``form`` is that of a cue at token ``end`` without a subject of its own; a finite verb must agree with it.
    """
    at = 0
    if row[0].kind == "word" and adjunct_chunk(row, 0, end):
        at = next((i + 1 for i in range(min(end, _LONGEST_ANTECEDENT)) if row[i].kind == "comma"), 0)
    while at < end and row[at].text in particles("connector") | particles("auxiliary"):
        at += 1
    for start in (at, at + 1):
        if start < end and row[start].kind == "word" and classes(row[start].text):
            phrase = read_phrase(row, start, end)
            if phrase.empty or phrase.head not in ("role", "rank", "title", "organisation", "outlet", "people"):
                continue
            if form.shape in ("past", "present") and form.gender != phrase.gender:
                return ()
            return ((phrase.start, appositions(row, phrase, end)),)
    return ()


def is_indefinite_document(word: str) -> bool:
    """Whether a word is a document just introduced (بياناً، ببيان), so that a verb after it is its relative clause."""
    if definite(word):
        return False
    stems = (word, word.removesuffix("ا"), word.removeprefix("ب"))
    return any("document" in classes(stem) for stem in stems)


def issuer(row: Sequence[Token], document: int) -> tuple[Chunk, ...]:
    """أصدرت الوزارة بياناً نفت فيه …: who issued the document that speaks."""
    for at in range(document - 1, max(-1, document - 20), -1):
        word = row[at].text
        if row[at].kind == "word" and (word in particles("issuing") or word[1:] in particles("issuing")):
            phrase = read_phrase(row, at + 1, document)
            return () if phrase.empty else ((phrase.start, phrase.end),)
    return ()


def part_start(row: Sequence[Token], at: int) -> int:
    """Where the sentence part of a cue begins: with its connectors (كما، فيما، من جهته)."""
    while (
        at > 0
        and row[at - 1].kind == "word"
        and row[at - 1].text in particles("connector") | particles("auxiliary") | particles("negation")
    ):
        at -= 1
    return at

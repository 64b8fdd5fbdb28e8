"""Noun phrases that name a speaker: where they end, and which words are role, rank and name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.adjuncts import closes_phrase
from extract.lexicon import Gender
from extract.names import is_cue, name_end, opens_rank, ranks_end
from extract.nouns import NounClass, adjuncts, bare, classes, definite, first_names, is_verbal_noun, particles
from extract.tokens import Token

_LONGEST_PHRASE = 24


@dataclass(frozen=True)
class Phrase:
    """A noun phrase by token positions, half-open: the whole of it, and the parts found in it."""

    start: int
    end: int
    head: NounClass | None
    gender: Gender | None
    role: tuple[int, int] | None = None
    rank: tuple[int, int] | None = None
    name: tuple[int, int] | None = None
    definite: bool = True

    @property
    def empty(self) -> bool:
        """Whether there is no noun phrase at all."""
        return self.start >= self.end


def read_phrase(row: Sequence[Token], start: int, end: int) -> Phrase:
    """The noun phrase that begins at token ``start`` and ends before ``end`` at the latest.

    Built from the head noun: a role or an organisation takes a complement, then definite adjectives, then
    prepositional complements; a role, rank or title is followed by a name; a name may be followed by a role.
    """
    end = min(end, start + _LONGEST_PHRASE)
    at = start
    while at < end and row[at].kind == "word" and row[at].text in particles("demonstrative"):
        at += 1
    if closes_phrase(row, at, end) or row[at].text in particles("preposition") or row[at].text in particles("pointing"):
        return Phrase(start, start, None, None)
    if row[at].text.isdigit():
        return Phrase(start, start, None, None)
    if row[at].kind != "word":
        return (
            Phrase(start, at + 1, None, None, name=(at, at + 1))
            if row[at].kind == "quote"
            else Phrase(start, start, None, None)
        )
    word = row[at].text
    found = classes(word)
    if word in first_names() and not definite(word) and "organisation" not in found:
        return _named(row, start, at, end, rank=None)
    if opens_rank(word) and ("rank" in found or "title" in found) and at + 1 < end and row[at + 1].kind == "word":
        rank_end = ranks_end(row, at, end)
        if (
            not closes_phrase(row, rank_end, end)
            and row[rank_end].kind == "word"
            and "role" not in classes(row[rank_end].text)
        ):
            return _named(row, start, rank_end, end, rank=(at, rank_end))
    if found and not (found.keys() == {"construct"} and (definite(word) or is_verbal_noun(word))):
        return _classed(row, start, at, end, found)
    if definite(word):
        return Phrase(start, _definites(row, at + 1, end), None, _gender(word))
    if at + 1 < end and row[at + 1].kind == "word" and not closes_phrase(row, at + 1, end):
        following = row[at + 1].text
        if not definite(following) and not is_verbal_noun(following) and not is_verbal_noun(word):
            return _named(row, start, at, end, rank=None)
        if definite(following) and not is_verbal_noun(word):
            finish = _definites(row, at + 2, end)
            return Phrase(start, finish, None, _gender(word), name=(at, finish))
    return Phrase(start, _coordinated(row, at + 1, end), None, _gender(word), name=(at, at + 1))


def _classed(row: Sequence[Token], start: int, at: int, end: int, found: Mapping[str, Gender]) -> Phrase:
    """A phrase whose head noun is in the lexicon."""
    order: tuple[NounClass, ...] = (
        "role",
        "people",
        "source",
        "organisation",
        "document",
        "outlet",
        "rank",
        "title",
        "construct",
    )
    head = next(c for c in order if c in found)
    is_definite = definite(row[at].text)
    if "source" in found and not is_definite:
        head = "source"
    finish = _complement(row, at, end, head)
    gender = found[head]
    if head in ("role", "source", "people", "rank", "title"):
        rank = None
        after = finish
        if after < end and row[after].kind == "word" and opens_rank(row[after].text):
            after_rank = ranks_end(row, after, end)
            rank = (after, after_rank) if after_rank > after else None
            after = after_rank
        if head in ("role", "rank", "title") or rank or "role" in found:
            named = name_end(row, after, end)
            if named > after and (_points_out(row, at, finish) or row[after].text in first_names()):
                return Phrase(start, named, head, gender, (start, finish), rank, (after, named), definite=True)
        return Phrase(start, finish, head, gender, role=(start, finish), definite=is_definite)
    return Phrase(start, finish, head, gender, name=(start, finish), definite=is_definite)


def _complement(row: Sequence[Token], at: int, end: int, head: str) -> int:
    """The end of a head noun with its complements and adjectives."""
    head_word = row[at].text
    opens = not definite(head_word)
    indefinite = opens
    alone = definite(head_word)  # nothing but adjectives stands after the head so far
    at += 1
    while not closes_phrase(row, at, end) or (opens and at < end and _names_a_thing(row, at)):
        token = row[at]
        if token.kind == "quote":
            before = classes(row[at - 1].text).keys()
            if head in ("organisation", "outlet", "document", "role") or before & {"organisation", "construct"}:
                at += 1
                opens = False
                continue
            break
        if token.kind == "aside":
            if at + 1 < end and not closes_phrase(row, at + 1, end):
                at += 1
                continue
            break
        word = token.text
        found = classes(word)
        if word in particles("demonstrative") or word in particles("joined"):
            at += 1
            continue
        if word in ("بلا", "دون") and head == "organisation" and at + 1 < end and row[at + 1].kind == "word":
            opens = False
            at += 2  # أطباء بلا حدود
            continue
        if opens and word not in particles("preposition") | particles("complement"):
            opens = bool(found) and not definite(word)
            indefinite = indefinite and _adjective(word)
            at += 1
        elif (
            definite(word)
            and not (alone and _disagrees(word, head_word))
            and not _starts_anew(word, found, head, head_word)
        ):
            opens = False
            at += 1
            continue
        elif word.startswith("و") and len(word) > 3 and (definite(word[1:]) or classes(word[1:])):
            opens = not definite(word[1:]) and bool(classes(word[1:]))
            at += 1
        elif (indefinite or (head == "people" and word.endswith(("يون", "يين")))) and _adjective(word):
            if word in first_names():
                break
            at += 1
        elif word == "من" and head == "people" and at + 1 < end and row[at + 1].kind == "word":
            opens = not definite(row[at + 1].text)
            at += 2
        elif word[0] == "ب" and {"organisation", "construct"} & classes(word[1:]).keys() and not definite(word[1:]):
            opens = True
            at += 1
        elif word == "عن" and bare(row[at - 1].text) in ("مسوول", "مسووله") and at + 1 < end:
            at += 2
        elif word in particles("complement") or (word.startswith("لل") and len(word) > 4):
            if word not in particles("complement"):
                at += 1
                continue
            if at + 1 >= end or closes_phrase(row, at + 1, end) or row[at + 1].kind != "word":
                break
            opens = not definite(row[at + 1].text) and bool(classes(row[at + 1].text))
            opens = opens or row[at + 1].text in particles("opener")  # في ذي قار
            indefinite = False
            at += 2
        else:
            break
        alone = False
    return at


def _points_out(row: Sequence[Token], start: int, end: int) -> bool:
    """Whether a role is somebody's in particular, so that any word after it may be a name.

    المدير and مدير الميناء and محافظ نينوى are; مسؤولة أممية is not: what follows it is a verb as likely.
    """
    if definite(row[start].text):
        return True
    return any(definite(t.text) or not _adjective(t.text) for t in row[start + 1 : end] if t.kind == "word")


def _names_a_thing(row: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at``, though an adverb of time elsewhere, is a proper name here (سد تشرين)."""
    return row[at].text in adjuncts()["time"] and "construct" in classes(row[at - 1].text)


def _starts_anew(word: str, found: Mapping[str, Gender], head: str, head_word: str) -> bool:
    """Whether a definite word after a complete head is another noun: a rank before a name, a second body."""
    if {"rank", "title"} & found.keys():
        return head == "role"
    if word.endswith("ين") and not head_word.endswith(("ين", "ون")):
        # An accusative plural is no adjective of a singular: اتهم المحافظ | المسلحين.
        return True
    return bool({"organisation", "people", "outlet"} & found.keys()) and not word.endswith(("ي", "يه"))


def _disagrees(word: str, head: str) -> bool:
    """Whether a definite word cannot be an adjective of the definite noun ``head``: رفض الوزير | التعليق، الاتهامات.

    An adjective agrees in gender; a verbal noun is none, but what ends in ي may be an adjective or a name after any.
    """
    if word.endswith(("ي", "يه")) or word in particles("apposed"):
        return False
    gender = _speaking_gender(head)
    if gender == "m" and word.endswith(("ه", "ات")):
        return True
    if gender == "f" and not word.endswith(("ه", "ات", "ا")):
        return True
    return is_verbal_noun(bare(word)) and not bare(word).startswith("م")


def _speaking_gender(head: str) -> Gender | None:
    """The gender of a singular role or body, None of a plural, whose adjectives are less regular."""
    known = classes(head)
    if head.endswith(("ون", "ين", "ات")):
        return None
    return known.get("role") or known.get("organisation")


def _adjective(word: str) -> bool:
    return len(word) >= 4 and (
        word.endswith(("ي", "يه", "يين", "يون")) or word in ("كبير", "بارز", "رفيع", "مطلع", "مقرب")
    )


def _named(row: Sequence[Token], start: int, at: int, end: int, rank: tuple[int, int] | None) -> Phrase:
    """A personal name, with the role that may follow it without a comma."""
    named = max(name_end(row, at, end), at + 1)
    role = None
    finish = named
    if not closes_phrase(row, named, end) and row[named].kind == "word" and "role" in classes(row[named].text):
        finish = _complement(row, named, end, "role")
        role = (named, finish)
    gender: Gender = "m"
    if role and classes(row[role[0]].text).get("role") == "f":
        gender = "f"
    return Phrase(
        start, finish, "role" if role or rank else None, gender if role or rank else None, role, rank, (at, named)
    )


def _definites(row: Sequence[Token], at: int, end: int) -> int:
    """The end of the run of definite words (adjectives, also joined by و) that begins at ``at``."""
    while not closes_phrase(row, at, end) and row[at].kind == "word":
        word = row[at].text
        if not definite(word) and not (word.startswith("و") and definite(word[1:])):
            break
        if not word.endswith(("ي", "يه")) and (is_verbal_noun(bare(word)) or classes(word)):
            break
        at += 1
    return at


def _coordinated(row: Sequence[Token], at: int, end: int) -> int:
    """The end after a second name joined by و (بغداد وأنقرة)."""
    if at < end and row[at].kind == "word" and row[at].text.startswith("و") and len(row[at].text) > 4:
        rest = row[at].text[1:]
        if not is_cue(rest) and not is_verbal_noun(rest) and not closes_phrase(row, at, end):
            return at + 1
    return at


def _gender(word: str) -> Gender | None:
    """The gender that a noun's ending tells; a bare name tells none."""
    if word.endswith(("ه", "ات")):
        return "f"
    return "m" if definite(word) and not word.endswith("ا") else None

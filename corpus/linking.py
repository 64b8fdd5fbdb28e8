"""How a statement links to a place: by what it says, where it was said, who says it, or where the report was filed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from extract.adjuncts import opens_adjunct
from extract.lexicon import Lemma, cue_forms
from extract.model import Speaker, Statement
from extract.nouns import bare, classes, definite, particles
from extract.text import Span, folded
from extract.tokens import Token, tokens
from geo.model import Mention
from geo.outlets import home_of

How = Literal["content", "scene", "speaker", "dateline"]
HOWS: tuple[How, ...] = get_args(How)

_WORDS = Path(__file__).parent / "data" / "linking.tsv"
_LONGEST_DATELINE = 90
_LOOKS_BACK = 500  # code points before a name that tell how it is meant
_BREAK = re.compile(r"[\n\r\u2028\u2029]")
_SEGMENT = r"[^\W\d_][\w.]*(?:\s+[\w.]+){0,2}"
_DATE = r"(?:في\s+)?\d{1,2}[\w\s/.–-]{0,25}?"
_DASH = r"(?:[-–—ـ]+|/+|\|)"
_END = rf"\s*(?:{_DASH}|:|(?=[\n\r\u2028\u2029])|\Z)"
# The rest of the line after the first name: القاهرة (رويترز) –، بغداد 15 - 7 (اف ب) -، القاهرة - «الحياة» -
_BRACKETED = re.compile(
    rf"\s*(?:{_DASH}|[،,])?\s*(?:{_SEGMENT}\s*{_DASH}?)??\s*(?:{_DATE})?\s*[(«\"]\s*{_SEGMENT}\s*[)»\"]"
    rf"(?:\s*{_DATE})??{_END}"
)
# بغداد - واع:، رام الله / معا -، عدن – من مراسلنا:
_DASHED = re.compile(rf"\s*{_DASH}\s*({_SEGMENT}){_END}")
# بغداد - قال
_PLAIN = re.compile(r"\s*[-–—ـ]+\s+(?=(\w+))")
_OF_CITY = frozenset({"city", "district", "facility"})
# Speakers whose place is part of what they are (قيادة الشرطة في الأنبار), not where they happen to speak.
_SEATED = frozenset({"organisation", "people", "source", "document", "outlet"})


def hows(
    text: str, statements: Iterable[Statement], mentions: Mapping[str, Mention], links: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, How]]:
    """For each statement how each mention that it is linked to belongs to it. ``text`` is the document's."""
    datelined = {key for keys in datelines(text, mentions).values() for key in keys}
    return {
        statement.id: {
            key: "dateline" if key in datelined else how(text, statement, mentions[key].span)
            for key in links.get(statement.id, ())
        }
        for statement in statements
    }


def datelines(text: str, mentions: Mapping[str, Mention]) -> dict[Span, list[str]]:
    """The datelines that open lines of the text («بغداد - واع:», «القاهرة (رويترز) –»), each with its mentions."""
    found: dict[Span, list[str]] = {}
    spans = [mention.span for mention in mentions.values()]
    latest: Span | None = None
    for (key, mention), following in zip(mentions.items(), [*spans[1:], None], strict=False):
        if latest is not None and mention.span.end <= latest.end:
            found[latest].append(key)
        elif (end := _dateline_end(text, mention, following)) is not None:
            latest = Span(mention.span.start, end)
            found[latest] = [key]
    return found


def _dateline_end(text: str, mention: Mention, following: Span | None) -> int | None:
    """Where the dateline ends that the mention opens, None where it opens none. ``following`` is the next mention."""
    start, at = mention.span
    before = text[max(0, start - _LONGEST_DATELINE) : start]
    if (_BREAK.split(before)[-1] if start > 0 else "").strip(" \t\u00a0\u200e\u200f\ufeff•*"):
        return None
    line = _BREAK.split(text[at : at + _LONGEST_DATELINE], maxsplit=1)[0]
    if match := _BRACKETED.match(line):
        return at + match.end()
    city = mention.kind in _OF_CITY
    if match := _DASHED.match(line):
        segment = Span(at + match.start(1), at + match.end(1))
        known = city or home_of(segment.of(text)) is not None
        if known and not (following and following.meets(segment)):
            return at + match.end()
    if city and (match := _PLAIN.match(line)) and _reports(match.group(1)):
        return at + match.end()
    return None


def _reports(word: str) -> bool:
    return any(form.shape in ("past", "present") for form in cue_forms().get(folded(word), ()))


def how(text: str, statement: Statement, mention: Span) -> How:
    """How a mention that is in no dateline belongs to the statement.

    What stands outside the content and the speaker's name is read from the words before it: an occasion or a
    place of speech is its scene, an apposition or relative clause is about the speaker, and what the reporter
    says it is about, or whom it addresses, counts as content.
    """
    if any(part.meets(mention) for part in statement.content):
        return "content"
    cue, speaker = statement.cue, statement.speaker
    named = speaker.span if speaker else None
    if named and named.meets(mention):
        return "speaker"
    if cue is None and named is None:
        return "content"
    behind = max(cue.span.end if cue else 0, named.end if named and named.end <= mention.start else 0)
    if (cue.span if cue else named or mention).start >= mention.end:
        return _before(_row(text, statement.span.start, mention.start))
    lemma = _lemma(cue.lemma) if cue else None
    return _after(text, _row(text, behind, mention.start), lemma, speaker)


def _before(row: Sequence[Token]) -> How:
    """Before the reporting verb: in the phrase that opens the statement («وفي بغداد، قال») or on an occasion."""
    after_comma = max((at + 1 for at, token in enumerate(row) if token.kind == "comma"), default=0)
    row = row[after_comma:]
    texts = [token.text for token in row if token.kind == "word"]
    plain = [_unjoined(word) for word in texts]
    words = _words()
    if plain and plain[0] in words["topic"]:
        return "content"
    openers = words["locative"] | words["going"] | {"علي"}
    for at, word in enumerate(plain):
        if bare(word) in words["occasion"] and (at == 0 or plain[at - 1] in openers):
            return "scene"
        if word[0] == "ب" and word[1:] in words["occasion"]:
            return "scene"
    return "scene" if len(plain) in (1, 2) and plain[0] in words["locative"] else "content"


def _after(text: str, row: Sequence[Token], lemma: Lemma | None, speaker: Speaker | None) -> How:
    """After the reporting verb, ``row`` being what stands between its speaker and the name."""
    words, named = _words(), speaker.span if speaker else None
    texts = [token.text for token in row if token.kind == "word"]
    near = [word for word in texts[-2:] if word in words["locative"]]
    if texts and texts[0] in particles("relative") and not any(token.kind == "comma" for token in row):
        return "speaker"
    openers = [token.text for at, token in enumerate(row) if _opens(row, at, near)]
    if openers:
        return "content" if openers[-1] in words["topic"] and not near else "scene"
    if not texts:
        addressed = lemma is not None and bool({"addressee", "object"} & lemma.flags)
        return "content" if named or addressed else "speaker"
    if lemma and len(texts) == 1 and texts[0] in lemma.prepositions - {"ب"}:
        return "content"
    if len(texts) <= 2 and near:
        return "speaker" if speaker and named and _seated(text, speaker, named) else "scene"
    return "speaker" if named else "scene" if near else "content"


def _opens(row: Sequence[Token], at: int, near: Sequence[str]) -> bool:
    """Whether an occasion, a time or a topic begins at token ``at``; a last preposition begins the name itself."""
    if not opens_adjunct(row, at, len(row)):
        return False
    if row[at].text == folded("لدى"):  # ممثل الأمين لدى العراق، but لدى وصوله
        return at + 1 < len(row) and row[at + 1].text in _words()["occasion"]
    return at + 1 < len(row) or not (near or row[at].text in particles("preposition"))


def _seated(text: str, speaker: Speaker, named: Span) -> bool:
    """Whether a place right after the speaker says which one it is."""
    written = named.of(text)
    if speaker.role and written.endswith(speaker.role):
        return True
    first = folded(written.split()[0])
    found = classes(first)
    return bool(_SEATED & found.keys()) and ("role" not in found or not definite(first))


def _unjoined(word: str) -> str:
    """A word without the conjunction that joins it to what went before."""
    return word[1:] if len(word) > 2 and word[0] in "وف" and word not in particles("preposition") else word


def _row(text: str, start: int, end: int) -> list[Token]:
    words = folded(text[max(start, end - _LOOKS_BACK) : end])
    return tokens(words, Span(0, len(words)), {})


@cache
def _lemma(name: str) -> Lemma | None:
    return next((form.lemma for forms in cue_forms().values() for form in forms if form.lemma.name == name), None)


@cache
def _words() -> dict[str, frozenset[str]]:
    with _WORDS.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")][1:]
    return {name: frozenset(folded(word) for word in listed.split()) for name, listed in rows}

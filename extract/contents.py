"""Contents: which words a report attributes, where they end, and whether they are quoted."""

from collections.abc import Sequence

from extract.according import According
from extract.adjuncts import COMPLEMENTIZERS
from extract.frames import OPENING_MARKS, Attribution
from extract.model import Form
from extract.nouns import bare, classes, definite, particles
from extract.text import Span
from extract.tokens import Token, word_count

FRAGMENT_WORDS = 4  # fewer quoted words may be a name (see fragment_is_said)
_MOSTLY = 0.85
_LINKS = frozenset({"و", "وان", "وبان", "كما", "ان"})
_DANGLING = frozenset({"و", "كما", "فيما", "بينما", "حيث"})


def token_range(row: Sequence[Token], start: int, end: int) -> Span:
    """The folded text from token ``start`` to before token ``end``."""
    return Span(row[start].start, row[end - 1].end)


def trimmed(row: Sequence[Token], start: int, end: int) -> int:
    """``end`` without closing marks and dangling connectors, not before ``start``."""
    while end > start and (row[end - 1].kind in ("comma", "colon", "mark") or row[end - 1].text in _DANGLING):
        end -= 1
    return end


def inner_spans(row: Sequence[Token], start: int, end: int) -> list[Span]:
    """What the quotations among these tokens hold."""
    return [token.inner for token in row[start:end] if token.inner is not None]


def content_end(row: Sequence[Token], one: Attribution, end: int, sources: Sequence[According]) -> int:
    """The token where the content ends, ``end`` at the latest.

    The reporter's voice comes back at a verbless attribution that closes the content (…، بحسب المصدر), at
    comments on it (…، وهو ما), and after a relative clause at the first comma.
    """
    if one.relative and one.marker in ("nominal", "preposition"):
        end = next((i for i in range(one.content, end) if row[i].kind == "comma"), end)
    narrator = particles("narrator")
    for at in range(one.content + 1, end - 1):
        pair = f"{row[at].text}_{row[at + 1].text}"
        if pair == "الامر_الذي" or (row[at - 1].kind == "comma" and not narrator.isdisjoint((row[at].text, pair))):
            end = at
            break
    if one.marker in ("nominal", "preposition"):
        end = next((at for at in range(one.content + 1, end - 1) if _new_clause(row, at)), end)
    for source in sources:
        if one.content < source.start < end and not source.opening:
            rest = sum(token.kind != "mark" for token in row[source.end : source.end + 8][: max(0, end - source.end)])
            if rest <= 3 or row[source.start - 1].kind in ("quote", "comma"):
                return source.start
    return end


def _new_clause(row: Sequence[Token], at: int) -> bool:
    """Whether the reporter goes on after a comma: «…، وحرصت المملكة على …», a past verb and its subject."""
    word = row[at].text
    if row[at - 1].kind != "comma" or row[at].kind != "word" or not definite(row[at + 1].text):
        return False
    return word.startswith("و") and word.endswith("ت") and len(word) > 4 and not word.endswith("ات")


def content_of(text: str, row: Sequence[Token], one: Attribution, end: int) -> tuple[tuple[Span, ...], Form]:
    """The ranges of the reported words in the folded ``text`` and the form of the report."""
    start = one.content
    if one.marker == "behind":
        return _around(row, one), "direct"
    left_open = False
    while start < end and row[start].kind in ("comma", "colon", "mark"):
        left_open = left_open or _left_open(row[start])
        start += 1
    end = trimmed(row, start, end)
    if start >= end:
        return (), "indirect"
    if row[start].text in COMPLEMENTIZERS and start + 1 < end and _left_open(row[start + 1]):
        start, left_open = start + 2, True
    if left_open and start < end:
        # A mark that is never closed still says that these are the speaker's words.
        return (token_range(row, start, end),), "direct"
    if row[start].text in COMPLEMENTIZERS and start + 2 == end and row[start + 1].inner is not None:
        start += 1  # بأنه «…»: the pronoun only leads to the speech
    first = row[start].inner
    if first is not None and start + 1 >= end:
        return (first,), "direct"
    announced = one.marker == "speech" and one.content > 0 and row[one.content - 1].kind == "colon"
    if first is not None and (announced or word_count(text, first) >= FRAGMENT_WORDS - 1):
        parts, after = _joined(row, start, end)
        if after >= end or row[after].kind in ("comma", "mark") or row[after].text.startswith("و"):
            return tuple(parts), "direct"
    whole = token_range(row, start, end)
    if announced:
        said = any(row[at].kind == "quote" and fragment_is_said(text, row, at) for at in range(start, end))
        return (whole,), "mixed" if said else "direct"
    return (whole,), form_of(text, row, start, end)


def form_of(text: str, row: Sequence[Token], start: int, end: int) -> Form:
    """The form of words told in a clause: by how much of them stands in quotation marks."""
    quoted = [
        token.inner for at, token in enumerate(row[start:end], start) if token.inner and fragment_is_said(text, row, at)
    ]
    if not quoted:
        tail = next((at for at in range(start, end) if _left_open(row[at])), end)
        return "mixed" if end - tail > FRAGMENT_WORDS else "indirect"
    whole = token_range(row, start, end)
    return "direct" if sum(q.end - q.start for q in quoted) > _MOSTLY * (whole.end - whole.start) else "mixed"


def _left_open(token: Token) -> bool:
    """Whether a token is an opening mark that nothing closes."""
    return token.kind == "mark" and token.text in OPENING_MARKS


def fragment_is_said(text: str, row: Sequence[Token], at: int) -> bool:
    """Whether a quotation inside a clause holds the speaker's own words and no name.

    A name stands after the noun that it names (حركة «…»، سجن «…»), or is one that the lexicon knows; a single word
    is one unless its ending tells an adjective, a plural or a verb («فضائيين», «رحبت»).
    """
    inner = row[at].inner
    words = text[inner.start : inner.end].split() if inner else []
    if len(words) >= FRAGMENT_WORDS:
        return True
    before = row[at - 1] if at and row[at - 1].kind == "word" else None
    if not words or (before and _names(before.text)) or "organisation" in classes(words[0]):
        return False
    if len(words) > 1:
        return True
    word = words[0]
    return not definite(word) and len(word) > 3 and word.endswith(("ا", "ين", "ون", "ه", "ات", "ت"))


def _names(word: str) -> bool:
    """Whether a noun is followed by a name: one that speaks (حركة، مقاتلي), or a thing that bears one (سجن، عملية)."""
    if definite(word):
        # القرار «خطأ لا يغتفر»: a predicate, unless a rank stands before its bearer.
        return not {"rank", "title"}.isdisjoint(classes(word))
    stems = {word, word[1:]} if word[0] in "وفبلك" else {word}
    naming = particles("naming")
    return any(bool(classes(stem)) or bare(stem) in naming or bare(stem).removesuffix("ي") in naming for stem in stems)


def speech_is_missing(row: Sequence[Token], one: Attribution, end: int) -> bool:
    """Whether a colon announces speech that only the next line brings."""
    return one.marker == "speech" and all(token.kind not in ("word", "quote") for token in row[one.content : end])


def _around(row: Sequence[Token], one: Attribution) -> tuple[Span, ...]:
    """The quotation before the verb and its second half after the speaker."""
    after = max([chunk[1] for chunk in one.subject] + [one.cue + 1])
    while after < len(row) and row[after].kind in ("comma", "mark", "colon"):
        after += 1
    return tuple(span for at in (one.content, after) if at < len(row) and (span := row[at].inner) is not None)


def _joined(row: Sequence[Token], start: int, end: int) -> tuple[list[Span], int]:
    """The quotation at ``start`` with those joined to it by و or a comma, and the token after them."""
    parts = inner_spans(row, start, start + 1)
    at = start + 1
    while at < end:
        after = at
        while after < end and (row[after].kind == "comma" or row[after].text in _LINKS):
            after += 1
        if after == at or after >= end or row[after].inner is None:
            break
        parts += inner_spans(row, after, after + 1)
        at = after + 1
    return parts, at

"""Headlines that name their speaker: «فلان: كلام»."""

from extract.contents import token_range, trimmed
from extract.phrases import read_phrase
from extract.speakers import Voice, describe
from extract.text import Folded, Span
from extract.tokens import Row

_LONGEST_SPEAKER = 9  # tokens
_SPEAKERS = frozenset({"role", "organisation", "rank", "title", "source", "people"})


def headline(text: Folded, row: Row) -> tuple[Voice, Span] | None:
    """Who speaks before the colon, and what they say behind it (folded); None where a sentence is no such headline."""
    colon = next((i for i, t in enumerate(row[: _LONGEST_SPEAKER + 1]) if t.kind == "colon"), None)
    if not colon or len(row) - colon < 4 or any(t.kind not in ("word", "quote") for t in row[:colon]):
        return None
    quoted = row[colon + 1].kind == "quote"
    phrase = read_phrase(row, 0, colon)
    arabic = sum(t.kind == "quote" or (t.text > "ء" and not t.text.isdigit()) for t in row[colon + 1 :])
    if phrase.end != colon or not (phrase.head in _SPEAKERS or quoted) or arabic < (1 if quoted else 3):
        return None
    voice = describe(text, row, ((0, colon),))
    if voice is None or (voice.speaker.anonymous and phrase.definite):
        # «المصدر: …» labels where an article was taken from.
        return None
    end = trimmed(row, colon + 1, len(row))
    inner = row[colon + 1].inner if end == colon + 2 else None
    return voice, inner or token_range(row, colon + 1, end)

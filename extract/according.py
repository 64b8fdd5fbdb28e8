"""Attribution without a reporting verb of its own: بحسب، وفقاً لـ، نقلاً عن، على حد قوله، كما قال."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.cues import cue_at
from extract.frames import Attribution, Chunk
from extract.nouns import classes, first_names, noun_classes, particles
from extract.phrases import read_phrase
from extract.tokens import Row, Token, opening

_HEADS = {
    "بحسب": "بحسب",
    "حسب": "بحسب",
    "وفق": "وفقا",
    "وفقا": "وفقا",
    "نقلا": "نقلا",
    "طبقا": "وفقا",
    "استنادا": "وفقا",
}
_REPORTED = frozenset(["حسبما", "كما", "مثلما"])
_SPEAKING = frozenset(["role", "rank", "title", "organisation", "document", "outlet", "source", "people"])


_ITS_OBJECT = frozenset({"به", "بها", "عنه", "عنها", "اليه", "اليها"})
_LONGEST_RELATIVE = 14  # tokens


@dataclass(frozen=True)
class According:
    """A verbless attribution by token positions, half-open.

    ``subject`` is empty where it only points back (على حد قوله). ``opening`` tells that it opens its
    sentence part, so that the content stands after it.
    """

    start: int
    end: int
    lemma: str
    subject: tuple[Chunk, ...]
    opening: bool


def accordings(row: Row) -> list[According]:
    """The verbless attributions of a sentence, in order."""
    out: list[According] = []
    for at in row.opened_by(_may_open):
        if (not out or at >= out[-1].end) and (found := _read(row, at)):
            out.append(found)
    return out


@opening
def _may_open(word: str) -> bool:
    word = _without_conjunction(word)
    return word == "علي" or word in _REPORTED or word in _HEADS


def _without_conjunction(word: str) -> str:
    return word[1:] if word[0] in "وف" and word not in _HEADS and len(word) > 3 else word


def _read(row: Sequence[Token], at: int) -> According | None:
    token = row[at]
    word = _without_conjunction(token.text)
    opening = at == 0 or (token.text != word and row[at - 1].kind != "word")
    if word == "علي" and at + 2 < len(row) and row[at + 1].text == "حد" and row[at + 2].text in particles("limit"):
        noun = row[at + 2].text
        if noun not in ("قول", "تعبير", "وصف"):
            return According(at, at + 3, "على حد", (), False)
        phrase = read_phrase(row, at + 3, len(row))
        return According(at, max(phrase.end, at + 3), "على حد", _chunk(phrase.start, phrase.end), False)
    if word in _REPORTED or (word in _HEADS and at + 1 < len(row) and row[at + 1].text in ("ما", "لما")):
        return _reported(row, at, word in _REPORTED)
    if word not in _HEADS or at + 1 >= len(row):
        return None
    start = at + 1
    if row[start].text in ("ل", "الي", "عن"):
        start += 1
    if start >= len(row) or row[start].kind not in ("word", "quote"):
        return None
    if not _speaks(row, start):
        return None
    bared = without_preposition(row, start)
    phrase = read_phrase(bared, start, len(bared))
    end = max(phrase.end, start + 1)
    if end < len(row) and row[end].text in particles("relative"):
        # المعلومات التي حصلت عليها القناة، …
        end = next((at for at in range(end, min(len(row), end + _LONGEST_RELATIVE)) if row[at].kind == "comma"), end)
    return According(at, end, _HEADS[word], ((start, end),), opening)


def tells_all(source: According, first: Attribution) -> bool:
    """Whether a source at the head of a sentence tells all of it, what others ask or do in it included."""
    return source.opening and source.end <= first.part and first.marker in ("nominal", "preposition")


def told_of(row: Sequence[Token], source: According, begin: int, limit: int) -> tuple[int, int]:
    """The tokens that a source tells: those behind it where it opens its part, else those from ``begin`` on before it.

    ``limit`` is where what it may tell ends.
    """
    start, end = (source.end, limit) if source.opening else (begin, source.start)
    while start < end and (row[start].kind not in ("word", "quote") or row[start].text == "فان"):
        start += 1
    end = _trimmed(row, start, end)
    if not source.opening and end - start <= 3 and limit - source.end > 3 and row[source.end].kind == "comma":
        # Between commas near the front (ومن المرجح، بحسب المصدر، أن …): the words go on behind it.
        start = source.end + 1
        end = _trimmed(row, start, limit)
        start += row[start].text == "فان"
    return start, end


def _trimmed(row: Sequence[Token], start: int, end: int) -> int:
    while end > start and row[end - 1].kind in ("comma", "colon", "mark"):
        end -= 1
    return end


def _reported(row: Sequence[Token], at: int, one_word: bool) -> According | None:
    """كما قال X، بحسب ما أعلن X: closing what stands before it."""
    verb = at + (1 if one_word else 2)
    if at == 0 or verb >= len(row):
        return None
    form = next((f for f in cue_at(row, verb) if f.shape in ("past", "present") and f.lemma.speech), None)
    if form is None:
        return None
    start = verb + 1
    while start < len(row) and row[start].text in _ITS_OBJECT:
        start += 1  # وفق ما أفاد به مسؤول
    phrase = read_phrase(row, start, len(row))
    after = max(phrase.end, start)
    if after < len(row) and row[after].kind == "word" and row[at].text == "كما":
        return None
    return According(at, after, form.lemma.name, _chunk(phrase.start, phrase.end), False)


def _chunk(start: int, end: int) -> tuple[Chunk, ...]:
    return ((start, end),) if end > start else ()


def _speaks(row: Sequence[Token], at: int) -> bool:
    """Whether a noun phrase names someone who can say something, not a rule, a plan or a technique."""
    if row[at].kind == "quote":
        return True
    word = _without_preposition(row[at].text)
    if word.startswith("ال") and word.endswith("ي") and at + 1 < len(row) and row[at + 1].kind == "comma":
        return True  # a family name: بحسب التميمي، …
    return bool(_SPEAKING & classes(word).keys()) or word in first_names()


def _without_preposition(word: str) -> str:
    if word.startswith("لل"):
        return "ا" + word[1:]
    if word.startswith("ل") and word not in noun_classes() and len(word) > 3:
        return word[1:]
    return word


def without_preposition(row: Sequence[Token], at: int) -> Sequence[Token]:
    """The row, cut off some way behind, with the ل taken off the word at ``at``, for reading the phrase.

    «لل» stays as it is: no letter of it can be taken off so that the word is left.
    """
    token = row[at]
    if token.kind != "word" or token.text.startswith("لل"):
        return row
    word = _without_preposition(token.text)
    if word == token.text:
        return row
    return [*row[:at], token._replace(text=word, start=token.start + 1), *row[at + 1 : at + 24]]

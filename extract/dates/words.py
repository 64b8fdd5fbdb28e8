"""The words of dates: which classes a word belongs to, and a text as a row of words with the marks between them."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, compress, count

from extract.lexicon import rows
from extract.text import folded

# A mark that may adhere to a word of a date. Each is replaced by one blank, so that positions stay.
_MARKS = "\n\r\x0b\x0c\x85\u2028\u2029.,،؛;:!?؟()[]{}«»“”\"'‘’/\\-–—…*|&"
_FAR = 8  # blanks in a row that end a phrase
_NUMBER = re.compile(r"(?:و|ال|ب|ل|وال|بال|لل|ول|ف)?([0-9]{1,4})")
_YEAR = re.compile(r"(?:و|ب|ل|ول|لل|وب)?([0-9]{3,4})(م|ه)?")
_NO_CLITICS = frozenset({"past", "present", "future", "few", "about", "not-today", "epithet", "counted", "same", "era"})
_CONJOINED = frozenset({"number", "before", "since", "until", "after", "within", "from", "to", "between", "this"})
_ANCHORS = frozenset(
    ["weekday", "month", "hijri", "day", "one", "two", "many", "the", "the-two", "the-many", "season", "decade"]
)  # what a date is read from


@dataclass(frozen=True)
class Vocabulary:
    """``classes``: of each form its classes with their values; ``phrases``: what may follow a first word, longest
    first, as (other words, class, value); ``anchors``: the forms at which reading starts; ``tails``: of each class the
    last words of its expressions."""

    classes: dict[str, dict[str, str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    anchors: frozenset[str]
    tails: dict[str, frozenset[str]]


@cache
def vocabulary() -> Vocabulary:
    """The words of ``data/dates.tsv``, with the proclitics that each class takes."""
    own: dict[str, dict[str, str]] = {}
    derived: dict[str, dict[str, str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    tails: dict[str, set[str]] = {}
    for row in rows("dates.tsv"):
        kind, value = row["class"], row["value"]
        for expression in row["words"].split():
            first, *rest = (folded(part) for part in expression.split("_"))
            clitics = _with_clitics(first, kind, value)
            tails.setdefault(kind, set()).update(rest[-1:] or (first, *clitics))
            if rest:
                for form in (first, *clitics):
                    phrases.setdefault(form, []).append((tuple(rest), kind, value))
                continue
            own.setdefault(first, {})[kind] = value
            for form in clitics:
                derived.setdefault(form, {})[kind] = value
    classes = derived | own
    anchors = {form for form, kinds in classes.items() if not _ANCHORS.isdisjoint(kinds)}
    anchors |= {form for form, found in phrases.items() if any(kind in _ANCHORS for _, kind, _ in found)}
    anchors |= {f"{day}" for day in range(1, 32)} | {f"0{day}" for day in range(1, 10)}
    anchors |= {clitic + f"{y}" + era for y in range(1900, 2100) for clitic in ("", "و", "ل", "ب") for era in ("", "م")}
    anchors |= {clitic + f"{y}ه" for y in range(1300, 1500) for clitic in ("", "و", "ل", "ب")}
    return Vocabulary(
        classes,
        {form: tuple(sorted(found, key=lambda one: -len(one[0]))) for form, found in phrases.items()},
        frozenset(anchors),
        {kind: frozenset(last) for kind, last in tails.items()},
    )


def _with_clitics(word: str, kind: str, value: str) -> list[str]:
    if kind in _NO_CLITICS or kind.endswith("-clause"):
        return []
    if kind in _CONJOINED or value[-1:] in "~?!":
        return ["و" + word, *(["ف" + word] if kind not in ("month", "hijri") else [])]
    forms = [clitic + word for clitic in ("و", "ف", "ب", "وب")]
    if word.startswith("ال"):
        return [*forms, "لل" + word[2:], "ولل" + word[2:]]
    return [*forms, "ل" + word, "ول" + word]


@dataclass(frozen=True)
class Words:
    """A folded text as a row of words. Indexes count the pieces between single blanks, of which some are empty."""

    text: str
    row: list[str]
    vocabulary: Vocabulary

    def anchors(self) -> list[int]:
        """The indexes of words at which a date may be read, in order."""
        return list(compress(count(), map(self.vocabulary.anchors.__contains__, self.row)))

    @cached_property
    def _letters(self) -> list[int]:
        """How many letters stand before each word; there are as many blanks as words."""
        return list(accumulate(map(len, self.row), initial=0))

    def start(self, i: int) -> int:
        """The offset of word ``i`` in the folded text."""
        return self._letters[i] + i

    def end(self, i: int) -> int:
        """The offset after word ``i``."""
        return self._letters[i + 1] + i

    def next(self, i: int, marks: str = "") -> int | None:
        """The word after ``i`` if nothing but blanks and ``marks`` stand between them, else None."""
        j = i + 1
        if j < len(self.row) and self.row[j]:
            mark = self.text[self._letters[j] + i]
            return j if mark == " " or mark in marks else None
        for j in range(i + 2, min(i + _FAR, len(self.row))):
            if self.row[j]:
                return j if self.gap(i, j).strip(" " + marks) == "" else None
        return None

    def prev(self, i: int, marks: str = "") -> int | None:
        """The word before ``i`` if nothing but blanks and ``marks`` stand between them, else None."""
        j = i - 1
        if j >= 0 and self.row[j]:
            mark = self.text[self._letters[i] + j]
            return j if mark == " " or mark in marks else None
        for j in range(i - 2, max(i - _FAR, -1), -1):
            if self.row[j]:
                return j if self.gap(j, i).strip(" " + marks) == "" else None
        return None

    def back(self, i: int, ends: str) -> int | None:
        """The word before ``i`` whatever stands between them, None where one of the marks ``ends`` does."""
        for j in range(i - 1, max(i - _FAR, -1), -1):
            if self.text[self._letters[j + 1] + j] in ends:
                return None
            if self.row[j]:
                return j
        return None

    def gap(self, i: int, j: int) -> str:
        """What stands between the words ``i`` and ``j``."""
        return self.text[self.end(i) : self.start(j)]

    def get(self, i: int | None, kind: str) -> str | None:
        """The value of word ``i`` in a class, None where it is not of that class (or there is no word)."""
        found = None if i is None else self.vocabulary.classes.get(self.row[i])
        return found.get(kind) if found else None

    def is_any(self, i: int | None, *kinds: str) -> bool:
        """Whether word ``i`` is of one of the classes."""
        if i is None:
            return False
        found = self.vocabulary.classes.get(self.row[i])
        return found is not None and not found.keys().isdisjoint(kinds)

    def match(self, i: int | None, kind: str) -> tuple[str, int] | None:
        """The value in a class of the expression that begins at ``i``, longest first, and its last word."""
        if i is None:
            return None
        for rest, found, value in self.vocabulary.phrases.get(self.row[i], ()):
            if found != kind:
                continue
            at: int | None = i
            for word in rest:
                at = self.next(at) if at is not None else None
                if at is None or self.row[at] != word:
                    break
            else:
                if at is not None:
                    return value, at
        value_alone = self.get(i, kind)
        return None if value_alone is None else (value_alone, i)

    def ending(self, i: int | None, kind: str) -> int | None:
        """The first word of an expression of a class that ends at ``i``, of up to three words."""
        if i is None or self.row[i] not in self.vocabulary.tails[kind]:
            return None
        at: int | None = i
        for _ in range(3):
            if (found := self.match(at, kind)) and found[1] == i:
                return at
            at = self.prev(at) if at is not None else None
        return None

    def number(self, i: int | None) -> int | None:
        """The number that word ``i`` writes in digits, of at most four, with or without a proclitic."""
        found = _NUMBER.fullmatch(self.row[i]) if i is not None else None
        return int(found[1]) if found else None

    def year(self, i: int | None) -> tuple[int, str] | None:
        """The number of a year at word ``i`` and the letter of its era (م, ه or none)."""
        found = _YEAR.fullmatch(self.row[i]) if i is not None else None
        return (int(found[1]), found[2] or "") if found else None

    def amount_before(self, i: int, low: int) -> tuple[int, int] | None:
        """The number, in digits or words, that ends right before ``i``, and its first word."""
        at = self.prev(i)
        if at is None or at < low:
            return None
        if (value := self.number(at)) is not None:
            before = self.prev(at)
            return value, before if before is not None and before >= low and self.row[before] == "ال" else at
        total, first = 0, None
        for _ in range(4):
            value_said = self.get(at, "number")
            if at is None or at < low or value_said is None:
                break
            total, first = total + int(value_said), at
            at = self.prev(at)
        return None if first is None else (total, first)

    def ordinal_before(self, i: int, low: int) -> tuple[int, int] | None:
        """The ordinal that ends at word ``i`` (الخامس والعشرين, الحادي عشر), and its first word."""
        said = self.get(i, "ordinal")
        if said is None or i < low:
            return None
        value, before = int(said), self.prev(i)
        units = self.get(before, "ordinal") if before is not None and before >= low else None
        ten = self.row[i] == "عشر"
        if before is not None and units and int(units) < 10 and (ten or (value >= 20 and self.row[i][0] == "و")):
            return value + int(units), before
        return None if ten else (value, i)


def words(text: str) -> Words:
    """A folded text as words."""
    plain = text
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    return Words(text, plain.split(" "), vocabulary())

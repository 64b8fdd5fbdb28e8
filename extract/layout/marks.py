"""What the words of one line say about its being page furniture, before its neighbours are looked at."""

import re
from dataclasses import dataclass
from functools import cache

from extract.layout.words import WORD, opening, openings, phrases, vocabulary, wholes
from extract.text import Folded, Span

# Marks that tell by themselves; the others (a category, a number, a date) need company.
STRONG = frozenset({"opener", "inline", "share", "notice", "views", "updated", "markup", "trail", "age"})
_LONGEST = 200  # characters; what is longer is told by its first or last words only
_WHOLE = ("opener", "share", "control", "section")
_START = ("opener", "later", "share", "notice", "updated")
_MARKUP = re.compile(
    r"-->|<!--|<\w+[ >/]|</\w+>|adslot|googletag|function *\(|https?://\S+\s*$|^www\.\S+$|^pic\.twitter"
)
_TRAIL = re.compile(r"[>/»|‹›\\]")
_DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d")
_ARABIC = re.compile(r"[ء-ي]")
_STOPS = (".", "۔", ".»", '."', ".”", "».", '".', "”.", ".)", ").", ".“")
_ENDS = (*_STOPS, "؟", "!")
_CUT = ("...", "…")


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph: its folded range and text, its mark (None for none), and how it ends.

    ``stop``: with a full stop; ``cut``: with the dots of a shortened title.
    """

    span: Span
    text: str
    mark: str | None
    stop: bool
    cut: bool

    @property
    def strong(self) -> bool:
        """Whether its mark needs no company."""
        return self.mark in STRONG


def marked_rows(text: Folded) -> list[Row]:
    """Every paragraph of the text, with its mark."""
    out = []
    for span in text.paragraphs:
        line = text.text[span.start : span.end]
        ending = line[-24:].replace("&rlm;", "").replace("&nbsp;", "").rstrip()
        cut = ending.endswith(_CUT)
        out.append(Row(span, line, mark(line), not cut and ending.endswith(_STOPS), cut))
    return out


def mark(line: str) -> str | None:
    """The name of the rule by which a folded line looks like page furniture, None for none.

    ``opener`` heads a list of other articles, ``inline`` holds such a head and a title in one line.
    """
    if len(line) > _LONGEST:
        return _mark_of_long(line)
    words = WORD.findall(line)
    if not words:
        return "markup" if "<" in line or "->" in line else "number"
    if whole := wholes(_WHOLE).get(" ".join(words)):
        return whole
    if found := opening(words, openings(_START)):
        return _opened(line, words, found.kind, len(found.words))
    if len(words) <= 16 and (timed := _time(line, words)):
        return timed
    if "اخر تحديث" in line and len(words) <= 16 and _is_age(words[-2:]):
        return "updated"
    if len(words) <= 5 and (listed := _of_vocabulary(line, words)):
        return listed
    if len(words) <= 16 and _TRAIL.search(line) and (trail := _trail(line, words)):
        return trail
    if line[0] == "#" and all(token[0] == "#" for token in line.split()):
        return "hashtags"
    if "©" in line or _ends_as_notice(line):
        return "notice"
    return "markup" if _foreign_markup(line) else None


def _mark_of_long(line: str) -> str | None:
    table = openings(("notice",))
    if line.split(None, 1)[0] in table and opening(WORD.findall(line[:_LONGEST]), table):
        return "notice"
    return "notice" if _ends_as_notice(line) else "markup" if line[0] == "<" else None


def _opened(line: str, words: list[str], kind: str, opened: int) -> str | None:
    if kind == "updated":
        # «نشر في» opens sentences too: a date must follow.
        return "updated" if any(word[0].isdigit() or word in vocabulary("ago") for word in words[opened:]) else None
    if kind == "opener":
        long = len(words) > opened + 4 or ":" in line.rstrip(" :")
        return "inline" if long else "opener"
    return kind


def _ends_as_notice(line: str) -> bool:
    return line[-40:].rstrip(" .:-!>»").endswith(_notices())


@cache
def _notices() -> tuple[str, ...]:
    return tuple(phrases("notice", "end"))


@cache
def _time_words() -> frozenset[str]:
    return vocabulary("month") | vocabulary("weekday") | vocabulary("clock") | vocabulary("unit") | vocabulary("ago")


def _time(line: str, words: list[str]) -> str | None:
    """A date, a time of day, a number, or how long ago: "stamp", "number", "age"."""
    ago = next((i for i, word in enumerate(words[:5]) if word in vocabulary("ago")), None)
    if ago is not None and _is_age(words[ago + 1 :]) and (ago == 0 or _apart(line, words[ago])):
        return "age" if any(word[0].isdigit() for word in words[ago:]) else "stamp"
    known = _time_words()
    digits = False
    for before, word in zip(("", *words), words, strict=False):
        if word[0].isdigit():
            digits = True
        elif word not in known and not before.endswith("توقيت"):
            return None
    if not digits:
        return None
    if all(word[0].isdigit() for word in words):
        return "stamp" if _DATED.search(line) else "number"
    telling = vocabulary("month") | vocabulary("weekday")
    return "stamp" if _DATED.search(line) or any(w in telling or w.startswith("الساع") for w in words) else None


def _is_age(words: list[str]) -> bool:
    units = vocabulary("unit")
    return 0 < len(words) <= 6 and all(
        word[0].isdigit() or word in units or word in ("و", "ago", "من") or word[1:] in units for word in words
    )


def _apart(line: str, word: str) -> bool:
    """Whether a dash or bar stands before ``word``: «اسم الموقع - قبل ساعة»."""
    before = line[: line.find(word)].rstrip()
    return before.endswith(("-", "–", "|", "•", "/", "—"))


def _of_vocabulary(line: str, words: list[str]) -> str | None:
    """Lines of category names, networks, size buttons or counters only."""
    if all(word in vocabulary("platform") for word in words):
        return "platform"
    letters = [word for word in words if not word.isdigit()]
    if not letters:
        return None
    if all(word in vocabulary("font") for word in words):
        return "font"
    if len(letters) < len(words) and all(word in vocabulary("counter") for word in letters):
        return "views" if any(word in vocabulary("views") for word in letters) else "stamp"
    sections = vocabulary("section")
    if all(word in sections or _bare(word) in sections for word in letters) and not line.endswith(_ENDS):
        return "section"
    return None


def _bare(word: str) -> str:
    """A word without its conjunction and article."""
    if word.startswith("وال"):
        return word[3:]
    return word[2:] if word.startswith("ال") else word[1:] if word.startswith("و") else word


def _trail(line: str, words: list[str]) -> str | None:
    """The way to the page: «الرئيسية > أخبار > …», «أخبار|سياسة|لبنان»."""
    if words[0] in ("الرييسيه", "home"):
        return "trail"
    steps = [step.split() for step in _TRAIL.split(line)]
    sections = vocabulary("section") - {"عاجل", "عاجله"}
    first = steps[0][0] if len(steps[0]) == 1 else ""
    return "section" if (first in sections or _bare(first) in sections) and max(map(len, steps)) <= 2 else None


def _foreign_markup(line: str) -> bool:
    """What a scraper left of the page's code, or an address alone."""
    return not _ARABIC.search(line) and bool(_MARKUP.search(line))

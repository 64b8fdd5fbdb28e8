"""What the readers of dates share: a reading, where it was found, and whether its clause speaks of the future."""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from extract.dates.calendar import Direction, Period
from extract.dates.words import Words, vocabulary
from extract.lexicon import cue_forms

NAME = "name"  # the rule of words that look like a date and are a name
Tense = Literal["future", "scheduled", "past"]
_DIRECTIONS: tuple[Direction, ...] = ("past", "present", "future")
_SENTENCE_END = ".!?؟\n\r\u2028\u2029"
_REACH = 12  # words back to the verb that governs a date
_COMING_VERB = re.compile(r"[وف]?س[يتن]\w{2,}")


class Reading(NamedTuple):
    """Words ``first`` to ``last`` read as a period.

    ``precision`` "" marks words that look like a date and are a name; they are kept from being read again.
    ``month_day``: what was said where the year was guessed; ``weekday``: what a day named alone was.
    """

    first: int
    last: int
    period: Period
    precision: str
    rule: str
    month_day: tuple[int, int | None] | None = None
    weekday: int | None = None
    hijri: bool = False


class Context(NamedTuple):
    """The text, the day of publication, and ``low``: the first word that no earlier reading has taken."""

    words: Words
    published: date | None
    low: int = 0

    def before(self, i: int, marks: str = "") -> int | None:
        """The word before ``i`` that is still free."""
        found = self.words.prev(i, marks)
        return found if found is not None and found >= self.low else None

    def direction(self, i: int | None) -> Direction | None:
        """Which way an adjective points (الماضي، الجاري، المقبل)."""
        return next((one for one in _DIRECTIONS if self.words.is_any(i, one)), None)

    def turn(self, i: int) -> tuple[Direction, int, int] | None:
        """The adjective after word ``i``, how many units it leads (قبل الماضي: two back), and its last word."""
        at = self.words.next(i, ")")
        if at is None:
            return None
        if direction := self.direction(at):
            return direction, {"past": -1, "present": 0, "future": 1}[direction], at
        after = self.words.next(at)
        if self.words.is_any(at, "before") and self.words.is_any(after, "past"):
            return "past", -2, after or at
        if self.words.is_any(at, "after") and self.words.is_any(after, "future"):
            return "future", 2, after or at
        return None

    def coming(self, i: int, last: int | None = None) -> bool:
        """Whether a word of the future governs ``i`` to ``last``: the nearest before in the clause or the next."""
        words = self.words
        row = words.row
        after, at = words.next(i if last is None else last), i
        for back in range(_REACH):
            before = words.back(at, _SENTENCE_END)
            if before is None:
                break
            tense = _tense(row[before])
            if back == 0 and tense == "past":
                return False
            if tense == "scheduled":
                further = words.prev(before)
                return further is None or _tense(row[further]) != "past"
            if tense:
                return tense == "future" or (after is not None and _tense(row[after]) == "future")
            at = before
        return after is not None and _tense(row[after]) == "future"

    def after(self, low: int) -> "Context":
        """The same where the words up to ``low`` are taken."""
        return Context(self.words, self.published, low)


@lru_cache(maxsize=1 << 14)
def _tense(word: str) -> Tense | None:
    """What a word alone tells: a word of the future, a present that announces, an end of its reach."""
    classes = vocabulary().classes.get(word, {})
    if "coming" in classes:
        return "future"
    if _COMING_VERB.fullmatch(word) and "not-future" not in classes:
        return "future"
    if "scheduled" in classes:
        return "scheduled"
    if "past-clause" in classes:
        return "past"
    forms = cue_forms().get(word) or cue_forms().get(word[1:] if word[0] in "وف" else word) or ()
    return "past" if any(form.shape == "past" for form in forms) else None

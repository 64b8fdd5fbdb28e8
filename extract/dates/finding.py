"""When: the dates that a text names, as ISO ranges relative to the day it was published.

A few hundred words can open a date; reading starts only at those. Each is read with the words around it into a
period; then pieces of periods (مطلع), words that stand for one day (الأربعاء 5 أكتوبر), ranges (من … إلى) and
prepositions that move the bounds (منذ، حتى) are joined to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from extract.dates import days, months, units, years
from extract.dates.calendar import Period, fraction, gregorian, nearest, part
from extract.dates.reading import Context, Reading
from extract.dates.words import Words, vocabulary, words
from extract.text import Folded, Span

Precision = Literal["day", "week", "month", "season", "year", "decade", "century", "range", "vague"]

_OPERATORS = ("since", "until", "before", "after")
_PLACED = frozenset({"ago", "ahead", "since", "within", "last"})  # rules that have read their preposition
_NEAR = 8  # pieces between two readings that may be one
_SURE_DAYS = 31  # a date without a year that is so near is of this year, whatever weekday is named


@dataclass(frozen=True)
class When:
    """A date as written. ``start`` and ``end`` are ISO days, inclusive.

    One of them is None where the range is open (حتى 2014), both where the date is relative and the article has none.
    ``precision`` is what was named: a "range" has bounds of its own, a "vague" one only a direction (الأيام المقبلة).
    ``rule`` is the rule that read it.
    """

    span: Span
    start: str | None
    end: str | None
    precision: Precision
    rule: str


Reader = Callable[[Context, int], Reading | None]
_READERS: tuple[tuple[str, Reader], ...] = (
    ("weekday", days.weekday),
    ("month", months.month),
    ("hijri", months.month),
    ("day", days.named_day),
    ("the", years.year),
    ("the", units.the_unit),
    ("the-two", units.many),
    ("the-many", years.year),
    ("the-many", units.many),
    ("one", years.year),
    ("two", years.year),
    ("many", years.year),
    ("one", units.amount),
    ("two", units.amount),
    ("many", units.amount),
    ("season", units.a_season),
    ("decade", years.decade),
)


def dates(text: Folded, published: date | None) -> tuple[When, ...]:
    """The dates of a text in order, without overlap. Relative ones have no bounds if ``published`` is None."""
    row = words(text.text)
    anchors = row.anchors()
    if not anchors:
        return ()
    found = _read(row, anchors, published)
    found = _joined(row, found, published)
    return tuple(_when(text, row, reading) for reading in _bounded(Context(row, published), found) if reading.precision)


def _read(row: Words, anchors: list[int], published: date | None) -> list[Reading]:
    out: list[Reading] = []
    context = Context(row, published)
    for i in anchors:
        if i < context.low:
            continue
        if reading := _at(context, i):
            reading = _part_of(context, reading)
            out.append(reading)
            context = context.after(reading.last + 1)
    return out


def _at(context: Context, i: int) -> Reading | None:
    word = context.words.row[i]
    if word[0].isdigit() and len(word) < 3:
        return years.numeric(context, i)
    if word[-2:].isdigit() or word[-3:-1].isdigit():
        return years.numeric(context, i) or years.year(context, i)
    for read in _readers(word):
        if reading := read(context, i):
            return reading
    return None


@cache
def _readers(anchor: str) -> tuple[Reader, ...]:
    """What may read a date at an anchor, of which there are only so many."""
    known = vocabulary()
    kinds = {kind: value for _, kind, value in known.phrases.get(anchor, ())} | known.classes.get(anchor, {})
    found = (read for kind, read in _READERS if kind in kinds and (read is not years.year or kinds[kind] == "year"))
    return tuple(dict.fromkeys(found))


def _part_of(context: Context, reading: Reading) -> Reading:
    """The piece that the words before it cut from a period: مطلع يوليو, النصف الأول من العام الجاري."""
    if reading.precision not in ("week", "month", "year", "decade", "century", "season"):
        return reading
    row = context.words
    before = context.before(reading.first)
    if name := row.get(before, "part"):
        piece = part(reading.period, name, reading.precision)
        return reading._replace(first=before or 0, period=piece, precision="range", rule="part-of-" + reading.rule)
    if before is None or row.row[before] != "من":
        return reading
    which = context.before(before)
    noun = context.before(which) if which is not None else None
    pieces, said = row.get(noun, "fraction"), row.get(which, "ordinal")
    if noun is None or not pieces or not (said or row.is_any(which, "past")):
        return reading  # «الأخير» is the last
    piece = fraction(reading.period, int(said or pieces), int(pieces), reading.precision)
    return reading._replace(first=noun, period=piece, precision="range", rule="part-of-" + reading.rule)


def _joined(row: Words, found: list[Reading], published: date | None) -> list[Reading]:
    """Readings that name one date, or the two ends of a range, as one."""
    out: list[Reading] = []
    for reading in found:
        if out and out[-1].precision and reading.precision:
            near = reading.first - out[-1].last <= _NEAR
            joined = near and (_one_day(row, out[-1], reading, published) or _range(row, out[-1], reading))
            if joined:
                out[-1] = joined
                continue
        out.append(reading)
    return out


def _one_day(row: Words, first: Reading, second: Reading, published: date | None) -> Reading | None:
    """A weekday or named day and its date, or a Hijri date and the Gregorian one."""
    between = second.first
    after = row.next(first.last, "،,(/-")
    if after is not None and row.is_any(after, "corresponding"):
        after = row.next(after, "،,:(")
    if after is not None and row.get(after, "one") == "day" and after != between:
        after = row.next(after)
    if after != between or second.precision != "day":
        return None
    if first.hijri != second.hijri and first.rule.endswith(("day-month", "day-month-year", "numeric")):
        return (second if first.hijri else first)._replace(first=first.first, last=second.last)
    if first.rule not in ("weekday", "named-day") or second.rule in ("weekday", "named-day"):
        return None
    period = second.period
    if second.month_day and published and first.weekday is not None:
        period = _on_weekday(period, second.month_day, first.weekday, published)
    return second._replace(first=first.first, last=second.last, period=period)


def _on_weekday(period: Period, month_day: tuple[int, int | None], weekday: int, published: date) -> Period:
    """The day of the year in which it is that weekday, if the year was guessed; reporters err in days nearby."""
    if period.start is None or abs((period.start - published).days) <= _SURE_DAYS:
        return period
    found = (gregorian(year, *month_day) for year in range(published.year - 2, published.year + 3))
    fitting = [one for one in found if one and one.start and one.start.weekday() == weekday]
    return nearest(fitting or [period], published, None, False)


def _range(row: Words, first: Reading, second: Reading) -> Reading | None:
    """من … إلى … and بين … و…; a year said once holds for both ends."""
    opening, after = row.prev(first.first), row.next(first.last)
    if after is None:
        return None
    if after == second.first:
        if not (row.row[after].startswith("و") and row.is_any(opening, "between")):
            return None
    elif row.next(after) == second.first and row.is_any(after, "to"):
        if not (opening is not None and (row.row[opening] in ("من", "ومن") or row.is_any(opening, "since"))):
            opening = None
            if first.precision != second.precision or first.precision not in ("month", "year"):
                return None
    elif row.row[after] == "و" and row.next(after) == second.first and row.is_any(opening, "between"):
        pass
    else:
        return None
    start, end = first.period.start, second.period.end
    if start and end and first.month_day:
        start = _year_before(first, start, end, bool(second.month_day))
    if start and end and first.weekday is not None and start > end:
        start -= timedelta(7)
    if start and end and start > end:
        return None
    at = first.first if opening is None else opening
    return second._replace(first=at, period=Period(start, end), precision="range", rule="range", month_day=None)


def _year_before(first: Reading, start: date, end: date, guessed: bool) -> date:
    """The start in the last year that puts it before the end."""
    month, day = first.month_day or (start.month, start.day)
    years = (end.year, end.year - 1)
    for year in years:
        found = gregorian(year, month, day or 1)
        if found and found.start and found.start <= end:
            return found.start
    return start


def _bounded(context: Context, found: list[Reading]) -> list[Reading]:
    """Each reading with the preposition before it that moves its bounds: منذ, حتى, قبل, بعد, اعتباراً من."""
    out: list[Reading] = []
    row, low = context.words, 0
    for reading in found:
        at = row.prev(reading.first)
        if reading.precision and at is not None and at >= low and reading.rule not in _PLACED:
            opening = row.ending(at, "from")
            if opening is not None and opening >= low:
                period = Period(reading.period.start, None)
                reading = reading._replace(first=opening, period=period, precision="range", rule="from")
            elif operator := next((one for one in _OPERATORS if row.is_any(at, one)), None):
                period = _moved(reading, operator, context.published)
                reading = reading._replace(first=at, period=period, precision="range", rule=operator)
        out.append(reading)
        low = reading.last + 1
    return out


def _moved(reading: Reading, operator: str, published: date | None) -> Period:
    """The period that a preposition makes of one; a bound that is not said is the day of publication or open."""
    start, end = reading.period
    if operator == "since":
        return Period(start, published if published and start and start <= published else None)
    if operator == "after":
        return Period(_day_off(end, 1), None)
    # «قبل نهاية العام» lasts until the year is over.
    last = _day_off(start, -1) if operator == "before" and not reading.rule.startswith("part-of") else end
    return Period(published if published and last and last > published else None, last)


def _day_off(day: date | None, days: int) -> date | None:
    try:
        return day + timedelta(days) if day else None
    except OverflowError:
        return None


def _when(text: Folded, row: Words, reading: Reading) -> When:
    start, end = row.start(reading.first), row.end(reading.last)
    written = row.text[start:end]
    if reading.rule == "numeric" and "t" in written:  # the time of an ISO stamp
        end = start + written.index("t")
    if "(" in written and written.count("(") > written.count(")") and row.text[end : end + 1] == ")":
        end += 1
    opens, closes = reading.period
    return When(
        text.origin(start, end),
        opens.isoformat() if opens else None,
        closes.isoformat() if closes else None,
        reading.precision,  # type: ignore[arg-type]
        reading.rule,
    )

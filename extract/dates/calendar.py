"""Reckoning with days, months, years and the Hijri calendar. A period is its first and last day, inclusive."""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from hijridate.convert import Gregorian, Hijri

Direction = Literal["past", "present", "future"]


class Period(NamedTuple):
    """The first and the last day; None is open or unknown."""

    start: date | None
    end: date | None


UNKNOWN = Period(None, None)
# How far a plural reaches whose number is not said (الأيام المقبلة), as days or months.
REACH_DAYS = {"minute": 0, "hour": 1, "day": 7, "week": 28}
REACH_MONTHS = {"month": 6, "year": 60, "decade": 360}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the first month of three
# An undirected date without a year is rather past and of this year: else it counts as farther away.
_AHEAD_COSTS = 2
_OTHER_YEAR_COSTS = 2


def day_after(day: date, days: int) -> date | None:
    """The day so many days later, None where the calendar ends."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def months_after(day: date, months: int) -> date | None:
    """The day so many months later, the last of its month where it has no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def _length(year: int, month: int) -> int:
    return 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) if month == 2 else 30 + (month in _LONG)


_LONG = frozenset({1, 3, 5, 7, 8, 10, 12})


def gregorian(year: int, month: int, day: int | None) -> Period | None:
    """A day or a month, None where there is none such."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12) or (day and day > _length(year, month)):
        return None
    return Period(date(year, month, day or 1), date(year, month, day or _length(year, month)))


@lru_cache(maxsize=512)
def hijri(year: int, month: int, day: int | None) -> Period | None:
    """A Hijri day or month of Umm al-Qura (1343 to 1500); sightings elsewhere differ by a day. None outside."""
    try:
        first = Hijri(year, month, day or 1)
        start = date(*first.to_gregorian().datetuple())
        return Period(start, start if day else start + timedelta(first.month_length() - 1))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def hijri_year_of(day: date) -> int | None:
    """The Hijri year in which a day lies, None outside of the tables."""
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except (ValueError, OverflowError):
        return None


def years(first: int, last: int) -> Period | None:
    """From the first day of one year to the last of another."""
    return Period(date(first, 1, 1), date(last, 12, 31)) if MINYEAR <= first <= last <= MAXYEAR else None


def hijri_years(first: int, last: int) -> Period | None:
    """The same for Hijri years."""
    begin, end = hijri(first, 1, None), hijri(last, 12, None)
    return Period(begin.start, end.end) if begin and end else None


def season(name: str, year: int) -> Period | None:
    """Three months; a winter is that which begins in the year."""
    begin = gregorian(year, _SEASONS[name], None)
    end = months_after(begin.start, 2) if begin and begin.start else None
    return Period(begin.start, _last_of_month(end)) if begin and end else None


def _last_of_month(day: date) -> date:
    return day.replace(day=_length(day.year, day.month))


def unit_around(unit: str, day: date | None, offset: int = 0) -> Period:
    """The calendar unit that is ``offset`` units from the one of ``day``. Weeks begin on Sunday.

    A decade is the ten years up to the day or from it, as «العقد الماضي» means, but the running one by its tens.
    """
    if day is None:
        return UNKNOWN
    if unit == "week":
        begin = day_after(day, 7 * offset - (day.weekday() + 1) % 7)
        return Period(begin, day_after(begin, 6)) if begin else UNKNOWN
    if unit == "month":
        moved = months_after(day.replace(day=1), offset)
        return Period(moved, _last_of_month(moved)) if moved else UNKNOWN
    if unit == "decade":
        if offset:
            return stretch(day, 10 * offset, "year")
        return years(day.year // 10 * 10, day.year // 10 * 10 + 9) or UNKNOWN
    if unit == "century":
        return century((day.year - 1) // 100 + 1 + offset) or UNKNOWN
    return years(day.year + offset, day.year + offset) or UNKNOWN


def century(number: int) -> Period | None:
    """The century of that number, from its year 1."""
    return years(number * 100 - 99, number * 100)


def stretch(day: date | None, amount: float, unit: str) -> Period:
    """From ``day`` so many units on, or back where ``amount`` is negative; parts of a day are rounded up."""
    other = _moved(day, amount, unit) if day else None
    if day is None or other is None:
        return UNKNOWN
    return Period(min(day, other), max(day, other))


def reach(day: date | None, unit: str, sign: int) -> Period:
    """The stretch of a plural whose number is not said; open where a unit has no such reach."""
    if unit in REACH_DAYS:
        return stretch(day, sign * REACH_DAYS[unit], "day")
    if unit in REACH_MONTHS:
        return stretch(day, sign * REACH_MONTHS[unit], "month")
    return Period(None, day) if sign < 0 else Period(day, None)


def at_distance(day: date | None, amount: float, unit: str) -> tuple[Period, str]:
    """The period about so many units from ``day``, as exact as the unit, and its precision."""
    other = _moved(day, amount, unit) if day else None
    precision = {"minute": "day", "hour": "day"}.get(unit, unit)
    if day is None or other is None:
        return UNKNOWN, precision
    if unit == "hour":
        near = _moved(day, int(amount / 24), "day") or other
        return Period(min(near, other), max(near, other)), "day" if near == other else "range"
    if unit in ("day", "minute"):
        return Period(other, other), precision
    if unit == "week":
        return Period(day_after(other, -3), day_after(other, 3)), precision
    if unit in ("month", "year"):
        return unit_around(unit, other), precision
    half = 5 if unit == "decade" else 50
    return years(other.year - half, other.year + half - 1) or UNKNOWN, precision


def _moved(day: date, amount: float, unit: str) -> date | None:
    if unit in _MONTHS:
        return months_after(day, int(amount * _MONTHS[unit]))
    if unit in _DAYS:
        return day_after(day, int(amount * _DAYS[unit]))
    days = -(-abs(amount) // 24) if unit == "hour" else 0
    return day_after(day, int(days if amount > 0 else -days))


def nearest(candidates: Iterable[Period], published: date | None, direction: Direction | None, tense: bool) -> Period:
    """The candidate that a word of direction chooses, else the nearest, where a past one is likelier.

    ``tense``: the clause speaks of the future.
    """
    if published is None:
        return UNKNOWN
    best, cost = UNKNOWN, float("inf")
    for one in candidates:
        if one.start is None or one.end is None:
            continue
        before, after = (published - one.end).days, (one.start - published).days
        if (direction == "past" and before <= 0) or (direction == "future" and after <= 0):
            continue
        if tense and direction is None and before > 0:
            continue
        distance = max(before, after, 0)
        if direction is None and not tense:
            distance *= (_AHEAD_COSTS if after > 0 else 1) * (
                _OTHER_YEAR_COSTS if one.start.year != published.year else 1
            )
        if distance < cost:
            best, cost = one, distance
    return best


_PARTS = {"begin": 0, "middle": 1, "end": 2}


def part(period: Period, name: str, precision: str) -> Period:
    """Which third of a period; of a week its end is Friday and Saturday."""
    if period.start is None or period.end is None:
        return period
    if precision == "week":
        days = {"begin": (0, 1), "middle": (2, 4), "end": (5, 6)}[name]
        return Period(day_after(period.start, days[0]), day_after(period.start, days[1]))
    if precision == "month":
        first, last = {"begin": (0, 9), "middle": (10, 19), "end": (20, None)}[name]
        end = period.end if last is None else day_after(period.start, last)
        return Period(day_after(period.start, first), end)
    if precision in ("decade", "century"):
        length = (period.end.year - period.start.year + 1) // 3
        first_year = period.start.year + length * _PARTS[name]
        return years(first_year, period.end.year if name == "end" else first_year + length - 1) or UNKNOWN
    return fraction(period, _PARTS[name] + 1, 3, precision)


def fraction(period: Period, which: int, of: int, precision: str) -> Period:
    """The piece ``which`` (from 1) of a period in so many pieces: whole months of a year, days of a month."""
    if period.start is None or period.end is None or which > of:
        return UNKNOWN
    if precision == "month":
        half = 15 if of == 2 else -(-((period.end - period.start).days + 1) // of)
        first = day_after(period.start, half * (which - 1))
        last = period.end if which == of else day_after(period.start, half * which - 1)
        return Period(first, last)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    first, last = (months_after(period.start, months * k // of) for k in (which - 1, which))
    return Period(first, day_after(last, -1) if last and which < of else period.end)

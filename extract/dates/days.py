"""Days by their distance from publication: الأربعاء, مساء الخميس المقبل, أمس, أول من أمس, بعد غد."""

from datetime import date

from extract.dates.calendar import UNKNOWN, Period, day_after, unit_around
from extract.dates.reading import NAME, Context, Reading

_DAY = frozenset({"يوم", "يومي", "ويوم", "ويومي", "ليوم", "بيوم"})


def weekday(c: Context, i: int) -> Reading | None:
    """A weekday, alone or two joined: مساء الخميس, الأربعاء الماضي, ليل الجمعة السبت, يومي الاثنين والثلاثاء."""
    w = c.words
    said = w.get(i, "weekday")
    if said is None:
        return None
    number, prior, after = int(said), w.prev(i), w.next(i)
    if w.is_any(prior, "place", "habit") or w.is_any(after, "epithet"):
        return Reading(i, i, UNKNOWN, "", NAME)
    if w.get(prior, "one") == "day" and prior is not None and w.is_any(w.prev(prior), "habit"):
        return Reading(i, i, UNKNOWN, "", NAME)
    first, last, second = _leading(c, i), i, None
    both = w.next(i, "/-–")
    if both is not None and (other := w.get(both, "weekday")) is not None:
        plural = (first < i and w.row[w.next(first) or i] == "يومي") or w.row[first] in ("يومي", "ويومي")
        if not w.row[both].startswith("و") or plural:
            second, last = int(other), both
    turn = c.turn(last)
    direction, weeks = (None, 0) if turn is None else (turn[0], turn[1])
    tense = False
    if turn:
        last = turn[2]
    elif within := _of_week(c, last, number):
        return Reading(first, within[1], within[0], "day", "weekday", weekday=number)
    elif c.published:
        tense = c.coming(first)
    day = _nearest_weekday(c.published, number, direction, tense)
    if day and abs(weeks) == 2:
        day = day_after(day, 7 if weeks > 0 else -7)
    if day is None:
        period = UNKNOWN
    elif second is None:
        period = Period(day, day)
    else:
        period = Period(day, day_after(day, (second - number) % 7))
        if direction is None and not tense and c.published and period.end and period.end > c.published:
            period = Period(day_after(day, -7), day_after(period.end, -7))
    if w.is_any(prior, "prayer"):
        return Reading(first, last, period, "vague", "friday-prayer")
    return Reading(first, last, period, "day" if second is None else "range", "weekday", weekday=number)


def _nearest_weekday(published: date | None, number: int, direction: str | None, tense: bool) -> date | None:
    if published is None:
        return None
    back = (published.weekday() - number) % 7
    if direction == "future" or (tense and direction is None):
        return day_after(published, (7 - back) if back or direction else 0)
    return day_after(published, -(back or 7) if direction == "past" else -back)


def _of_week(c: Context, i: int, number: int) -> tuple[Period, int] | None:
    """The day of a week that is named after it: الأربعاء من الأسبوع المقبل."""
    w = c.words
    of = w.next(i)
    week = w.next(of) if of is not None and w.row[of] == "من" else None
    if week is None or w.get(week, "the") != "week" or not (turn := c.turn(week)):
        return None
    start = unit_around("week", c.published, turn[1]).start
    day = day_after(start, (number + 1) % 7) if start else None
    return Period(day, day), turn[2]


def _leading(c: Context, i: int) -> int:
    """The first of the words يوم, مساء, منتصف ليل, بعد ظهر before a day."""
    w, first = c.words, i
    for _ in range(5):
        before = c.before(first)
        if before is None:
            break
        night = w.get(before, "part") == "middle" and w.row[first].startswith(("ليل", "نهار"))
        hours = w.is_any(first, "daypart") or w.get(first, "part") == "middle"
        if night or w.row[before] in _DAY or w.is_any(before, "daypart") or (hours and w.is_any(before, "near")):
            first = before
        else:
            break
    return first


def named_day(c: Context, i: int) -> Reading | None:
    """اليوم, أمس, أول من أمس, غداً, الليلة الماضية, with a weekday after it."""
    w = c.words
    found = w.match(i, "day")
    if not found:
        return None
    value, last = found
    first, prior, after = _leading(c, i), w.prev(i), w.next(last)
    offset = int(value.rstrip("?"))
    weekday_at = w.next(last, "،,(")
    said = w.get(weekday_at, "weekday")
    if said is None and _no_day(c, i, last, first, value, prior, after):
        return Reading(i, last, UNKNOWN, "", NAME)
    if w.is_any(prior, "this") and prior is not None and prior >= c.low and first == i:
        first = prior
    day = day_after(c.published, offset) if c.published else None
    if said is not None and weekday_at is not None:
        last = weekday_at
        if day is not None:
            # The weekday is surer than what the reporter's today was beside the day of publication.
            off = (int(said) - day.weekday() + 3) % 7 - 3
            if offset * (off + offset) < 0:
                off += 7 if offset > 0 else -7
            day = day_after(day, off)
    return Reading(first, last, Period(day, day), "day", "named-day")


def _no_day(c: Context, i: int, last: int, first: int, value: str, prior: int | None, after: int | None) -> bool:
    w = c.words
    if value.endswith("?"):
        return first == i
    bare = w.row[i].removeprefix("و").removeprefix("ف")
    if bare in ("امس", "بامس") and after is not None and w.row[after] == "الحاجه":
        return True
    if last > i or not bare.endswith(("اليوم", "لليوم", "الليله", "لليله")):
        return False
    if w.is_any(after, "not-today") or not bare.startswith("ال"):
        return True
    if prior is None:
        return False
    if w.row[prior] in ("ذلك", "تلك", "ذاك", "في", "وفي", "نفس", "ذات"):
        return True
    if first < i:
        return False
    return w.is_any(prior, "paper") or _quoted_name(c, i, prior)


def _quoted_name(c: Context, i: int, prior: int) -> bool:
    """Whether the word closes a pair of marks around two or three words: «العالم اليوم»."""
    w = c.words
    if w.text[w.end(i) : w.end(i) + 1] not in ("»", '"', "”"):
        return False
    opening = w.start(prior)
    near = w.text[max(opening - 12, 0) : opening]
    return any(mark in near for mark in '«"“')

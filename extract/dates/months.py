"""Dates with the name of a month: 5 تشرين الأول/أكتوبر 2020, العاشر من محرم, من 5 إلى 10 يوليو, شباط الماضي."""

from extract.dates.calendar import UNKNOWN, Period, gregorian, hijri, hijri_year_of, nearest, unit_around
from extract.dates.reading import NAME, Context, Reading
from extract.dates.years import HIJRI_YEARS, YEARS

_LEAP_YEARS = 8  # the farthest that two 29ths of February are apart


def month(c: Context, i: int) -> Reading | None:
    """A month at word ``i`` with the day before it and the year after it."""
    w = c.words
    kind = "month" if w.match(i, "month") else "hijri"
    found = w.match(i, kind)
    if not found:
        return None
    value, last = found
    number, doubt, is_hijri, first = int(value.rstrip("~?!")), value.lstrip("0123456789"), kind == "hijri", i
    twin = _twin(c, last, kind, number)
    last, named = twin or last, twin is not None
    before = c.before(first)
    if before is not None and (w.get(before, "one") == "month" or w.row[before] == "شهري"):
        first, named = before, True
    days, surely = None, False
    if found_days := _days(c, first):
        days, first, surely = found_days
    year, last = _year_after(c, last, is_hijri)
    turn = c.turn(last) if year is None else None
    if turn:
        last = turn[2]
        if late := _year_number(c, w.next(last), is_hijri):
            year, last = late
    prior = w.prev(first)
    if w.is_any(prior, "name") or (not days and w.is_any(w.next(last), "epithet")):
        return Reading(first, last, UNKNOWN, "", NAME)
    placed = doubt == "~" and w.is_any(prior, "preposition", "part", "month")
    if doubt and not (year or named or turn or placed or (days and (doubt != "!" or surely))):
        return None
    candidates = _candidates(c, number, days or (None, None), year, is_hijri)
    if year is None:
        tense = turn is None and c.published is not None and c.coming(first, last)
        period = nearest(candidates, c.published, turn[0] if turn else None, tense)
    elif candidates:
        period = candidates[0]
    else:
        return None
    said = [("hijri", is_hijri), ("day", days), ("month", True), ("year", year)]
    precision = "month" if days is None else "day" if days[0] == days[1] else "range"
    guessed = (number, days[0] if days else None) if year is None and not is_hijri else None
    rule = "-".join(name for name, there in said if there)
    return Reading(first, last, period, precision, rule, month_day=guessed, hijri=is_hijri)


def _candidates(
    c: Context, number: int, days: tuple[int | None, int | None], year: int | None, is_hijri: bool
) -> list[Period]:
    """The month, or its days, in the year said, else in the years around publication."""
    make = hijri if is_hijri else gregorian
    choices = [year] if year is not None else []
    if year is None and (base := _this_year(c, is_hijri)) is not None:
        far = _LEAP_YEARS if days[0] == 29 and number == 2 else 1
        choices = list(range(base - far, base + far + 1))
    if days[0] == days[1]:
        return [one for choice in choices if (one := make(choice, number, days[0]))]
    pairs = ((make(choice, number, days[0]), make(choice, number, days[1])) for choice in choices)
    return [Period(opening.start, closing.end) for opening, closing in pairs if opening and closing]


def _twin(c: Context, last: int, kind: str, number: int) -> int | None:
    """The last word of the same month's name in another country's calendar: تموز/يوليو, يوليو (تموز)."""
    after = c.words.next(last, "/\\(")
    if after is None or c.words.gap(last, after).isspace():
        return None
    found = c.words.match(after, kind)
    return found[1] if found and int(found[0].rstrip("~?!")) == number else None


def _days(c: Context, i: int) -> tuple[tuple[int, int], int, bool] | None:
    """The day or days before a month at ``i``, their first word, and whether they are surely a day's (الخامس من)."""
    w = c.words
    at = c.before(i, "/-")
    if at is None:
        return None
    of = w.row[at] == "من"
    if of:
        at = c.before(at)
    if at is None or not (day := _day(c, at)):
        return None
    value, first = day
    surely = of or w.is_any(at, "ordinal")
    before = c.before(first, "-–")
    joined = w.row[first][0] == "و"
    lowest = value
    while before is not None and joined and (other := _day(c, before)) and other[0] < lowest:
        lowest, first = other
        before, joined = c.before(first), w.row[first][0] == "و"
    if lowest < value:
        return (lowest, value), before if before is not None and w.is_any(before, "between") else first, surely
    if before is not None and w.number(before) is not None and not w.gap(before, first).isspace():
        other = _day(c, before)
        clock = w.text[w.start(before) - 1 : w.start(before)] == ":"
        if other and other[0] < value and not clock:
            return (other[0], value), other[1], surely
    if before is not None and w.is_any(before, "to"):
        until = c.before(before)
        other = _day(c, until) if until is not None else None
        if other and other[0] < value:
            start = c.before(other[1])
            return (other[0], value), start if start is not None and w.row[start] in ("من", "ومن") else other[1], True
    return (value, value), first, surely


def _day(c: Context, i: int) -> tuple[int, int] | None:
    value = c.words.number(i)
    if value is not None:
        return (value, i) if 1 <= value <= 31 else None
    if c.words.row[i] in ("اول", "واول"):
        return 1, i
    found = c.words.ordinal_before(i, c.low)
    piece = found and c.words.is_any(c.words.prev(found[1]), "fraction")  # النصف الأول من يوليو
    return None if piece else found


def _year_after(c: Context, last: int, is_hijri: bool) -> tuple[int | None, int]:
    """The year that follows a month, in figures or as العام الماضي, and the last word."""
    w = c.words
    at = w.next(last, "،,/-)")
    if found := _year_number(c, at, is_hijri):
        return found
    if at is not None and w.row[at] == "من":
        at = w.next(at)
    if w.is_any(at, "this"):
        after = w.next(at) if at is not None else None
        if w.get(after, "the") == "year" and after is not None and c.published:
            return _this_year(c, is_hijri), after
        return None, last
    if at is None or "year" not in (w.get(at, "one"), w.get(at, "the")):
        return None, last
    if found := _year_number(c, w.next(at), is_hijri):
        return found
    base = _this_year(c, is_hijri)
    if base is not None and w.get(at, "the") and (turn := c.turn(at)):
        return base + turn[1], turn[2]
    return None, last


def _this_year(c: Context, is_hijri: bool) -> int | None:
    if c.published is None:
        return None
    return hijri_year_of(c.published) if is_hijri else c.published.year


def _year_number(c: Context, at: int | None, is_hijri: bool) -> tuple[int, int] | None:
    found = c.words.year(at)
    if at is None or not found or found[0] not in (HIJRI_YEARS if is_hijri else YEARS):
        return None
    after = c.words.next(at)
    kinds = ("hijri-era",) if is_hijri else ("era",)
    return found[0], after if after is not None and c.words.is_any(after, *kinds) else at


def day_of_unit(c: Context, i: int, offset: int) -> tuple[Period, int] | None:
    """The day before الشهر الجاري and its like at ``i``: 22 الشهر الجاري, الخامس من الشهر المقبل."""
    days = _days(c, i)
    if not days:
        return None
    (begin, end), first, _ = days
    whole = unit_around("month", c.published, offset).start
    if whole is None:
        return UNKNOWN, first
    opening, closing = gregorian(whole.year, whole.month, begin), gregorian(whole.year, whole.month, end)
    return (Period(opening.start, closing.end), first) if opening and closing else None

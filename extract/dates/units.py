"""Units and amounts of them: العام الماضي, قبل نحو ثلاث سنوات, الأيام القليلة المقبلة, الصيف الماضي."""

from datetime import date

from extract.dates.calendar import UNKNOWN, at_distance, nearest, reach, season, stretch, unit_around
from extract.dates.months import day_of_unit
from extract.dates.reading import NAME, Context, Reading
from extract.dates.years import numbered_century

# قبل يومين من الانتخابات: from the event, not from today
_OF_EVENT = frozenset({"من", "علي", "عن", "الي", "مما"})
_FORWARD = frozenset({"غضون", "ظرف"})


def the_unit(c: Context, i: int) -> Reading | None:
    """A definite unit: الأسبوع الماضي, هذا العام, منتصف الشهر, الخامس من الشهر الجاري, القرن الماضي."""
    w = c.words
    unit = w.get(i, "the")
    if unit is None:
        return None
    if unit == "century" and (numbered := numbered_century(c, i)):
        return numbered
    prior = w.prev(i)
    if unit == "year" and w.row[i].endswith("العام") and w.is_any(prior, "title"):
        return Reading(i, i, UNKNOWN, "", NAME)
    turn = c.turn(i)
    if unit == "period":
        if not turn or turn[0] == "present":
            return None
        return Reading(i, turn[2], reach(c.published, unit, turn[1]), "vague", "period")
    first, last, offset = i, i, 0
    if turn:
        _, offset, last = turn
    elif w.is_any(prior, "this") and prior is not None and prior >= c.low:
        first = prior
    elif not _bounded(c, i, prior) or w.is_any(w.next(i), "same"):
        return None
    if unit == "month" and first == i and (day := day_of_unit(c, i, offset)):
        start, end = day[0]
        return Reading(day[1], last, day[0], "day" if start == end else "range", "day-of-month")
    if turn and turn[0] == "past" and unit == "year" and (exact := w.year(w.next(last))) and exact[0] >= 1900:
        last = w.next(last) or last
        if exact and (known := unit_around("year", date(exact[0], 1, 1))):
            return Reading(first, last, known, "year", "year")
    period = unit_around(unit, c.published, offset)
    return Reading(first, last, period, unit, "calendar-unit")


def _bounded(c: Context, i: int, prior: int | None) -> bool:
    """Whether a definite unit without an adjective is the running one: نهاية العام, منتصف الشهر."""
    if prior is None or prior < c.low or not c.words.is_any(prior, "part"):
        return False
    after = c.words.next(i)
    if after is None:
        return True
    # نهاية العام الدراسي is another year's end
    return not c.words.row[after].startswith("ال") or c.words.is_any(after, "weekday")


def many(c: Context, i: int) -> Reading | None:
    """Several definite units with a direction: الأيام القليلة المقبلة, السنوات العشر الأخيرة, العامين الماضيين."""
    w = c.words
    unit = w.get(i, "the-two") or w.get(i, "the-many")
    if unit is None:
        return None
    amount = 2 if w.get(i, "the-two") else None
    first, at = i, i
    if before := w.amount_before(i, c.low):
        amount, first = before
    turn = c.turn(at)
    for _ in range(3):
        if turn or (following := w.next(at)) is None:
            break
        if w.row[following] == "ال" or w.is_any(following, "few"):
            at = following
        elif (figure := w.number(following)) is not None:
            amount, at = figure, following
        elif said := w.get(following, "number"):
            amount, at = (amount or 0) + int(said), following
        else:
            break
        turn = c.turn(at)
    if not turn or turn[0] == "present":
        return None
    return _span(c, first, turn[2], amount, unit, 1 if turn[0] == "future" else -1, "several")


def _span(c: Context, first: int, last: int, amount: float | None, unit: str, sign: int, rule: str) -> Reading:
    if amount is None:
        return Reading(first, last, reach(c.published, unit, sign), "vague", rule)
    return Reading(first, last, stretch(c.published, sign * amount, unit), "range", rule)


def amount(c: Context, i: int) -> Reading | None:
    """An amount of units that a preposition or an adjective places: قبل يومين, منذ نحو 3 سنوات, خلال 48 ساعة."""
    w = c.words
    kinds = [kind for kind in ("one", "two", "many") if w.is_any(i, kind)]
    if not kinds:
        return None
    unit = w.get(i, kinds[0]) or ""
    number: float | None = {"one": 1, "two": 2, "many": None}[kinds[0]]
    first, last, vague_word = i, i, False
    if before := w.amount_before(i, c.low):
        number, first = before
    elif (few := c.before(i)) is not None and w.is_any(few, "few"):
        first = few
    if "one" in kinds and first == i and _heads_a_date(c, i):
        return None
    for _ in range(2):
        after = w.next(last)
        if after is None:
            break
        if w.is_any(after, "few") or w.row[after] in ("واحد", "واحده", "تقريبا", "فقط"):
            last = after
            vague_word = vague_word or w.is_any(after, "few")
        elif w.row[after] in ("ونصف", "ونصفا"):
            number, last = (number or 0) + 0.5, after
            again = w.next(after)
            if w.get(again, "one") == unit or w.get(again, "the") == unit:
                last = again or last
        elif kinds[0] == "many" and number is None and (said := w.get(after, "number")):
            number, last = int(said), after
        else:
            break
    prior = c.before(first)
    for _ in range(2):
        if (hedge := _hedge(c, prior)) is not None:
            first = hedge
            prior = c.before(first)
    turn = c.turn(last)
    if turn and turn[0] != "present" and (kinds[0] != "one" or before):
        return _span(c, first, turn[2], number, unit, 1 if turn[0] == "future" else -1, "several")
    return _placed(c, prior, first, last, number, unit)


def _hedge(c: Context, at: int | None) -> int | None:
    """The first word of نحو, أكثر من and their like where one ends at ``at``."""
    if at is None:
        return None
    found = c.words.ending(at, "about")
    return found if found is not None and found >= c.low else None


def _heads_a_date(c: Context, i: int) -> bool:
    """Whether the unit's word only opens a fuller date: يوم الاثنين, شهر آذار, عام 2014."""
    w = c.words
    after = w.next(i)
    return after is not None and (
        w.is_any(after, "weekday", "month", "hijri", "day")
        or w.match(after, "month") is not None
        or w.match(after, "hijri") is not None
        or w.year(after) is not None
    )


def _placed(c: Context, at: int | None, first: int, last: int, number: float | None, unit: str) -> Reading | None:
    w = c.words
    if at is None:
        return None
    after = w.next(last)
    of_event = after is not None and w.row[after] in _OF_EVENT
    now = w.next(after) if after is not None and w.row[after] == "من" else None
    from_now = now is not None and w.row[now] in ("الان", "اليوم")
    if now is not None and from_now:
        of_event, last = False, now
    if w.is_any(at, "since"):
        if number is None:
            return Reading(at, last, reach(c.published, unit, -1), "vague", "since")
        return Reading(at, last, stretch(c.published, -number, unit), "range", "since")
    if w.is_any(at, "last"):
        return None if number is None else _span(c, at, last, number, unit, -1, "last")
    if w.is_any(at, "within"):
        if not (w.row[at].removeprefix("و") in _FORWARD or c.coming(at, last)):
            return None
        opening = c.before(at)
        if w.row[at] in _FORWARD and opening is not None and w.row[opening] in ("في", "وفي"):
            at = opening
        return _span(c, at, last, number, unit, 1, "within")
    backward = w.is_any(at, "before")
    if of_event or not (backward or (w.is_any(at, "after") and (from_now or c.coming(at, last)))):
        return None
    sign = -1 if backward else 1
    if number is None:
        return _span(c, at, last, None, unit, sign, "ago" if backward else "ahead")
    period, precision = at_distance(c.published, sign * number, unit)
    return Reading(at, last, period, precision, "ago" if backward else "ahead")


def a_season(c: Context, i: int) -> Reading | None:
    """صيف 2014, الصيف الماضي, هذا الشتاء, نهاية الصيف; not الربيع العربي."""
    w = c.words
    name = w.get(i, "season")
    if name is None:
        return None
    definite, first, last = "ال" in w.row[i][:3] or w.row[i].startswith("لل"), i, i
    after, prior = w.next(i), c.before(i)
    at = after
    if at is not None and "year" in (w.get(at, "one"), w.get(at, "the")):
        following = w.next(at)
        turn = c.turn(at)
        if turn and c.published:
            period = season(name, c.published.year + turn[1])
            return Reading(i, turn[2], period, "season", "season") if period else None
        at = following
    if not definite and (said := w.year(at)) and 1000 <= said[0] < 2200 and at is not None:
        period = season(name, said[0])
        return Reading(i, at, period, "season", "season") if period else None
    turn = c.turn(i)
    direction, tense = None, False
    if definite and turn:
        direction, last = turn[0], turn[2]
    elif definite and w.is_any(prior, "this") and prior is not None:
        direction, first = "present", prior
    elif definite and w.is_any(prior, "part", "before", "after", "until", "since", "within") and prior is not None:
        if after is not None and w.row[after].startswith("ال"):
            return None
        tense = w.is_any(prior, "before", "until", "part") and not w.is_any(prior, "since")
    else:
        return None
    if c.published is None:
        return Reading(first, last, UNKNOWN, "season", "season")
    choices = [p for y in range(c.published.year - 2, c.published.year + 3) if (p := season(name, y))]
    return Reading(first, last, nearest(choices, c.published, direction, tense), "season", "season")

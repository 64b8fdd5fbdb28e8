"""Dates in figures and years: 05/10/2020, عام 2014, 2014-2017, 1442هـ, الثمانينيات, القرن التاسع عشر."""

from extract.dates.calendar import UNKNOWN, century, gregorian, hijri, hijri_year_of, hijri_years, nearest, years
from extract.dates.reading import NAME, Context, Reading

YEARS = range(1000, 2200)  # what is read as a year beside a month or عام
HIJRI_YEARS = range(1300, 1500)
_BARE_YEARS = range(1900, 2100)
_NEAR_HIJRI = 3  # «عام 1442» without an era is Hijri where the article is of about that year
_MOST_YEARS = 6
_DASHES = "-–/"
_KINDS_OF_YEAR = frozenset({"الدراسي", "المالي", "الميلادي", "الهجري"})
_DATED = frozenset({"بتاريخ", "تاريخ", "الموافق"})


def numeric(c: Context, i: int) -> Reading | None:
    """A date in figures that begins at word ``i``: day/month/year, year/month/day; day/month with يوم or الجاري."""
    w = c.words
    if w.start(i) and w.text[w.start(i) - 1] in "/-.:+":
        return None
    second = w.next(i, "/-.")
    mark = w.gap(i, second).strip() if second is not None else ""
    if second is None or len(mark) != 1:
        return None
    third = w.next(second, mark)
    parts = [i, second] if third is None or w.gap(second, third).strip() != mark else [i, second, third]
    last = parts[-1]
    numbers = [n for part in parts if (n := _figure(w.row[part])) is not None]
    beyond = w.text[w.end(last) : w.end(last) + 2]
    if len(numbers) < len(parts) or (beyond[:1] in ("/", "-", ".") and beyond[1:].isdigit()):
        return None
    prior = w.prev(i)
    named = prior is not None and (w.get(prior, "one") == "day" or w.row[prior] in _DATED)
    if len(numbers) == 2:
        turn = c.turn(last)
        if mark == "." or not (turn or named) or c.published is None:
            return None
        day, number = numbers
        around = range(c.published.year - 2, c.published.year + 3)
        candidates = [p for one in around if (p := gregorian(one, number, day))] if day else []
        period = nearest(candidates, c.published, turn[0] if turn else None, False)
        last, guessed = turn[2] if turn else last, (number, day)
        return Reading(i, last, period, "day", "numeric", month_day=guessed) if candidates else None
    day, number, said = numbers if numbers[0] < 1000 else reversed(numbers)
    if number > 12 >= day:
        day, number = number, day
    if said < 100 and named and mark != ".":
        said += 2000 if said < 70 else 1900
    is_hijri = said in HIJRI_YEARS
    found = (hijri if is_hijri else gregorian)(said, number, day) if said >= 1000 and day else None
    return Reading(i, last, found, "day", "numeric", hijri=is_hijri) if found else None


def _figure(word: str) -> int | None:
    """The number that opens a word: «21t16» of an ISO time is 21, «2020م» 2020."""
    figures = word.split("t")[0].rstrip("مه")
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) <= 4 else None


def year(c: Context, i: int) -> Reading | None:
    """One or more years: عام 2014, عامي 2014 و2017, 2014-2017, في 2014, 2014م, 1442هـ."""
    w = c.words
    named = w.is_any(i, "one", "two", "the", "many", "the-many")
    at = w.next(i) if named else i
    if named and at is not None and w.row[at] in _KINDS_OF_YEAR:
        at = w.next(at)
    if at is None or not w.year(at):
        return None
    numbers, eras, last = _listed(c, at)
    after = w.next(last)
    metres = not named and after is not None and w.row[after] == "م"
    if after is not None and w.is_any(after, "era", "hijri-era") and not metres:
        eras, last, after = eras + w.row[after][0], after, w.next(after)
    is_hijri, prior = "ه" in eras, c.before(i)
    if not named and not is_hijri:
        sure = "م" in eras or len(numbers) > 1 or _bare(c, at)
        counting = w.is_any(after, "counted") or w.text[w.end(last) : w.end(last) + 1] == "%"
        if not sure or counting or any(number not in _BARE_YEARS for number in numbers):
            return None
        if w.is_any(prior, "name"):
            return Reading(i, last, UNKNOWN, "", NAME)
    if named and w.row[i].startswith("ل") and w.number(prior) is not None:  # القانون رقم 9 لسنة 2020
        return Reading(i, last, UNKNOWN, "", NAME)
    near = (hijri_year_of(c.published) or 0) if c.published else 0
    is_hijri = is_hijri or (len(numbers) == 1 and abs(numbers[0] - near) <= _NEAR_HIJRI)
    if not is_hijri and numbers[0] not in YEARS:
        return None
    period = (hijri_years if is_hijri else years)(numbers[0], numbers[-1])
    if period is None:
        return None
    first = prior if len(numbers) > 1 and prior is not None and w.is_any(prior, "between") else i
    rule = "hijri-year" if is_hijri else "year"
    return Reading(first, last, period, "year" if len(numbers) == 1 else "range", rule, hijri=is_hijri)


def _listed(c: Context, i: int) -> tuple[list[int], str, int]:
    """The rising years from word ``i`` on, joined by و or a dash, the letters of their eras, and the last word."""
    w = c.words
    numbers: list[int] = []
    eras, last = "", i
    at: int | None = i
    while at is not None and len(numbers) < _MOST_YEARS and (found := w.year(at)):
        if numbers and (found[0] < numbers[-1] or found[0] not in YEARS):
            break
        numbers.append(found[0])
        eras, last = eras + found[1], at
        at = w.next(last, _DASHES)
        if at is not None and w.row[at] == "و":
            at = w.next(at)
        elif at is not None and w.gap(last, at).isspace() and not w.row[at].startswith("و"):
            break
    return numbers, eras, last


def _bare(c: Context, i: int) -> bool:
    """Whether a number in figures is a year by the word before it: في 2014, but not من 2014 without a second year."""
    w = c.words
    prior = w.prev(i)
    if prior is None:
        return False
    if w.row[prior] in ("من", "ومن", "بين"):
        joint = w.next(i)
        other = w.next(joint) if joint is not None and w.is_any(joint, "to") else joint
        return (w.is_any(joint, "to") or w.row[prior] == "بين") and (w.year(other) or (0,))[0] in _BARE_YEARS
    if w.is_any(prior, "to"):
        return w.row[prior] in ("حتي", "وحتي") or (w.year(w.prev(prior)) or (0,))[0] in _BARE_YEARS
    return w.is_any(prior, "preposition", "part")


def decade(c: Context, i: int) -> Reading | None:
    """ثمانينيات القرن الماضي, الستينيات; not those of a life."""
    w = c.words
    tens, last = w.get(i, "decade"), i
    if tens is None:
        return None
    base, after = 1900, w.next(i)
    if after is not None and w.row[after] == "من":
        after = w.next(after)
    if after is not None and w.row[after].startswith(("العمر", "عمر")):
        return Reading(i, after, UNKNOWN, "", NAME)
    if w.get(after, "the") == "century" and after is not None:
        turn = c.turn(after)
        ordinal = century_number(c, after)
        if turn and c.published and turn[0] != "future":
            base, last = (c.published.year // 100 + turn[1]) * 100, turn[2]
        elif ordinal:
            base, last = (ordinal[0] - 1) * 100, ordinal[1]
    period = years(base + int(tens), base + int(tens) + 9)
    return Reading(i, last, period, "decade", "decade") if period else None


def century_number(c: Context, i: int) -> tuple[int, int] | None:
    """The ordinal after القرن at ``i`` (التاسع عشر) and its last word."""
    w = c.words
    at = w.next(i)
    best = None
    for _ in range(2):
        if at is None:
            break
        found = w.ordinal_before(at, i + 1)
        if found and found[1] == w.next(i):
            best = found[0], at
        at = w.next(at)
    return best


def numbered_century(c: Context, i: int) -> Reading | None:
    """القرن التاسع عشر."""
    number = century_number(c, i)
    period = century(number[0]) if number else None
    if number is None or period is None:
        return None
    return Reading(i, number[1], period, "century", "century")

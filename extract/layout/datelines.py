"""Datelines, bylines and captions: who sent the report, from where, who wrote it, whose picture it is."""

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extract.layout.words import WORD, opening, openings, phrases, vocabulary, wholes
from extract.lexicon import cue_forms
from extract.nouns import classes, first_names, particles
from extract.text import Span

_LONGEST = 90  # characters of a dateline
_LONGEST_PLACE = 3  # words of a place that the table of cities lacks
_LONGEST_NAME = 4
_LONGEST_CAPTION = 160
_SEPARATOR = re.compile(r"\s*(\.\.+|[-–—ـ/|:,،()\[\]«»\"“”])\s*")
_DASHES = frozenset("-–—")
_HARD = _DASHES | {"/", "|", "..", "...", ")", "]"}
_OPENING, _CLOSING = frozenset('([«"“”'), frozenset(')]»"”“')
_QUOTES = frozenset('«»"“”')
_AFTER_QUOTE = frozenset(("", *"-–—/:|"))
_CLOCK = re.compile(r"\d{1,2}: ?\d\d")
_LETTER = re.compile(r"[ء-ي]\.?")
# «القاهرة - التي …» goes on about the city.
_RELATIVE = frozenset({"التي", "الذي", "حيث", "عاصمه", "مدينه", "وهي", "وهو", "كما"})
_CREDITED = re.compile(r"(?:[-–—(|]|\.\.)\s*([^-–—()|]{2,24}?)\s*\)?$")
_NAMES = re.compile(r"\s*(?:[-–،,/|]|\sو)\s*")


_Segment = Literal["mark", "city", "agency", "date", "place", "other"]


class Dateline(NamedTuple):
    """The dateline that opens a paragraph: up to where the report begins; its place; who sent it."""

    span: Span
    place: Span | None
    agency: Span | None


@dataclass
class _Parts:
    """What the segments read so far are."""

    places: list[Span] = field(default_factory=list)
    unknown: list[Span] = field(default_factory=list)
    agencies: list[Span] = field(default_factory=list)
    firm: bool = False  # an agency that is no ordinary word, or in brackets or quotation marks
    dated: bool = False
    clocked: bool = False

    def made(self, end: int) -> Dateline:
        found = sorted(self.places + self.unknown)
        place = Span(found[0].start, found[-1].end) if found else None
        agency = Span(self.agencies[0].start, self.agencies[-1].end) if self.agencies else None
        return Dateline(Span(0, end), place, agency)


def dateline(text: str) -> Dateline | None:
    """The dateline at the beginning of a folded paragraph, None if it has none.

    Its forms: «بغداد - واع -», «القاهرة (رويترز) –», «رام الله / معا /», «نيويورك، 5 تشرين الأول (أ ف ب)»,
    «غزة 3 مايو» alone on its line, «بيروت –» of a city of the table or before a reporting verb. Spans are
    ranges of ``text``; the dateline's own includes the mark and the blanks that end it.
    """
    head = text[:_LONGEST]
    parts = _Parts()
    best: Dateline | None = None
    at, bracket = 0, ""
    last: _Segment = "mark"
    for sep in [*_SEPARATOR.finditer(head), None]:
        end = sep.start() if sep else len(head)
        mark = sep.group(1) if sep else ""
        if sep is None and len(text) > _LONGEST:
            break
        if end > at:
            last = _read(head, Span(at, end), bracket, parts)
            if last == "other":
                break
        if sep is None:
            whole = bool(parts.agencies and (parts.places or parts.unknown)) or _dated_place(parts)
            return parts.made(len(text)) if whole and last != "place" else best
        closing = mark in _CLOSING and bracket != ""
        if mark in _QUOTES and (text[sep.end() : sep.end() + 1] not in _AFTER_QUOTE if closing else end > at):
            # «فلان "كلام …»: an outlet in quotation marks stands between separators.
            break
        bracket = mark if mark in _OPENING and not closing else "" if closing else bracket
        if bracket == "" and _complete(text, parts, mark, sep.end()):
            best = parts.made(sep.end())
        at = sep.end()
    return best


def _dated_place(parts: _Parts) -> bool:
    return parts.dated and bool(parts.places or (parts.clocked and len(parts.unknown) == 1)) and not parts.agencies


def _read(text: str, span: Span, bracket: str, parts: _Parts) -> _Segment:
    """Take a segment as agency, date or place."""
    words = WORD.findall(span.of(text))
    if not words:
        return "mark"
    key = " ".join(words)
    quoted = bracket in _QUOTES
    if bracket and (parts.places or parts.unknown) and key not in phrases("agency") | phrases("outlet") and not quoted:
        # «رفح (قطاع غزة)»: the country of the place.
        return "city" if len(words) <= _LONGEST_PLACE and _could_be_place(words) else "other"
    if key in phrases("city") and not quoted:
        parts.places.append(span)
        return "city"
    if key in phrases("agency") or key in phrases("outlet") or (quoted and len(words) <= _LONGEST_PLACE):
        parts.agencies.append(span)
        parts.firm |= key in phrases("agency") or bracket != ""
        return "agency"
    return _read_place(text, span, words, parts)


def _read_place(text: str, span: Span, words: list[str], parts: _Parts) -> _Segment:
    """A place with or without a date behind it."""
    known = len(words)
    for count in range(1, min(_LONGEST_PLACE, known - 1) + 1):
        # «رام الله 12-3-2024 وفا-»: the agency right behind the date.
        if words[-count - 1][0].isdigit() or words[-count - 1] in ("م", "ه", "هـ"):
            sender = span.start + _end_of(span.of(text), known - count)
            if " ".join(words[-count:]) in phrases("agency") | phrases("outlet"):
                parts.agencies.append(Span(sender + 1, span.end))
                words, known = words[:-count], known - count
                break
    times = vocabulary("month") | vocabulary("weekday") | vocabulary("clock")
    while known and (words[known - 1][0].isdigit() or words[known - 1] in times):
        known -= 1
    name, date = words[:known], words[known:]
    if date:
        if not any(word[0].isdigit() for word in date) and date[-1] not in vocabulary("weekday") | vocabulary("month"):
            return "other"
        parts.dated = True
        parts.clocked |= bool(_CLOCK.search(text[span.start :]))
    if not name:
        return "date"
    place = Span(span.start, span.start + _end_of(span.of(text), known))
    if " ".join(name) in phrases("city"):
        parts.places.append(place)
        return "city"
    if len(name) > _LONGEST_PLACE or len(parts.unknown) > 1 or not _could_be_place(name):
        return "other"
    parts.unknown.append(place)
    return "date" if date else "place"


def _could_be_place(name: list[str]) -> bool:
    return not (
        any(word.isdigit() or word in particles("preposition") or word in cue_forms() for word in name)
        or (name[0][0] in "وف" and name[0][1:] in cue_forms())
        or {"role", "source", "people", "organisation", "document", "rank"} & classes(name[0]).keys()
        or name[0] in first_names()
    )


def _complete(text: str, parts: _Parts, mark: str, end: int) -> bool:
    """Whether what was read, closed by ``mark``, is a dateline."""
    if parts.agencies:
        if mark not in _HARD and not (mark == ":" and parts.places):
            return False
        if mark in (")", "]") and not (parts.places or parts.unknown):
            return text[end : end + 1] in _DASHES
        known = bool(parts.places) or parts.dated
        return known or (parts.firm and (bool(parts.unknown) or mark in _DASHES | {"/"}))
    if mark not in _DASHES | {"/", "|"} or " " not in text[max(end - 3, 0) : end]:
        return False
    following = WORD.search(text, end)
    word = following.group() if following else ""
    if parts.places and not parts.unknown:
        # «القاهرة - الرياض: …» is a headline about two cities.
        return word not in _RELATIVE and not _is_sender(_SEPARATOR.split(text[end : end + _LONGEST], maxsplit=1)[0])
    reporting = any(form.shape == "past" for form in cue_forms().get(word, ()))
    return len(parts.unknown) == 1 and not parts.places and reporting and parts.unknown[0].start == 0


def byline(line: str) -> str | None:
    """The rule by which a short folded line says who wrote, translated or published, None if it does not."""
    words = WORD.findall(line) if len(line) <= _LONGEST else []
    if not words or line[-1] in ".؟!":
        return None
    key = " ".join(words)
    if key in wholes(("byline", "agency")):
        return "byline"
    if (found := opening(words, openings(("credit",)))) and re.match(
        r"\s*[:،]", line[_end_of(line, len(found.words)) :]
    ):
        return "credit" if len(words) > len(found.words) or words[0].startswith("ال") else None
    if found := opening(words, openings(("byline",))):
        rest = words[len(found.words) :]
        apart = bool(re.match(r"\s*[:/|–-]", line[_end_of(line, len(found.words)) :]))
        if is_name(rest) or (apart and 0 < len(rest) <= _LONGEST_NAME + 1 and not rest[0].isdigit()):
            return "byline"
    if (found := opening(words, openings(("byline",), "name"))) and is_name(words[len(found.words) :]):
        return "byline"
    before, dash, after = _apart(line)
    if dash and _is_sender(before) and is_name(WORD.findall(after)):
        return "byline"
    place = dateline(line)
    if place and place.span.end < len(line) and (rest := WORD.findall(line[place.span.end :])):
        named = rest[1:] if rest[0] in ("كتب", "كتبت", "من") else rest
        if is_name(named) or " ".join(rest) in phrases("byline"):
            return "byline"
    return None


def _apart(line: str) -> tuple[str, str, str]:
    """A line before, at and after its first dash, slash, bar or colon."""
    found = re.search(r"[-–—/|:]", line)
    return (line[: found.start()], found.group(), line[found.end() :]) if found else (line, "", "")


def _is_sender(text: str) -> bool:
    key = " ".join(WORD.findall(text))
    return any(key in phrases(kind) for kind in ("city", "agency", "outlet"))


def _end_of(line: str, count: int) -> int:
    """Where word number ``count`` of a line ends."""
    at = 0
    for match in WORD.finditer(line):
        at = match.end()
        count -= 1
        if count == 0:
            break
    return at


def is_name(words: list[str]) -> bool:
    """Whether these words are a person's name, by its first word."""
    if not 2 <= len(words) <= _LONGEST_NAME or any(
        word.isdigit() or word in particles("preposition") for word in words
    ):
        return False
    return words[0] in first_names() and not any(word in cue_forms() and word not in first_names() for word in words)


def names_only(line: str) -> bool:
    """Whether a line holds names of persons and nothing else: «محمد صلاح - حازم محمد», «ص. المنصوري»."""
    if len(line) > _LONGEST or line[-1] in '؟!:»"':
        return False
    tokens = line.split()
    if 2 <= len(tokens) <= 3 and any(
        token.endswith(".") and _LETTER.fullmatch(token) for token in (tokens[0], tokens[-1])
    ):
        return True
    names = [WORD.findall(part) for part in _NAMES.split(line.rstrip(".")) if part]
    return bool(names) and line[-1] != "." and all(is_name(name) for name in names)


def is_caption(line: str) -> bool:
    """Whether a short line describes a picture: it ends with who sent it or «أرشيف», or opens as captions do."""
    if len(line) > _LONGEST_CAPTION or line[-1] in ".:؟!":
        return False
    if found := _CREDITED.search(line):
        words = WORD.findall(found.group(1))
        key = " ".join(words)
        if key in phrases("agency") or (key in phrases("outlet") and line[-1] == ")"):
            return True
        if words and any(word in vocabulary("archive") for word in words):
            return True
    return opening(WORD.findall(line), openings(("caption",))) is not None

"""Turns of an interview, and the items of a list of demands or points."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from extract.layout.words import WORD, openings, phrases

Turn = Literal["question", "answer", "item"]
_BULLET = re.compile(r"([-–—•*●■▪◄►▶·◆○□✓+]{1,3})\s*(?=\S)")
_NUMBER = re.compile(r"\(?(?:\d{1,2}\s?[-–.)/:]|[ا-ي]\s?[-–)])\s*(?=\D)")
_LABEL = re.compile(r"([^:؟?.!«\"]{1,40}?)\s*:\s*\S")
_FARTHEST_COLON = 44
_LONGEST_LABEL = 5  # words of a speaker's name before a colon
_LONGEST_QUESTION = 500
_FEWEST = 2  # marked questions that make an interview
_FEWEST_UNMARKED = 3


class Turned(NamedTuple):
    """What a line is, and by which rule."""

    kind: Turn
    label: str


def turns(lines: Sequence[str]) -> dict[int, Turned]:
    """The lines, by position, that are questions, answers or items; empty where the text has none.

    An interview is told by «س:» and «ج:», by bullets before questions, by two names that take turns, or by
    three questions at least that each stand alone before an answer. From its first question on every line
    belongs to the question or the answer before it.
    """
    for read in (_lettered, _bulleted, _named, _bare):
        if questions := read(lines):
            begin = min(questions)
            return {
                i: Turned("question" if i in questions else "answer", read.__name__.strip("_"))
                for i in range(begin, len(lines))
            }
    return _items(lines)


def _asks(line: str) -> bool:
    return line.rstrip('"»” .!').endswith(("؟", "?")) and len(line) <= _LONGEST_QUESTION


def _label(line: str) -> str | None:
    """The words before an early colon, as a key."""
    found = _LABEL.match(line) if ":" in line[:_FARTHEST_COLON] else None
    if not found:
        return None
    words = WORD.findall(found.group(1))
    return " ".join(words) if 0 < len(words) <= _LONGEST_LABEL else None


def _lettered(lines: Sequence[str]) -> set[int]:
    """«س: … ج: …», «سؤال … جواب …»."""
    asked, answered = set(), 0
    initials = _initials()
    for i, line in enumerate(lines):
        if line[0] not in initials:
            continue
        first = WORD.match(line)
        if first is None or line[first.end() : first.end() + 2].lstrip()[:1] not in (":", "-", "–", "/", "."):
            continue
        if first.group() in phrases("asker") or re.fullmatch(r"س\d*", first.group()):
            asked.add(i)
        answered += first.group() in phrases("answerer") or bool(re.fullmatch(r"ج\d*", first.group()))
    return asked if len(asked) >= _FEWEST and answered >= _FEWEST else set()


def _bulleted(lines: Sequence[str]) -> set[int]:
    """A bullet before each question; answers have another one, or none, or the same without a question mark."""
    bullets = {
        i: found.group(1) for i, line in enumerate(lines) if not line[0].isalnum() and (found := _BULLET.match(line))
    }
    asked = {i for i in bullets if _asks(lines[i])}
    if len(asked) < _FEWEST:
        return set()
    sign = Counter(bullets[i] for i in asked).most_common(1)[0][0]
    asked = {i for i in asked if bullets[i] == sign}
    others = {i for i, bullet in bullets.items() if bullet == sign} - asked
    if not any(i + 1 not in asked and i + 1 < len(lines) for i in asked):
        return set()
    if others and len(others) < len(asked) and not any(i + 1 in others for i in asked):
        # The interviewer's remarks between: the same bullet, no question mark.
        asked |= {i for i in others if i > min(asked)}
    return asked if len(asked) >= _FEWEST and _answered(asked, len(lines)) else set()


def _answered(asked: set[int], count: int) -> bool:
    """Whether most questions are followed by something else."""
    return sum(i + 1 < count and i + 1 not in asked for i in asked) * 2 > len(asked)


def _named(lines: Sequence[str]) -> set[int]:
    """Two labels that take turns, the one asking: «الصحيفة: …؟», «فلان: …»."""
    labels = {i: label for i, line in enumerate(lines) if (label := _label(line))}
    counts = Counter(labels.values())
    for label, count in counts.most_common(3):
        asked = {i for i, one in labels.items() if one == label}
        other = any(n >= _FEWEST for one, n in counts.items() if one != label)
        if count >= _FEWEST and other and sum(_asks(lines[i]) for i in asked) * 2 > count:
            return asked
    return set()


def _bare(lines: Sequence[str]) -> set[int]:
    """Questions without a sign, each alone on its line and followed by its answer."""
    asked = {i for i, line in enumerate(lines) if _asks(line) and line.count("؟") + line.count("?") <= 2}
    if len(asked) < _FEWEST_UNMARKED or not all(i + 1 < len(lines) and i + 1 not in asked for i in asked):
        return set()
    between = max(asked) + 2 - min(asked)
    return asked if len(asked) * 3 >= between else set()


def _items(lines: Sequence[str]) -> dict[int, Turned]:
    """Lines with numbers, ordinals or bullets, two of a kind at least."""
    found: dict[int, Turned] = {}
    for i, line in enumerate(lines):
        if rule := _item(line):
            found[i] = Turned("item", rule)
    counts = Counter(turn.label for turn in found.values())
    return {i: turn for i, turn in found.items() if counts[turn.label] > 1}


@cache
def _ordinals() -> tuple[str, ...]:
    return tuple(openings(("ordinal",)))


@cache
def _initials() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases("asker") | phrases("answerer"))


def _item(line: str) -> str | None:
    first = line[0]
    if (first in "(" or not line[1:3].isalpha()) and _NUMBER.match(line):
        return "numbered"
    if not first.isalnum():
        return "bulleted" if _BULLET.match(line) else None
    if not line.startswith(_ordinals()):
        return None
    word = line[:40].split(None, 1)[0].rstrip(":،,-–./")
    for one in openings(("ordinal",)).get(word, ()):
        end = len(" ".join(one.words))
        if line[:end].split() == list(one.words) and line[end:].lstrip()[:1] in (":", "،", ",", "-", "–", "/", "."):
            return "ordinal"
    return None

"""What a statement is about, by the content words that tell it; nothing where they tell too little."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, get_args

from extract.lexicon import rows
from extract.text import folded

Topic = Literal["security", "borders", "politics", "diplomacy", "economy", "justice", "humanitarian", "society"]
TOPICS: tuple[Topic, ...] = get_args(Topic)

_WORD = re.compile(r"\w+")
_WEIGHTS = {"strong": 2.0, "weak": 1.0, "none": 0.0}
_ENOUGH = 2.0  # one strong word, or two weak ones
_LONG = 25  # words; every so many more ask for one more weak word
_MOST_ASKED = 6.0
_SECOND = 0.6  # the share of the first topic's weight that a second one has at least
_MEMO_MOST = 200_000

_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا")
_AFTER_NOUN = (*_PRONOUNS, "ي", "ا", "ان", "ين", "ون", "ات", "ت", "وا", "يه", "يا", "يين", "يون")
_AFTER_TA = (*_PRONOUNS, "ي", "ان", "ين")
_LETTERS = ("ب", "ك", "ل")


class _Entry(NamedTuple):
    """A word or phrase of the lexicon: its name counts once or twice, ``topics`` with their weights."""

    name: str
    topics: tuple[tuple[Topic, float], ...]


class _Hit(NamedTuple):
    """What a word may be: an entry by itself, and the phrases it may begin (the parts after it, and the entry)."""

    entry: _Entry | None
    phrases: tuple[tuple[tuple[str, ...], _Entry], ...]


_UNREAD = _Hit(None, ())
_memo: dict[str, _Hit | None] = {}
_memo_parts: dict[str, frozenset[str]] = {}


def topics(text: str) -> tuple[Topic, ...]:
    """The topic of a folded content, or its two, the stronger first; () where too little tells it."""
    words = _WORD.findall(text)
    known = _memo.get
    telling = [(at, hit) for at, word in enumerate(words) if (hit := known(word, _UNREAD))]
    weights: dict[Topic, float] = {}
    seen: dict[str, int] = {}
    after = 0
    for at, hit in telling:
        if at < after:
            continue
        if hit is _UNREAD and (hit := _read(words[at])) is None:
            continue
        entry, phrases = hit
        if phrases:
            entry, after = _longest(hit, words, at)
        if entry is None:
            continue
        name, told = entry
        times = seen[name] = seen.get(name, 0) + 1
        if times < 3:
            for topic, weight in told:
                # A strong word that comes again tells a little more; a weak one is the same evidence.
                weights[topic] = weights.get(topic, 0.0) + (weight if times == 1 else weight - 1.0)
    return _chosen(weights, len(words))


def _chosen(weights: dict[Topic, float], length: int) -> tuple[Topic, ...]:
    """The topics that stand out. Where three weigh the same none does."""
    enough = min(_MOST_ASKED, _ENOUGH + max(0, length - 1) // _LONG)
    ranked = sorted(weights.items(), key=lambda item: (-item[1], TOPICS.index(item[0])))
    if not ranked or ranked[0][1] < enough or (len(ranked) > 2 and ranked[2][1] == ranked[0][1]):
        return ()
    second = [topic for topic, weight in ranked[1:2] if weight >= max(_ENOUGH, _SECOND * ranked[0][1])]
    if len(ranked) > 2 and ranked[2][1] == ranked[1][1]:
        second = []  # no telling which
    return (ranked[0][0], *second)


def _longest(hit: _Hit, words: list[str], at: int) -> tuple[_Entry | None, int]:
    """The entry that begins at a word, the longest first, and the position after it."""
    if at + 1 < len(words):
        following = _parts(words[at + 1])
        for rest, entry in hit.phrases:
            if rest[0] in following:
                end = at + 1 + len(rest)
                if end == at + 2 or (end <= len(words) and _go_on(rest, words, at + 1)):
                    return entry, end
    return hit.entry, at + 1


def _go_on(rest: tuple[str, ...], words: list[str], at: int) -> bool:
    return all(part in _parts(words[at + n]) for n, part in enumerate(rest))


def _read(word: str) -> _Hit | None:
    """What a word may be; kept, for the same words come again and again."""
    forms, phrases = _lexicon()
    entry = next((forms[reading] for reading in _readings(word) if reading in forms), None)
    begun = [one for part in _parts(word) for one in phrases.get(part, ())]
    hit = _Hit(entry, tuple(sorted(begun, key=lambda one: (-len(one[0]), one[0])))) if entry or begun else None
    if len(_memo) >= _MEMO_MOST:
        _memo.clear()
    _memo[word] = hit
    return hit


def _parts(word: str) -> frozenset[str]:
    """What a word may stand for in a phrase: its readings, and those without a feminine or accusative ending."""
    if (known := _memo_parts.get(word)) is not None:
        return known
    readings = _readings(word)
    parts = frozenset((*readings, *(r[:-1] for r in readings if len(r) > 4 and r[-1] in "ها")))
    if len(_memo_parts) >= _MEMO_MOST:
        _memo_parts.clear()
    _memo_parts[word] = parts
    return parts


def _readings(word: str) -> tuple[str, ...]:
    """A word as written and without what may be its proclitics: و ف, then ب ك ل, then the article."""
    out = [word]
    for joined in (word, word[1:]) if word[0] in "وف" and len(word) > 3 else (word,):
        out.append(joined)
        if joined.startswith("لل") and len(joined) > 4:
            out += [joined[2:], "ل" + joined[2:]]
        for letter in ("", *_LETTERS):
            bare = joined.removeprefix(letter) if letter and len(joined) > 3 else joined
            if bare.startswith("ال") and len(bare) > 3:
                out.append(bare[2:])
            out.append(bare)
    return tuple(dict.fromkeys(out))


@cache
def _lexicon() -> tuple[dict[str, _Entry], dict[str, list[tuple[tuple[str, ...], _Entry]]]]:
    """Every form of every word with its entry; and the phrases by their first word."""
    listed: dict[str, dict[Topic, float]] = {}
    for row in rows("topics.tsv"):
        for word in row["words"].split():
            found = listed.setdefault(folded(word), {})
            if row["topic"] in TOPICS:
                topic = row["topic"]
                found[topic] = max(found.get(topic, 0.0), _WEIGHTS[row["weight"]])
    entries = {name: _Entry(name, tuple(found.items())) for name, found in listed.items()}
    forms: dict[str, _Entry] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], _Entry]]] = {}
    for name, entry in entries.items():
        if "_" in name:
            first, *rest = (_plain(part) for part in name.split("_"))
            phrases.setdefault(first, []).append((tuple(rest), entry))
        else:
            forms[name] = entry
    for name, entry in entries.items():
        if "_" not in name:
            for form in _inflected(name):
                forms.setdefault(form, entry)
    return forms, phrases


def _plain(part: str) -> str:
    return part[2:] if part.startswith("ال") and len(part) > 3 else part


def _inflected(word: str) -> Iterator[str]:
    """A noun's or adjective's forms with endings: pronouns, dual, sound plurals, the relative ي."""
    if word.endswith("ه"):
        stem = word[:-1]
        yield from (f"{stem}ت{ending}" for ending in _AFTER_TA)
        yield from (f"{stem}ات{ending}" for ending in ("", *_PRONOUNS))
        yield from (f"{stem}{ending}" for ending in ("ي", "يه", "يا") if len(stem) > 3)
        return
    yield from (f"{word}{ending}" for ending in _AFTER_NOUN)
    if word.endswith("ء"):
        yield from (f"{word[:-1]}ي{ending}" for ending in _PRONOUNS)

"""Where a document's outlet is at home: by its name, its domain, or the country that either carries."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import dropwhile, islice

from extract.text import folded
from geo.adjectives import nisbas
from geo.lexicon import coverage, rows

_LONGEST = 500
_HOST = re.compile(r"(?:https?://)?(?:[\w.%+-]*@)?((?:[\w-]+\.)+[a-z]{2,})\.?(?=[:/?#\s,،)\]]|$)(?::\d+)?\S*", re.I)
_BRACKETED = re.compile(r"[(\[«\"]([^()\[\]«»\"]+)[)\]»\"]")
_PARTS = re.compile(r"\s+[-–—|]\s+|\s*[|/؛;:،,]\s*")
# Top-level domains that anyone takes for their look (bit.ly): only what is registered under these is from there.
_OPEN = frozenset({"ly", "so", "dj"})
_OFFICIAL = frozenset({"gov", "edu", "com", "org", "net"})


def home_of(source: str | None) -> str | None:
    """The ISO alpha-2 code of the country of the outlet that ``source`` names, None where it has none or is unknown.

    ``source`` is a name («صحيفة الصباح العراقية», «وكالة الأنباء العراقية (واع)»), an address or a domain.
    """
    return _home(source[:_LONGEST]) if source and source.strip() else None


@lru_cache(maxsize=4096)
def _home(source: str) -> str | None:
    hosts = [match.group(1).lower() for match in _HOST.finditer(source)]
    for host in hosts:
        if (known := _by_domain(host)) is not None:
            return known or None
    names = list(_names(_HOST.sub(" ", source)))
    exact, short = _named()
    known = next((exact[name] for name in names if name in exact), None)
    if known is None:
        known = next((short[key] for name in names for key in _keys(name) if key in short), None)
    if known is not None:
        return known or None
    return next((code for host in hosts if (code := _by_ending(host))), None) or next(
        (code for name in names if (code := _by_adjective(name))), None
    )


def _by_domain(host: str) -> str | None:
    """The country of a known domain that ``host`` is or lies under, "" for an outlet of no one country."""
    labels = host.split(".")
    known = _domains()
    return next((known[d] for n in range(len(labels) - 1) if (d := ".".join(labels[n:])) in known), None)


def _by_ending(host: str) -> str | None:
    *under, ending = host.split(".")
    if ending.upper() not in _countries() or (ending in _OPEN and not (len(under) > 1 and under[-1] in _OFFICIAL)):
        return None
    return ending.upper()


def _names(source: str) -> Iterator[str]:
    """What may be the outlet's name, as folded words, the whole first: in brackets, or a part of several."""
    outside = _BRACKETED.sub(" ", source)
    for name in (source, outside, *_BRACKETED.findall(source), *_PARTS.split(outside)):
        if words := _words(name):
            yield words


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", folded(name)))


def _by_adjective(name: str) -> str | None:
    """The country that the last word names: «صحيفة النور السورية»."""
    words = name.split()
    place = nisbas().get(words[-1], "") if len(words) > 1 else ""
    code = place.removeprefix("makan:")[:2].upper()
    return code if coverage().get(code, (0, False))[1] else None


def _keys(name: str) -> Iterator[str]:
    """A folded name without articles and without what only says that it is an outlet: before it, then after it too."""
    words, sorts = name.split(), _sorts()
    rest = list(dropwhile(sorts.__contains__, words))
    for kept in (rest, [word for word in rest if word not in sorts]):
        if kept:
            yield " ".join(word.removeprefix("ال") or word for word in kept)


@cache
def _sorts() -> frozenset[str]:
    return frozenset(folded(row["word"]) for row in rows("outlet_words.csv"))


@cache
def _domains() -> dict[str, str]:
    return {domain: row["country"] for row in rows("outlets.csv") for domain in row["domain"].split("|") if domain}


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["country"] for row in rows("outlets.csv") if row["country"])


@cache
def _named() -> tuple[dict[str, str], dict[str, str]]:
    """Countries by an outlet's folded name, and by the same shortened where it is then one country's still."""
    exact: dict[str, str] = {}
    short: dict[str, set[str]] = {}
    for row in rows("outlets.csv"):
        for name in filter(None, map(_words, row["name"].split("|"))):
            exact[name] = row["country"]
            for key in islice(_keys(name), 1):
                short.setdefault(key, set()).add(row["country"])
    return exact, {key: codes.pop() for key, codes in short.items() if len(codes) == 1}

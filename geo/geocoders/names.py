"""Names as services are asked for them, and whether what they found bears the name."""

import re
import unicodedata
from collections.abc import Iterable

from extract.text import folded
from geo.lexicon import heads

_LONGEST = 200
# Persian letters that Arabic keyboards and scanned texts leave behind, and the tatweel.
_LETTERS = {ord("ی"): "ي", ord("ک"): "ك", ord("ـ"): None}
_FINAL_HEH = re.compile(r"(?<=\w\w)ه(?!\w)")


def normalised(name: str) -> str:
    """A name as it is asked for: presentation forms and Persian letters as Arabic ones, no marks, single blanks."""
    letters = unicodedata.normalize("NFKC", name).translate(_LETTERS)
    kept = (c for c in letters if c.isspace() or unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Cs"))
    return " ".join("".join(kept).split())


def spellings(name: str) -> tuple[str, ...]:
    """The spellings to try, one after another.

    Services see through hamza and ى, but take ه for another letter than ة, whose dots many texts leave out.
    """
    dotted = _FINAL_HEH.sub("ة", name)
    return (name,) if dotted == name else (name, dotted)


def bears(names: Iterable[str], asked: str) -> bool:
    """Whether one of ``names`` is the name asked for.

    Services answer with something else rather than nothing: Nominatim gives the quarter «مدينة الصدر» in بغداد for
    «مدينة بغداد», others the nearest spelling or the country. Spelling variants, blanks, the article and a head
    noun in front («محافظة نينوى») make no difference.
    """
    key = _key(asked)
    return bool(key) and any(_key(name) == key for name in names)


def displayed(text: object) -> str:
    """A text from outside as it may be shown and kept: one line of limited length, "" for None.

    Raises TypeError for what is no text.
    """
    if text is None:
        return ""
    if not isinstance(text, str):
        raise TypeError("not a text")
    kept = "".join(c if not unicodedata.category(c).startswith("C") else " " for c in text[:_LONGEST])
    return " ".join(kept.split())


def arabic(text: str) -> bool:
    """Whether the text is in Arabic letters."""
    return any("\u0600" <= c <= "\u06ff" for c in text)


def _key(name: str) -> str:
    words = folded(name).casefold().split()
    while len(words) > 1 and words[0] in heads():
        words = words[1:]
    return "".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)

"""Names that must be places though the gazetteer lacks them: «قرية البحصة», «مناطق س وص والنقطة الثالثة».

Only clear cases: the name stands right after a specific head noun, or in a list under a plural one whose other
members are places. They are shown to the user as not on the map, and a geocoder may be asked for them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from geo.adjectives import nisbas
from geo.lexicon import Head, heads, ordinary, words
from geo.parts import directions, geographic
from geo.tokens import Reading, Token, Tokens, readings
from geo.toponyms import Sighting, head_ending_at, is_head

_ARABIC = re.compile(r"[\u0621-\u064a]{3,}")
_FRAMED = re.compile(r"[\"«“‟(\[‹]")
# A verb or participle in the feminine or an adjective, after a feminine head noun: «قرية تقع», «مدينة ساحلية».
_ADJECTIVE = re.compile(r"(?:\w+(?:يه|يتين|يتان|ات|تين|تان)|(?:ت|ي)\w{2,4})$")


@dataclass(frozen=True)
class Unplaced:
    """A name, tokens ``first`` up to ``last`` without ``cut`` letters, and the head noun that makes it a place."""

    first: int
    last: int
    cut: int
    head: Head


def unplaced(tokens: Tokens, accepted: Mapping[int, Sighting], taken: Collection[int]) -> list[Unplaced]:
    """The unknown places of a text; ``taken`` are the tokens that known names and expressions cover."""
    out: list[Unplaced] = []
    ends = {s.last: s for s in accepted.values() if s.head and s.head.many}
    open_lists: dict[int, Head] = {}
    # A list may go on where a name ends that is found here: such places are looked at too, in their turn.
    places = [at + 1 for at in tokens.opened_by(is_head)] + list(ends)
    heapify(places)
    while places:
        at = heappop(places)
        if not 0 < at < len(tokens) or at in taken or (out and at < out[-1].last):
            continue
        found = _under_head(tokens, at, taken)
        if found is None and at in ends and (head := ends[at].head):
            found = _listed(tokens, at, head, taken)
        if found is None and at in open_lists:
            found = _listed(tokens, at, open_lists[at], taken)
        if found:
            out.append(found)
            if found.head.many and not (found.head.dual and at in {**ends, **open_lists}):
                open_lists[found.last] = found.head
                heappush(places, found.last)
    return out


def _under_head(tokens: Sequence[Token], at: int, taken: Collection[int]) -> Unplaced | None:
    if not tokens[at].near:
        return None
    found = head_ending_at(tokens, at - 1)
    if found is None or not found[0].unknown or at - 1 in taken:
        return None
    head = found[0]
    framed = bool(_FRAMED.search(tokens[at].gap))
    if not framed and not tokens[at].joined:
        return None
    word = tokens[at].text
    if not framed and not _nameable(word, head):
        return None
    if framed and not _ARABIC.match(word):
        return None
    last = _name_end(tokens, at, taken)
    formed = word in words("neighbours.csv", "formative")
    if formed and last == at + 1:
        return None
    sure = framed or formed or word.startswith("ال")
    if not sure and not _confirmed(tokens, last) and not (head.many and _followed_by_another(tokens, last)):
        return None
    return Unplaced(at, last, 0, head)


def _followed_by_another(tokens: Sequence[Token], at: int) -> bool:
    """Whether a list goes on: «قريتي كفرسين وحوزان», where the first name alone could be any word."""
    return at < len(tokens) and tokens[at].joined and tokens[at].text.startswith("و") and len(tokens[at].text) > 2


def _listed(tokens: Sequence[Token], at: int, head: Head, taken: Collection[int]) -> Unplaced | None:
    """A further member of a list under a plural head noun: «و» and a definite noun that is no ordinary word.

    After a dual head noun, and where it opens as names do (وتل …), it need not be definite.
    """
    word = tokens[at].text
    if not tokens[at].joined or not word.startswith("و"):
        return None
    reading = Reading(1, word[1:], "و")
    if not word.startswith("وال") and not (head.dual or reading.text in words("neighbours.csv", "formative")):
        return None
    spot = geographic().get(reading.text) == "spot"
    if not spot and (not _nameable(reading.text, head) or reading.text in directions()):
        return None
    return Unplaced(at, _name_end(tokens, at, taken), 1, head)


def _nameable(word: str, head: Head) -> bool:
    if word in words("neighbours.csv", "formative"):
        return True
    if (
        not _ARABIC.fullmatch(word)
        or word in ordinary()
        or word in nisbas()
        or word in heads()
        or word in words("neighbours.csv", "function")
    ):
        return False
    if word in geographic() or word in directions() or word in words("neighbours.csv", "act"):
        return False
    if any(r.cut and (r.text in heads() or r.text in ordinary() or r.text.startswith("ال")) for r in readings(word)):
        return False
    if word.startswith("ال"):
        return not word.endswith(("ين", "ون", "ات", "يه", "ي"))
    return not _ADJECTIVE.fullmatch(word) and word.removesuffix("ه") not in ordinary()


def _name_end(tokens: Sequence[Token], at: int, taken: Collection[int]) -> int:
    """Where the name ends: a second word belongs to it after «تل», or where both are definite, or it is «X ال…»."""
    end = at + 1
    if tokens[at].text.removeprefix("و") in words("neighbours.csv", "formative") and end < len(tokens):
        follows = tokens[end].joined and end not in taken and not tokens[end].text.startswith("و")
        if follows and tokens[end].text not in words("neighbours.csv", "after-name"):
            return end + 1
    if end < len(tokens) and end not in taken and tokens[end].joined:
        word = tokens[end].text
        if (
            word.startswith("ال")
            and word not in words("neighbours.csv", "function")
            and word not in words("neighbours.csv", "after-name")
            and word not in nisbas()
            and len(word) > 4
        ):
            if word in directions() or word.endswith(("يه", "ين", "ون")):
                return end
            return end + 1
    return end


def _confirmed(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a bare unknown name speaks of where it is, or the sentence pauses after it."""
    if at >= len(tokens):
        return True
    return not tokens[at].near or tokens[at].text in words("neighbours.csv", "after-name")

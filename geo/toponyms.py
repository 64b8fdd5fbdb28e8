"""Names of the gazetteer in a text: found name-first, with optional proclitics and the head noun before them.

What is found here is only written like a place. Whether it is one is for evidence to say (geo.evidence),
which place it is for resolution (geo.resolution).
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from geo.adjectives import attributive
from geo.gazetteer import Gazetteer
from geo.lexicon import Head, heads, not_places, ordinary
from geo.tokens import Reading, Token, Tokens, opening, readings


class Sighting(NamedTuple):
    """A run of tokens, ``first`` up to but not ``last``, that is written like the places ``candidates``.

    ``reading`` is the first token without its proclitics. ``head`` is the head noun before it, which
    stands at token ``head_at`` (equal to ``first`` without one). ``listed`` is whether the head noun is
    passed on from an earlier name that this one is coordinated with.
    """

    first: int
    last: int
    reading: Reading
    name: str
    candidates: tuple[str, ...]
    head: Head | None = None
    head_at: int = 0
    listed: bool = False

    def under(self, head: Head) -> "Sighting":
        """This sighting as one more name under the plural ``head`` of the name before it."""
        return self._replace(head=head, head_at=self.first, listed=True)


def sightings(tokens: Tokens, gazetteer: Gazetteer) -> list[list[Sighting]]:
    """For each place in the text where names begin, the possible ones: longest first, then the least cut."""
    hidden = phrase_tokens(tokens)
    openings = gazetteer.openings
    out: list[list[Sighting]] = []
    for at, token in enumerate(tokens):
        opened = openings.get(token.text)
        if opened is None:
            opened = openings[token.text] = _openings(token.text, gazetteer)
        if not opened or at in hidden:
            continue
        found: list[Sighting] = []
        for reading in opened:
            found.extend(_names_at(tokens, at, reading, gazetteer.longest[reading.text], gazetteer, hidden))
        if found:
            found.sort(key=lambda s: (-s.last, s.reading.cut))
            out.append([_with_head(tokens, s) for s in found])
    return out


def _openings(word: str, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """The readings of a word with which some name begins; a word that is an ordinary one is not cut."""
    possible = readings(word)[:1] if word in ordinary() else readings(word)
    return tuple(r for r in possible if r.text in gazetteer.longest)


def _names_at(
    tokens: Sequence[Token], at: int, reading: Reading, most: int, gazetteer: Gazetteer, hidden: frozenset[int]
) -> list[Sighting]:
    names = [reading.text]
    end = at + 1
    while len(names) < most and end < len(tokens) and tokens[end].joined and end not in hidden:
        names.append(names[-1] + " " + tokens[end].text)
        end += 1
    out = []
    for size in range(len(names), 0, -1):
        if candidates := gazetteer.find(names[size - 1]):
            out.append(Sighting(at, at + size, reading, names[size - 1], candidates, head_at=at))
    return out


def _with_head(tokens: Sequence[Token], sighting: Sighting) -> Sighting:
    at = sighting.first
    if at and not sighting.reading.cut and tokens[at].near and (found := head_ending_at(tokens, at - 1)):
        return sighting._replace(head=found[0], head_at=found[1])
    if sighting.last - at > 1 and (own := heads().get(sighting.reading.text)):
        return sighting._replace(head=own)  # مناطق الجزيرة, where the head noun is part of the name
    if sighting.reading.cut or not at or not tokens[at].near:
        return sighting
    # مدينة عراقية / العاصمة اليمنية صنعاء: an adjective between the noun and the name
    if at >= 2 and tokens[at].joined and tokens[at - 1].joined and tokens[at - 1].text in attributive():
        found = head_ending_at(tokens, at - 2)
        if found and found[0].kind == "city":
            return sighting._replace(head=found[0], head_at=found[1])
    return sighting


def head_ending_at(tokens: Sequence[Token], at: int) -> tuple[Head, int] | None:
    """The head noun whose last word is token ``at``, and the token where it begins."""
    if tokens[at].text in _second_words() and at and tokens[at].joined:
        for reading in readings(tokens[at - 1].text):
            if head := heads().get(f"{reading.text} {tokens[at].text}"):
                return head, at - 1
    found = head_noun(tokens[at].text)
    return (found, at) if found else None


@cache
def _second_words() -> frozenset[str]:
    return frozenset(noun.split()[1] for noun in heads() if " " in noun)


@lru_cache(maxsize=65536)
def head_noun(word: str) -> Head | None:
    """The head noun that a word is, with or without proclitics; None where it is none."""
    for reading in readings(word):
        if head := heads().get(reading.text):
            return head
    return None


def phrase_tokens(tokens: Tokens) -> frozenset[int]:
    """The tokens that belong to set phrases and to names of organisations, outlets and teams."""
    out: set[int] = set()
    for at in tokens.opened_by(_begins_phrase):
        for sequence in _phrases_from(tokens[at].text):
            end = at + len(sequence)
            if all(
                n < len(tokens) and tokens[n].text == word and tokens[n].joined
                for n, word in zip(range(at + 1, end), sequence[1:], strict=True)
            ):
                out.update(range(at, end))
                break
    return frozenset(out)


@opening
def is_head(word: str) -> bool:
    """Whether a word is a head noun, with or without proclitics."""
    return head_noun(word) is not None


@opening
def _begins_phrase(word: str) -> bool:
    return bool(_phrases_from(word))


@lru_cache(maxsize=65536)
def _phrases_from(word: str) -> tuple[tuple[str, ...], ...]:
    phrases = not_places("phrase")
    return tuple(sequence for reading in readings(word) for sequence in phrases.get(reading.text, ()))

"""What a text as a whole says: the countries it speaks of, how it spells, where it is about sport."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from extract.text import Folded
from geo import outlines
from geo.adjectives import nisbas
from geo.gazetteer import Gazetteer
from geo.lexicon import words
from geo.model import Place
from geo.tokens import Tokens, opening, readings

# A country with a smaller share of a text's votes is only mentioned in passing.
_SPOKEN_OF = 0.04
# How many words before and after count as being about the same thing.
_ABOUT = 15


@dataclass
class Surroundings:
    """What is around a name: the text, and what its plain names and adjectives say.

    ``votes`` counts for each country the names and adjectives that speak of it. ``accepted`` are the names already
    taken for places; ``spelt`` the ids of places that the text names by a name that is no adjective too.
    ``home`` is the ISO code of the outlet's country.
    """

    text: Folded
    tokens: Tokens
    gazetteer: Gazetteer
    home: str | None
    votes: Counter[str] = field(default_factory=Counter)
    accepted: set[str] = field(default_factory=set)
    spelt: set[str] = field(default_factory=set)

    @cached_property
    def marbuta(self) -> bool:
        """Whether the text tells teh marbuta from heh, as careful writing does."""
        return "ة" in self.text.source

    def share(self, country: str | None) -> float:
        """The share of all votes that ``country`` has."""
        return self.votes[country] / self.votes.total() if country and self.votes else 0.0

    def agrees(self, place: Place) -> bool:
        """Whether the text speaks of the country that ``place`` lies in."""
        country = place.country or outlines.country_at(place.lat, place.lon)
        return country is None or country == self.home or self.share(country) >= _SPOKEN_OF

    def sporting(self, at: int) -> bool:
        """Whether the words about a token are of sport, where a city's name is mostly a club's."""
        first = bisect_left(self._sport, at - _ABOUT)
        return bisect_left(self._sport, at + _ABOUT) - first >= 2

    @cached_property
    def _sport(self) -> list[int]:
        return self.tokens.opened_by(_of_sport)

    def country_at(self, at: int) -> str | None:
        """The country that «البلاد» at a token means: the one its paragraph has named most so far, else the text."""
        votes: Counter[str] = Counter()
        for n in range(at - 1, -1, -1):
            if country := self._names_country(n):
                votes[country] += 1
            if "\n" in self.tokens[n].gap:
                break
        return max(votes, key=lambda c: votes[c]) if votes else self.dominant

    def _names_country(self, at: int) -> str | None:
        """The country that a token names, by its name or its adjective; None where it names none."""
        for reading in readings(self.tokens[at].text):
            id = nisbas().get(reading.text) or next(iter(self.gazetteer.find(reading.text)), None)
            if id and id in self.gazetteer and (place := self.gazetteer.place(id)).kind == "country":
                return place.country
        return None

    @property
    def dominant(self) -> str | None:
        """The country that the text speaks of most; the outlet's own where it speaks of none."""
        return self.votes.most_common(1)[0][0] if self.votes else self.home


@opening
def _of_sport(word: str) -> bool:
    sport = words("neighbours.csv", "sport")
    return any(r.text in sport for r in readings(word))

"""A document as read, and what the analysis of it yields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from corpus.linking import How, hows
from extract.dates import When, dates
from extract.model import Notice, Statement
from extract.text import Span, fold, folded
from extract.topics import Topic, topics
from geo.model import Mention, Place


@dataclass(frozen=True)
class Document:
    """One article. ``published`` is an ISO date; everything but ``id`` and ``text`` may be unknown."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None

    @property
    def day(self) -> date | None:
        """The day it was published, None where that is unknown or no date."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None


@dataclass(frozen=True)
class Analysis:
    """A document with everything found in it.

    ``mentions`` are in text order, keyed by ids unique in the document ("m1"); ``links`` maps a statement's id
    to the ids of the mentions inside it and in the dateline over it; ``notices`` are what the analysis could not
    do, for the user to see; ``furniture`` are the lines that are the page's and not the article's, which hold neither
    statements nor mentions.
    """

    document: Document
    mentions: Mapping[str, Mention]
    statements: tuple[Statement, ...]
    links: Mapping[str, tuple[str, ...]]
    notices: tuple[Notice, ...] = field(default=())
    furniture: tuple[Span, ...] = field(default=())

    @cached_property
    def hows(self) -> dict[str, dict[str, How]]:
        """For each statement's id how the mentions belong to it that ``links`` gives it."""
        return hows(self.document.text, self.statements, self.mentions, self.links)

    @cached_property
    def topics(self) -> dict[str, tuple[Topic, ...]]:
        """For each statement's id what its words are about, the strongest topic first; empty where they tell little."""
        text = self.document.text
        return {s.id: topics(folded(" ".join(part.of(text) for part in s.content))) for s in self.statements}

    @cached_property
    def dates(self) -> dict[str, tuple[When, ...]]:
        """For each statement's id the dates that its own words name, in order."""
        found = dates(fold(self.document.text), self.document.day)
        own = {s.id: s.content or (s.span,) for s in self.statements}
        return {
            id: tuple(when for when in found if any(p.covers(when.span) for p in parts)) for id, parts in own.items()
        }

    @property
    def places(self) -> dict[str, Place]:
        """The places mentioned, by id, in the order of their first mention."""
        return {m.place.id: m.place for m in self.mentions.values() if m.place}

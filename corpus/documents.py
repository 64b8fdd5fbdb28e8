"""A document as read, and what the analysis of it yields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from corpus.linking import How, hows
from extract.model import Notice, Statement
from extract.text import folded
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


@dataclass(frozen=True)
class Analysis:
    """A document with everything found in it.

    ``mentions`` are in text order, keyed by ids unique in the document ("m1"); ``links`` maps a statement's id
    to the ids of the mentions inside it and in the dateline over it; ``notices`` are what the analysis could not
    do, for the user to see.
    """

    document: Document
    mentions: Mapping[str, Mention]
    statements: tuple[Statement, ...]
    links: Mapping[str, tuple[str, ...]]
    notices: tuple[Notice, ...] = field(default=())

    @cached_property
    def hows(self) -> dict[str, dict[str, How]]:
        """For each statement's id how the mentions belong to it that ``links`` gives it."""
        return hows(self.document.text, self.statements, self.mentions, self.links)

    @cached_property
    def topics(self) -> dict[str, tuple[Topic, ...]]:
        """For each statement's id what its words are about, the strongest topic first; empty where they tell little."""
        text = self.document.text
        return {s.id: topics(folded(" ".join(part.of(text) for part in s.content))) for s in self.statements}

    @property
    def places(self) -> dict[str, Place]:
        """The places mentioned, by id, in the order of their first mention."""
        return {m.place.id: m.place for m in self.mentions.values() if m.place}

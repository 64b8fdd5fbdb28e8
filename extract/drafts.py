"""Statements in the making: added sentence by sentence, changed by what follows, numbered when the text is read."""

from collections.abc import Sequence
from dataclasses import replace

from extract.contents import token_range
from extract.lexicon import Lemma
from extract.model import Cue, Form, Statement
from extract.speakers import Voice
from extract.text import Folded, Span
from extract.tokens import Row, uncovered
from extract.types import Decision, decide

_SHORTEST_NARRATION = 3  # words
_TELLING = 600  # the first folded characters of a content tell its type
_NARRATED = Decision("assertion", "narration")


class Drafts:
    """The statements of a text so far, in the order in which they were found. Spans that come in are folded ones.

    Until ``finished`` a statement's id says where it stands: "#0", "#1" …
    """

    def __init__(self, text: Folded) -> None:
        self.text = text
        self.made: list[Statement] = []
        self._spans: list[Span] = []

    def __len__(self) -> int:
        return len(self.made)

    def place(self, statement: Statement) -> int:
        """Where a statement stands."""
        return int(statement.id[1:])

    def add(
        self,
        span: Span,
        parts: Sequence[Span],
        form: Form,
        decision: Decision,
        cue: Cue | None = None,
        voice: Voice | None = None,
        parent: Statement | None = None,
    ) -> Statement:
        """A new statement; its flags are the decision's, what its speaker and its parent add."""
        origin = self.text.origin
        flags = list(decision.flags)
        if parent is not None:
            flags.append("nested")
        if voice is not None and voice.speaker.anonymous:
            flags.append("anonymous")
        made = Statement(
            id=f"#{len(self.made)}",
            span=origin(span.start, span.end),
            content=tuple(origin(part.start, part.end) for part in parts),
            form=form,
            type=decision.type,
            rule=decision.rule,
            cue=cue,
            speaker=voice.speaker if voice else None,
            flags=tuple(dict.fromkeys(flags)),
            parent=parent.id if parent else None,
        )
        self.made.append(made)
        self._spans.append(span)
        return made

    def narrate(self, span: Span) -> None:
        """Words that nobody is named for."""
        self.add(span, (span,), "narration", _NARRATED)

    def decide(self, lemma: Lemma | None, parts: Sequence[Span], negated: bool = False) -> Decision:
        """The type that a cue and the first words of its content tell."""
        content = " ".join(self.text.text[part.start : min(part.end, part.start + _TELLING)] for part in parts[:2])
        return decide(lemma, content, negated)

    def extend(self, at: int, part: Span) -> None:
        """Let a statement go on with further words."""
        last, more = self.made[at], self.text.origin(part.start, part.end)
        self.made[at] = replace(last, span=Span(last.span.start, more.end), content=(*last.content, more))

    def cut(self, at: int, end: int) -> None:
        """Let the content of a statement end at a folded position."""
        limit = self.text.origin(max(end - 1, 0), end).end
        kept = tuple(Span(part.start, min(part.end, limit)) for part in self.made[at].content if part.start < limit)
        self.made[at] = replace(self.made[at], content=kept)

    def quoted(self, at: int) -> None:
        """A statement whose words turn out to stand in marks."""
        self.made[at] = replace(self.made[at], form="direct")

    def fill(self, row: Row, before: int) -> None:
        """Let no word of a sentence go unread: what no statement covers is narration, or a word of its neighbour.

        ``before`` is how many statements there were before the sentence.
        """
        for start, end in uncovered(row, sorted(self._spans[before:])):
            span = token_range(row, start, end)
            if end - start >= _SHORTEST_NARRATION:
                self.narrate(span)
                continue
            earlier = [n for n in range(before, len(self.made)) if self._spans[n].end <= span.start]
            near = max(earlier, key=lambda n: self._spans[n].end) if earlier else before
            joined = Span(min(self._spans[near].start, span.start), max(self._spans[near].end, span.end))
            self._spans[near] = joined
            self.made[near] = replace(self.made[near], span=self.text.origin(joined.start, joined.end))

    def finished(self) -> tuple[Statement, ...]:
        """All statements in text order, an outer one before those in it: "s1", "s2" …"""
        ordered = sorted(self.made, key=lambda s: (s.span.start, -s.span.end))
        names = {s.id: f"s{n}" for n, s in enumerate(ordered, 1)}
        return tuple(replace(s, id=names[s.id], parent=names.get(s.parent or "")) for s in ordered)

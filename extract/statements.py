"""Statements of a text: attributions with their contents, forms, types and speakers; the rest is narration."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.according import According, accordings, without_preposition
from extract.attributions import attributions, following_parts
from extract.contents import (
    content_end,
    content_of,
    form_of,
    inner_spans,
    speech_is_missing,
    token_range,
    trimmed,
)
from extract.frames import Attribution
from extract.layout import layout
from extract.lexicon import Lemma
from extract.model import Cue, Form, Notice, Statement, Type
from extract.phrases import read_phrase
from extract.quotations import Marks, quotations
from extract.sentences import sentences
from extract.speakers import Voice, Voices, borrowed, describe, people
from extract.text import Folded, Span
from extract.tokens import Row, tokens, uncovered
from extract.types import Decision, decide

_LONGEST_HEADLINE_SPEAKER = 9
_HEADLINE_SPEAKERS = frozenset({"role", "organisation", "rank", "title", "source", "people"})
_SHORTEST_NARRATION = 3  # words
_ENCLOSED = 120  # folded characters of a quotation that may be a text set in marks as a whole
_TELLING = 600  # the first folded characters of a content tell its type


# Lines in which nobody says anything: what the page adds, and who wrote the article where.
_NOT_SPOKEN = frozenset({"furniture", "byline"})
_BOUND = frozenset({"participle", "masdar"})


def _place(made: Statement) -> int:
    """Where a statement stands among those found so far: until all are known, its id tells."""
    return int(made.id[1:])


def _told_by(source: According, first: Attribution) -> bool:
    """Whether a source at the head of a sentence tells all of it, what others ask or do in it included."""
    return source.opening and source.end <= first.part and first.marker in ("nominal", "preposition")


@dataclass(frozen=True)
class Reading:
    """What a text says: its statements in order, what could not be read cleanly, and what is no part of the article.

    ``furniture`` are the lines around it: categories, dates, links to other articles, who wrote it.
    """

    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...]
    furniture: tuple[Span, ...] = ()


def read(text: Folded) -> Reading:
    """Read the statements of a text. Every sentence of the article yields at least one, narration if nothing else."""
    found, notices = quotations(text)
    reader = _Reader(text, Marks(found))
    lines = layout(text)
    starts = [line.span.start for line in lines]
    for span in sentences(text, found):
        kind = lines[bisect_right(starts, span.start) - 1].kind
        if kind == "subheading":
            reader.chapter()
        if kind not in _NOT_SPOKEN:
            reader.sentence(span)
    furniture = tuple(text.origin(*line.span) for line in lines if line.kind in _NOT_SPOKEN)
    ordered = sorted(reader.found, key=lambda s: (s.span.start, -s.span.end))
    names = {s.id: f"s{n}" for n, s in enumerate(ordered, 1)}
    statements = tuple(replace(s, id=names[s.id], parent=names.get(s.parent or "")) for s in ordered)
    return Reading(statements, notices, furniture)


class _Reader:
    """Reads sentence after sentence; keeps the speakers of the article and the speech still open."""

    def __init__(self, text: Folded, marks: Marks) -> None:
        self.text = text
        self.marks = marks
        self.found: list[Statement] = []
        self.voices = Voices()
        self._last: int | None = None  # the latest statement of its own, by its place in ``found``
        self._spans: list[Span] = []  # of the statements found, in the folded text
        self._awaiting = False  # its words are still to come, on the next line

    def chapter(self) -> None:
        """A heading begins something new: nobody's speech goes on over it."""
        self._last = None
        self._awaiting = False

    def sentence(self, span: Span) -> None:
        row = tokens(self.text.text, span, self.marks.within(span, 0))
        if not row:
            return
        for voice in people(self.text, row):
            self.voices.introduce(voice)
        if self._continues(row):
            return
        self._awaiting = False
        before = len(self.found)
        sources = accordings(row)
        found = [one for one in attributions(row) if not self._passive(row, one)]
        if found and sources and _told_by(sources[0], found[0]):
            found = []
        if not found:
            self._according(row, sources, len(row))
        else:
            spoken = None
            if _BOUND.issuperset({found[0].form.shape}) and not found[0].subject:
                # بحسب فلان، كذا، موضحاً أن: whom the sentence follows so far goes on speaking.
                before_it = [source for source in sources if source.end <= found[0].part]
                spoken = self._according(row, before_it, found[0].part)
            self._attributed(row, found, sources, spoken)
        if len(self.found) == before and self._quoted_report(row):
            return
        if len(self.found) == before and not self._headline(row):
            self._add(span, (span,), "narration", Decision("assertion", "narration"))
            self._last = None
        self._fill(row, before)

    def _quoted_report(self, row: Row) -> bool:
        """A sentence that is one quotation nobody is named for and that reports itself: its marks enclose the text."""
        whole = [token for token in row if token.kind not in ("mark", "comma")]
        if len(whole) != 1 or whole[0].inner is None or len(self.text.text[whole[0].start : whole[0].end]) < _ENCLOSED:
            return False
        quotation = self.marks.holding(whole[0].inner)
        if quotation is None:
            return False
        inner = tokens(self.text.text, whole[0].inner, self.marks.within(whole[0].inner, quotation.depth + 1))
        found = [one for one in attributions(inner) if not self._passive(inner, one)]
        if not found or found[0].form.first_person:
            return False
        before = len(self.found)
        self._attributed(inner, found, accordings(inner), None)
        self._fill(inner, before)
        return len(self.found) > before

    def _fill(self, row: Row, before: int) -> None:
        """Let no word of a sentence go unread: what no statement covers is narration, or a word of its neighbour."""
        for start, end in uncovered(row, sorted(self._spans[before:])):
            span = token_range(row, start, end)
            if end - start >= _SHORTEST_NARRATION:
                self._add(span, (span,), "narration", Decision("assertion", "narration"))
                continue
            earlier = [n for n in range(before, len(self.found)) if self._spans[n].end <= span.start]
            near = max(earlier, key=lambda n: self._spans[n].end) if earlier else before
            joined = Span(min(self._spans[near].start, span.start), max(self._spans[near].end, span.end))
            self._spans[near] = joined
            self.found[near] = replace(self.found[near], span=self.text.origin(joined.start, joined.end))

    # --- attributed speech ----------------------------------------------------------------------------------

    def _attributed(self, row: Row, found: list[Attribution], sources: list[According], spoken: Voice | None) -> None:
        parent: Statement | None = None
        begin = found[0].part if spoken else 0
        following = following_parts(row, found)
        for one, end in zip(found, following, strict=True):
            nested = parent is not None and not one.initial
            voice = self._voice(row, one, spoken)
            start = one.part if nested else min(begin, one.part)
            made = self._report(row, one, start, content_end(row, one, end, sources), voice, parent if nested else None)
            if made is None or nested:
                continue
            parent, begin = made, end
            self._last = _place(made)
            if voice is not None:
                spoken = voice
                self.voices.spoke(voice)

    def _passive(self, row: Row, one: Attribution) -> bool:
        """Whether the vowels say that the verb is passive (أُبلغت): then nobody is named as speaking."""
        written = self.text.origin(row[one.cue].start, row[one.cue].end).of(self.text.source)
        return one.form.shape in ("past", "present") and "ُ" in written[1 : 3 if written[0] in "وف" else 2]

    def _voice(self, row: Row, one: Attribution, spoken: Voice | None) -> Voice | None:
        """Who speaks: named beside the cue, else shared with the sentence, else carried over."""
        voice = describe(self.text, row, one.subject) if one.subject else None
        if voice is not None:
            voice = self.voices.resolve(voice)
            channel = describe(self.text, row, one.channel) if one.channel else None
            return voice.through(channel) if channel else voice
        if one.content == one.cue + 3 and (known := self.voices.named(row[one.cue + 1].text)):
            # A family name that looks like a noun with its preposition (وأضاف بالخير أن).
            return borrowed(known, "resolved")
        bound = one.form.shape in _BOUND
        if bound and spoken is not None:
            return borrowed(spoken, "shared")
        last = None if one.relative else self.voices.last(None if bound else one.form)
        return borrowed(last, "carried") if last else None

    def _report(
        self, row: Row, one: Attribution, start: int, end: int, voice: Voice | None, parent: Statement | None
    ) -> Statement | None:
        cue = Cue(self.text.origin(row[one.cue].start, row[one.cue].end), one.form.lemma.name)
        if speech_is_missing(row, one, end):
            self._awaiting = True
            return self._add(
                token_range(row, start, len(row)), (), "direct", Decision("assertion", "default"), cue, voice
            )
        parts, form = content_of(self.text.text, row, one, end)
        if not parts:
            return None
        last = max(part.end for part in parts)
        if one.marker == "behind":
            last = max(last, row[max([chunk[1] for chunk in one.subject] + [one.cue + 1]) - 1].end)
        decision = self._decide(one.form.lemma, parts, one.negated)
        made = self._add(Span(row[start].start, last), parts, form, decision, cue, voice, parent)
        for part in parts:
            self._within(part, made, voice)
        return made

    def _within(self, part: Span, outer: Statement, speaking: Voice | None) -> None:
        """Statements reported inside the quoted words of another."""
        quotation = self.marks.holding(part)
        if quotation is None:
            return
        row = tokens(self.text.text, part, self.marks.within(part, quotation.depth + 1))
        for one in attributions(row, strict=True):
            if one.form.first_person or one.relative:
                continue
            if one.form.shape == "participle":
                # The marks of many papers run on over the reporter's own words: the speaker is the same.
                if speaking and one.cue and row[one.cue - 1].kind == "comma":
                    self._goes_on(row, one, outer, borrowed(speaking, "shared"))
                    return
                voice = borrowed(speaking, "shared") if speaking else None
            else:
                voice = describe(self.text, row, one.subject) if one.subject else None
                voice = self.voices.resolve(voice) if voice else None
            if voice is not None:
                self._report(row, one, one.part, len(row), voice, outer)

    def _goes_on(self, row: Row, one: Attribution, outer: Statement, voice: Voice) -> None:
        """«كذا، مضيفاً أن كذا»: two statements of one speaker within one pair of marks."""
        at = _place(outer)
        made = self._report(row, one, one.part, len(row), voice, None)
        if made is None:
            return
        self.found[-1] = replace(made, form="direct")
        end = self.text.origin(row[0].start, row[trimmed(row, 0, one.part) - 1].end).end
        kept = tuple(Span(part.start, min(part.end, end)) for part in outer.content if part.start < end)
        self.found[at] = replace(self.found[at], content=kept)

    # --- speech without a verb --------------------------------------------------------------------------------

    def _according(self, row: Row, sources: list[According], limit: int) -> Voice | None:
        """The statements of sources named without a verb, in the row up to token ``limit``; who speaks last."""
        begin = 0
        spoken: Voice | None = None
        for source in sources:
            voice = self.voices.last(None)
            if source.subject:
                voice = describe(self.text, without_preposition(row, source.subject[0][0]), source.subject)
            if voice is None:
                continue
            start, end = (source.end, limit) if source.opening else (begin, source.start)
            while start < end and (row[start].kind not in ("word", "quote") or row[start].text == "فان"):
                start += 1
            end = trimmed(row, start, end)
            if not source.opening and end - start <= 3 and limit - source.end > 3 and row[source.end].kind == "comma":
                # Between commas near the front (ومن المرجح، بحسب المصدر، أن …): the words go on behind it.
                start, end = source.end + 1, trimmed(row, source.end + 1, limit)
                start += row[start].text == "فان"
            quoted = inner_spans(row, start, end)
            if end - start < 2 and not quoted:
                continue
            part = quoted[0] if end - start == 1 else token_range(row, start, end)
            form: Form = "direct" if end - start == 1 else form_of(self.text.text, row, start, end)
            cue = Cue(self.text.origin(row[source.start].start, row[source.start].end), source.lemma)
            span = token_range(row, min(start, source.start), max(end, source.end))
            voice = self.voices.resolve(voice)
            self._add(span, (part,), form, self._decide(None, (part,)), cue, voice)
            self.voices.spoke(voice)
            self._last = len(self.found) - 1
            begin, spoken = source.end, voice
        return spoken

    def _headline(self, row: Row) -> bool:
        """فلان: كلام — a name or body, a colon, and what they say."""
        colon = next((i for i, t in enumerate(row[: _LONGEST_HEADLINE_SPEAKER + 1]) if t.kind == "colon"), None)
        if not colon or len(row) - colon < 4 or any(t.kind not in ("word", "quote") for t in row[:colon]):
            return False
        quoted = row[colon + 1].kind == "quote"
        phrase = read_phrase(row, 0, colon)
        arabic = sum(t.kind == "quote" or (t.text > "ء" and not t.text.isdigit()) for t in row[colon + 1 :])
        if phrase.end != colon or not (phrase.head in _HEADLINE_SPEAKERS or quoted) or arabic < (1 if quoted else 3):
            return False
        voice = describe(self.text, row, ((0, colon),))
        if voice is None or (voice.speaker.anonymous and phrase.definite):
            # «المصدر: …» labels where an article was taken from.
            return False
        end = trimmed(row, colon + 1, len(row))
        inner = row[colon + 1].inner if end == colon + 2 else None
        part = inner or token_range(row, colon + 1, end)
        voice = self.voices.resolve(voice)
        self._add(token_range(row, 0, len(row)), (part,), "direct", self._decide(None, (part,)), None, voice)
        self.voices.spoke(voice)
        self._last = len(self.found) - 1
        return True

    def _continues(self, row: Row) -> bool:
        """A sentence that is one quotation right after speech goes on with it, as do the words a colon announced."""
        if self._last is None:
            return False
        last = self.found[self._last]
        quoted = inner_spans(row, 0, len(row))
        alone = len(quoted) == 1 and all(token.kind in ("quote", "mark") for token in row)
        if not self._awaiting and not (alone and last.form in ("direct", "mixed")):
            return False
        end = trimmed(row, 0, len(row))
        if not alone and end == 0:
            return False
        inner = quoted[0] if alone else token_range(row, 0, end)
        part = self.text.origin(inner.start, inner.end)
        self.found[self._last] = replace(last, span=Span(last.span.start, part.end), content=(*last.content, part))
        self._awaiting = False
        return True

    # --- making -----------------------------------------------------------------------------------------------

    def _decide(self, lemma: Lemma | None, parts: Sequence[Span], negated: bool = False) -> Decision:
        content = " ".join(self.text.text[part.start : min(part.end, part.start + _TELLING)] for part in parts[:2])
        return decide(lemma, content, negated)

    def _add(
        self,
        span: Span,
        parts: Sequence[Span],
        form: Form,
        decision: Decision,
        cue: Cue | None = None,
        voice: Voice | None = None,
        parent: Statement | None = None,
    ) -> Statement:
        origin = self.text.origin
        flags = list(decision.flags)
        if parent is not None:
            flags.append("nested")
        if voice is not None and voice.speaker.anonymous:
            flags.append("anonymous")
        kind: Type = decision.type
        made = Statement(
            id=f"#{len(self.found)}",
            span=origin(span.start, span.end),
            content=tuple(origin(part.start, part.end) for part in parts),
            form=form,
            type=kind,
            rule=decision.rule,
            cue=cue,
            speaker=voice.speaker if voice else None,
            flags=tuple(dict.fromkeys(flags)),
            parent=parent.id if parent else None,
        )
        self.found.append(made)
        self._spans.append(span)
        return made

"""Statements of a text: attributions with their contents, forms, types and speakers; the rest is narration."""

from bisect import bisect_right

from extract.according import According, accordings, tells_all, told_of, without_preposition
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
from extract.drafts import Drafts
from extract.frames import Attribution
from extract.headlines import headline
from extract.layout import Line, layout
from extract.model import Cue, Form, Reading, Statement
from extract.quotations import Marks, quotations
from extract.sentences import sentences
from extract.speakers import Voice, Voices, borrowed, describe, people, unvoiced
from extract.text import Folded, Span
from extract.tokens import Row, tokens
from extract.types import Decision

_ENCLOSED = 120  # folded characters of a quotation that may be a text set in marks as a whole

# Lines in which nobody says anything: what the page adds, and who wrote the article where.
_NOT_SPOKEN = frozenset({"furniture", "byline"})
_LETTERS = frozenset({"س", "ج", "سوال", "جواب", "السوال", "الجواب"})
_BOUND = frozenset({"participle", "masdar"})


def read(text: Folded) -> Reading:
    """Read the statements of a text. Every sentence of the article yields at least one, narration if nothing else."""
    found, notices = quotations(text)
    reader = _Reader(text, Marks(found))
    lines = layout(text)
    starts = [line.span.start for line in lines]
    told = -1  # the line that was read as a whole
    for span in sentences(text, found):
        at = bisect_right(starts, span.start) - 1
        line = lines[at]
        if line.kind in _NOT_SPOKEN or at == told:
            continue
        if line.kind == "subheading":
            reader.chapter()
        turn = line.kind in ("question", "answer") and reader.turn(line)
        if turn or (line.kind == "item" and reader.item(line)):
            told = at
        else:
            reader.sentence(span)
    furniture = tuple(text.origin(*line.span) for line in lines if line.kind in _NOT_SPOKEN)
    return Reading(reader.drafts.finished(), notices, furniture)


class _Reader:
    """Reads sentence after sentence; keeps the speakers of the article and the speech still open."""

    def __init__(self, text: Folded, marks: Marks) -> None:
        self.text = text
        self.marks = marks
        self.drafts = Drafts(text)
        self.voices = Voices()
        self._last: int | None = None  # the latest statement of its own, by its place among the drafts
        self._awaiting = False  # its words are still to come, on the next line
        self._listing = False  # its words are a list, an item a line
        self._asked: Voice | None = None  # who answers the questions of an interview

    def chapter(self) -> None:
        """A heading begins something new: nobody's speech goes on over it."""
        self._last = None
        self._awaiting = False

    def turn(self, line: Line) -> bool:
        """A question or an answer of an interview, read as a whole; False where nobody is known to answer.

        The questions are the interviewer's. Whoever spoke last before the first of them answers.
        """
        row = tokens(self.text.text, line.span, self.marks.within(line.span, 0))
        start = next((at for at, token in enumerate(row) if token.kind in ("word", "quote")), len(row))
        if start + 1 < len(row) and row[start].text in _LETTERS and row[start + 1].kind == "colon":
            start += 2
        self._asked = self._asked or self.voices.last(None)
        if self._asked is None or line.label == "named" or start >= len(row):
            return False
        part = token_range(row, start, max(trimmed(row, start, len(row)), start + 1))
        if line.kind == "question":
            self.drafts.narrate(line.span)
        else:
            decision = self._telling(part)
            self.drafts.add(line.span, (part,), "direct", decision, None, borrowed(self._asked, "carried"))
        self.chapter()
        return True

    def item(self, line: Line) -> bool:
        """An item of a list that a statement announced («وطالب المجتمعون بما يأتي:»): its words go on."""
        row = tokens(self.text.text, line.span, self.marks.within(line.span, 0))
        start = next((at for at, t in enumerate(row) if t.kind == "quote" or t.text.isalpha()), len(row))
        if self._last is None or not (self._awaiting or self._listing) or start == len(row):
            return False
        self.drafts.extend(self._last, token_range(row, start, max(trimmed(row, start, len(row)), start + 1)))
        self._awaiting, self._listing = False, True
        return True

    def sentence(self, span: Span) -> None:
        row = tokens(self.text.text, span, self.marks.within(span, 0))
        if not row:
            return
        for voice in people(self.text, row):
            self.voices.introduce(voice)
        if self._continues(row):
            return
        self._awaiting, self._listing = False, row[-1].kind == "colon"
        before = len(self.drafts)
        sources = accordings(row)
        found = [one for one in attributions(row) if not unvoiced(self.text, row, one.cue, one.form)]
        if found and sources and tells_all(sources[0], found[0]):
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
        if len(self.drafts) == before and self._quoted_report(row):
            return
        if len(self.drafts) == before and not self._headline(row):
            self.drafts.narrate(span)
            self._last = None
        self.drafts.fill(row, before)

    def _quoted_report(self, row: Row) -> bool:
        """A sentence that is one quotation nobody is named for and that reports itself: its marks enclose the text."""
        whole = [token for token in row if token.kind not in ("mark", "comma")]
        if len(whole) != 1 or whole[0].inner is None or len(self.text.text[whole[0].start : whole[0].end]) < _ENCLOSED:
            return False
        quotation = self.marks.holding(whole[0].inner)
        if quotation is None:
            return False
        inner = tokens(self.text.text, whole[0].inner, self.marks.within(whole[0].inner, quotation.depth + 1))
        found = [one for one in attributions(inner) if not unvoiced(self.text, inner, one.cue, one.form)]
        if not found or found[0].form.first_person:
            return False
        before = len(self.drafts)
        self._attributed(inner, found, accordings(inner), None)
        self.drafts.fill(inner, before)
        return len(self.drafts) > before

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
            self._last = self.drafts.place(made)
            if voice is not None:
                spoken = voice
                self.voices.spoke(voice)

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
            return self.drafts.add(
                token_range(row, start, len(row)), (), "direct", Decision("assertion", "default"), cue, voice
            )
        parts, form = content_of(self.text.text, row, one, end)
        if not parts:
            return None
        last = max(part.end for part in parts)
        if one.marker == "behind":
            last = max(last, row[max([chunk[1] for chunk in one.subject] + [one.cue + 1]) - 1].end)
        decision = self.drafts.decide(one.form.lemma, parts, one.negated)
        made = self.drafts.add(Span(row[start].start, last), parts, form, decision, cue, voice, parent)
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
        made = self._report(row, one, one.part, len(row), voice, None)
        if made is not None:
            self.drafts.quoted(self.drafts.place(made))
            self.drafts.cut(self.drafts.place(outer), row[trimmed(row, 0, one.part) - 1].end)

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
            start, end = told_of(row, source, begin, limit)
            quoted = inner_spans(row, start, end)
            if end - start < 2 and not quoted:
                continue
            part = quoted[0] if end - start == 1 else token_range(row, start, end)
            form: Form = "direct" if end - start == 1 else form_of(self.text.text, row, start, end)
            cue = Cue(self.text.origin(row[source.start].start, row[source.start].end), source.lemma)
            span = token_range(row, min(start, source.start), max(end, source.end))
            voice = self.voices.resolve(voice)
            self.drafts.add(span, (part,), form, self._telling(part), cue, voice)
            self.voices.spoke(voice)
            self._last = len(self.drafts) - 1
            begin, spoken = source.end, voice
        return spoken

    def _headline(self, row: Row) -> bool:
        found = headline(self.text, row)
        if found is None:
            return False
        voice, part = self.voices.resolve(found[0]), found[1]
        self.drafts.add(token_range(row, 0, len(row)), (part,), "direct", self._telling(part), None, voice)
        self.voices.spoke(voice)
        self._last = len(self.drafts) - 1
        return True

    def _telling(self, part: Span) -> Decision:
        """The type of words that no cue brings in."""
        return self.drafts.decide(None, (part,))

    def _continues(self, row: Row) -> bool:
        """A sentence that is one quotation right after speech goes on with it, as do the words a colon announced."""
        if self._last is None:
            return False
        last = self.drafts.made[self._last]
        quoted = inner_spans(row, 0, len(row))
        alone = len(quoted) == 1 and all(token.kind in ("quote", "mark") for token in row)
        if not self._awaiting and not (alone and last.form in ("direct", "mixed")):
            return False
        end = trimmed(row, 0, len(row))
        if not alone and end == 0:
            return False
        self.drafts.extend(self._last, quoted[0] if alone else token_range(row, 0, end))
        self._awaiting = False
        return True

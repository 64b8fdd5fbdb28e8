"""Statements of a text: attributions with their contents, forms, types and speakers; the rest is narration."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.according import According, accordings
from extract.attributions import Attribution, Chunk, attributions
from extract.model import Cue, Form, Notice, Quotation, Speaker, Statement
from extract.phrases import read_phrase
from extract.quotations import quotations
from extract.sentences import sentences
from extract.speakers import Voice, Voices, describe, people
from extract.text import Folded, Span
from extract.tokens import Token, outer_quotations, tokens, word_count
from extract.types import decide

_FRAGMENT_WORDS = 3  # a quoted fragment of fewer words is a name or a scare quote, not quoted speech
_LONGEST_HEADLINE_SPEAKER = 9
# After a comma these bring the reporter's own voice back.
_NARRATOR = frozenset({("وهو", "ما"), ("في", "وقت"), ("في", "اشاره"), ("في", "خطوه"), ("الامر", "الذي")})


@dataclass(frozen=True)
class Reading:
    """What a text says: its statements in order, and what could not be read cleanly."""

    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...]


def read(text: Folded) -> Reading:
    """Read the statements of a text. Every sentence yields at least one, narration if nothing else."""
    marks, notices = quotations(text)
    reader = _Reader(text, marks)
    for span in sentences(text, marks):
        reader.sentence(span)
    ordered = sorted(reader.found, key=lambda s: (s.span.start, -s.span.end))
    names = {s.id: f"s{n}" for n, s in enumerate(ordered, 1)}
    return Reading(
        tuple(replace(s, id=names[s.id], parent=names.get(s.parent or "")) for s in ordered), tuple(notices)
    )


class _Reader:
    """Reads sentence after sentence; keeps the speakers of the article and what is still open."""

    def __init__(self, text: Folded, marks: Sequence[Quotation]) -> None:
        self.text = text
        self.marks = marks
        self.found: list[Statement] = []
        self.voices = Voices()
        self._awaiting: Statement | None = None

    def sentence(self, span: Span) -> None:
        row = tokens(self.text.text, span, outer_quotations(self.marks, span, 0))
        if not row:
            return
        for voice in people(self.text, row):
            self.voices.introduce(voice)
        if self._continues(row):
            return
        self._awaiting = None
        found = [one for one in attributions(row) if not self._passive(row, one)]
        sources = accordings(row)
        before = len(self.found)
        self._attributed(row, found, sources)
        if not found:
            self._according(row, sources)
        if len(self.found) == before and not self._headline(row):
            self._add(span, (), "narration", None, None, rule="narration", row=row)

    # --- attributed speech --------------------------------------------------------------------------------

    def _attributed(self, row: list[Token], found: list[Attribution], sources: list[According]) -> None:
        sentence_voice: Voice | None = None
        parent: Statement | None = None
        begin = 0
        for number, one in enumerate(found):
            siblings = [a for a in found[number + 1 :] if a.initial and a.cue > one.content]
            end = siblings[0].part if siblings else len(row)
            nested = parent is not None and not one.initial
            end = self._cut(row, one, end, sources)
            voice = self._voice(row, one, sentence_voice)
            start = one.part if nested else min(begin, one.part)
            made = self._make(row, one, start, end, voice, parent.id if nested and parent else None)
            if made is None:
                continue
            if not nested:
                parent = made
                begin = end
                if voice is not None:
                    sentence_voice = voice
                    self.voices.spoke(voice)

    def _passive(self, row: list[Token], one: Attribution) -> bool:
        """Whether the vowels say that the verb is passive (أُبلغت): then nobody is named as speaking."""
        written = self._origin(row, one.cue, one.cue + 1).of(self.text.source)
        return one.form.shape in ("past", "present") and "ُ" in written[1 : 3 if written[0] in "وف" else 2]

    def _cut(self, row: list[Token], one: Attribution, end: int, sources: list[According]) -> int:
        """Where the content ends: before a verbless attribution that closes it."""
        if one.relative and one.marker in ("nominal", "preposition"):
            end = next((i for i in range(one.content, end) if row[i].kind == "comma"), end)
        for at in range(one.content + 1, end - 1):
            if row[at - 1].kind == "comma" and (row[at].text == "مما" or (row[at].text, row[at + 1].text) in _NARRATOR):
                end = at
                break
        for source in sources:
            if one.content < source.start < end and not source.opening:
                rest = [t for t in row[source.end : end] if t.kind != "mark"]
                if len(rest) <= 3 or row[source.start - 1].kind in ("quote", "comma"):
                    return source.start
        return end

    def _voice(self, row: list[Token], one: Attribution, sentence_voice: Voice | None) -> Voice | None:
        if one.subject:
            voice = describe(self.text, row, one.subject, "stated")
            if voice is not None:
                voice = self.voices.resolve(voice)
                if one.channel:
                    channel = describe(self.text, row, one.channel, "stated")
                    if channel is not None:
                        voice = replace(voice, speaker=replace(voice.speaker, channel=channel.speaker.name))
                return voice
        shared = one.form.shape in ("participle", "masdar")
        if shared and sentence_voice is not None:
            return _borrowed(sentence_voice, "shared")
        if one.relative:
            return None
        last = self.voices.last(None if shared else one.form)
        return _borrowed(last, "carried") if last else None

    def _make(
        self, row: list[Token], one: Attribution, start: int, end: int, voice: Voice | None, parent: str | None
    ) -> Statement | None:
        lemma = one.form.lemma
        cue = Cue(self._origin(row, one.cue, one.cue + 1), lemma.name)
        speaker = voice.speaker if voice else None
        if one.marker == "speech" and not [t for t in row[one.content : end] if t.kind in ("word", "quote")]:
            made = self._add(_range(row, start, len(row)), (), "direct", cue, speaker, rule="default", row=row)
            self._awaiting = made
            return made
        parts, form = self._content(row, one, end)
        if not parts:
            return None
        content = " ".join(self.text.text[p.start : p.end] for p in parts)
        decision = decide(lemma, content, one.negated)
        flags = decision.flags + (("nested",) if parent else ())
        span = Span(row[start].start, max(p.end for p in parts))
        if one.marker == "behind":
            span = Span(row[start].start, row[max(c[1] for c in (*one.subject, (0, one.cue + 1))) - 1].end)
        made = self._add(
            span, parts, form, cue, speaker, rule=decision.rule, row=row, kind=decision.type, flags=flags, parent=parent
        )
        self._within(made, parts)
        return made

    def _content(self, row: list[Token], one: Attribution, end: int) -> tuple[tuple[Span, ...], Form]:
        """The ranges of the reported words (folded) and how they are reported."""
        start = one.content
        if one.marker == "behind":
            inner = row[start].inner
            parts = [inner] if inner else []
            after = max([c[1] for c in one.subject] + [one.cue + 1])
            while after < len(row) and row[after].kind in ("comma", "mark", "colon"):
                after += 1
            if after < len(row) and row[after].kind == "quote" and row[after].inner:
                parts.append(row[after].inner)  # type: ignore[arg-type]
            return tuple(parts), "direct"
        while start < end and row[start].kind in ("comma", "colon", "mark"):
            start += 1
        end = _trimmed(row, start, end)
        if start >= end:
            return (), "indirect"
        first = row[start]
        if first.kind == "quote" and first.inner and word_count(self.text.text, first.inner) >= _FRAGMENT_WORDS:
            parts, after = self._quoted(row, start, end)
            if after >= end or row[after].kind in ("comma", "mark") or row[after].text.startswith("و"):
                return tuple(parts), "direct"
        elif first.kind == "quote" and start + 1 >= end and first.inner:
            return (first.inner,), "direct"
        whole = _range(row, start, end)
        if one.marker == "speech" and one.content > 0 and row[one.content - 1].kind == "colon":
            return (whole,), "direct"
        quoted = [t.inner for t in row[start:end] if t.kind == "quote" and t.inner]
        longest = max((word_count(self.text.text, q) for q in quoted), default=0)
        if longest < _FRAGMENT_WORDS:
            return (whole,), "indirect"
        share = sum(q.end - q.start for q in quoted) / (whole.end - whole.start)
        return (whole,), "direct" if share > 0.85 else "mixed"

    def _quoted(self, row: list[Token], start: int, end: int) -> tuple[list[Span], int]:
        """The quotation at ``start`` with those joined to it by و or a comma, and the token after them."""
        parts = [row[start].inner] if row[start].inner else []
        at = start + 1
        while at < end:
            after = at
            while after < end and (row[after].kind == "comma" or row[after].text in ("و", "وان", "وبان", "كما", "ان")):
                after += 1
            if after < end and after > at and row[after].kind == "quote" and row[after].inner:
                parts.append(row[after].inner)
                at = after + 1
            else:
                break
        return [p for p in parts if p], at

    def _within(self, outer: Statement, parts: Sequence[Span]) -> None:
        """Statements reported inside the quoted words of another."""
        for quotation in self.marks:
            if quotation.closed and any(quotation.inner == part for part in parts):
                span = quotation.inner
                row = tokens(self.text.text, span, outer_quotations(self.marks, span, quotation.depth + 1))
                for one in attributions(row, strict=True):
                    if one.form.first_person or not one.subject or one.relative:
                        continue
                    voice = describe(self.text, row, one.subject, "stated")
                    if voice is not None:
                        self._make(row, one, one.part, len(row), self.voices.resolve(voice), outer.id)

    # --- speech without a verb ----------------------------------------------------------------------------

    def _according(self, row: list[Token], sources: list[According]) -> None:
        begin = 0
        for source in sources:
            voice = describe(self.text, row, source.subject, "stated") if source.subject else self.voices.last(None)
            if voice is None:
                continue
            voice = self.voices.resolve(voice)
            start, end = (source.end, len(row)) if source.opening else (begin, source.start)
            while start < end and (row[start].kind != "word" and row[start].kind != "quote" or row[start].text == "فان"):
                start += 1
            end = _trimmed(row, start, end)
            if end - start < 2:
                continue
            content = _range(row, start, end)
            quoted = [t.inner for t in row[start:end] if t.kind == "quote" and t.inner]
            form: Form = "indirect"
            parts: tuple[Span, ...] = (content,)
            if end - start == 1 and quoted:
                parts, form = (quoted[0],), "direct"
            elif any(word_count(self.text.text, q) >= _FRAGMENT_WORDS for q in quoted):
                form = "mixed"
            decision = decide(None, self.text.text[content.start : content.end], False)
            cue = Cue(self._origin(row, source.start, source.start + 1), source.lemma)
            span = _range(row, min(start, source.start), max(end, source.end))
            self._add(
                span, parts, form, cue, voice.speaker, rule=decision.rule, row=row, kind=decision.type, flags=decision.flags
            )
            self.voices.spoke(voice)
            begin = source.end

    def _headline(self, row: list[Token]) -> bool:
        """فلان: كلام — a name or body, a colon, and what they say."""
        colon = next((i for i, t in enumerate(row[: _LONGEST_HEADLINE_SPEAKER + 1]) if t.kind == "colon"), None)
        if not colon or len(row) - colon < 4 or any(t.kind not in ("word", "quote") for t in row[:colon]):
            return False
        phrase = read_phrase(row, 0, colon)
        quoted = row[colon + 1].kind == "quote"
        if phrase.end != colon or not (phrase.head in ("role", "organisation", "rank", "title", "source", "people") or quoted):
            return False
        voice = describe(self.text, row, ((0, colon),), "stated")
        arabic = [t for t in row[colon + 1 :] if t.kind == "quote" or t.text > "ء" and not t.text.isdigit()]
        if voice is None or row[0].text == "المصدر" or len(arabic) < (1 if quoted else 3):
            return False
        end = _trimmed(row, colon + 1, len(row))
        inner = row[colon + 1].inner if quoted and end == colon + 2 else None
        content = inner or _range(row, colon + 1, end)
        decision = decide(None, self.text.text[content.start : content.end], False)
        voice = self.voices.resolve(voice)
        span = _range(row, 0, len(row))
        self._add(span, (content,), "direct", None, voice.speaker, rule=decision.rule, row=row, kind=decision.type, flags=decision.flags)
        self.voices.spoke(voice)
        return True

    def _continues(self, row: list[Token]) -> bool:
        """A sentence that is one quotation right after speech goes on with it."""
        last = self.found[-1] if self.found else None
        if last is None or last.form == "narration":
            return False
        quotes = [t for t in row if t.kind == "quote"]
        alone = len(quotes) == 1 and all(t.kind in ("quote", "mark") for t in row)
        if self._awaiting is not None:
            last = self._awaiting
            inner = quotes[0].inner if alone and quotes[0].inner else _range(row, 0, _trimmed(row, 0, len(row)))
        elif alone and last.form in ("direct", "mixed"):
            inner = quotes[0].inner
        else:
            return False
        if inner is None:
            return False
        part = self.text.origin(inner.start, inner.end)
        grown = replace(last, span=Span(last.span.start, part.end), content=(*last.content, part))
        self.found[self.found.index(last)] = grown
        self._awaiting = None
        return True

    # --- making -------------------------------------------------------------------------------------------

    def _origin(self, row: Sequence[Token], start: int, end: int) -> Span:
        return self.text.origin(row[start].start, row[end - 1].end)

    def _add(
        self, span: Span, parts: Sequence[Span], form: Form, cue: Cue | None, speaker: Speaker | None, *, rule: str,
        row: Sequence[Token], kind: str = "assertion", flags: tuple[str, ...] = (), parent: str | None = None,
    ) -> Statement:  # fmt: skip
        origin = self.text.origin
        if speaker is not None and speaker.anonymous:
            flags = (*flags, "anonymous")
        content = tuple(origin(p.start, p.end) for p in parts) if parts else ()
        if form == "narration":
            content = (origin(span.start, span.end),)
        made = Statement(
            f"#{len(self.found)}", origin(span.start, span.end), content, form, kind, rule, cue, speaker,  # type: ignore[arg-type]
            tuple(dict.fromkeys(flags)), parent,
        )  # fmt: skip
        self.found.append(made)
        return made


def _borrowed(voice: Voice, how: str) -> Voice:
    return replace(voice, speaker=replace(voice.speaker, how=how, span=None, channel=None))


def _range(row: Sequence[Token], start: int, end: int) -> Span:
    return Span(row[start].start, row[end - 1].end)


def _trimmed(row: Sequence[Token], start: int, end: int) -> int:
    """The end without closing marks and dangling connectors."""
    while end > start and (row[end - 1].kind in ("comma", "colon", "mark") or row[end - 1].text in ("و", "كما", "فيما", "بينما", "حيث")):
        end -= 1
    return end


def chunks_of(attribution: Attribution) -> tuple[Chunk, ...]:
    """The pieces of the speaker's phrase, for reports on what was found."""
    return attribution.subject

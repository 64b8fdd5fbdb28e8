"""What reading a text yields: cues, quotations, speakers, statements. All spans are of the original text."""

from dataclasses import dataclass
from typing import Literal

from extract.text import Span

Form = Literal["direct", "indirect", "mixed", "narration"]
Type = Literal[
    "announcement", "accusation", "denial", "warning", "demand", "commitment", "support", "prediction", "assertion"
]
FORMS: tuple[Form, ...] = ("direct", "indirect", "mixed", "narration")
# The order in which a page lists them: the common default comes last.
TYPES: tuple[Type, ...] = (
    "announcement", "accusation", "denial", "warning", "demand", "commitment", "support", "prediction", "assertion",
)  # fmt: skip


@dataclass(frozen=True)
class Cue:
    """The expression that reports speech: its span and the lemma of the lexicon it is a form of."""

    span: Span
    lemma: str


@dataclass(frozen=True)
class Quotation:
    """A pair of quotation marks. ``span`` includes them, ``inner`` does not.

    ``closed`` is False where the closing mark is missing and the paragraph's end stands in for it.
    ``depth`` counts the quotations around it.
    """

    span: Span
    inner: Span
    closed: bool
    depth: int


@dataclass(frozen=True)
class Speaker:
    """Who is reported to have said it.

    ``name`` is the fullest name the article gives ("" never occurs; no speaker is None). ``how`` tells
    how the speaker was found: "stated" beside the cue, "carried" over from an earlier statement,
    "shared" with another cue of the sentence, "resolved" from a surname or role.
    ``span`` is where this statement names them, None where it does not. ``channel`` is the agency or
    outlet that passed the words on.
    """

    name: str
    role: str | None
    rank: str | None
    how: str
    span: Span | None
    channel: str | None = None
    anonymous: bool = False


@dataclass(frozen=True)
class Notice:
    """Something a reader of the analysis should know: a ``code`` ("unclosed-quotation") and where it stands."""

    code: str
    span: Span


@dataclass(frozen=True)
class Statement:
    """One attributed utterance, or a sentence of the reporter's own (form "narration").

    ``span`` is the whole sentence part: topic phrase, cue, speaker and content. ``rule`` names the rule
    that gave the type. ``flags`` are among negated, hedged, distanced, anonymous, nested.
    ``parent`` is the id of the statement that this one is reported within.
    """

    id: str
    span: Span
    content: tuple[Span, ...]
    form: Form
    type: Type
    rule: str
    cue: Cue | None
    speaker: Speaker | None
    flags: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a text says: its statements in order, what could not be read cleanly, and what is no part of the article.

    ``furniture`` are the lines around it: categories, dates, links to other articles, who wrote it.
    """

    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...]
    furniture: tuple[Span, ...] = ()

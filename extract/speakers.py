"""Who speaks: noun phrases split into role, rank and name, and the table of speakers of one article.

The table resolves a family name or a role to the full name given before, and lends the last speaker to a
verb without a subject, where their gender agrees.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.frames import Chunk
from extract.lexicon import Form, Gender
from extract.model import Speaker
from extract.nouns import bare, classes, definite, first_names, noun_classes, particles
from extract.phrases import Phrase, read_phrase
from extract.text import Folded, Span
from extract.tokens import Row, Token, opening


@dataclass(frozen=True)
class Voice:
    """A speaker with what agreement and later mentions need: gender, words of the name, bare nouns of the role."""

    speaker: Speaker
    gender: Gender | None
    words: frozenset[str]
    role: frozenset[str]
    personal: bool

    def through(self, channel: "Voice") -> "Voice":
        """The same voice, passed on by an agency or outlet."""
        return replace(self, speaker=replace(self.speaker, channel=channel.speaker.name))


def borrowed(voice: Voice, how: str) -> Voice:
    """A voice that a statement does not name itself: ``how`` tells why it is taken for its own."""
    return replace(voice, speaker=replace(voice.speaker, how=how, span=None, channel=None))


def describe(text: Folded, row: Sequence[Token], chunks: Sequence[Chunk]) -> Voice | None:
    """The speaker named by the pieces of a noun phrase, None where they name nobody."""
    phrases: list[Phrase] = []
    for start, end in chunks:
        while start < end:
            phrase = read_phrase(row, start, end)
            if phrase.empty:
                break
            phrases.append(phrase)
            start = phrase.end
            if start < end and not ({"role", "rank", "title"} & classes(row[start].text).keys()):
                break
    if not phrases:
        return None
    first = phrases[0]
    parts: dict[str, tuple[int, int] | None] = {"role": None, "rank": None, "name": None}
    for phrase in phrases:
        personal = phrase.head in ("role", "rank", "title", "source", "people") or phrase.role is None
        for part in parts:
            found = getattr(phrase, part)
            if parts[part] is None and found is not None and (part != "name" or personal or phrase is first):
                parts[part] = found
    whole = (chunks[0][0], max(phrase.end for phrase in phrases))
    role = parts["role"]
    organisation = first.head in ("organisation", "document", "outlet") and first.name is not None
    named = parts["name"] or role or parts["rank"] or (first.start, first.end)
    name = _written(text, row, named)
    if not name:
        return None
    role_text = _written(text, row, role) if role and parts["name"] else None
    anonymous = (first.head in ("source", "people") and parts["name"] is None) or _withheld(row, whole, chunks)
    speaker = Speaker(
        name=name,
        role=role_text,
        rank=_written(text, row, parts["rank"]) if parts["rank"] else None,
        how="stated",
        span=_span(text, row, whole),
        anonymous=anonymous,
    )
    gender = first.gender if first.gender else next((p.gender for p in phrases if p.gender), None)
    return Voice(
        speaker,
        gender,
        frozenset(bare(w) for w in _words(text, row, named)),
        frozenset(bare(w) for w in _words(text, row, role)) if role else frozenset(),
        personal=not organisation and parts["name"] is not None,
    )


def _withheld(row: Sequence[Token], whole: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Whether the name is kept back (طلب عدم الكشف عن اسمه): told right after the phrase."""
    return any(token.text in particles("withheld") for token in row[whole[0] : chunks[-1][1] + 8])


def _words(text: Folded, row: Sequence[Token], part: tuple[int, int]) -> list[str]:
    out: list[str] = []
    for token in row[part[0] : part[1]]:
        if token.kind == "word":
            out.append(token.text)
        elif token.inner:
            out += text.text[token.inner.start : token.inner.end].split()
    return out


def _span(text: Folded, row: Sequence[Token], part: tuple[int, int]) -> Span:
    return text.origin(row[part[0]].start, row[part[1] - 1].end)


def _written(text: Folded, row: Sequence[Token], part: tuple[int, int]) -> str:
    """The words as the article writes them, on one line, without marks and a conjunction around them."""
    written = _balanced(" ".join(_span(text, row, part).of(text.source).split()).strip(' «»"“”'))
    first = row[part[0]].text
    if first.startswith("لل") and definite(first):
        return "ال" + written[2:]
    if first[0] == "ل" and first not in noun_classes() and first[1:] in noun_classes():
        return written[1:]
    return written[1:] if _conjoined(first) else written


def _balanced(name: str) -> str:
    """A name with the closing mark that stripping took from it: صحيفة «المرفأ»."""
    for left, right in ("«»", "“”"):
        if name.count(left) > name.count(right):
            return name + right
    return name + '"' if name.count('"') % 2 else name


def _conjoined(word: str) -> bool:
    """Whether a phrase opens with the conjunction و and not with a word that begins so."""
    if word[0] != "و" or word in first_names() or word in noun_classes():
        return False
    rest = word[1:]
    return definite(rest) or rest in noun_classes() or rest in first_names() or rest in ("كل", "هذا", "هذه")


class Voices:
    """The speakers of one article in the order they spoke, found again by the words of their name or role."""

    def __init__(self) -> None:
        self._persons: dict[str, deque[Voice]] = {}
        self._roles: dict[str, deque[Voice]] = {}
        self._bodies: dict[str, deque[Voice]] = {}
        self._recent: deque[Voice] = deque(maxlen=3)

    def introduce(self, voice: Voice) -> None:
        """Make a named person known without letting them speak."""
        if voice.personal and len(voice.words) > 1:
            _file(self._persons, voice.words, voice)

    def spoke(self, voice: Voice) -> None:
        """Remember who spoke last."""
        _file(self._persons if voice.personal else self._bodies, voice.words, voice)
        _file(self._roles, voice.role, voice)
        self._recent.append(voice)

    def named(self, word: str) -> Voice | None:
        """The latest person with that folded word in their name."""
        return next(iter(self._persons.get(word, ())), None)

    def last(self, form: Form | None) -> Voice | None:
        """The last speaker that a verb form without a subject can mean: the latest of agreeing gender."""
        for voice in reversed(self._recent):
            if form is None or form.gender is None or voice.gender is None or voice.gender == form.gender:
                return voice
        return self._recent[-1] if self._recent else None

    def resolve(self, voice: Voice) -> Voice:
        """The voice under the fullest name known: a family name or a role alone takes that of its bearer."""
        same = self._bearer(voice)
        if same is None or same.speaker.name == voice.speaker.name:
            return voice
        speaker = replace(
            voice.speaker,
            name=same.speaker.name,
            role=voice.speaker.role or same.speaker.role,
            rank=voice.speaker.rank or same.speaker.rank,
            how="resolved",
            anonymous=same.speaker.anonymous,
        )
        return replace(same, speaker=speaker, role=same.role | voice.role, gender=same.gender or voice.gender)

    def _bearer(self, voice: Voice) -> Voice | None:
        if voice.personal or (not voice.role and len(voice.words) == 1):
            found = next((v for v in _filed(self._persons, voice.words) if voice.words < v.words), None)
            if found is not None:
                return found
        if voice.role and not voice.personal and not voice.speaker.anonymous:
            return next((v for v in _filed(self._roles, voice.role) if voice.role <= v.role), None)
        if not voice.personal:
            return next((v for v in _filed(self._bodies, voice.words) if voice.words < v.words), None)
        return None


def unvoiced(text: Folded, row: Sequence[Token], cue: int, form: Form) -> bool:
    """Whether the vowels say that the verb at token ``cue`` is passive (أُبلغت): then nobody is named as speaking."""
    written = text.origin(row[cue].start, row[cue].end).of(text.source)
    return form.shape in ("past", "present") and "ُ" in written[1 : 3 if written[0] in "وف" else 2]


_SAME_WORD = 16  # how many bearers of one word are remembered


def _file(index: dict[str, deque[Voice]], words: Iterable[str], voice: Voice) -> None:
    for word in words:
        index.setdefault(word, deque(maxlen=_SAME_WORD)).appendleft(voice)


def _filed(index: dict[str, deque[Voice]], words: Iterable[str]) -> Iterable[Voice]:
    """The voices filed under the rarest of these words, the latest first."""
    return min((index.get(word, deque()) for word in words), key=len, default=deque())


@opening
def _introduces(word: str) -> bool:
    """Whether a noun may bring in a person's name: a role, a rank, a title."""
    return bool({"role", "rank", "title"} & classes(word).keys())


def people(text: Folded, row: Row) -> Iterable[Voice]:
    """The persons that a sentence names with their role or rank, speaking or not."""
    end = 0
    for at in row.opened_by(_introduces):
        if at < end:
            continue
        phrase = read_phrase(row, at, len(row))
        if phrase.name is not None and phrase.name[1] - phrase.name[0] > 1 and (phrase.role or phrase.rank):
            voice = describe(text, row, [(phrase.start, phrase.end)])
            if voice is not None:
                yield voice
            end = phrase.end

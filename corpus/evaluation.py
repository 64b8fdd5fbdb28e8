"""How far analyses agree with annotated documents: the measures, and every error with its place in the text.

A place name matches where the spans overlap and neither is more than twice as long as the other (plus four
characters, for proclitics and short head nouns); it is located within 161 km of its point, or within its own
radius. A content matches where it shares at least half of the longer one. Pairs are made one to one, best first.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, TypeVar

from corpus.documents import Analysis
from corpus.gold import GoldDocument, GoldPlace, GoldStatement
from extract.model import Statement
from extract.text import Span, folded
from geo.model import Mention
from geo.sphere import distance_km

NEAR_KM = 161.0  # 100 miles, as toponym resolution is commonly measured
_SHARE = 0.5
_SLACK = 4
_G = TypeVar("_G")
_M = TypeVar("_M")


@dataclass(frozen=True)
class Error:
    """One disagreement: ``kind`` ("place-missed/city", "type/announcement->assertion") and the spans it is about.

    ``cue`` is the reporting expression of the statement found; ``wanted`` and ``got`` say what should be and is.
    """

    kind: str
    document: str
    spans: tuple[Span, ...]
    cue: str | None = None
    wanted: str | None = None
    got: str | None = None


@dataclass
class Evaluation:
    """Counts and errors of the documents compared so far."""

    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    distances: list[float] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def add(self, gold: GoldDocument, analysis: Analysis) -> None:
        """Compare one document. ``analysis`` is of the same text."""
        self.documents += 1
        if gold.places is not None:
            self._places(gold.places, analysis)
        if gold.statements is not None:
            self._statements(gold.statements, analysis)

    def measures(self) -> dict[str, Any]:
        """Precision, recall, F1 and shares from 0 to 1; None where nothing was there to be measured."""
        n = self.counts
        out: dict[str, Any] = {"documents": self.documents}
        if wanted := n["places"]:
            out["places"] = _prf(n["found places"], n["own places"], wanted) | {"gold": wanted}
            out["located"] = _prf(n["near"] + n["without point"], n["own places"], wanted)
            out["accuracy_161km"] = _share(n["near"], n["points"])
            out["median_error_km"] = median(self.distances) if self.distances else None
        if wanted := n["statements"]:
            out["statements"] = _prf(n["found statements"], n["own statements"], wanted) | {"gold": wanted}
            for name in ("speaker", "form", "type"):
                out[name] = _share(n[f"right {name}"], n[f"of {name}"])
            out["type_macro_f1"] = _macro_f1(self.types)
        return out

    def _places(self, wanted: Sequence[GoldPlace], analysis: Analysis) -> None:
        n, note = self.counts, self.errors.append
        id, mentions = analysis.document.id, list(analysis.mentions.values())
        own = [mention for mention in mentions if mention.place]
        pairs = _pairs(wanted, own, lambda gold, mention: _overlap(gold.span, mention.span), _name_score)
        n["places"] += sum(not gold.optional for gold in wanted)
        n["own places"] += len(own) - sum(wanted[i].optional for i in pairs)
        for i, gold in enumerate(wanted):
            if gold.optional:
                continue
            if i not in pairs:
                there = next((m for m in mentions if m.span.meets(gold.span)), None)
                note(Error(f"place-missed/{gold.kind}", id, (gold.span,), None, _point(gold), _found(there)))
                continue
            n["found places"] += 1
            place = own[pairs[i]].place
            assert place
            if gold.point is None:
                n["without point"] += 1
                continue
            n["points"] += 1
            away = distance_km(*gold.point, place.lat, place.lon)
            self.distances.append(away)
            if away <= max(NEAR_KM, gold.radius_km):
                n["near"] += 1
            else:
                got = f"{_found(own[pairs[i]])}, {away:.0f} km away"
                note(Error(f"place-far/{gold.kind}", id, (gold.span,), None, _point(gold), got))
        for j in set(range(len(own))) - set(pairs.values()):
            note(Error(f"place-wrong/{own[j].kind}", id, (own[j].span,), None, None, _found(own[j])))

    def _statements(self, wanted: Sequence[GoldStatement], analysis: Analysis) -> None:
        n, id = self.counts, analysis.document.id
        # What may be left out is matched last of equals, as if it stood behind the rest.
        ranked = sorted((s for s in wanted if s.form != "narration" or s.optional), key=lambda s: s.optional)
        own = [s for s in analysis.statements if s.form != "narration"]
        pairs = _pairs(ranked, own, lambda gold, made: _shared(gold.content, _content(made)), _content_score)
        firm = sum(not gold.optional for gold in ranked)
        n["statements"] += firm
        n["of speaker"] += sum(gold.speaker_known for gold in ranked[:firm])
        n["own statements"] += len(own) - sum(i >= firm for i in pairs)
        for i, j in sorted(pairs.items()):
            if i < firm:
                n["found statements"] += 1
                self._axes(ranked[i], own[j], analysis)
        missed = [gold for i, gold in enumerate(ranked[:firm]) if i not in pairs]
        extra = [made for j, made in enumerate(own) if j not in set(pairs.values())]
        near = _pairs(
            missed, extra, lambda gold, made: _shared(gold.content, _content(made)), lambda gold, made, shared: shared
        )
        text = analysis.document.text
        for i, gold in enumerate(missed):
            if i in near:
                made = extra[near[i]]
                got = " … ".join(part.of(text) for part in _content(made))
                self.errors.append(Error("statement-boundaries", id, gold.content, _cue(made, text), None, got))
            else:
                told = any(s.span.meets(part) for s in analysis.statements for part in gold.content)
                speaker = f"{gold.form or 'statement'} of {gold.speakers[0] if gold.speakers else 'nobody named'}"
                self.errors.append(
                    Error("statement-missed", id, gold.content, None, speaker, "narration" if told else None)
                )
        for j, made in enumerate(extra):
            if j not in set(near.values()):
                said = f"{made.form} of {made.speaker.name if made.speaker else 'nobody'}"
                self.errors.append(Error("statement-extra", id, _content(made), _cue(made, text), None, said))

    def _axes(self, gold: GoldStatement, made: Statement, analysis: Analysis) -> None:
        """Speaker, form and type of a statement that was found."""
        n, id, cue = self.counts, analysis.document.id, _cue(made, analysis.document.text)
        name = made.speaker.name if made.speaker else ""
        if gold.speaker_known:
            if same_name(name, gold.speakers) if gold.speakers else not name:
                n["right speaker"] += 1
            else:
                kind = "wrong" if name and gold.speakers else "superfluous" if name else "missing"
                wanted = gold.speakers[0] if gold.speakers else None
                self.errors.append(Error(f"speaker-{kind}", id, gold.content, cue, wanted, name or None))
        if gold.form:
            n["of form"] += 1
            n["right form"] += made.form == gold.form
            if made.form != gold.form:
                self.errors.append(Error(f"form/{gold.form}->{made.form}", id, gold.content, cue, gold.form, made.form))
        if gold.types:
            right = made.type in gold.types
            n["of type"] += 1
            n["right type"] += right
            self.types[gold.types[0], gold.types[0] if right else made.type] += 1
            if not right:
                kind = f"type/{gold.types[0]}->{made.type}"
                got = f"{made.type} ({made.rule})"
                self.errors.append(Error(kind, id, gold.content, cue, " or ".join(gold.types), got))


def same_name(name: str, accepted: Iterable[str]) -> bool:
    """Whether a name and an accepted one have the same words, or all words of the one are among the other's."""
    own = _words(name)
    return any(own and theirs and (own <= theirs or theirs <= own) for theirs in map(_words, accepted))


def by_kind(errors: Iterable[Error]) -> dict[str, list[Error]]:
    """The errors by their kind: places, statements, speakers, forms, types; the most frequent first in each."""
    found: dict[str, list[Error]] = defaultdict(list)
    for error in errors:
        found[error.kind].append(error)
    order = ("place", "statement", "speaker", "form", "type")
    return dict(
        sorted(found.items(), key=lambda item: (order.index(re.split("[-/]", item[0])[0]), -len(item[1]), item[0]))
    )


def _pairs(
    wanted: Sequence[_G], own: Sequence[_M], shared: Callable[[_G, _M], int], score: Callable[[_G, _M, int], float]
) -> dict[int, int]:
    """One to one, the best score first; of equals the later ones. A score of 0 never matches."""
    ranked = sorted(
        (
            (rank, i, j)
            for i, gold in enumerate(wanted)
            for j, made in enumerate(own)
            if (common := shared(gold, made)) and (rank := score(gold, made, common)) > 0
        ),
        reverse=True,
    )
    left: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in left and j not in taken:
            left[i] = j
            taken.add(j)
    return left


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _name_score(gold: GoldPlace, mention: Mention, shared: int) -> float:
    lengths = sorted((gold.span.end - gold.span.start, mention.span.end - mention.span.start))
    return shared / lengths[1] if lengths[1] <= 2 * max(1, lengths[0]) + _SLACK else 0.0


def _content_score(gold: GoldStatement, made: Statement, shared: int) -> float:
    share = shared / max(_length(gold.content), _length(_content(made)))
    return share if share >= _SHARE else 0.0


def _content(made: Statement) -> tuple[Span, ...]:
    return made.content or (made.span,)


def _shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    """How many characters two lists of spans have in common."""
    return sum(_overlap(one, other) for one in _merged(a) for other in _merged(b))


def _length(parts: Sequence[Span]) -> int:
    return sum(part.end - part.start for part in _merged(parts))


def _merged(parts: Sequence[Span]) -> list[Span]:
    """The parts in order, those that overlap made one."""
    out: list[Span] = []
    for part in sorted(parts):
        if out and part.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, part.end))
        else:
            out.append(part)
    return out


def _words(name: str) -> set[str]:
    return {word.removeprefix("ال") for word in re.findall(r"\w+", folded(name).casefold())}


def _point(gold: GoldPlace) -> str | None:
    return f"{gold.point[0]:.2f},{gold.point[1]:.2f}" if gold.point else None


def _found(mention: Mention | None) -> str | None:
    if mention is None:
        return None
    if place := mention.place:
        return f"{place.id} {place.en or place.ar} ({place.lat:.2f},{place.lon:.2f}; {mention.rule})"
    return f"no place ({mention.reason})"


def _cue(made: Statement, text: str) -> str | None:
    return made.cue.span.of(text) if made.cue else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _prf(found: int, own: int, wanted: int) -> dict[str, float]:
    precision, recall = (found / own if own else 0.0), (found / wanted if wanted else 0.0)
    both = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / both if both else 0.0}


def _macro_f1(types: Counter[tuple[str, str]]) -> float:
    """The mean F1 of the types that the annotation has."""
    wanted, own = Counter[str](), Counter[str]()
    for (right, given), count in types.items():
        wanted[right] += count
        own[given] += count
    scores = [_prf(types[one, one], own[one], wanted[one])["f1"] for one in wanted]
    return sum(scores) / len(scores) if scores else 0.0

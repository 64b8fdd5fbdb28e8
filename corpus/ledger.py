"""The last pass of an analysis: the user's corrections put in the place of what was found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.analysis import links
from corpus.corrections import Correction, key_of, names_at
from corpus.documents import Analysis, Document
from extract.model import Notice
from extract.text import Span
from geo.model import Mention, Place
from geo.sphere import distance_km

RULE = "correction"
# The notice about a correction of words that no longer stand where they stood.
NOT_APPLIED = "correction-not-applied"


@dataclass
class Verdict:
    """What corrections do to an analysis.

    ``decided`` are those that hold, by the id of the mention; ``added`` those of a mention which the analysis does
    not have any more, by the id that it gets; ``lost`` those whose words no longer stand where they stood.
    """

    decided: dict[str, Correction] = field(default_factory=dict)
    added: dict[str, Correction] = field(default_factory=dict)
    lost: list[Correction] = field(default_factory=list)


class Ledger:
    """Corrections ready to be applied.

    For a mention its own hold before those of its article, and these before those of its name; of several the
    one made last.
    """

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._mentions: dict[str | None, list[Correction]] = defaultdict(list)
        self._articles: dict[str | None, list[Correction]] = defaultdict(list)
        self._names: dict[str, list[Correction]] = defaultdict(list)
        for correction in sorted(corrections, key=_order):
            if correction.scope == "mention":
                self._mentions[correction.document].append(correction)
            elif correction.scope == "article":
                self._articles[correction.document].append(correction)
            else:
                self._names[correction.key].append(correction)

    def verdict(self, analysis: Analysis) -> Verdict:
        """Which corrections hold for an analysis as it was made."""
        verdict, document = Verdict(), analysis.document
        articles, own = self._articles.get(document.id, ()), self._mentions.get(document.id, ())
        named: dict[str, dict[str, Mention]] = defaultdict(dict)
        if articles or self._names:
            for key, mention in analysis.mentions.items():
                for name in names_at(document, mention.span):
                    named[_key(name)][key] = mention
        for correction in sorted(
            (c for name in named.keys() & self._names.keys() for c in self._names[name]), key=_order
        ):
            # What had no place has the same one wherever the name stands.
            so = _resolved_so(named[correction.key], correction.was) if correction.was else named[correction.key]
            verdict.decided.update(dict.fromkeys(so, correction))
        for correction in articles:
            if here := named.get(correction.key):
                # A newer analysis may resolve the name otherwise throughout; what the user said of the article stays.
                verdict.decided.update(dict.fromkeys(_resolved_so(here, correction.was) or here, correction))
        for correction in own:
            _find(correction, analysis, verdict)
        return verdict

    def found(self, analysis: Analysis, mention: str) -> Mention | None:
        """The mention of that id with the place that the analysis gave it; None where there is no such mention.

        One that a correction adds has the place that it had when it was corrected.
        """
        if found := analysis.mentions.get(mention):
            return found
        if (added := self.verdict(analysis).added.get(mention)) and added.span:
            return Mention(added.span, "city", "location", added.was, RULE, 1.0)
        return None

    def corrected(self, analysis: Analysis) -> Analysis:
        """An analysis as it was made with the corrections in it; its other mentions keep their ids.

        A mention that is no place is left out. A correction that cannot be applied becomes a notice.
        """
        verdict = self.verdict(analysis)
        if not (verdict.decided or verdict.added or verdict.lost):
            return analysis
        mentions = {key: _added(correction) for key, correction in verdict.added.items() if correction.place}
        came = set(mentions)
        for key, mention in analysis.mentions.items():
            correction = verdict.decided.get(key)
            if correction is None:
                mentions[key] = mention
            elif correction.place:
                mentions[key] = _corrected(mention, correction.place)
        mentions = dict(sorted(mentions.items(), key=lambda item: item[1].span))
        notices = (*analysis.notices, *(_notice(correction, analysis.document) for correction in verdict.lost))
        return replace(analysis, mentions=mentions, links=_linked(analysis, mentions, came), notices=notices)


def _order(correction: Correction) -> tuple[str, str]:
    return correction.made_at, correction.id


# Every mention of a library is compared on every reading of it.
_key = lru_cache(maxsize=65536)(key_of)


def _resolved_so(mentions: Mapping[str, Mention], was: Place | None) -> list[str]:
    """The mentions that have the place which the corrected one had."""
    return [key for key, mention in mentions.items() if _same(mention.place, was)]


def _same(place: Place | None, was: Place | None) -> bool:
    """Whether two places of one name are one: a newer gazetteer may know it by another id."""
    if place is None or was is None:
        return place is was
    if place.id == was.id:
        return True
    return place.kind == was.kind and distance_km(place.lat, place.lon, was.lat, was.lon) <= was.radius_km


def _find(correction: Correction, analysis: Analysis, verdict: Verdict) -> None:
    """Enter what a correction of one mention is about by now: the mention that has the most of its span."""
    span, document = correction.span, analysis.document
    if span is None:
        return
    if correction.key not in map(_key, names_at(document, span)):
        verdict.lost.append(correction)
        return
    shared = {key: _shared(span, mention.span) for key, mention in analysis.mentions.items()}
    best = max(shared, key=lambda key: shared[key], default=None)
    if best is not None and shared[best] > 0:
        verdict.decided[best] = correction
        return
    for key, earlier in list(verdict.added.items()):
        if earlier.span and earlier.span.meets(span):
            del verdict.added[key]
    verdict.added[f"c{span.start}-{span.end}"] = correction


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _corrected(mention: Mention, place: Place) -> Mention:
    # The place that it had comes first: the way back.
    before = (mention.place.id,) if mention.place else ()
    others = tuple(id for id in dict.fromkeys((*before, *mention.alternatives)) if id != place.id)
    return replace(mention, kind=place.kind, place=place, rule=RULE, confidence=1.0, alternatives=others, reason=None)


def _added(correction: Correction) -> Mention:
    span, place, was = correction.span, correction.place, correction.was
    assert span and place
    return Mention(span, place.kind, "location", place, RULE, 1.0, (was.id,) if was and was.id != place.id else ())


def _notice(correction: Correction, document: Document) -> Notice:
    """Where the words stood, as far as the text still reaches."""
    start, end = correction.span or (0, 0)
    length = len(document.text)
    return Notice(NOT_APPLIED, Span(min(start, length), min(end, length)))


def _linked(analysis: Analysis, mentions: Mapping[str, Mention], came: Set[str]) -> dict[str, tuple[str, ...]]:
    """The links of the analysis without the mentions that went and with those that came."""
    new = links(analysis.statements, {key: mentions[key].span for key in mentions if key in came})
    order = {key: at for at, key in enumerate(mentions)}
    return {
        key: tuple(sorted((*(one for one in linked if one in order), *new.get(key, ())), key=order.__getitem__))
        for key, linked in analysis.links.items()
    }

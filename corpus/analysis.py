"""Joins what is read from a text (extract) with what is found on the earth (geo)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.documents import Analysis, Document
from corpus.linking import datelines
from extract.model import Statement
from extract.quotations import quotations
from extract.sentences import sentences
from extract.statements import read
from extract.text import Folded, Span, fold
from geo.gazetteer import Gazetteer
from geo.model import Mention
from geo.outlets import home_of
from geo.places import locate

if TYPE_CHECKING:  # neither is needed to read an article, and both take long to import
    from corpus.store import Store
    from geo.geocoders import Geocoder

# Raised when analyses come out otherwise for another reason than a changed rule, word list or gazetteer:
# those are seen by themselves.
ANALYSIS_VERSION = "1"
# The reason of a mention whose name the geocoder was asked for in vain, and will be asked for again.
_WAITING = "geocoder-unavailable"
_FAILURES_MOST = 3
_PROGRAM = Path(__file__).parent.parent
_RULES = (
    "extract/**/*.py", "extract/data/**/*.*", "geo/*.py", "geo/data/*.*", "corpus/analysis.py", "corpus/linking.py",
)  # fmt: skip


def analyse(document: Document, gazetteer: Gazetteer, geocoder: "Geocoder | None" = None) -> Analysis:
    """Everything found in the document. The geocoder is asked only for names that the gazetteer lacks."""
    text = fold(document.text)
    reading = read(text)
    located = locate(text, gazetteer, home=home_of(document.source), geocoder=geocoder)
    found = sorted(_of_article(located, reading.furniture), key=lambda mention: mention.span)
    mentions = {f"m{number}": mention for number, mention in enumerate(found, 1)}
    linked = links(reading.statements, {key: mention.span for key, mention in mentions.items()})
    if found_datelines := datelines(document.text, mentions):
        _link_datelines(linked, reading.statements, text, found_datelines)
    return Analysis(document, mentions, reading.statements, linked, reading.notices, reading.furniture)


def _of_article(mentions: Iterable[Mention], furniture: Sequence[Span]) -> Iterator[Mention]:
    """The mentions that are not in lines of the page around the article."""
    starts = [line.start for line in furniture]
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if at < 0 or mention.span.start >= furniture[at].end:
            yield mention


def edition(gazetteer: Gazetteer) -> str:
    """What an analysis made now is made with: the rules and word lists of this program, and the gazetteer."""
    return f"{ANALYSIS_VERSION}-{_rules()}-{gazetteer.version}"


def refresh(store: "Store", gazetteer: Gazetteer, geocoder: "Geocoder | None" = None) -> int:
    """Analyse again what the store has from an older program or gazetteer; returns how many documents."""
    current = edition(gazetteer)
    older = store.outdated(current)
    store.save(*(analyse(document, gazetteer, geocoder) for document in older), edition=current)
    return len(older)


def waits(analysis: Analysis) -> bool:
    """Whether the geocoder did not answer for one of its names, so that it is to be asked again."""
    return any(mention.reason == _WAITING for mention in analysis.mentions.values())


def retry(store: "Store", gazetteer: Gazetteer, geocoder: "Geocoder") -> tuple[int, int]:
    """Analyse again the documents with names that wait for the geocoder.

    Returns how many do not wait any more, and how many still do. A geocoder that leaves several documents in a row
    waiting is taken to be down, and the rest is left for another time.
    """
    waiting = [analysis.document for analysis in store.analyses() if waits(analysis)]
    current, done, failed = edition(gazetteer), 0, 0
    for document in waiting:
        again = analyse(document, gazetteer, geocoder)
        store.save(again, edition=current)
        failed = failed + 1 if waits(again) else 0
        done += not failed
        if failed == _FAILURES_MOST:
            break
    return done, len(waiting) - done


def links(statements: Sequence[Statement], mentions: Mapping[str, Span]) -> dict[str, tuple[str, ...]]:
    """The ids of the mentions within each statement, child statements included. ``mentions`` are in text order.

    A mention that lies across the end of statements, and within no other, belongs to those that it meets.
    """
    keys, spans = list(mentions), list(mentions.values())
    starts = [span.start for span in spans]
    longest = max((span.end - span.start for span in spans), default=0)
    meeting: dict[str, list[int]] = {}
    held: set[tuple[str, int]] = set()
    for statement in statements:
        near = range(bisect_left(starts, statement.span.start - longest), bisect_left(starts, statement.span.end))
        meeting[statement.id] = [at for at in near if statement.span.meets(spans[at])]
        held.update((statement.id, at) for at in near if statement.span.covers(spans[at]))
    whole = {at for _, at in held}
    return {key: tuple(keys[at] for at in met if (key, at) in held or at not in whole) for key, met in meeting.items()}


def _link_datelines(
    linked: dict[str, tuple[str, ...]],
    statements: Sequence[Statement],
    text: Folded,
    found: Mapping[Span, Sequence[str]],
) -> None:
    """Link the mentions of each dateline to all statements of the sentence that it opens or stands over."""
    ends = [text.origin(*sentence).end for sentence in sentences(text, quotations(text)[0])]
    opened: dict[int, list[str]] = {}
    for dateline, keys in found.items():
        opened.setdefault(bisect_right(ends, dateline.end), []).extend(keys)
    for statement in statements:
        at = bisect_right(ends, statement.span.start)
        already = linked[statement.id]
        linked[statement.id] = (*(key for key in opened.get(at, ()) if key not in already), *already)


@cache
def _rules() -> str:
    """A digest of the modules and word lists that an analysis depends on."""
    digest = sha256()
    for path in sorted({path for pattern in _RULES for path in _PROGRAM.glob(pattern) if path.is_file()}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]

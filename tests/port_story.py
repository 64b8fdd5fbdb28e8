"""A document with its analysis, built by hand in every field, for tests of what keeps and exports analyses."""

from collections.abc import Iterable

from corpus.documents import Analysis, Document
from extract.model import Cue, Notice, Speaker, Statement
from extract.text import Span
from geo.model import Mention, Place

BASRA = Place(
    "geonames:99532", "البصرة", "Basra", "city", "city", "IQ", 30.508, 47.783, 20.0, 6.4, "GeoNames, CC BY 4.0",
    within="makan:iq-basra",
)  # fmt: skip
BORDER = Place(
    "border:IQ-SY", "الحدود العراقية السورية", "Iraq–Syria border", "border", "border", None, 35.1, 41.2, 300.0, 6.0,
    "Natural Earth, public domain", geometry={"type": "LineString", "coordinates": [[42.37, 37.11], [38.79, 33.37]]},
)  # fmt: skip
DOCUMENT = Document(
    "أخبار/1.txt",
    "قال المتحدث إن الميناء في البصرة مفتوح، وإن منطقة السدرة الكبرى آمنة.\nالحدود مع سوريا هادئة.",
    title="<script>alert(1)</script> {{7*7}}",
    source="=HYPERLINK(1)",
    published="2026-03-10",
)


def span(words: str, document: Document = DOCUMENT) -> Span:
    """Where these words first stand in the document."""
    start = document.text.index(words)
    return Span(start, start + len(words))


def analysis(places: Iterable[Place | None] = (BASRA, None, BORDER), speaker: str = "المتحدث") -> Analysis:
    """Two statements: the first has two mentions, the second one."""
    first, second = DOCUMENT.text.split("\n")
    port, unknown, border = places
    mentions = {
        "m1": Mention(span("البصرة"), "city", "location", port, "importance", 0.9, ("makan:iq-basra",)),
        "m2": Mention(span("السدرة الكبرى"), "region", "location", unknown, "none", 0.0, reason="not-in-gazetteer"),
        "m10": Mention(span("الحدود مع سوريا"), "border", "location", border, "border", 0.8),
    }
    said = Statement(
        "s1",
        Span(0, len(first)),
        (Span(15, 38), Span(40, len(first) - 1)),
        "indirect",
        "assertion",
        "neutral-cue",
        Cue(Span(0, 3), "قال"),
        Speaker(speaker, None, "اللواء", "stated", Span(4, 11), channel="وكالة", anonymous=True),
        ("anonymous", "hedged"),
    )
    told = Statement(
        "s2", span(second), (span(second),), "narration", "assertion", "narration", None, None, (), parent="s1"
    )
    notices = (Notice("unclosed-quotation", Span(3, 5)),)
    return Analysis(DOCUMENT, mentions, (said, told), {"s1": ("m1", "m2"), "s2": ("m10",)}, notices)

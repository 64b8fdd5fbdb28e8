"""Analyses made by hand, for what shows analyses: a text with its statements and mentions marked in it."""

import re
from collections.abc import Mapping
from typing import Any

from corpus.documents import Analysis, Document
from extract.model import Cue, Notice, Speaker, Statement
from extract.text import Span
from geo.model import OWN_SOURCE, Mention, Place


def place(id: str, ar: str, en: str, kind: str = "city", lat: float = 33.0, lon: float = 44.0, **more: Any) -> Place:
    source = "GeoNames, CC BY 4.0" if id.startswith("geonames:") else OWN_SOURCE
    fields = {"feature": kind, "country": "IQ", "radius_km": 10.0, "importance": 5.0, "source": source} | more
    return Place(id, ar, en, kind, lat=lat, lon=lon, **fields)  # type: ignore[arg-type]


BAGHDAD = place("geonames:98182", "بغداد", "Baghdad", lat=33.34, lon=44.4)
BASRA = place("geonames:99532", "البصرة", "Basra", lat=30.51, lon=47.8)
MOSUL = place("geonames:99072", "الموصل", "Mosul", lat=36.34, lon=43.13)
IRAQ = place(
    "makan:iq", "العراق", "Iraq", "country", 33.0, 44.0,
    geometry={"type": "Polygon", "coordinates": [[[39, 33], [42, 37], [46, 35], [48, 30], [44, 29], [39, 33]]]},
)  # fmt: skip
BORDER = place(
    "border:IQ-SY", "الحدود بين العراق وسوريا", "Iraq–Syria border", "border", 35.0, 41.0, country=None,
    geometry={"type": "LineString", "coordinates": [[38.8, 33.4], [41.0, 34.4], [41.2, 35.6], [42.4, 37.1]]},
)  # fmt: skip
NORTHEAST = place(
    "part:makan:sy:ne", "شمال شرق سوريا", "Northeastern Syria", "region", 36.2, 40.4, country="SY", approximate=True,
    geometry={"type": "Polygon", "coordinates": [[[38.8, 35.5], [38.8, 36.8], [42.3, 37.1], [41.2, 35.5], [38.8, 35.5]]]},
)  # fmt: skip
PLACES = {one.id: one for one in (BAGHDAD, BASRA, MOSUL, IRAQ, BORDER, NORTHEAST)}

_MARK = re.compile(r"⟦(.+?)\|([^⟧]*)⟧")


def analysis(
    id: str,
    *lines: tuple[str, str, str | None, str],
    places: Mapping[str, Place] = PLACES,
    notices: tuple[tuple[str, str], ...] = (),
    roles: Mapping[str, str] | None = None,
    **document: Any,
) -> Analysis:
    """An article of one line per statement: (form, type, speaker, words).

    In the words «…» is the content, and "⟦name|place id⟧" a mention; without an id it is not on the map.
    """
    text, mentions, statements, links = "", {}, [], {}
    for number, (form, type_, speaker, words) in enumerate(lines, 1):
        start, at, named = len(text), 0, []
        for mark in _MARK.finditer(words):
            text += words[at : mark.start()]
            span = Span(len(text), len(text) + len(mark.group(1)))
            text += mark.group(1)
            at = mark.end()
            found = places.get(mark.group(2))
            key = f"m{len(mentions) + 1}"
            kind = found.kind if found else "city"
            role: Any = (roles or {}).get(mark.group(2), "location")
            reason = None if found else "not-in-gazetteer"
            mentions[key] = Mention(span, kind, role, found, "by-hand", 1.0, reason=reason)
            named.append(key)
        text += words[at:]
        span = Span(start, len(text))
        said = span.of(text)
        content = span
        if "«" in said:
            content = Span(start + said.index("«") + 1, start + said.index("»") if "»" in said else span.end)
        who = None
        if speaker is not None:
            name, _, role = speaker.partition(" / ")
            who = Speaker(name, role or None, None, "stated", None, anonymous=name.startswith("مصدر"))
        cue = Cue(Span(start, start + 3), "قال") if form != "narration" else None
        key = f"s{number}"
        statements.append(Statement(key, span, (content,), form, type_, "by-hand", cue, who))  # type: ignore[arg-type]
        links[key] = tuple(named)
        text += "\n\n"
    text = text.rstrip("\n")
    found_notices = tuple(Notice(code, Span(text.index(part), text.index(part) + len(part))) for code, part in notices)
    return Analysis(Document(id, text, **document), mentions, tuple(statements), links, found_notices)


def stories() -> list[Analysis]:
    """Three short articles that between them have every shape, form and several types."""
    return [
        analysis(
            "حدود-1",
            ("direct", "assertion", "المتحدث باسم القيادة / المتحدث الرسمي",
             "قال المتحدث باسم القيادة «إن الدوريات منتشرة من ⟦بغداد|geonames:98182⟧ إلى ⟦البصرة|geonames:99532⟧ منذ الفجر»"),
            ("indirect", "announcement", "المتحدث باسم القيادة / المتحدث الرسمي",
             "وأعلن أن مخافر جديدة ستُقام على ⟦الحدود العراقية السورية|border:IQ-SY⟧ قبل نهاية العام"),
            ("indirect", "warning", "مصدر أمني", "وحذّر مصدر أمني من تسلل مسلحين عبر ⟦شمال شرق سوريا|part:makan:sy:ne⟧ وعند ⟦النقطة الرابعة|⟧"),
            ("narration", "assertion", None, "وتقع ⟦بغداد|geonames:98182⟧ على نهر يقسم المدينة نصفين"),
            title="دوريات جديدة على الحدود", source="صحيفة تجريبية", published="2026-03-02",
            roles={"makan:iq": "actor"},
        ),
        analysis(
            "ميناء-2",
            ("direct", "demand", "المتحدثة باسم الميناء", "قالت المتحدثة باسم الميناء «نطالب بتوسعة أرصفة ⟦البصرة|geonames:99532⟧ هذا العام»"),
            ("indirect", "denial", "الوزارة", "ونفت الوزارة وجود أي تأخير في ⟦البصرة|geonames:99532⟧، ورفض ⟦العراق|makan:iq⟧ الاتهامات"),
            ("indirect", "commitment", "الوزارة", "وتعهدت الوزارة بإنهاء العمل في موعده"),
            title="توسعة الأرصفة", source="وكالة تجريبية", published="2026-04-10", roles={"makan:iq": "actor"},
        ),
        analysis(
            "موصل-3",
            ("mixed", "support", "رئيس البلدية / رئيس بلدية المدينة", "رحّب رئيس البلدية بعودة السكان إلى ⟦الموصل|geonames:99072⟧ «بعد سنوات من الغياب"),
            ("indirect", "prediction", "رئيس البلدية", "وتوقع أن تكتمل الجسور في ⟦الموصل|geonames:99072⟧ خلال عامين"),
            ("indirect", "accusation", None, "واتُّهمت شركات في ⟦بغداد|geonames:98182⟧ بتأخير الأعمال"),
            title="عودة إلى المدينة", source="صحيفة تجريبية", published="2026-05-21",
            notices=(("unclosed-quotation", "«بعد سنوات من الغياب"),),
        ),
    ]  # fmt: skip

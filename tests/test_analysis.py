from dataclasses import replace
from pathlib import Path

import pytest

from corpus import analysis as module
from corpus.analysis import analyse, edition, refresh
from corpus.documents import Document
from corpus.store import Store
from extract.model import Notice, Reading, Statement
from extract.text import Folded, Span
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Mention
from tests.port_story import BASRA, BORDER, DOCUMENT, analysis, span

TEXT = (
    "أعلن المتحدث أن الطريق بين الموصل وأربيل سيُفتح غداً.\n"
    "وقال المتحدث: «السفن تصل إلى البصرة، وقد أكد مدير الميناء أن الأرصفة في أم قصر جاهزة».\n"
    "وتقع المدينة على ضفة نهر دجلة."
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def test_joins_statements_and_places(gazetteer: Gazetteer) -> None:
    made = analyse(Document("1", TEXT), gazetteer)
    assert made.document == Document("1", TEXT)
    assert [s.type for s in made.statements[:1]] == ["announcement"]
    said = {s.id: [made.mentions[key].span.of(TEXT) for key in made.links[s.id]] for s in made.statements}
    assert said[made.statements[0].id] == ["الطريق بين", "الموصل", "أربيل"]
    placed = {m.span.of(TEXT): m.place for m in made.mentions.values()}
    for name, english in (("الموصل", "Mosul"), ("أربيل", "Erbil"), ("البصرة", "Basra")):
        place = placed[name]
        assert place is not None
        assert place.en == english


@pytest.mark.parametrize(
    "text", [TEXT, "بغداد", "أ", TEXT.replace("\n", "\r\n"), "قال: «" * 30 + TEXT, "بَـغـداد ﷲ ﻻ\u202e " + TEXT]
)
def test_links_are_containment(text: str, gazetteer: Gazetteer) -> None:
    made = analyse(Document("1", text), gazetteer)
    spans = [mention.span for mention in made.mentions.values()]
    assert spans == sorted(spans)
    assert list(made.mentions) == [f"m{number}" for number in range(1, len(spans) + 1)]
    assert list(made.links) == [statement.id for statement in made.statements]
    for statement in made.statements:
        inside = {key for key, mention in made.mentions.items() if statement.span.covers(mention.span)}
        assert inside <= set(made.links[statement.id])
    linked = {key for keys in made.links.values() for key in keys}
    assert linked == set(made.mentions)


def test_a_mention_belongs_to_parent_and_child_and_never_to_none(
    monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer
) -> None:
    def statement(key: str, start: int, end: int, parent: str | None = None) -> Statement:
        return Statement(key, Span(start, end), (), "direct", "assertion", "r", None, None, parent=parent)

    def mention(start: int, end: int) -> Mention:
        return Mention(Span(start, end), "city", "location", None, "none", 0.0, reason="not-in-gazetteer")

    found = [mention(18, 22), mention(12, 15), mention(2, 5), mention(38, 44)]
    statements = (
        statement("s1", 0, 30),
        statement("s2", 10, 20, "s1"),
        statement("s3", 30, 40),
        statement("s4", 90, 99),
    )
    asked: list[object] = []

    def locate(text: Folded, *_: object, home: str | None, geocoder: object = None) -> list[Mention]:
        asked.extend((home, geocoder))
        return found

    notices = (Notice("unclosed-quotation", Span(1, 2)),)
    monkeypatch.setattr(module, "read", lambda text: Reading(statements, notices))
    monkeypatch.setattr(module, "locate", locate)
    text = "ا" * 48 + ".\n " + "ا" * 30 + "، \n" + "ا" * 20
    made = analyse(Document("1", text, source="صحيفة عكاظ"), gazetteer, geocoder="asked")  # type: ignore[arg-type]
    assert asked == ["SA", "asked"]
    # m2 lies in both, m3 across the end of s2 but within s1, m4 across the end of s3 and in no other.
    assert made.links == {"s1": ("m1", "m2", "m3"), "s2": ("m2",), "s3": ("m4",), "s4": ()}
    assert made.notices == notices


def test_refresh_analyses_again_what_is_older(tmp_path: Path, gazetteer: Gazetteer) -> None:
    store = Store(tmp_path / "s.sqlite3")
    old = analysis()
    current = replace(old, document=replace(DOCUMENT, id="current"))
    store.save(old, edition="from an older program")
    store.save(current, edition=edition(gazetteer))
    assert refresh(store, gazetteer) == 1
    assert store.analyses() == [analyse(DOCUMENT, gazetteer), current]
    assert refresh(store, gazetteer) == 0


def test_handmade_analysis_is_sound() -> None:
    made = analysis()
    assert list(made.places) == [BASRA.id, BORDER.id]
    assert made.mentions["m1"].span == span("البصرة")

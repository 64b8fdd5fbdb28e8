"""The page run by Streamlit's own harness, without a browser: what each part is given, and what it gives back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from corpus.analysis import edition
from corpus.store import Store
from dashboard import bar, library, mapview, page, timeline, unplaced
from geo.gazetteer import open_gazetteer
from tests.handmade import stories

ROOT = Path(__file__).parents[1]
TIMEOUT = 60


class Recorded:
    """What the page gave to its own elements and to the map, by name, and how to answer."""

    def __init__(self) -> None:
        self.data: dict[str, dict[str, Any]] = {}
        self.map: dict[str, Any] = {}
        self.clicks: list[dict[str, Any]] = []

    def element(self, name: str, key: str, data: dict[str, Any], texts: Any, on_act: Any) -> None:
        self.data[name] = data

    def st_folium(self, *_: Any, feature_group_to_add: Any, on_change: Any, **__: Any) -> None:
        self.map = {"script": feature_group_to_add._children}
        if self.clicks:
            st.session_state["map"] = self.clicks.pop(0)
            on_change()
            st.rerun()

    @property
    def statements(self) -> list[str]:
        return [card["id"] for card in self.data["side"]["cards"]]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Recorded]:
    monkeypatch.setenv("MAKAN_STORE", str(tmp_path / "store.sqlite3"))
    record = Recorded()
    for module in (page, bar, timeline, unplaced):
        monkeypatch.setattr(module, "element", record.element)
    monkeypatch.setattr(mapview, "st_folium", record.st_folium)
    yield record
    st.cache_data.clear()


@pytest.fixture
def stocked(recorded: Recorded, tmp_path: Path) -> Recorded:
    store = Store(tmp_path / "store.sqlite3")
    store.save(*stories(), edition=edition(open_gazetteer()))
    store.close()
    return recorded


def opened(**address: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    return app.run()


def asked(app: AppTest, name: str) -> list[str]:
    value = app.query_params[name]
    return [value] if isinstance(value, str) else list(value)


def test_everything_is_shown_first(stocked: Recorded) -> None:
    app = opened()
    assert not app.exception
    assert len(stocked.statements) == 10
    assert {chip["code"]: chip["count"] for chip in stocked.data["chips"]["chips"]}["assertion"] == 2
    assert [item["name"] for item in stocked.data["unplaced"]["items"]] == [
        "النقطة الرابعة",
        "Statements that name no place",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"type": ["denial", "demand"]}, ["ميناء-2#s1", "ميناء-2#s2"]),
        ({"form": "mixed"}, ["موصل-3#s1"]),
        ({"speaker": "الوزارة", "type": "denial"}, ["ميناء-2#s2"]),
        ({"q": "الجسور"}, ["موصل-3#s2"]),
        ({"doc": "ميناء-2", "place": "geonames:99532"}, ["ميناء-2#s1", "ميناء-2#s2"]),
        ({"place": "border:IQ-SY"}, ["حدود-1#s2"]),
        ({"since": "2026-05-01", "place": "geonames:98182"}, ["موصل-3#s3"]),
        ({"place": "none"}, ["ميناء-2#s3"]),
        ({"place": "{{7*7}}"}, []),
    ],
)
def test_an_address_opens_its_view(stocked: Recorded, address: dict[str, Any], expected: list[str]) -> None:
    app = opened(**address)
    assert not app.exception
    assert stocked.statements == expected


def test_a_click_on_the_map_selects_and_the_address_follows(stocked: Recorded) -> None:
    stocked.clicks = [{"place": "geonames:99532", "n": 1}]
    app = opened()
    assert stocked.data["side"]["head"]["name"] == "Basra"
    assert stocked.statements == ["حدود-1#s1", "ميناء-2#s1", "ميناء-2#s2"]
    assert asked(app, "place") == ["geonames:99532"]
    stocked.clicks = [{"place": None, "n": 2}]
    app.run()
    assert len(stocked.statements) == 10
    assert "place" not in app.query_params


@pytest.mark.parametrize(
    "value", [None, "text", {"place": 7, "n": 1}, {"place": ["x"], "n": 1}, {"missing": "v", "n": 1}, {}]
)
def test_whatever_the_map_sends_the_page_stays(stocked: Recorded, value: Any) -> None:
    stocked.clicks = [value]
    app = opened()
    assert not app.exception
    assert len(stocked.statements) == 10


def test_the_reader_opens_from_an_address_and_an_unknown_article_does_not(stocked: Recorded) -> None:
    opened(read="حدود-1", at="حدود-1#s2")
    assert stocked.data["side"]["at"] == "حدود-1#s2"
    assert "cards" not in stocked.data["side"]
    app = opened(read="gone")
    assert not app.exception
    assert len(stocked.statements) == 10


@pytest.mark.parametrize(("language", "words"), [("ar", "كل الأماكن"), ("en", "All places")])
def test_both_languages(stocked: Recorded, language: str, words: str) -> None:
    app = opened(lang=language)
    assert not app.exception
    assert stocked.data["side"]["head"]["name"] == words


def test_the_switch_changes_the_language_and_keeps_the_rest(stocked: Recorded) -> None:
    app = opened(type="denial")
    app.get("button_group")[0].set_value("ar").run()
    assert stocked.data["side"]["head"]["name"] == "كل الأماكن"
    assert asked(app, "lang") == ["ar"] and asked(app, "type") == ["denial"]


def test_choosing_forms_and_speakers_filters(stocked: Recorded) -> None:
    app = opened()
    app.multiselect(key="filter_forms").set_value(["mixed", "narration"]).run()
    assert stocked.statements == ["حدود-1#s4", "موصل-3#s1"]
    app.multiselect(key="filter_speakers").set_value(["رئيس البلدية"]).run()
    assert stocked.statements == ["موصل-3#s1"]
    assert asked(app, "form") == ["mixed", "narration"] and asked(app, "speaker") == ["رئيس البلدية"]


def test_searching_filters(stocked: Recorded) -> None:
    app = opened()
    app.text_input(key="query").set_value("ارصفه").run()
    assert stocked.statements == ["ميناء-2#s1"]
    assert asked(app, "q") == ["ارصفه"]


def test_an_empty_store_says_how_to_begin(recorded: Recorded, tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite3")
    store.save(stories()[0])
    store.remove("حدود-1")
    app = opened()
    assert not app.exception
    assert any("Start with an article" in one.proto.body for one in app.get("html"))


def test_a_store_that_cannot_be_opened_says_what_to_do(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_text("no database " * 100)
    monkeypatch.setenv("MAKAN_STORE", str(broken))
    app = opened()
    assert not app.exception
    assert any("MAKAN_STORE" in one.proto.body for one in app.get("html"))


def test_geocoder_settings_without_sense_are_told_and_stop_nothing(
    stocked: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKAN_GEOCODER", "nominatim")
    monkeypatch.delenv("MAKAN_USER_AGENT", raising=False)
    library.geocoder.clear()  # type: ignore[attr-defined]
    app = opened()
    assert not app.exception
    assert any("MAKAN_USER_AGENT" in str(element.proto) for element in app.get("html"))
    assert len(stocked.statements) == 10
    library.geocoder.clear()  # type: ignore[attr-defined]

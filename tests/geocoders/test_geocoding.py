"""What all geocoders share: which answer is meant, the cache, the turns, failures. Nominatim's answers serve as examples."""

import json
import logging
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.store import Store
from geo.geocoders import NominatimGeocoder, OpenCageGeocoder, Unavailable
from geo.model import Kind, Question
from tests.geocoders.stub import Answer, Memory, Server


def result(number: int, name: str, lat: float, lon: float, addresstype: str = "village", **more: Any) -> dict[str, Any]:
    return {
        "osm_type": "node", "osm_id": number, "lat": str(lat), "lon": str(lon), "class": "place", "type": addresstype,
        "addresstype": addresstype, "name": name, "display_name": name, "address": {"country_code": "iq"},
        "namedetails": {"name": name},
    } | more  # fmt: skip


HARDAN = result(1, "حردان", 36.475, 42.106)


def geocoder(server: Server, cache: Memory | None = None, **more: Any) -> NominatimGeocoder:
    return NominatimGeocoder(server.access(**more), cache or Memory())


def found(server: Server, name: str, *context: Any, **more: Any) -> str | None:
    place = geocoder(server).find(Question(name, *context, **more))
    return place.id if place else None


# Which answer is meant


@pytest.mark.parametrize(
    ("asked", "offered", "same"),
    [
        ("حردان", "حردان", True),
        ("القياره", "القيارة", True),
        ("الأنبار", "محافظة الانبار", True),
        ("موصل", "الموصل", True),
        ("تل عفر", "تلعفر", True),
        ("شيخ ابراهيم", "شيخ إبراهيم", True),
        ("حردان", "حردان الشرقية", False),
        ("مدينة بغداد", "مدينة الصدر", False),
        ("حردان العراق", "حردان", False),
        ("بغداد", "العراق", False),
        ("الرملة", "الرميلة", False),
    ],
)
def test_a_service_that_offers_another_name_has_found_nothing(
    server: Server, asked: str, offered: str, same: bool
) -> None:
    server.otherwise = Answer(json.dumps([result(1, offered, 36, 42)]))
    assert (found(server, asked) is not None) is same


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [
        (None, "osm:N1"),
        ("admin", "osm:N2"),
        ("city", "osm:N3"),
        ("facility", "osm:N1"),
        ("natural", "osm:N4"),
        ("country", "osm:N2"),
    ],
)
def test_the_kind_chooses_among_namesakes(server: Server, kind: Kind | None, chosen: str) -> None:
    server.knows(
        "جبة",
        result(1, "جبة", 33.3, 44.4, "road"),
        result(2, "جبة", 33.9, 42.5, "county"),
        result(3, "جبة", 33.9, 42.5, "village"),
        result(4, "جبة", 33.9, 42.5, "peak"),
    )
    assert found(server, "جبة", kind=kind) == chosen


def test_a_street_is_no_village(server: Server) -> None:
    server.knows("جبة", result(1, "جبة", 33.3, 44.4, "road"))
    assert found(server, "جبة", kind="city") is None
    assert found(server, "جبة", kind="facility") == "osm:N1"


_THREE = (result(1, "عداية", 32.0, 46.0), result(2, "عداية", 36.2, 42.7), result(3, "عداية", 34.5, 43.0))


@pytest.mark.parametrize(
    ("box", "chosen"),
    [
        (None, "osm:N1"),
        ((36.0, 42.0, 36.9, 43.1), "osm:N2"),
        ((36.3, 43.1, 36.3, 43.1), "osm:N2"),
        ((34.4, 42.8, 36.4, 43.1), "osm:N3"),
        ((30.0, 42.0, 37.0, 47.0), "osm:N1"),
        ((34.0, 40.0, 34.2, 40.3), "osm:N3"),
    ],
)
def test_the_nearest_to_the_box_is_meant(server: Server, box: Any, chosen: str) -> None:
    server.knows("عداية", *_THREE)
    assert found(server, "عداية", box=box) == chosen


def test_a_place_of_another_country_is_not_meant(server: Server) -> None:
    server.knows("عداية", result(1, "عداية", 36.7, 40.8, address={"country_code": "sy"}), _THREE[1])
    assert found(server, "عداية", "IQ") == "osm:N2"
    assert found(server, "عداية", "SY") == "osm:N1"
    assert found(server, "عداية", "JO") is None


def test_a_service_is_told_the_box_where_it_has_nothing_there(server: Server) -> None:
    server.knows("عداية", *_THREE)
    cache = Memory()
    asking = geocoder(server, cache)
    asking.find(Question("عداية", box=(36.0, 42.0, 36.9, 43.1)))
    assert [asked.query.get("viewbox") for asked in server.asked] == [None]
    for box in ((15.1, 44.2, 15.1, 44.2), (15.6, 44.9, 15.3, 44.1)):
        asking.find(Question("عداية", box=box))
    assert [asked.query.get("viewbox") for asked in server.asked] == [None, "44.0,15.0,45.0,16.0"]
    assert "bounded" not in server.asked[1].query


def test_what_nobody_knows_is_not_asked_again_with_a_box(server: Server) -> None:
    assert found(server, "لا مكان", box=(36.0, 42.0, 36.9, 43.1)) is None
    assert len(server.asked) == 1


def test_a_search_gives_all_for_the_user_to_choose_from(server: Server) -> None:
    server.knows("عداية", result(9, "عداية الكبرى", 36.2, 42.7), *_THREE, result(4, "عداية", 36.2, 42.8, "road"))
    asking = geocoder(server)
    question = Question("عداية", kind="city", box=(36.0, 42.0, 36.9, 43.1))
    assert [place.id for place in asking.search(question)] == ["osm:N2", "osm:N3", "osm:N1", "osm:N4", "osm:N9"]
    assert [place.id for place in asking.search(question, limit=2)] == ["osm:N2", "osm:N3"]
    assert asking.search(Question("لا مكان")) == []


# Names


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("سِنْجار", ["سنجار"]),
        ("سنجــار", ["سنجار"]),
        ("\u200fسنجار\u200e ", ["سنجار"]),
        ("ﺳﻨﺠﺎﺭ", ["سنجار"]),
        ("القیارە", ["القيارە"]),
        ("تلعفر  \n الكبرى", ["تلعفر الكبرى"]),
        ("القياره", ["القياره", "القيارة"]),
        ("القياره القديمه", ["القياره القديمه", "القيارة القديمة"]),
        ("طه", ["طه"]),
        ("القيارة", ["القيارة"]),
        ("", []),
        (" \u200f ", []),
        ("س" * 101, []),
    ],
)
def test_names_are_normalised_before_asking(server: Server, name: str, asked: list[str]) -> None:
    geocoder(server).find(Question(name))
    assert server.names == asked


def test_a_final_heh_finds_what_is_written_with_teh_marbuta(server: Server) -> None:
    server.knows("القيارة", result(7, "القيارة", 35.8, 43.3))
    assert found(server, "القياره", "IQ") == "osm:N7"


def test_no_spelling_is_tried_after_one_that_was_found(server: Server) -> None:
    server.knows("القياره", result(7, "القيارة", 35.8, 43.3))
    assert found(server, "القياره", "IQ") == "osm:N7"
    assert server.names == ["القياره"]


# The cache


def test_answers_are_kept_misses_too(server: Server) -> None:
    server.knows("حردان", HARDAN)
    cache = Memory()
    first, second = geocoder(server, cache), geocoder(server, cache)
    place = first.find(Question("حردان", "IQ"))
    assert place is not None
    assert second.find(Question("حَردان", "iq")) == place
    assert first.search(Question("حردان", "IQ")) == [place]
    assert first.find(Question("لا مكان", "IQ")) is None
    assert second.find(Question("لا مكان", "IQ", box=(1, 2, 3, 4))) is None
    assert server.names == ["حردان", "لا مكان"]
    assert cache.kept[f"nominatim|{server.address}|لا مكان|ar|IQ||"] == "[]"


@pytest.mark.parametrize("other", [{"country": "SY"}, {"country": None}, {"kind": "city"}])
def test_another_question_is_asked_anew(server: Server, other: dict[str, Any]) -> None:
    asking = geocoder(server)
    asking.find(Question("حردان", "IQ"))
    asking.find(Question(**{"name": "حردان", "country": "IQ"} | other))
    assert len(server.asked) == 2


@pytest.mark.parametrize("kept", ["", "{", "null", "7", '{"id": "x"}', "[1]", '[{"place": {"id": "x"}, "names": []}]'])
def test_a_spoilt_cache_entry_is_asked_again(server: Server, kept: str) -> None:
    server.knows("حردان", HARDAN)
    cache = Memory()
    cache.remember(f"nominatim|{server.address}|حردان|ar|IQ||", kept)
    assert geocoder(server, cache).find(Question("حردان", "IQ")) is not None
    assert len(server.asked) == 1


# Failures


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer("[]", 429), "rate-limited"),
        (Answer("[]", 403), "refused"),
        (Answer("[]", 401), "refused"),
        (Answer("[]", 500), "failed"),
        (Answer("[]", 503), "timeout"),
        (Answer("[]", 400), "failed"),
        (Answer("<html>not JSON</html>"), "unreadable"),
        (Answer(""), "unreadable"),
        (Answer("[" * 100_000), "unreadable"),
        (Answer(json.dumps([HARDAN | {"note": "x" * 3_000_000}])), "unreadable"),
        (Answer('{"error": "database is down"}'), "failed"),
        (Answer(json.dumps([HARDAN]), cut=True), "failed"),
        (Answer(json.dumps([HARDAN]), seconds=0.6), "timeout"),
        (Answer(json.dumps([HARDAN]), drip=0.1), "timeout"),
    ],
)
def test_failures_are_unavailable_and_not_kept(server: Server, answer: Answer, reason: str) -> None:
    server.answers["حردان"] = answer
    cache = Memory()
    asking = geocoder(server, cache, timeout=0.3)
    with pytest.raises(Unavailable) as caught:
        asking.find(Question("حردان", "IQ"))
    assert caught.value.reason == reason
    assert server.address in str(caught.value)
    assert cache.kept == {}
    assert len(server.asked) == 1  # no tries again that would burden a server in trouble
    server.knows("حردان", HARDAN)
    assert asking.find(Question("حردان", "IQ")) is not None


def test_no_server_is_unreachable(server: Server) -> None:
    server.server_close()
    with pytest.raises(Unavailable) as caught:
        geocoder(server).find(Question("حردان"))
    assert caught.value.reason == "unreachable"


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (Answer("", 429), False),
        (Answer("", 403), False),
        (Answer("", 503), False),
        (Answer("", 500), True),
        (Answer("not JSON"), True),
    ],
)
def test_a_server_in_trouble_is_left_alone_for_a_while(server: Server, answer: Answer, again: bool) -> None:
    server.otherwise = answer
    asking = geocoder(server, pause=30.0)
    reasons = []
    for name in ("حردان", "باعذرة"):
        with pytest.raises(Unavailable) as caught:
            asking.find(Question(name))
        reasons.append(caught.value.reason)
    assert reasons[0] == reasons[1]
    assert len(server.asked) == (2 if again else 1)


def test_a_server_says_how_long_it_wants_to_be_left_alone(server: Server) -> None:
    server.otherwise = Answer("", 429, headers={"Retry-After": "300"})
    asking = geocoder(server)
    for _ in range(2):
        with pytest.raises(Unavailable) as caught:
            asking.find(Question("حردان"))
    assert len(server.asked) == 1
    assert any(f"{seconds} more seconds" in str(caught.value) for seconds in (299, 300))


def test_what_is_kept_is_answered_while_the_server_is_down(server: Server) -> None:
    server.knows("حردان", HARDAN)
    asking = geocoder(server, pause=30.0)
    assert asking.find(Question("حردان")) is not None
    server.otherwise = Answer("", 503)
    with pytest.raises(Unavailable):
        asking.find(Question("باعذرة"))
    assert asking.find(Question("حردان")) is not None


@pytest.mark.parametrize(
    "trouble", [Answer("", 401), Answer("", 429), Answer("no"), Answer("[1]"), Answer("{}", cut=True), None]
)
def test_no_key_in_messages_logs_or_the_cache(
    server: Server, caplog: pytest.LogCaptureFixture, trouble: Answer | None
) -> None:
    caplog.set_level(logging.DEBUG)
    cache = Memory()
    asking = OpenCageGeocoder(server.access(key="secret/key"), cache)
    if trouble:
        server.otherwise = trouble
    else:
        server.server_close()
    with pytest.raises(Unavailable) as caught:
        asking.find(Question("حردان"))
    if trouble:
        assert server.asked[0].query["key"] == "secret/key"
    told = [*traceback.format_exception(caught.value), caplog.text, repr(server.access(key="secret/key")), *cache.kept]
    assert "urllib3" in caplog.text
    assert [text for text in told if "secret" in text] == []


# Turns


def test_no_request_without_its_turn(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    cache = Memory()
    waits = iter((0.0, 0.7))
    asked: list[tuple[str, float]] = []

    def turns(key: str, delay: float) -> float:
        asked.append((key, delay))
        return next(waits)

    cache.turns = turns
    asking = geocoder(server, cache, delay=1.5)
    asking.find(Question("القياره"))
    asking.find(Question("القياره"))
    assert asked == [(f"turn|{server.address}", 1.5)] * 2  # a spelling is a request, a kept answer none
    assert 0.7 in slept


def test_threads_and_stores_of_one_file_share_the_turns(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    stores = [Store(tmp_path / "makan.sqlite3") for _ in range(2)]
    asking = [NominatimGeocoder(server.access(delay=100.0), store) for store in stores]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: asking[i % 2].find(Question(f"اسم {i}")), range(4)))
    assert len(server.asked) == 4
    assert [round(wait, -2) for wait in sorted(slept) if wait] == [100, 200, 300]
    for store in stores:
        store.close()

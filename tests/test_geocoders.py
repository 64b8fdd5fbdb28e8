"""The Nominatim geocoder against a server on this machine that speaks its JSON, or fails like it."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.cli import main
from geo.geocoders import Geocoder, NominatimGeocoder, Unavailable, from_settings, normalised, place_of

SINJAR = {
    "osm_type": "relation", "osm_id": 3879539, "lat": "36.3209", "lon": "41.8765", "class": "boundary",
    "type": "administrative", "addresstype": "town", "importance": 0.4, "name": "سنجار",
    "display_name": "سنجار, محافظة نينوى, العراق", "boundingbox": ["36.27", "36.37", "41.80", "41.95"],
    "address": {"town": "سنجار", "country": "العراق", "country_code": "iq"},
    "namedetails": {"name": "سنجار", "name:ar": "سنجار", "name:en": "Sinjar"},
}  # fmt: skip


class Memory:
    """A cache in memory that counts what it is asked."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    def remember(self, key: str, value: str) -> None:
        self.kept[key] = value


class Server(ThreadingHTTPServer):
    """Answers by name; what it was asked, and when, stays in ``asked``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[float, dict[str, list[str]], str]] = []
        self.answers: dict[str, tuple[int, str]] = {"سنجار": (200, json.dumps([SINJAR]))}
        self.pause = 0.0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def names(self) -> list[str]:
        return [query["q"][0] for _, query, _ in self.asked]


class Answering(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        self.server.asked.append((time.monotonic(), query, self.headers["User-Agent"]))
        time.sleep(self.server.pause)
        status, body = (200, "[]")
        if url.path == "/search":
            status, body = self.server.answers.get(query["q"][0], (status, body))
        else:
            status, body = 404, "[]"
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())
        except OSError:
            pass  # the client gave up waiting

    def log_message(self, format: str, *args: Any) -> None:
        """Not on the test's output."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    serving = Server()
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield serving
    serving.shutdown()
    serving.server_close()
    thread.join()


def geocoder(server: Server, cache: Memory | None = None, **more: Any) -> NominatimGeocoder:
    options = {"min_delay_seconds": 0.0, "timeout": 5.0} | more
    return NominatimGeocoder(server.address, "http", "makan-tests", cache or Memory(), **options)


def test_a_found_place(server: Server) -> None:
    found = geocoder(server).find("سنجار", "IQ")
    assert found is not None
    assert (found.id, found.ar, found.en) == ("osm:R3879539", "سنجار", "Sinjar")
    assert (found.kind, found.feature, found.country) == ("city", "town", "IQ")
    assert (found.lat, found.lon) == (36.3209, 41.8765)
    assert found.radius_km == pytest.approx(9, abs=1)
    assert found.source == "OpenStreetMap, ODbL"


def test_what_is_asked(server: Server) -> None:
    asking = geocoder(server)
    asking.find("سنجار", "IQ")
    asking.find("سنجار", None)
    (_, first, agent), (_, second, _) = server.asked
    assert first["q"] == ["سنجار"]
    assert first["accept-language"] == ["ar"]
    assert first["countrycodes"] == ["iq"]
    assert first["limit"] == ["1"]
    assert first["format"] == ["json"]
    assert "countrycodes" not in second
    assert agent == "makan-tests"


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
        ("القيارة", ["القيارة"]),
        ("", []),
        (" \u200f ", []),
        ("س" * 101, []),
    ],
)
def test_names_are_normalised_before_asking(server: Server, name: str, asked: list[str]) -> None:
    geocoder(server).find(name, None)
    assert server.names == asked


def test_a_final_heh_finds_what_is_written_with_teh_marbuta(server: Server) -> None:
    server.answers["القيارة"] = (200, json.dumps([SINJAR | {"osm_id": 7}]))
    found = geocoder(server).find("القياره", "IQ")
    assert found is not None
    assert found.id == "osm:R7"


def test_normalising_keeps_the_letters_that_differ() -> None:
    assert normalised("أُمُّ قَصْر") == "أم قصر"
    assert normalised("کرکوک") == "كركوك"
    assert normalised("آمرلي") == "آمرلي"


def test_answers_are_kept_misses_too(server: Server) -> None:
    cache = Memory()
    first, second = geocoder(server, cache), geocoder(server, cache)
    found = first.find("سنجار", "IQ")
    assert second.find("سِنجار", "iq") == found
    assert first.find("لا مكان", "IQ") is None
    assert second.find("لا مكان", "IQ") is None
    assert server.names == ["سنجار", "لا مكان"]
    assert cache.kept[f"nominatim|http://{server.address}|لا مكان|ar|IQ"] == "null"
    second.find("سنجار", None)
    assert len(server.asked) == 3


@pytest.mark.parametrize("kept", ["", "{", "[]", "7", '{"id": "x"}', '{"unknown": 1}'])
def test_a_spoilt_cache_entry_is_asked_again(server: Server, kept: str) -> None:
    cache = Memory()
    cache.remember(f"nominatim|http://{server.address}|سنجار|ar|IQ", kept)
    found = geocoder(server, cache).find("سنجار", "IQ")
    assert found is not None
    assert found.id == "osm:R3879539"
    assert len(server.asked) == 1


BAD = "سنجار"


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (429, "[]", "rate-limited"),
        (403, "[]", "refused"),
        (401, "[]", "refused"),
        (500, "[]", "failed"),
        (503, "[]", "timeout"),
        (400, "[]", "failed"),
        (200, "<html>not JSON</html>", "unreadable"),
        (200, "", "unreadable"),
        (200, '{"error": "database is down"}', "failed"),
        (200, '{"places": []}', "unreadable"),
        (200, '"text"', "unreadable"),
        (200, "[1]", "unreadable"),
        (200, "[{}]", "unreadable"),
        (200, json.dumps([SINJAR | {"lat": "north"}]), "unreadable"),
        (200, json.dumps([SINJAR | {"lat": "136"}]), "unreadable"),
        (200, json.dumps([SINJAR | {"lat": "nan"}]), "unreadable"),
        (200, json.dumps([SINJAR | {"boundingbox": ["1"]}]), "unreadable"),
        (200, json.dumps([SINJAR | {"boundingbox": ["inf"] * 4}]), "unreadable"),
        (200, json.dumps([SINJAR | {"osm_id": None}]), "unreadable"),
        (200, json.dumps([SINJAR | {"address": "Iraq"}]), "unreadable"),
    ],
)
def test_failures_are_unavailable_and_not_kept(server: Server, status: int, body: str, reason: str) -> None:
    server.answers[BAD] = (status, body)
    cache = Memory()
    asking = geocoder(server, cache)
    with pytest.raises(Unavailable) as caught:
        asking.find(BAD, "IQ")
    assert caught.value.reason == reason
    assert server.address in str(caught.value)
    assert cache.kept == {}
    assert len(server.asked) == 1  # no tries again that would burden a server in trouble
    server.answers[BAD] = (200, json.dumps([SINJAR]))
    assert asking.find(BAD, "IQ") is not None


def test_a_slow_answer_times_out(server: Server) -> None:
    server.pause = 1.0
    began = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        geocoder(server, timeout=0.2).find("سنجار", None)
    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 0.9
    assert len(server.asked) == 1


def test_no_server_is_unreachable(server: Server) -> None:
    with pytest.raises(Unavailable) as caught:
        NominatimGeocoder("127.0.0.1:1", "http", "makan-tests", Memory(), 0.0, 2.0).find("سنجار", None)
    assert caught.value.reason == "unreachable"


def test_all_users_of_a_server_share_its_delay(server: Server) -> None:
    asking = [geocoder(server, min_delay_seconds=0.2), geocoder(server, min_delay_seconds=0.0)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: asking[i % 2].find(f"اسم {i}", None), range(4)))
    times = sorted(at for at, _, _ in server.asked)
    assert len(times) == 4
    assert all(later - earlier > 0.15 for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    ("fields", "kind", "feature"),
    [
        ({"addresstype": "state"}, "admin", "governorate"),
        ({"addresstype": "country"}, "country", "country"),
        ({"addresstype": "village"}, "city", "village"),
        ({"addresstype": "suburb"}, "district", "quarter"),
        ({"addresstype": "", "class": "natural", "type": "peak"}, "natural", "mountain"),
        ({"addresstype": "", "class": "waterway", "type": "stream"}, "natural", "river"),
        ({"addresstype": "aeroway", "class": "aeroway", "type": "aerodrome"}, "facility", "airport"),
        ({"addresstype": "amenity", "class": "amenity", "type": "place_of_worship"}, "facility", "facility"),
    ],
)
def test_kinds(fields: dict[str, str], kind: str, feature: str) -> None:
    found = place_of(SINJAR | fields, "سنجار", None)
    assert (found.kind, found.feature) == (kind, feature)


def test_a_result_with_little_in_it() -> None:
    found = place_of({"osm_type": "node", "osm_id": "12", "lat": "30", "lon": "47"}, "الحي", "IQ")
    assert (found.id, found.ar, found.en, found.country, found.radius_km) == ("osm:N12", "الحي", "الحي", "IQ", 0.5)


ON = {"MAKAN_GEOCODER": "nominatim", "MAKAN_USER_AGENT": "newsroom@example.org"}


@pytest.mark.parametrize("settings", [{}, {"MAKAN_GEOCODER": ""}, {"MAKAN_GEOCODER": "off"}, {"MAKAN_USER_AGENT": "x"}])
def test_off_unless_asked_for(settings: dict[str, str]) -> None:
    assert from_settings(settings, Memory()) is None


def test_settings_reach_the_server(server: Server) -> None:
    settings = ON | {"MAKAN_NOMINATIM_URL": f"http://{server.address}/", "MAKAN_GEOCODER_DELAY": "0"}
    asking: Geocoder | None = from_settings(settings, Memory())
    assert asking is not None
    assert asking.find("سنجار", "IQ") is not None
    assert server.asked[0][2] == "newsroom@example.org"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (ON | {"MAKAN_GEOCODER": "google"}, "MAKAN_GEOCODER"),
        ({"MAKAN_GEOCODER": "nominatim"}, "MAKAN_USER_AGENT"),
        (ON | {"MAKAN_NOMINATIM_URL": "file:///etc/hosts"}, "MAKAN_NOMINATIM_URL"),
        (ON | {"MAKAN_NOMINATIM_URL": "nominatim"}, "MAKAN_NOMINATIM_URL"),
        (ON | {"MAKAN_GEOCODER_DELAY": "often"}, "MAKAN_GEOCODER_DELAY"),
        (ON | {"MAKAN_GEOCODER_DELAY": "-1"}, "MAKAN_GEOCODER_DELAY"),
        (ON | {"MAKAN_GEOCODER_DELAY": "nan"}, "MAKAN_GEOCODER_DELAY"),
    ],
)
def test_settings_that_make_no_sense(settings: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        from_settings(settings, Memory())


def _analysed(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **settings: str) -> tuple[int, str]:
    """The command line on one article that names an unknown village, with a geocoder turned on; status and output."""
    named = {
        "MAKAN_STORE": str(tmp_path / "makan.sqlite3"), "MAKAN_GEOCODER": "nominatim", "MAKAN_GEOCODER_DELAY": "0",
        "MAKAN_NOMINATIM_URL": f"http://{server.address}", "MAKAN_USER_AGENT": "makan-tests",
    }  # fmt: skip
    for name, value in (named | settings).items():
        monkeypatch.setenv(name, value)
    article, output = tmp_path / "a.txt", tmp_path / "out.jsonl"
    article.write_text("قال المتحدث إن القافلة غادرت بغداد إلى قرية الرملة الزرقاء.", encoding="utf-8")
    status = main(["analyse", str(article), "--output", str(output)])
    return status, output.read_text(encoding="utf-8") if output.exists() else ""


def test_the_command_line_asks_and_keeps_the_answers(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["الرملة الزرقاء"] = (200, json.dumps([SINJAR]))
    for _ in range(2):
        status, output = _analysed(server, tmp_path, monkeypatch)
        assert (status, "osm:R3879539" in output) == (0, True)
    assert server.names == ["الرملة الزرقاء"]


def test_a_server_that_is_down_fails_no_document(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["الرملة الزرقاء"] = (503, "")
    status, output = _analysed(server, tmp_path, monkeypatch)
    assert (status, "Baghdad" in output, "osm:" in output) == (0, True, False)


def test_settings_without_sense_stop_the_command_line(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, output = _analysed(server, tmp_path, monkeypatch, MAKAN_USER_AGENT="")
    assert (status, output, server.names) == (2, "", [])
    assert b"MAKAN_USER_AGENT" in capfdbinary.readouterr().err

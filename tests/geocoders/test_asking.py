"""The command line with a geocoder turned on: what it asks, what it keeps, what it does when the service is down."""

import json
from pathlib import Path

import pytest

from corpus.cli import main
from tests.geocoders.stub import Answer, Server
from tests.geocoders.test_services import SINJAR

NAME = "الرملة الزرقاء"


def analysed(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **settings: str) -> tuple[int, str]:
    """The command line on one article that names an unknown village, with a geocoder turned on; status and output."""
    named = {
        "MAKAN_STORE": str(tmp_path / "makan.sqlite3"), "MAKAN_GEOCODER": "nominatim", "MAKAN_GEOCODER_DELAY": "0",
        "MAKAN_GEOCODER_URL": server.address, "MAKAN_USER_AGENT": "makan-tests",
    }  # fmt: skip
    for name, value in (named | settings).items():
        monkeypatch.setenv(name, value)
    article, output = tmp_path / "a.txt", tmp_path / "out.jsonl"
    article.write_text(f"قال المتحدث إن القافلة غادرت بغداد إلى قرية {NAME}.", encoding="utf-8")
    status = main(["analyse", str(article), "--output", str(output)])
    return status, output.read_text(encoding="utf-8") if output.exists() else ""


def test_the_command_line_asks_and_keeps_the_answers(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {
        "lat": "33.4",
        "lon": "44.3",
        "boundingbox": ["33.3", "33.5", "44.2", "44.4"],
        "namedetails": {"name": NAME},
    }
    server.knows(NAME, SINJAR | there)
    for _ in range(2):
        status, output = analysed(server, tmp_path, monkeypatch)
        assert (status, "osm:R3879539" in output) == (0, True)
    assert server.names == [NAME]
    assert server.asked[0].query["countrycodes"] == "iq"


def test_a_server_that_is_down_fails_no_document(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers[NAME] = Answer("", 503)
    status, output = analysed(server, tmp_path, monkeypatch)
    assert (status, "Baghdad" in output, "osm:" in output) == (0, True, False)
    assert json.loads(output.splitlines()[0])


def test_settings_without_sense_stop_the_command_line(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, output = analysed(server, tmp_path, monkeypatch, MAKAN_USER_AGENT="")
    assert (status, output, server.names) == (2, "", [])
    assert b"MAKAN_USER_AGENT" in capfdbinary.readouterr().err

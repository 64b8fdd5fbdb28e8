import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.cli import main

ROOT = Path(__file__).parent.parent
NEWS = "قال المتحدث إن «الجسر في الموصل مفتوح أمام الشاحنات».\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "خبر.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "windows.txt").write_bytes(NEWS.encode("cp1256"))
    (tmp_path / "empty.txt").touch()
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 9)
    lines = [
        json.dumps({"id": "n-1", "text": NEWS, "title": "ع"}),
        "{broken",
        json.dumps({"id": "n-2", "text": NEWS + "ثانٍ"}),
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, bytes, str]:
    """The command as a user runs it, in the current folder."""
    done = subprocess.run(
        [sys.executable, "-m", "corpus", "analyse", *arguments],
        input=stdin,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


def documents(output: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def test_files_become_analysed_documents(folder: Path) -> None:
    status, output, errors = run("خبر.txt", "./windows.txt", "news.jsonl")
    made = documents(output)
    assert [document["id"] for document in made] == ["خبر.txt", "./windows.txt", "n-1", "n-2"]
    assert [document["text"] for document in made[:3]] == [NEWS] * 3
    assert status == 1
    assert errors == 'news.jsonl:2: not a JSON object with "id" and "text"\n'


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    status, output, errors = run("خبر.txt", "غائب.txt", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert status == 1
    assert documents(output)[0]["text"] == NEWS
    assert errors.count("\n") == 1
    assert errors.startswith("غائب.txt: ")


@pytest.mark.parametrize("lines", [False, True])
def test_standard_input(folder: Path, lines: bool) -> None:
    data = (folder / "news.jsonl").read_bytes().split(b"\n")[0] + b"\n" if lines else NEWS.encode("utf-16")
    status, output, errors = run("-", stdin=data)
    assert (status, errors) == (0, "")
    assert [(document["id"], document["text"]) for document in documents(output)] == [("n-1" if lines else "-", NEWS)]


def test_one_line_of_error_a_file_and_the_rest_is_written(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = main(["analyse", "empty.txt", "photo.txt", "gone.txt", ".", "خبر.txt", "خبر.txt"])
    output, errors = capfdbinary.readouterr()
    assert status == 1
    assert [document["id"] for document in documents(output)] == ["خبر.txt"]
    assert [line.split(":")[0] for line in errors.decode().splitlines()] == [
        "empty.txt", "photo.txt", "gone.txt", ".", "خبر.txt",
    ]  # fmt: skip


def test_formats(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["analyse", "خبر.txt", "--format", "geojson"]) == 0
    collection = json.loads(capfdbinary.readouterr().out)
    assert [feature["properties"]["name"]["en"] for feature in collection["features"]] == ["Mosul"]
    assert main(["analyse", "خبر.txt", "--format", "csv"]) == 0
    output = capfdbinary.readouterr().out
    assert output.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(output.decode("utf-8-sig"), newline=""))
    assert (row["document"], row["place_en"], row["form"]) == ("خبر.txt", "Mosul", "direct")


def test_output_file_is_whole_or_untouched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "out.jsonl"
    assert main(["analyse", "خبر.txt", "--output", str(target)]) == 0
    before = target.read_bytes()
    assert [document["id"] for document in documents(before)] == ["خبر.txt"]

    def broken(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("corpus.commands.articles.analyse", broken)
    with pytest.raises(RuntimeError):
        main(["analyse", "windows.txt", "--output", str(target)])
    assert target.read_bytes() == before
    assert [path.name for path in folder.iterdir() if path.name.endswith(".part")] == []
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_output_that_cannot_be_written(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["analyse", "خبر.txt", "--output", "no/such/folder/out.jsonl"]) == 2
    assert capfdbinary.readouterr().err.startswith(b"no/such/folder/out.jsonl: ")


@pytest.mark.parametrize("arguments", [[], ["analyse"], ["analyse", "x", "--format", "xml"], ["draw", "x"]])
def test_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


@pytest.fixture
def library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAKAN_STORE", str(folder / "library.sqlite3"))
    monkeypatch.delenv("MAKAN_GEOCODER", raising=False)
    (folder / "a.txt").write_text(
        "قال المتحدث إن الجسر فُتح في الموصل. ووصلت القوافل إلى طرابلس في ليبيا ثم إلى قرية الجويلة.", encoding="utf-8"
    )
    (folder / "b.txt").write_text("عاد الوفد إلى طرابلس في ليبيا.", encoding="utf-8")
    return folder


class Commands:
    """Runs commands and reads what they write."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str, status: int = 0) -> list[str]:
        """The lines on standard output; with another status than 0 those on standard error."""
        got = main(arguments)
        output, errors = (text.decode().splitlines() for text in self.capture.readouterr())
        assert (got, bool(errors)) == (status, bool(status)), errors
        return errors if status else output

    def table(self, *arguments: str) -> list[dict[str, str]]:
        """The rows of a table."""
        header, *rows = (line.split("\t") for line in self(*arguments))
        return [dict(zip(header, row, strict=True)) for row in rows]

    def mentions(self, document: str) -> dict[str, tuple[str, str]]:
        """Place and rule by the mention's text."""
        return {row["text"]: (row["place"], row["rule"]) for row in self.table("mentions", document)}


@pytest.fixture
def makan(library: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Commands:
    return Commands(capfdbinary)


def test_the_library(makan: Commands, library: Path) -> None:
    assert makan.table("list") == []
    assert makan("add", "a.txt", "empty.txt", "news.jsonl", status=1) == [
        "empty.txt: the file is empty",
        'news.jsonl:2: not a JSON object with "id" and "text"',
    ]
    assert [row["document"] for row in makan.table("list")] == ["a.txt", "n-1", "n-2"]
    assert makan("add", "a.txt") == ["a.txt"]
    (library / "a.txt").write_text(NEWS, encoding="utf-8")
    assert makan("add", "a.txt") == ["a.txt (2)"]
    assert [(row["statements"], row["mentions"]) for row in makan.table("list")][:2] == [("2", "4"), ("1", "1")]
    assert [json.loads(line)["id"] for line in makan("export", "n-2", "a.txt")] == ["n-2", "a.txt"]
    assert len(makan("export")) == 4
    assert makan("export", "--format", "geojson", "--output", "out.json") == []
    assert json.loads((library / "out.json").read_text(encoding="utf-8"))["type"] == "FeatureCollection"
    assert makan("remove", "n-1", "gone", status=2) == ["gone: no such document in the library"]
    assert makan("remove", "n-1", "n-2") == []
    assert [row["document"] for row in makan.table("list")] == ["a.txt", "a.txt (2)"]


def test_correcting_and_undoing(makan: Commands) -> None:
    makan("add", "a.txt", "b.txt")
    before = makan.table("mentions", "a.txt")
    assert [row["text"] for row in before] == ["الموصل", "طرابلس", "ليبيا", "الجويلة"]
    ids = {row["text"]: row["mention"] for row in before}
    assert makan.mentions("a.txt")["طرابلس"][0] == "makan:ly-tripoli"
    assert next(row for row in before if row["text"] == "الجويلة")["reason"] == "not-in-gazetteer"
    assert [row["place"] for row in makan.table("search", "tripoli", "--country", "lb", "--limit", "1")] == [
        "makan:lb-tripoli"
    ]
    assert len(makan.table("search", "tripoli", "--limit", "2")) == 2

    makan("correct", "a.txt", ids["طرابلس"], "--place", "makan:lb-tripoli", "--scope", "name", "--note", "تدقيق")
    makan("correct", "a.txt", ids["الموصل"], "--no-place")
    (line,) = makan(
        "correct", "a.txt", ids["الجويلة"], "--point=-33.5,44.25", "--name-en", "Juwailiya", "--kind", "district"
    )
    assert "الجويلة" in line
    now = {row["text"]: row for row in makan.table("mentions", "a.txt")}
    assert (now["الموصل"]["place"], now["الموصل"]["reason"]) == ("-", "no place")
    assert now["الجويلة"]["name"] == "الجويلة / Juwailiya"
    assert now["الجويلة"]["place"].startswith("user:")
    assert now["طرابلس"]["alternatives"].split(" ")[0] == "makan:ly-tripoli"
    assert makan.mentions("b.txt")["طرابلس"] == ("makan:lb-tripoli", "correction")
    assert "makan:lb-tripoli" in "".join(makan("export", "b.txt", "--format", "csv"))

    made = makan.table("corrections", "list")
    assert [(row["scope"], row["document"], row["decides"]) for row in made] == [
        ("name", "-", "2"), ("mention", "a.txt", "1"), ("mention", "a.txt", "1"),
    ]  # fmt: skip
    assert [row["note"] for row in made] == ["تدقيق", "-", "-"]
    assert [row["name"] for row in makan.table("corrections", "list", "--document", "b.txt")] == ["طرابلس"]
    # The place of a mention, the user's own point as well, serves for others; a place out of the way is the way back.
    own = now["الجويلة"]["place"]
    makan("correct", "b.txt", makan.table("mentions", "b.txt")[0]["mention"], "--place", own)
    makan("correct", "a.txt", ids["الموصل"], "--place", before[0]["place"])
    assert makan.mentions("b.txt")["طرابلس"] == (own, "correction")
    assert makan.mentions("a.txt")["الموصل"] == (before[0]["place"], "correction")

    makan("corrections", "undo", *(row["correction"] for row in makan.table("corrections", "list")))
    assert makan.table("mentions", "a.txt") == before


def test_corrections_go_to_another_library(makan: Commands, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makan("add", "a.txt", "b.txt")
    makan("correct", "a.txt", "m2", "--place", "makan:lb-tripoli", "--scope", "article")
    makan("correct", "b.txt", "m1", "--no-place", "--scope", "name")
    makan("corrections", "export", "--output", "c.jsonl")
    expected = makan("export")
    (library / "more.jsonl").write_text(makan("corrections", "export")[0] + "\n{broken\n\n[]\n", encoding="utf-8")
    monkeypatch.setenv("MAKAN_STORE", str(library / "other.sqlite3"))
    assert makan("corrections", "import", "c.jsonl") == ["new: 2; there before: 0; not read: 0"]
    assert makan("corrections", "import", "c.jsonl") == ["new: 0; there before: 2; not read: 0"]
    problems = makan("corrections", "import", "more.jsonl", status=1)
    assert [problem.split(": ")[0] for problem in problems] == ["more.jsonl:2", "more.jsonl:4"]
    assert makan("corrections", "import", "c.jsonl", "none.jsonl", status=2)[0].startswith("none.jsonl: ")
    makan("add", "a.txt", "b.txt")
    assert makan("export") == expected


REFUSED = [
    ("mentions gone", "gone: no such document in the library"),
    ("correct gone m1 --no-place", "gone: no such document in the library"),
    ("correct a.txt m99 --no-place", "a.txt: no mention m99 in it; see: mentions"),
    ("correct a.txt m1 --place nowhere:1", "nowhere:1: no such place; see: search"),
    ("correct a.txt m1 --point 91,10", "--point: a point has a latitude"),
    ("correct a.txt m1 --point 1,nan", "--point: a point has a latitude"),
    ("correct a.txt m1 --point 1", "--point: give latitude and longitude"),
    ("correct a.txt m1 --point 1,2,3", "--point: give latitude and longitude"),
    ("correct a.txt m1 --no-place --kind city", "--name-ar, --name-en and --kind"),
    ("corrections undo 123", "123: no such correction"),
    ("corrections list --document gone", "gone: no such document"),
    ("search طرابلس --online", "no online geocoder"),
    ("search طرابلس --limit 0", "--limit: at least 1"),
    ("retry", "no online geocoder"),
    ("export gone", "gone: no such document"),
]


@pytest.mark.parametrize(("command", "message"), REFUSED)
def test_what_cannot_be_done_is_one_line(makan: Commands, command: str, message: str) -> None:
    makan("add", "a.txt")
    (line,) = makan(*command.split(), status=2)
    assert line.startswith(message)
    assert makan.table("corrections", "list") == []


def test_what_is_no_library(makan: Commands, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKAN_STORE", str(library / "خبر.txt"))
    for command in (["list"], ["add", "a.txt"], ["corrections", "export"]):
        (line,) = makan(*command, status=2)
        assert "خبر.txt: " in line


def test_names_that_would_move_the_terminal(makan: Commands, library: Path) -> None:
    hostile = {"id": "n\t\x1b[31m1", "text": NEWS, "title": "ع\u202e\n\x07نوان"}
    (library / "hostile.jsonl").write_text(json.dumps(hostile), encoding="utf-8")
    makan("add", "hostile.jsonl")
    (row,) = makan.table("list")
    assert (row["document"], row["title"]) == ("n [31m1", "ع نوان")
    makan("correct", row["document"], "m1", "--no-place")
    (made,) = makan.table("corrections", "list")
    assert made["document"] == row["document"]
    makan("remove", row["document"])
    assert makan.table("list") == []


class Nominatim(BaseHTTPRequestHandler):
    """Knows one village, under whatever name it is asked for; while ``down`` it only reports errors."""

    down = False
    village: ClassVar[dict[str, object]] = {
        "osm_type": "node", "osm_id": 7, "lat": "32.5", "lon": "13.25", "class": "place", "type": "village",
        "addresstype": "village", "address": {"country_code": "ly"}, "boundingbox": ["32.4", "32.6", "13.2", "13.3"],
    }  # fmt: skip

    def do_GET(self) -> None:
        name = parse_qs(urlsplit(self.path).query)["q"][0]
        body = json.dumps([self.village | {"name": name, "namedetails": {"name": name}, "display_name": name}]).encode()
        self.send_response(503 if self.down else 200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"" if self.down else body)

    def log_message(self, format: str, *args: object) -> None:
        """Not on the test's output."""


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Nominatim]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Nominatim)
    Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "MAKAN_GEOCODER": "nominatim",
        "MAKAN_GEOCODER_URL": f"http://127.0.0.1:{server.server_address[1]}",
        "MAKAN_USER_AGENT": "tests",
        "MAKAN_GEOCODER_DELAY": "0",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Nominatim, "down", False)
    yield Nominatim
    server.shutdown()
    server.server_close()


def test_a_place_found_online(makan: Commands, online: type[Nominatim], monkeypatch: pytest.MonkeyPatch) -> None:
    makan("add", "b.txt")
    (found,) = makan.table("search", "الجويلة", "--online", "--country", "ly")
    assert (found["place"], found["ar"], found["kind"]) == ("osm:N7", "الجويلة", "city")
    monkeypatch.delenv("MAKAN_GEOCODER")  # what was found is remembered
    makan("correct", "b.txt", "m1", "--place", "osm:N7")
    assert makan.mentions("b.txt")["طرابلس"] == ("osm:N7", "correction")


def test_what_waits_is_asked_again(makan: Commands, online: type[Nominatim]) -> None:
    online.down = True
    makan("add", "a.txt", "b.txt")
    assert [(row["document"], row["waits"]) for row in makan.table("list")] == [("a.txt", "yes"), ("b.txt", "-")]
    assert len(makan("search", "الجويلة", "--online", status=2)) == 1
    assert main(["retry"]) == 1
    assert makan.capture.readouterr().out == b"documents that wait no more: 0; that still wait: 1\n"
    online.down = False
    assert makan("retry") == ["documents that wait no more: 1; that still wait: 0"]
    assert makan.mentions("a.txt")["الجويلة"] == ("osm:N7", "geocoder")
    assert makan("retry") == ["documents that wait no more: 0; that still wait: 0"]

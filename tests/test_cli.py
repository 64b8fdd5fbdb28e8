import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

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

    monkeypatch.setattr("corpus.cli.analyse", broken)
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

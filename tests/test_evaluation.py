"""Comparison with annotated documents: each measure and each kind of error on tiny annotations made by hand."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.analysis import analyse
from corpus.cli import main
from corpus.commands.evaluate import marked
from corpus.documents import Analysis
from corpus.evaluation import Evaluation, by_kind, same_name
from corpus.gold import GoldDocument, Malformed, read_gold
from extract.text import Span
from geo.gazetteer import open_gazetteer
from tests.port_story import DOCUMENT, analysis, span
from tests.test_scores import EVAL, scorer

TEXT = DOCUMENT.text
SAID = {"content": [{"start": 15, "end": 38}, {"start": 40, "end": 68}], "form": "indirect", "type": ["assertion"],
        "speaker": ["اللواء المتحدث"]}  # fmt: skip
BASRA = {"start": 26, "end": 32, "kind": "city", "lat": 30.5, "lon": 47.8}
BORDER = {"start": TEXT.index("الحدود"), "end": TEXT.index(" هادئة"), "kind": "border", "lat": 35.1, "lon": 41.2}


def gold(**parts: Any) -> GoldDocument:
    row = {"id": DOCUMENT.id, "text": TEXT} | parts
    (made,) = read_gold([json.dumps(row).encode()])
    return made


def compared(made: Analysis | None = None, **parts: Any) -> Evaluation:
    evaluation = Evaluation()
    evaluation.add(gold(**parts), made or analysis())
    return evaluation


def kinds(evaluation: Evaluation) -> list[str]:
    return sorted(error.kind for error in evaluation.errors)


def test_all_right() -> None:
    evaluation = compared(places=[BASRA, BORDER], statements=[SAID])
    perfect = {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    found = evaluation.measures()
    assert found.pop("median_error_km") == pytest.approx(0.0, abs=2)
    assert found == {
        "documents": 1, "places": perfect | {"gold": 2}, "located": perfect, "accuracy_161km": 1.0,
        "statements": perfect | {"gold": 1}, "speaker": 1.0, "form": 1.0, "type": 1.0, "type_macro_f1": 1.0,
    }  # fmt: skip
    assert evaluation.errors == []


@pytest.mark.parametrize(
    ("places", "errors", "precision", "recall", "located"),
    [
        ([BASRA], ["place-wrong/border"], 0.5, 1.0, 0.5),
        ([BASRA, BORDER, {"start": 0, "end": 3, "kind": "city"}], ["place-missed/city"], 1.0, 2 / 3, 1.0),
        # the handmade analysis has this name without a place: missed
        ([BASRA, BORDER, {"start": 46, "end": 59, "kind": "region"}], ["place-missed/region"], 1.0, 2 / 3, 1.0),
        ([BASRA, BORDER | {"lat": 20.0}], ["place-far/border"], 1.0, 1.0, 0.5),
        # as far, but within the annotated radius
        ([BASRA, BORDER | {"lat": 33.0, "radius_km": 400}], [], 1.0, 1.0, 1.0),
        # without a point any place will do
        ([BASRA, BORDER | {"lat": None, "lon": None}], [], 1.0, 1.0, 1.0),
        # a proclitic or a head noun in the span is no error, twice the length is
        ([BASRA | {"start": 20}, BORDER], [], 1.0, 1.0, 1.0),
        ([BASRA | {"start": 4, "end": 33}, BORDER], ["place-missed/city", "place-wrong/city"], 0.5, 0.5, 0.5),
        # what is optional is neither missed nor wrong
        ([BASRA, BORDER | {"optional": True}, {"start": 0, "end": 3, "optional": True}], [], 1.0, 1.0, 1.0),
    ],
)
def test_places(
    places: list[dict[str, Any]], errors: list[str], precision: float, recall: float, located: float
) -> None:
    evaluation = compared(places=places)
    found = evaluation.measures()
    assert kinds(evaluation) == errors
    assert (found["places"]["precision"], found["places"]["recall"]) == pytest.approx((precision, recall))
    assert found["located"]["precision"] == pytest.approx(located)
    assert "statements" not in found


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"content": [{"start": 15, "end": 38}]}, ["statement-boundaries"]),
        ({"content": [{"start": 15, "end": 50}]}, []),
        ({"content": [{"start": 72, "end": 80}]}, ["statement-extra", "statement-missed"]),
        ({"speaker": ["الوزير"]}, ["speaker-wrong"]),
        ({"speaker": []}, ["speaker-superfluous"]),
        ({"speaker": ["الوزير"], "speaker_known": False}, []),
        ({"form": "direct"}, ["form/direct->indirect"]),
        ({"form": None}, []),
        ({"type": ["warning", "demand"]}, ["type/warning->assertion"]),
        ({"type": ["warning", "assertion"]}, []),
        ({"type": []}, []),
        ({"optional": True, "speaker": ["الوزير"], "type": ["warning"]}, []),
        ({"form": "narration"}, ["statement-extra"]),
    ],
)
def test_statements(change: dict[str, Any], errors: list[str]) -> None:
    assert kinds(compared(statements=[SAID | change])) == errors


def test_a_missing_speaker() -> None:
    made = analysis()
    silent = replace(made, statements=(replace(made.statements[0], speaker=None), made.statements[1]))
    evaluation = compared(silent, statements=[SAID])
    assert kinds(evaluation) == ["speaker-missing"]
    assert evaluation.measures()["speaker"] == 0.0
    assert evaluation.errors[0].wanted == "اللواء المتحدث"


def test_errors_say_what_is_there() -> None:
    evaluation = compared(
        places=[BASRA | {"lat": 36.0}, {"start": 46, "end": 59}], statements=[SAID | {"type": ["denial"]}]
    )
    found = by_kind(evaluation.errors)
    assert list(found) == ["place-far/city", "place-missed/place", "place-wrong/border", "type/denial->assertion"]
    (far,) = found["place-far/city"]
    assert far.wanted == "36.00,47.80" and far.got is not None and "611 km away" in far.got
    assert found["place-missed/place"][0].got == "no place (not-in-gazetteer)"
    (type_,) = found["type/denial->assertion"]
    assert (type_.cue, type_.wanted, type_.got) == ("قال", "denial", "assertion (neutral-cue)")


@pytest.mark.parametrize(
    ("name", "accepted", "same"),
    [
        ("سالم العبودي", ["سالم العبودي"], True),
        ("العبودي", ["سالم العبودى"], True),
        ("الدكتور سالم العبودي", ["سالم عبودي"], True),
        ("سالم الجبوري", ["سالم العبودي"], False),
        ("سالم الجبوري", ["سالم العبودي", "الجبوري"], True),
        ("", ["سالم"], False),
        ("سالم", [""], False),
    ],
)
def test_same_name(name: str, accepted: list[str], same: bool) -> None:
    assert same_name(name, accepted) is same


def test_marked() -> None:
    words = span("البصرة")
    assert marked(TEXT, (words,)).startswith("قال المتحدث إن الميناء في [[البصرة]] مفتوح")
    assert marked("كلمة " * 40 + "هنا" + " كلمة" * 40, (Span(200, 203),)).count("كلمة") == 23
    assert marked("أب ج دهـ", (Span(5, 7), Span(0, 2))) == "[[أب]] ج [[ده]]ـ"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ('{"id": "1"}', 'not an object with "id" and "text"'),
        ('{"id": "1", "text": "بغداد"}', 'neither "places" nor "statements"'),
        ('{"id": "1", "text": "بغداد", "places": {}}', '"places" is no list of objects'),
        ('{"id": "1", "text": "بغداد", "places": [{"start": 0, "end": 9}]}', "no part of the text"),
        ('{"id": "1", "text": "بغداد", "places": [{"start": true, "end": 2}]}', "no part of the text"),
        ('{"id": "1", "text": "بغداد", "places": [{"start": 0, "end": 5, "lat": "x"}]}', '"lat" is no number'),
        ('{"id": "1", "text": "بغداد", "places": [{"start": 0, "end": 5, "lat": 95, "lon": 1}]}', "are no point"),
        (
            '{"id": "1", "text": "بغداد", "statements": [{"start": 0, "end": 5, "speaker": "x"}]}',
            '"speaker" is no list',
        ),
        ('{"id": "1", "text": "بغداد", "statements": [{"content": [{"start": 3, "end": 3}]}]}', "no part of the text"),
    ],
)
def test_bad_annotations(line: str, reason: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gold.jsonl"
    good = json.dumps({"id": "0", "text": TEXT, "places": [BASRA]})
    file.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    assert main(["evaluate", str(file)]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"{file}: line 3: ") and reason in captured.err and captured.err.count("\n") == 1


def test_bad_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "twice.jsonl").write_text('{"id": "1", "text": "أ", "places": []}\n' * 2, encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}\n')
    for name, reason in (
        ("twice", "occurred before"),
        ("empty", "no annotated document"),
        ("latin", "not UTF-8"),
        ("gone", "No such file"),
    ):
        assert main(["evaluate", str(tmp_path / f"{name}.jsonl")]) == 2
        assert reason in capfd.readouterr().err
    with pytest.raises(Malformed):
        list(read_gold([b"[" * 100_000]))


@pytest.fixture
def annotated(tmp_path: Path) -> str:
    """An article with one right place, one that the annotation puts elsewhere, and a wrong type."""
    text = "قال المحافظ سالم العبودي إن الأمطار وصلت إلى الموصل وأربيل أمس."
    at = {word: text.index(word) for word in ("الموصل", "أربيل", "الأمطار")}
    row = {
        "id": "أ", "text": text,
        "places": [
            {"start": at["الموصل"], "end": at["الموصل"] + 6, "kind": "city", "lat": 36.34, "lon": 43.13},
            {"start": at["أربيل"], "end": at["أربيل"] + 5, "kind": "city", "lat": 10.0, "lon": 10.0},
        ],
        "statements": [{"content": [{"start": at["الأمطار"], "end": len(text) - 1}], "form": "indirect",
                        "type": ["warning"], "speaker": ["العبودي"]}],
    }  # fmt: skip
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return str(tmp_path / "gold.jsonl")


def test_the_command(annotated: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", annotated]) == 0
    output = capfd.readouterr().out
    assert "places           precision 1.000  recall 1.000  f1 1.000  gold 2\n" in output
    assert "accuracy_161km   0.500\n" in output
    assert "\nplace-far/city: 1\n" in output
    assert "\n  أ:53  " in output and "الموصل و[[أربيل]] أمس." in output
    assert "\ntype/warning->assertion: 1\n" in output and "cue: قال  wanted: warning" in output

    assert main(["evaluate", annotated, "--kind", "type", "--limit", "0"]) == 0
    output = capfd.readouterr().out
    assert output.endswith("\ntype/warning->assertion: 1\n") and "place-far" not in output

    assert main(["evaluate", annotated, "--json", "--limit", "1"]) == 0
    made = json.loads(capfd.readouterr().out)
    assert made["measures"]["type"] == 0.0
    assert made["errors"]["place-far/city"]["count"] == 1
    (error,) = made["errors"]["place-far/city"]["errors"]
    assert error["document"] == "أ" and "[[أربيل]]" in error["text"] and error["wanted"] == "10.00,10.00"

    assert main(["evaluate", annotated, "--kind", "spelling"]) == 2
    assert "none of place-missed" in capfd.readouterr().err
    assert main(["evaluate", annotated, "--limit", "-1"]) == 2


@pytest.mark.skipif(not (EVAL / "score.py").exists(), reason="no annotated articles beside the project")
@pytest.mark.parametrize("name", ["seed", "articles", "iraq2026", "newswire"])
def test_the_numbers_are_the_scorer_s(name: str, tmp_path: Path) -> None:
    path, output = EVAL / f"{name}.jsonl", tmp_path / "predicted.jsonl"
    assert main(["analyse", str(path), "--output", str(output)]) == 0
    theirs = scorer().score(scorer().read(path), scorer().read(output))
    evaluation, gazetteer = Evaluation(), open_gazetteer()
    with path.open("rb") as lines:
        for one in read_gold(lines):
            evaluation.add(one, analyse(one.document, gazetteer))
    own = evaluation.measures()
    for measure in own:
        assert own[measure] == pytest.approx(theirs[measure], abs=0.0005), measure
    confusions = {error.kind.removeprefix("type/") for error in evaluation.errors if error.kind.startswith("type/")}
    assert confusions == set(theirs.get("type_confusions", ()))

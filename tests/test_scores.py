"""The whole analysis on annotated articles that lie beside the project, where they do: no score may fall below these.

The annotated texts are for measuring only and no part of the project; without them these tests are skipped.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.cli import main

EVAL = Path(__file__).parents[2] / "shared" / "eval"

pytestmark = pytest.mark.skipif(not (EVAL / "score.py").exists(), reason="no annotated articles beside the project")

# set: F1 of statements, share of right speakers, F1 of located places, share of right types
FLOORS = {
    "seed": (0.95, 0.95, 0.95, 0.95),
    "articles": (0.85, 0.78, 0.92, 0.90),
    "iraq2026": (0.80, 0.76, 0.92, 0.87),
}


@cache
def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", EVAL / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_scores(name: str, tmp_path: Path) -> None:
    output = tmp_path / "predicted.jsonl"
    assert main(["analyse", str(EVAL / f"{name}.jsonl"), "--output", str(output)]) == 0
    score = scorer()
    result = score.score(score.read(EVAL / f"{name}.jsonl"), score.read(output))
    reached = (result["statements"]["f1"], result["speaker"], result["located"]["f1"], result["type"])
    assert all(has >= floor for has, floor in zip(reached, FLOORS[name], strict=True)), (reached, FLOORS[name])


def test_the_first_article(tmp_path: Path) -> None:
    output = tmp_path / "analysed.jsonl"
    assert main(["analyse", str(EVAL.parent / "article.txt"), "--output", str(output)]) == 0
    document = json.loads(output.read_text(encoding="utf-8"))
    text, places = document["text"], {place["id"]: place for place in document["places"]}
    found = {text[m["start"] : m["end"]]: places.get(m["place"]) for m in document["mentions"]}
    kinds = {name: place and (place["kind"], place["name"]["en"]) for name, place in found.items()}
    assert kinds["بغداد"] == ("city", "Baghdad") and kinds["البصرة"] == ("city", "Basra")
    assert found["الشمال الشرقي من سوريا"]["geometry"]["type"] == "Polygon"
    assert found["الجزيرة"]["country"] is None and found["الجزيرة"]["geometry"]["type"] == "Polygon"
    assert found["الصحراء"]["country"] == "IQ" and found["الصحراء"]["geometry"]["type"] == "Polygon"
    assert found["النقطة الثالثة"] is None
    assert {m["place"] for m in document["mentions"] if "الحدود" in text[m["start"] : m["end"]]} == {"border:IQ-SY"}
    assert [m["role"] for m in document["mentions"] if text[m["start"] : m["end"]] == "البنتاغون"] == ["actor"]
    cues = {text[s["cue"]["start"] : s["cue"]["end"]] for s in document["statements"] if s["cue"]}
    assert "تابعتها" not in cues and len([s for s in document["statements"] if s["form"] != "narration"]) >= 15

"""Learning what the signs weigh: on texts made for it, in a gazetteer of a dozen places."""

import csv
import json
from pathlib import Path

import pytest
from small_world import small_gazetteer

from geo.learning import Learnt, learn, write
from geo.lexicon import DATA

# A door is no town; with the country beside it, it is.
_PLACE = ("وصل الوفد إلى الباب في سوريا.", "سار الناس نحو الباب السورية.", "عاد الناس إلى مدينة الباب في سوريا.")
_WORD = ("طرق الضيف الباب ثم دخل.", "أغلق الحارس الباب أمس.", "كان الباب مفتوحاً في بغداد.")


def _document(text: str, place: bool) -> str:
    start = text.index("الباب")
    places = [{"start": start, "end": start + 5, "lat": 36.37, "lon": 37.52}] if place else []
    return json.dumps({"text": text, "places": places}, ensure_ascii=False)


@pytest.fixture
def learnt(tmp_path: Path) -> Learnt:
    lines = [_document(text, True) for text in _PLACE] + [_document(text, False) for text in _WORD]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines * 4), encoding="utf-8")
    return learn([tmp_path / "gold.jsonl"], small_gazetteer())


def test_what_tells_a_place_gets_points(learnt: Learnt) -> None:
    points = {feature: new for feature, _, new, _ in learnt.rows}
    assert points["word-flagged"] > 0
    assert points["country-spoken-of"] > 0
    assert learnt.f1_learnt >= learnt.f1_now > 0.5


def test_rules_are_counted_where_places_have_points(learnt: Learnt) -> None:
    rules = {rule: (right, every) for rule, right, every in learnt.rules}
    assert rules["only-candidate"][0] >= 8


def test_learnt_points_go_into_the_table(learnt: Learnt, tmp_path: Path) -> None:
    table = tmp_path / "weights.csv"
    table.write_bytes((DATA / "weights.csv").read_bytes())
    rows = (("word-flagged", 2.0, 1.5, 50), ("head-noun", 4.0, 9.0, 3), ("preposition", 1.0, -0.5, 50))
    write(Learnt(rows, 0.0, 0.0, ()), table)
    with table.open(encoding="utf-8", newline="") as lines:
        rows_now = list(csv.DictReader(lines))
    points = {row["feature"]: row["points"] for row in rows_now if row["side"] in ("need", "evidence")}
    assert [row for row in rows_now if row["side"] in ("rank", "rule")] == _others()
    # Learnt; seen too rarely; and against all sense.
    assert (points["word-flagged"], points["head-noun"], points["preposition"]) == ("1.5", "4", "1")


def _others() -> list[dict[str, str]]:
    with (DATA / "weights.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["side"] in ("rank", "rule")]


def test_texts_that_teach_nothing_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(_document(_WORD[0], False), encoding="utf-8")
    with pytest.raises(ValueError, match="too few"):
        learn([tmp_path / "gold.jsonl"], small_gazetteer())

import csv
import io
import json
from dataclasses import replace

import pytest

from corpus.analysis import analyse
from corpus.documents import Document
from corpus.exports import analysed_document, csv_lines, geojson, jsonl, narrowed
from geo.gazetteer import open_gazetteer
from tests.port_story import BASRA, BORDER, DOCUMENT, analysis


def test_the_analysed_document() -> None:
    made = analysed_document(analysis())
    assert {key: made[key] for key in ("id", "text", "title", "source", "published")} == {
        "id": DOCUMENT.id, "text": DOCUMENT.text, "title": DOCUMENT.title, "source": DOCUMENT.source,
        "published": "2026-03-10",
    }  # fmt: skip
    assert made["mentions"][0] == {
        "id": "m1", "start": 26, "end": 32, "text": "البصرة", "kind": "city", "role": "location", "place": BASRA.id,
        "rule": "importance", "confidence": 0.9, "alternatives": ["makan:iq-basra"], "alternative_scores": [], "reason": None,
    }  # fmt: skip
    assert made["mentions"][1]["place"] is None
    assert made["places"][0] == {
        "id": BASRA.id, "name": {"ar": "البصرة", "en": "Basra"}, "kind": "city", "feature": "city", "country": "IQ",
        "lat": 30.508, "lon": 47.783, "radius_km": 20.0, "geometry": {"type": "Point", "coordinates": [47.783, 30.508]},
        "approximate": False, "source": "GeoNames, CC BY 4.0",
    }  # fmt: skip
    assert made["places"][1]["geometry"] == BORDER.geometry
    assert made["statements"][0] == {
        "id": "s1", "start": 0, "end": 69, "content": [{"start": 15, "end": 38}, {"start": 40, "end": 68}],
        "form": "indirect", "type": "assertion", "rule": "neutral-cue", "cue": {"start": 0, "end": 3, "lemma": "قال"},
        "speaker": {"name": "المتحدث", "role": None, "rank": "اللواء", "how": "stated", "start": 4, "end": 11,
                    "channel": "وكالة", "anonymous": True},
        "flags": ["anonymous", "hedged"], "parent": None, "mentions": ["m1", "m2"],
        "links": [{"mention": "m1", "how": "content"}, {"mention": "m2", "how": "content"}], "topics": [], "dates": [],
    }  # fmt: skip
    assert made["statements"][1]["cue"] is None
    assert made["statements"][1]["speaker"] is None
    assert made["statements"][1]["parent"] == "s1"
    assert made["notices"] == [{"code": "unclosed-quotation", "start": 3, "end": 5}]


def test_jsonl_has_one_document_a_line() -> None:
    odd = replace(DOCUMENT, id="2", text=DOCUMENT.text + "\u2028\r\n")
    lines = list(jsonl([analysis(), replace(analysis(), document=odd)]))
    assert [line.count("\n") for line in lines] == [1, 1]
    assert [json.loads(line)["text"] for line in lines] == [DOCUMENT.text, odd.text]


def test_geojson_has_a_feature_per_place_and_loses_nothing() -> None:
    second = replace(analysis(), document=replace(DOCUMENT, id="2"))
    collection = json.loads(geojson([analysis(), second]))
    assert collection["type"] == "FeatureCollection"
    basra, border = collection["features"]
    assert (basra["type"], basra["id"], border["id"]) == ("Feature", BASRA.id, BORDER.id)
    assert basra["geometry"] == {"type": "Point", "coordinates": [47.783, 30.508]}
    assert border["geometry"]["type"] == "LineString"
    properties = basra["properties"]
    assert properties["name"] == {"ar": "البصرة", "en": "Basra"}
    assert (properties["kind"], properties["statement_count"], properties["mentions"]) == ("city", 2, 2)
    assert [s["document"] for s in properties["statements"]] == [DOCUMENT.id, "2"]
    said = properties["statements"][0]
    assert said["text"] == DOCUMENT.text.split("\n")[0]
    assert (said["type"], said["form"], said["speaker"], said["roles"]) == (
        "assertion",
        "indirect",
        "المتحدث",
        ["location"],
    )
    assert [(u["text"], u["reason"], u["statements"][0]["id"]) for u in collection["unlocated"]] == [
        ("السدرة الكبرى", "not-in-gazetteer", f"{DOCUMENT.id}#s1"),
        ("السدرة الكبرى", "not-in-gazetteer", "2#s1"),
    ]
    assert collection["attribution"] == ["GeoNames, CC BY 4.0", "Natural Earth, public domain"]


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_has_a_row_per_statement_and_place() -> None:
    text = "".join(csv_lines([analysis()]))
    assert text.startswith("\ufeffdocument,")
    rows = read_back(text)
    assert [(row["statement"], row["mention_text"], row["place_en"]) for row in rows] == [
        (f"{DOCUMENT.id}#s1", "البصرة", "Basra"),
        (f"{DOCUMENT.id}#s1", "السدرة الكبرى", ""),
        (f"{DOCUMENT.id}#s2", "الحدود مع سوريا", "Iraq–Syria border"),
    ]
    assert rows[0]["text"] == DOCUMENT.text.split("\n")[0]
    assert (rows[0]["lat"], rows[0]["lon"], rows[0]["published"], rows[0]["flags"]) == (
        "30.508", "47.783", "2026-03-10", "anonymous hedged",
    )  # fmt: skip
    assert rows[1]["place"] == ""
    assert [row["link"] for row in rows] == ["content"] * 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_cells_are_no_formulas(sign: str) -> None:
    """The attack of OWASP's "CSV injection": a cell that begins so is run by a spreadsheet."""
    payload = sign + "cmd|' /C calc'!A0"
    hostile = analysis(places=(replace(BASRA, ar=payload, lat=-3.5), None, None), speaker=payload)
    hostile = replace(hostile, document=replace(DOCUMENT, id=payload, title=payload, source=payload))
    rows = read_back("".join(csv_lines([hostile])))
    assert [rows[0][column] for column in ("document", "title", "source", "speaker", "place_ar")] == ["'" + payload] * 5
    assert rows[0]["lat"] == "-3.5"


def test_exports_of_nothing() -> None:
    assert list(jsonl([])) == []
    assert json.loads(geojson([]))["features"] == []
    assert read_back("".join(csv_lines([]))) == []


def test_narrowed_to_what_filters_show() -> None:
    second = replace(analysis(), document=replace(DOCUMENT, id="2"))
    (kept,) = narrowed([analysis(), second], {"2#s2"})
    assert kept.document == second.document
    assert [statement.id for statement in kept.statements] == ["s2"]
    assert list(kept.mentions) == ["m10"]
    assert kept.links == {"s2": ("m10",)}
    assert kept.notices == second.notices


def test_what_statements_are_about_and_when() -> None:
    text = "قال الوزير إن أسعار النفط ارتفعت أمس وإن صادرات الخام من ميناء البصرة زادت في آذار 2024 ."
    made = analyse(Document("1", text, published="2026-03-10"), open_gazetteer())
    (document,) = map(json.loads, jsonl([made]))
    (statement,) = document["statements"]
    assert statement["topics"] == ["economy"]
    assert [(text[d["start"] : d["end"]], d["from"], d["to"], d["precision"]) for d in statement["dates"]] == [
        ("أمس", "2026-03-09", "2026-03-09", "day"), ("آذار 2024", "2024-03-01", "2024-03-31", "month"),
    ]  # fmt: skip
    header, row, *_ = csv.reader(list(csv_lines([made])))
    assert row[header.index("topics")] == "economy"
    assert row[header.index("dates")] == "2026-03-09 2024-03-01/2024-03-31"

"""The sample corpus must show what the program can do: it is the first thing that a user sees."""

import json

import pytest

from corpus.analysis import analyse
from corpus.documents import Analysis
from corpus.readers import SAMPLES, Unreadable, read_jsonl, samples
from extract.model import FORMS, TYPES, Statement
from geo.gazetteer import open_gazetteer


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    gazetteer = open_gazetteer()
    return [analyse(document, gazetteer) for document in samples()]


def attributed(analyses: list[Analysis]) -> list[Statement]:
    return [s for analysis in analyses for s in analysis.statements if s.form != "narration"]


def test_every_line_is_a_document() -> None:
    with SAMPLES.open("rb") as lines:
        read = list(read_jsonl("samples", lines))
    assert not [item for item in read if isinstance(item, Unreadable)]
    assert read == samples()
    assert len(read) >= 4


@pytest.mark.parametrize("line", SAMPLES.read_text(encoding="utf-8").splitlines())
def test_a_sample_is_marked_as_one(line: str) -> None:
    sample = json.loads(line)
    assert set(sample) == {"id", "title", "source", "published", "text"}
    assert "تجريبي" in sample["source"]
    assert sample["published"].startswith("2026-")
    assert sample["title"] not in sample["text"]
    assert 1200 <= len(sample["text"]) <= 2500


def test_all_types_and_forms_occur(analyses: list[Analysis]) -> None:
    assert {s.type for s in attributed(analyses)} == set(TYPES)
    assert {s.form for analysis in analyses for s in analysis.statements} == set(FORMS)


def test_speakers_are_stated_and_carried_over(analyses: list[Analysis]) -> None:
    how = [s.speaker.how for s in attributed(analyses) if s.speaker]
    assert {"stated", "carried", "shared"} <= set(how)
    assert len(how) >= 0.95 * len(attributed(analyses))


def test_flags_occur(analyses: list[Analysis]) -> None:
    flags = {flag for s in attributed(analyses) for flag in s.flags}
    assert {"anonymous", "nested", "hedged"} <= flags


def test_points_lines_and_areas_occur(analyses: list[Analysis]) -> None:
    shapes = {
        place.geometry["type"].removeprefix("Multi") if place.geometry else "Point"
        for analysis in analyses
        for place in analysis.places.values()
    }
    assert {"Point", "LineString", "Polygon"} <= shapes


def places_of(analysis: Analysis, words: str) -> list[str | None]:
    text = analysis.document.text
    return [m.place.id if m.place else None for m in analysis.mentions.values() if words in m.span.of(text)]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("بغداد", "makan:iq-baghdad"),
        ("البصرة", "makan:iq-basra"),
        ("الحدود العراقية السورية", "border:IQ-SY"),
        ("شمال شرق سوريا", "part:makan:sy:ne"),
        ("الرمال السبعة", None),
    ],
)
def test_places_of_the_first_sample(words: str, place: str | None, analyses: list[Analysis]) -> None:
    assert place in places_of(analyses[0], words)


def test_the_first_sample_names_a_desert_a_region_and_an_actor(analyses: list[Analysis]) -> None:
    first = analyses[0]
    found = {m.span.of(first.document.text): m for m in first.mentions.values()}
    for words in ("الجزيرة", "الصحراء"):
        place = found[words].place
        assert place is not None
        assert place.country in ("IQ", "SY", None)
    assert found["البنتاغون"].role == "actor"


def test_nothing_is_lost(analyses: list[Analysis]) -> None:
    """Each mention belongs to a statement, so that each place has something to read."""
    for analysis in analyses:
        linked = {key for keys in analysis.links.values() for key in keys}
        assert linked == set(analysis.mentions)

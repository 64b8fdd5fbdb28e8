"""The article with its statements and mentions marked."""

from dataclasses import replace

import pytest

from dashboard.reader import article, notice, paragraphs
from dashboard.state import unplaced
from dashboard.translations import Texts
from extract.model import Notice
from extract.text import Span
from tests.handmade import BASRA, analysis, stories

AR, EN = Texts("ar"), Texts("en")


@pytest.mark.parametrize("number", range(3))
def test_the_whole_text_is_there(number: int) -> None:
    story = stories()[number]
    lines = ["".join(run["text"] for run in line) for line in paragraphs(story, AR)]
    assert lines == [line for line in story.document.text.splitlines() if line.strip()]


@pytest.mark.parametrize("text", ["أ\r\nب", "أ\n\n\nب", "\nأ\nب\n", "أ\u2028ب", "أ\rب"])
def test_every_kind_of_line_end(text: str) -> None:
    story = replace(
        stories()[0], document=replace(stories()[0].document, text=text), mentions={}, statements=(), notices=()
    )
    assert [[run["text"] for run in line] for line in paragraphs(story, AR)] == [["أ"], ["ب"]]


def test_runs_know_their_statement_and_mention() -> None:
    runs = [run for line in paragraphs(stories()[0], EN) for run in line]
    basra = next(run for run in runs if run.get("mention") == "m2")
    assert basra["text"] == "البصرة"
    assert (basra["statement"], basra["selection"], basra["placed"], basra["name"]) == (
        "حدود-1#s1",
        BASRA.id,
        True,
        "Basra",
    )
    assert basra["said"] and "Assertion" in basra["hint"]
    lost = next(run for run in runs if run.get("placed") is False)
    assert (lost["selection"], lost["name"]) == (unplaced("النقطة الرابعة"), "not in the gazetteer")
    narrated = [run for run in runs if run.get("statement") == "حدود-1#s4"]
    assert narrated and all("colour" not in run for run in narrated)


def test_a_run_belongs_to_the_innermost_statement() -> None:
    story = analysis("x", ("direct", "assertion", "أ", "قال أ «أعلن ب بدء العمل اليوم في المدينة»"))
    outer = story.statements[0]
    inner = replace(outer, id="s2", span=Span(8, 20), content=(Span(14, 20),), type="announcement", parent="s1")
    runs = paragraphs(replace(story, statements=(outer, inner)), EN)[0]
    owners = [run["statement"] for run in runs]
    assert owners[0] == "x#s1" and owners[-1] == "x#s1" and "x#s2" in owners
    assert "".join(run["text"] for run in runs if run["statement"] == "x#s2") == Span(8, 20).of(story.document.text)


def test_the_article_as_a_whole() -> None:
    shown = article(stories()[2], "geonames:99072", "موصل-3#s2", EN)
    assert shown["title"] == "عودة إلى المدينة"
    assert shown["facts"] == ["صحيفة تجريبية", "21 May 2026", "3 statements", "2 places"]
    assert [one["label"] for one in shown["legend"]] == ["Accusation", "Support", "Prediction"]
    assert shown["chosen"] == {"place": "geonames:99072", "name": "Mosul", "show": "show its statements"}
    assert shown["notices"] == [
        "A quotation is never closed; it was taken to end with its paragraph: “«بعد سنوات من الغياب”"
    ]
    assert article(stories()[2], BASRA.id, None, EN)["chosen"] is None


def test_a_notice_without_its_own_wording_is_still_shown() -> None:
    text = notice(Notice("never-heard-of", Span(0, 200)), "{x} " * 50, EN)
    assert text.startswith("This passage") and "{x} {x}" in text and text.count("{x}") < 20

"""The passes that choose among namesakes, on a gazetteer of a dozen places: which rule decides, and for what."""

import pytest

from extract.text import fold
from geo.gazetteer import Gazetteer
from geo.places import locate
from tests.small_world import small_gazetteer


@pytest.fixture(scope="module")
def small() -> Gazetteer:
    return small_gazetteer()


CHOICES = [
    ("وصل الوفد إلى بغداد.", "بغداد", "iq-baghdad", "only-candidate"),
    ("وصل الوفد إلى محافظة البصرة.", "البصرة", "iq-basra-gov", "head-noun"),
    ("وصل الوفد إلى مدينة البصرة.", "البصرة", "iq-basra", "head-noun"),
    ("وصل الوفد إلى البصرة.", "البصرة", "iq-basra", "seat"),
    ("وصل الوفد إلى طرابلس في لبنان.", "طرابلس", "lb-tripoli", "container"),
    ("وصل الوفد إلى طرابلس اللبنانية.", "طرابلس", "lb-tripoli", "container"),
    ("قال الوزير في لبنان أمس إن الأمطار غمرت شوارع مدينة طرابلس.", "طرابلس", "lb-tripoli", "country-in-text"),
    ("وصل الوفد إلى طرابلس.", "طرابلس", "ly-tripoli", "importance"),
    ("وصل الوفد إلى قضاء الزبير.", "الزبير", "iq-zubair", "only-candidate"),
    ("وصل الوفد إلى مدينة الباب في سوريا.", "الباب", "sy-bab", "only-candidate"),
]


@pytest.mark.parametrize(("text", "written", "place", "rule"), CHOICES)
def test_choices(text: str, written: str, place: str, rule: str, small: Gazetteer) -> None:
    (mention,) = [m for m in locate(fold(text), small) if m.span.of(text) == written]
    assert mention.place is not None
    assert (mention.place.id.removeprefix("makan:"), mention.rule) == (place, rule)


def test_one_sense_in_one_text(small: Gazetteer) -> None:
    text = "وصل الوفد إلى طرابلس في لبنان. وفي طرابلس استقبله المحافظ."
    first, *_, last = [m for m in locate(fold(text), small) if m.span.of(text) == "طرابلس"]
    assert first.place is not None and last.place is not None
    assert last.place.id == first.place.id == "makan:lb-tripoli"


def test_the_outlets_country_tips_the_scales(small: Gazetteer) -> None:
    text = "وصل الوفد إلى طرابلس."
    (mention,) = locate(fold(text), small, home="LB")
    assert mention.place is not None and mention.place.id == "makan:lb-tripoli"


@pytest.mark.parametrize(
    "text",
    [
        "طرق الضيف الباب ثم دخل.",  # a word without evidence
        "قال الزبير إن الطريق مفتوح.",  # meant only with its head noun
        "بلغ العمر المتوسط ستين عاماً.",  # a doubtful name alone
    ],
)
def test_names_without_evidence_are_no_places(text: str, small: Gazetteer) -> None:
    assert [m for m in locate(fold(text), small) if m.place] == []


def test_confidence_falls_with_the_rule(small: Gazetteer) -> None:
    sure = locate(fold("وصل الوفد إلى محافظة البصرة."), small)[0]
    guessed = locate(fold("وصل الوفد إلى طرابلس."), small)[0]
    assert 0 < guessed.confidence < sure.confidence <= 1
    assert guessed.alternatives == ("makan:lb-tripoli",)

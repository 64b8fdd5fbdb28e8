"""Names found in running text: proclitics, their readings, head nouns, lists, set phrases."""

import pytest

from extract.text import fold
from geo.gazetteer import Gazetteer
from geo.tokens import readings, tokenise
from geo.toponyms import head_noun, sightings
from tests.small_world import small_gazetteer


@pytest.fixture(scope="module")
def small() -> Gazetteer:
    return small_gazetteer()


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("بغداد", "بغداد"),  # the word as it stands comes first
        ("وبغداد", "بغداد"),
        ("لبغداد", "بغداد"),
        ("وببغداد", "بغداد"),
        ("بالبصره", "البصره"),
        ("للبصره", "البصره"),
        ("وللبصره", "البصره"),
        ("كالبصره", "البصره"),
        ("فالعراق", "العراق"),
    ],
)
def test_readings(word: str, bare: str) -> None:
    texts = [reading.text for reading in readings(word)]
    assert texts[0] == word
    assert bare in texts


def test_both_readings_of_a_doubled_lam() -> None:
    assert {"الاذقيه", "اللاذقيه"} <= {reading.text for reading in readings("للاذقيه")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("من بغداد إلى البصرة", ["بغداد", "البصره"]),
        ("وبالعراق ولسوريا", ["العراق", "سوريا"]),
        ("في سوريه", ["سوريه"]),
        ("البحر المتوسط", ["البحر المتوسط"]),
        ("في لندن", []),
    ],
)
def test_names(text: str, names: list[str], small: Gazetteer) -> None:
    found = sightings(tokenise(fold(text)), small)
    longest = []
    end = 0
    for options in found:
        if options[0].first >= end:
            longest.append(options[0].name)
            end = options[0].last
    assert longest == names


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("محافظة البصرة", "governorate"),
        ("بمحافظة البصرة", "governorate"),
        ("مدينة البصرة", "city"),
        ("سوق البصرة", None),
    ],
)
def test_head_nouns(text: str, feature: str | None, small: Gazetteer) -> None:
    (options,) = sightings(tokenise(fold(text)), small)
    head = options[0].head
    assert (head.first if head else None) == feature


def test_a_head_noun_may_carry_proclitics() -> None:
    for word in ("محافظه", "ومحافظه", "بمحافظه", "للمحافظه"):
        head = head_noun(word)
        assert (head is not None) is (word != "للمحافظه"), word


def test_names_inside_set_phrases_are_hidden(small: Gazetteer) -> None:
    assert sightings(tokenise(fold("أعلنت قوات سوريا الديمقراطية")), small) == []

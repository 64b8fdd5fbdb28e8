"""Borders, parts of places and names without a place, as expressions of a sentence, in a gazetteer of a dozen places."""

import pytest
from small_world import small_gazetteer

from extract.text import fold
from geo.acceptance import accept
from geo.borders import borders
from geo.gazetteer import Gazetteer
from geo.parts import parts
from geo.tokens import Token, tokenise
from geo.toponyms import Sighting
from geo.unplaced import unplaced


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return small_gazetteer()


def read(text: str, gazetteer: Gazetteer) -> tuple[list[Token], dict[int, Sighting]]:
    folded = fold(text)
    tokens = tokenise(folded)
    accepted, _ = accept(folded, tokens, gazetteer, None)
    return tokens, {s.first: s for s in accepted}


def words(tokens: list[Token], first: int, last: int, cut: int) -> str:
    return " ".join(t.text for t in tokens[first:last])[cut:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("على الحدود العراقية السورية", [("الحدود العراقيه السوريه", ("IQ", "SY"))]),
        ("على الحدود العراقية - السورية", [("الحدود العراقيه السوريه", ("IQ", "SY"))]),
        ("على الحدود السورية واللبنانية", [("الحدود السوريه واللبنانيه", ("SY", "LB"))]),
        ("على الحدود المشتركة مع سوريا", [("الحدود المشتركه مع سوريا", ("SY",))]),
        ("قرب حدود لبنان وسوريا", [("حدود لبنان وسوريا", ("LB", "SY"))]),
        ("أغلق لبنان حدوده مع سوريا", [("حدوده مع سوريا", ("SY",))]),
        ("على الشريط الحدودي مع العراق", [("الشريط الحدودي مع العراق", ("IQ",))]),
        ("في المناطق الحدودية مع سوريا", [("المناطق الحدوديه مع سوريا", ("SY",))]),
        ("عمل بلا حدود ولا كلل", []),
        ("في المناطق الحدودية كلها", []),
        ("ارتفعت الأسعار في حدود المعقول", []),
    ],
)
def test_borders(text: str, expected: list[tuple[str, tuple[str, ...]]], gazetteer: Gazetteer) -> None:
    tokens, accepted = read(text, gazetteer)
    found = borders(tokens, accepted, gazetteer)
    assert [(words(tokens, b.first, b.last, b.cut), b.countries) for b in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هطل المطر في شمالي العراق", [("شمالي العراق", "name", "n", "part")]),
        ("هطل المطر بشمال غربي سوريا", [("شمال غربي سوريا", "name", "nw", "part")]),
        ("في شمال وشرق سوريا", [("شمال وشرق سوريا", "name", "ne", "part")]),
        ("في الجنوب السوري", [("الجنوب السوري", "nisba", "s", "part")]),
        ("في الشمال الغربي من سوريا", [("الشمال الغربي من سوريا", "name", "nw", "part")]),
        ("في جنوب البلاد", [("جنوب البلاد", "home", "s", "part")]),
        ("في ريف الرستن الشمالي", [("ريف الرستن الشمالي", "name", "n", "countryside")]),
        ("في الريف الشرقي لمدينة الرستن", [("الريف الشرقي لمدينه الرستن", "name", "e", "countryside")]),
        ("على الساحل الغربي لليبيا", [("الساحل الغربي لليبيا", "name", "w", "part")]),
        ("في المناطق الشرقية من سوريا", [("المناطق الشرقيه من سوريا", "name", "e", "part")]),
        ("في المناطق الشرقية كلها", []),
        ("دخلوا الأراضي العراقية", [("الاراضي العراقيه", "nisba", None, "territory")]),
        ("في العاصمة العراقية", [("العاصمه العراقيه", "capital", None, "capital")]),
        ("أكد الجانب السوري موافقته", []),
        ("قال الرئيس السوري", []),
        ("اتجه الجيش شمالاً", []),
    ],
)
def test_parts(text: str, expected: list[tuple[str, str, str | None, str]], gazetteer: Gazetteer) -> None:
    tokens, accepted = read(text, gazetteer)
    found = parts(tokens, accepted)
    assert [(words(tokens, p.first, p.last, p.cut), p.target, p.direction, p.sort) for p in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصلوا إلى قرية «البرجين» أمس", ["البرجين"]),
        ("وصلوا إلى بلدة كفرسابل في سوريا", ["كفرسابل"]),
        ("وصلوا إلى قرية صغيرة", []),
        ("وصلوا إلى مدينة تقع بعيداً", []),
        ("وصلوا إلى بلدة الرستن", []),
        ("وصلوا إلى قريتي خربة الطيور والمنيصراء أمس", ["خربه الطيور", "المنيصراء"]),
        ("وصلوا إلى قريتي كفرسابل وتل الحمام وعادوا", ["كفرسابل", "تل الحمام"]),
        ("وصلوا إلى قرية وادي النسور قبل الفجر", ["وادي النسور"]),
        ("وصلوا إلى بلدتين صغيرتين وعادوا", []),
        ("انتشروا في مناطق بغداد والبصرة والهضبة الثالثة", ["الهضبه الثالثه"]),
        ("انتشروا في مناطق بغداد والبصرة والقوات تراقب", []),
    ],
)
def test_names_without_a_place(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    tokens, accepted = read(text, gazetteer)
    covered = {n for s in accepted.values() for n in range(s.first, s.last)}
    found = unplaced(tokens, accepted, covered)
    assert [words(tokens, u.first, u.last, u.cut) for u in found] == expected

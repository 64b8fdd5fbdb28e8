import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import exports
from corpus.analysis import analyse
from corpus.correction_lines import correction_in, line_of, read_lines
from corpus.corrections import Correction, Scope, correction_of, point
from corpus.documents import Analysis, Document
from corpus.ledger import Ledger
from extract.text import Span
from geo.model import Mention, Place
from tests.port_story import BASRA, BORDER, DOCUMENT, analysis, span
from tests.small_world import small_gazetteer

GAZETTEER = small_gazetteer()
TRIPOLI_LB, TRIPOLI_LY = GAZETTEER.place("makan:lb-tripoli"), GAZETTEER.place("makan:ly-tripoli")
PORT = point(30.05, 47.95, ar="ميناء السدرة", kind="facility")
OTHER = point(31.5, 46.5, ar="قرية السدرة")
THIRD = point(32.5, 45.5, ar="تلة السدرة")


def at(number: int) -> str:
    """A moment, the later the greater the number."""
    return f"2026-03-10T08:{number:02}:00.000000+00:00"


def said(made: Analysis, key: str, place: Place | None, scope: Scope = "mention", number: int = 0) -> Correction:
    return correction_of(made.document, made.mentions[key], place, scope, at(number))


def corrected(made: Analysis, *corrections: Correction) -> Analysis:
    return Ledger(corrections).corrected(made)


def placed(made: Analysis) -> list[tuple[str, str, str | None]]:
    return [
        (key, mention.span.of(made.document.text), mention.place.id if mention.place else None)
        for key, mention in made.mentions.items()
    ]


def at_words(words: str, place: Place | None, document: Document = DOCUMENT) -> Mention:
    return Mention(span(words, document), place.kind if place else "city", "location", place, "none", 0.5)


def test_a_corrected_mention() -> None:
    made = analysis()
    now = corrected(made, said(made, "m1", PORT), said(made, "m2", OTHER))
    assert now.mentions["m1"] == Mention(
        span("البصرة"), "facility", "location", PORT, "correction", 1.0, (BASRA.id, "makan:iq-basra")
    )
    # What had no place has no way back, and no reason any more.
    assert now.mentions["m2"] == Mention(span("السدرة الكبرى"), "city", "location", OTHER, "correction", 1.0)
    assert now.mentions["m10"] == made.mentions["m10"]
    assert (list(now.mentions), now.links, now.notices) == (list(made.mentions), made.links, made.notices)
    assert now.statements == made.statements


def test_confirming_and_going_back() -> None:
    made = analysis()
    assert corrected(made, said(made, "m1", BASRA)).mentions["m1"].alternatives == ("makan:iq-basra",)
    back = corrected(made, said(made, "m1", PORT, number=1), said(made, "m1", BASRA, number=2)).mentions["m1"]
    assert (back.place, back.rule, back.alternatives) == (BASRA, "correction", ("makan:iq-basra",))


def test_no_place_is_no_mention() -> None:
    made = analysis()
    now = corrected(made, said(made, "m1", None))
    assert list(now.mentions) == ["m2", "m10"]
    assert now.links == {"s1": ("m2",), "s2": ("m10",)}
    assert list(now.places) == [BORDER.id]
    exported = json.loads(exports.geojson([now]))
    assert [feature["id"] for feature in exported["features"]] == [BORDER.id]
    assert [row["mention"] for row in exported["unlocated"]] == ["m2"]


def test_nothing_to_correct_leaves_the_analysis_alone() -> None:
    made = analysis()
    foreign = replace(said(made, "m1", PORT), document="another")
    assert corrected(made) is made
    assert corrected(made, foreign) is made


# Who says what of m1, in the order in which it is read; who holds.
PRECEDENCE: list[tuple[list[tuple[Scope, int, Place | None]], Place | None]] = [
    ([("mention", 1, PORT), ("mention", 2, OTHER)], OTHER),
    ([("mention", 2, PORT), ("mention", 1, OTHER)], PORT),
    ([("article", 1, PORT), ("article", 2, OTHER)], OTHER),
    ([("name", 2, PORT), ("name", 1, OTHER)], PORT),
    ([("mention", 1, PORT), ("article", 2, OTHER)], PORT),
    ([("mention", 1, PORT), ("name", 2, OTHER)], PORT),
    ([("article", 1, PORT), ("name", 2, OTHER)], PORT),
    ([("name", 3, PORT), ("article", 2, OTHER), ("mention", 1, THIRD)], THIRD),
    ([("mention", 1, None), ("name", 2, PORT)], None),
    ([("name", 1, None), ("article", 2, PORT)], PORT),
    ([("name", 2, None), ("mention", 1, PORT)], PORT),
]


@pytest.mark.parametrize(("rows", "expected"), PRECEDENCE)
def test_precedence(rows: list[tuple[Scope, int, Place | None]], expected: Place | None) -> None:
    made = analysis()
    now = corrected(made, *(said(made, "m1", place, scope, number) for scope, number, place in rows))
    mention = now.mentions.get("m1")
    assert (mention.place if mention else None) == expected


NEWS = "وصل الوفد إلى طرابلس في لبنان. وقال الناطق إن طرابلس آمنة."
ABROAD = "وصل الوفد إلى طرابلس في ليبيا. وقال الناطق إن طرابلس آمنة."


def tripoli(made: Analysis) -> list[str | None]:
    return [place for _, text, place in placed(made) if text == "طرابلس"]


def test_scopes_reach_as_far_as_they_say() -> None:
    here, there = (analyse(Document(key, text), GAZETTEER) for key, text in (("1", NEWS), ("2", ABROAD)))
    again = analyse(Document("3", NEWS), GAZETTEER)
    assert [tripoli(made) for made in (here, there, again)] == [
        [TRIPOLI_LB.id] * 2, [TRIPOLI_LY.id] * 2, [TRIPOLI_LB.id] * 2,
    ]  # fmt: skip
    first = next(key for key, text, _ in placed(here) if text == "طرابلس")
    lb, ly, new = TRIPOLI_LB.id, TRIPOLI_LY.id, OTHER.id
    for scope, expected in (
        ("mention", [[new, lb], [ly, ly], [lb, lb]]),
        ("article", [[new, new], [ly, ly], [lb, lb]]),
        ("name", [[new, new], [ly, ly], [new, new]]),
    ):
        ledger = Ledger([said(here, first, OTHER, scope)])  # type: ignore[arg-type]
        assert [tripoli(ledger.corrected(made)) for made in (here, there, again)] == expected, scope


def test_in_one_article_a_name_of_two_places() -> None:
    """What is said of the city does not touch the governorate of the same name."""
    made = analyse(
        Document("1", "وصل الوفد إلى مدينة البصرة، ثم زار محافظة البصرة. وأغلقت مدينة البصرة جسرها."), GAZETTEER
    )
    keys = list(made.mentions)
    assert [place for _, _, place in placed(made)] == ["makan:iq-basra", "makan:iq-basra-gov", "makan:iq-basra"]
    now = corrected(made, said(made, keys[0], OTHER, "article"))
    assert [place for _, _, place in placed(now)] == [OTHER.id, "makan:iq-basra-gov", OTHER.id]


def test_a_name_without_a_place_gets_it_everywhere() -> None:
    made = analysis()
    correction = said(made, "m2", OTHER, "name")
    assert (correction.document, correction.span, correction.was) == (None, None, None)
    found_elsewhere = replace(analysis(places=(BASRA, PORT, BORDER)), document=replace(DOCUMENT, id="2"))
    for one in (made, found_elsewhere):
        assert corrected(one, correction).mentions["m2"].place == OTHER


def test_the_article_holds_when_a_new_analysis_resolves_otherwise() -> None:
    made = analysis()
    for scope, expected in (("article", PORT), ("name", THIRD)):
        correction = said(made, "m1", PORT, scope)  # type: ignore[arg-type]
        assert corrected(analysis(places=(THIRD, None, BORDER)), correction).mentions["m1"].place == expected


def test_the_same_place_under_another_id() -> None:
    """A newer gazetteer may take over an entry: still "resolved so", unlike the governorate around it."""
    made = analysis()
    correction = said(made, "m1", PORT, "name")
    taken_over = replace(BASRA, id="makan:iq-basra-city", lat=BASRA.lat + 0.01)
    around = replace(BASRA, id="makan:iq-basra", kind="admin")
    assert corrected(analysis(places=(taken_over, None, BORDER)), correction).mentions["m1"].place == PORT
    assert corrected(analysis(places=(around, None, BORDER)), correction).mentions["m1"].place == around


# What stands in the text; what the user's «name» was written like.
SPELLINGS = [
    ("أُعيد فتح الطريق إلى البَصرة.", "البصره", True),
    ("وصلت الشاحنات للبصرة صباحاً.", "البصرة", True),
    ("وصلت الشاحنات لِلبصرة صباحاً.", "البصرة", True),
    ("قدّمت المنظمة منحة للبنان.", "لبنان", True),
    ("أُعيد فتح الطريق إلى البصرة.", "بصرة", False),
    ("أُعيد فتح الطريق إلى بغداد.", "البصرة", False),
]


@pytest.mark.parametrize(("text", "name", "meant"), SPELLINGS)
def test_names_compare_folded(text: str, name: str, meant: bool) -> None:
    made = analyse(Document("1", text), GAZETTEER)
    assert len(made.mentions) == 1
    correction = Correction("name", name, PORT, None, at(1))
    assert list(corrected(made, correction).places) == ([PORT.id] if meant else list(made.places))


@pytest.mark.parametrize(
    ("text", "name"),
    [("وصلت الشاحنات للبصرة.", "البصرة"), ("منحة للبنان أُقرّت.", "لبنان"), ("غادر إلى البصرة.", "البصرة")],
)
def test_a_name_is_kept_with_its_article(text: str, name: str) -> None:
    made = analyse(Document("1", text), GAZETTEER)
    assert [said(made, key, PORT, "name").name for key in made.mentions] == [name]


def test_the_mention_that_best_overlaps() -> None:
    """A new analysis cuts the names otherwise."""
    made = analysis()
    correction = said(made, "m2", PORT)
    beside, most = at_words("السدر", None), at_words("الكبرى", None)
    mentions = {"m1": made.mentions["m1"], "m2": beside, "m3": most, "m4": made.mentions["m10"]}
    again = replace(made, mentions=mentions, links={"s1": ("m1", "m2", "m3"), "s2": ("m4",)})
    assert [place for _, _, place in placed(corrected(again, correction))] == [BASRA.id, None, PORT.id, BORDER.id]
    longer = at_words("منطقة السدرة الكبرى آمنة", None)
    again = replace(made, mentions={"m1": longer}, links={"s1": ("m1",), "s2": ()})
    assert corrected(again, correction).mentions["m1"].place == PORT


def test_a_mention_beside_it_is_another() -> None:
    made = analysis()
    start, end = span("البصرة")
    touching = {
        "m1": replace(made.mentions["m1"], span=Span(start - 2, start)),
        "m2": replace(made.mentions["m1"], span=Span(end, end + 6)),
    }
    now = corrected(replace(made, mentions=touching, links={"s1": ("m1", "m2")}), said(made, "m1", PORT))
    assert list(now.mentions) == ["m1", f"c{start}-{end}", "m2"]
    assert [place for _, _, place in placed(now)] == [BASRA.id, PORT.id, BASRA.id]


def test_a_mention_that_the_analysis_has_no_more() -> None:
    made = analysis()
    correction = said(made, "m1", PORT)
    mentions = {"m1": made.mentions["m2"], "m2": made.mentions["m10"]}
    again = replace(made, mentions=mentions, links={"s1": ("m1",), "s2": ("m2",)})
    now = corrected(again, correction)
    start, end = span("البصرة")
    key = f"c{start}-{end}"
    assert list(now.mentions) == [key, "m1", "m2"]
    assert now.mentions[key] == Mention(span("البصرة"), "facility", "location", PORT, "correction", 1.0, (BASRA.id,))
    assert now.links == {"s1": (key, "m1"), "s2": ("m2",)}
    assert now.notices == made.notices
    # It can be corrected again; that it is no place needs no mention.
    found = Ledger([correction]).found(again, key)
    assert found is not None
    assert found.place == replace(BASRA, geometry=None)
    second = correction_of(DOCUMENT, found, OTHER, "mention", at(5))
    assert corrected(again, correction, second).mentions[key].place == OTHER
    assert corrected(again, correction, replace(second, place=None)).mentions == again.mentions
    assert corrected(again, said(made, "m1", None)).mentions == again.mentions
    assert Ledger([correction]).found(again, "c0-1") is None


def test_of_two_overlapping_ones_the_later_comes_back() -> None:
    made = analysis()
    wide = replace(said(made, "m2", PORT, number=1), name="منطقة السدرة الكبرى", span=span("منطقة السدرة الكبرى"))
    again = replace(made, mentions={}, links={"s1": (), "s2": ()})
    now = corrected(again, wide, said(made, "m2", OTHER, number=2))
    assert placed(now) == [(next(iter(now.mentions)), "السدرة الكبرى", OTHER.id)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DOCUMENT.text.replace("البصرة", "الناصر"), span("البصرة")),
        ("خبر عاجل: " + DOCUMENT.text, span("البصرة")),
        (DOCUMENT.text[: span("البصرة").start + 2], Span(span("البصرة").start, span("البصرة").start + 2)),
        ("قال", Span(3, 3)),
    ],
)
def test_words_that_changed(text: str, expected: Span) -> None:
    made = analysis()
    again = Analysis(replace(DOCUMENT, text=text), {}, (), {}, made.notices)
    now = corrected(again, said(made, "m1", PORT))
    assert now.mentions == {}
    assert now.notices[:-1] == made.notices
    assert (now.notices[-1].code, now.notices[-1].span) == ("correction-not-applied", expected)


def test_marks_and_hamza_may_change() -> None:
    made = analysis()
    same_length = replace(DOCUMENT, text=DOCUMENT.text.replace("البصرة", "البصره"))
    now = corrected(replace(made, document=same_length), said(made, "m1", PORT))
    assert now.mentions["m1"].place == PORT
    assert now.notices == made.notices


def test_exports_carry_corrections() -> None:
    made = analysis()
    now = corrected(made, said(made, "m2", OTHER))
    (line,) = exports.jsonl([now])
    mention = json.loads(line)["mentions"][1]
    assert (mention["place"], mention["rule"], mention["reason"]) == (OTHER.id, "correction", None)
    assert OTHER.id in [feature["id"] for feature in json.loads(exports.geojson([now]))["features"]]
    assert sum("قرية السدرة" in row for row in exports.csv_lines([now])) == 1


def test_a_point_of_the_user() -> None:
    assert point(31.5, 46.5, ar="قرية السدرة") == OTHER
    assert (OTHER.country, OTHER.source, OTHER.kind, OTHER.en) == ("IQ", "user", "city", "قرية السدرة")
    assert OTHER.id.startswith("user:")
    others = [
        point(31.5, 46.6, ar="قرية السدرة"),
        point(31.5, 46.5, ar="قرية"),
        point(31.5, 46.5, ar="قرية السدرة", kind="facility"),
    ]
    assert len({OTHER.id, *(other.id for other in others)}) == 4
    assert point(30, -40, en=" Mid  Atlantic ").country is None
    assert point(30, -40, en=" Mid  Atlantic ").ar == "Mid Atlantic"
    for lat, lon, name in ((91, 0, "ا"), (0, 181, "ا"), (float("nan"), 0, "ا"), (0, float("inf"), "ا"), (0, 0, " ")):
        with pytest.raises(ValueError, match=r"point|name"):
            point(lat, lon, ar=name)


def test_the_place_it_was_is_kept_without_its_outline() -> None:
    was = said(analysis(), "m10", PORT).was
    assert was == BORDER
    assert was.geometry is None


MADE = (
    said(analysis(), "m1", PORT),
    said(analysis(), "m10", replace(BORDER, id="2"), "article"),
    said(analysis(), "m2", None, "name"),
    replace(said(analysis(), "m1", replace(BORDER, approximate=True)), note="من الأطلس"),
)


@pytest.mark.parametrize("correction", MADE)
def test_lines_round_trip(correction: Correction) -> None:
    again = correction_in(line_of(correction))
    assert again == correction
    assert again.id == correction.id
    if correction.place and again.place:
        assert again.place.geometry == correction.place.geometry


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_hostile_words_round_trip(words: str) -> None:
    place = replace(PORT, id=words, ar=words, en=words, source=words)
    correction = replace(MADE[0], name=words[:1000], document=words, place=place, note=words)
    assert [read for _, read in read_lines([line_of(correction).encode()])] == [correction]


def line(**changes: Any) -> str:
    row = json.loads(line_of(MADE[0]))
    place = {key.removeprefix("place_"): changes.pop(key) for key in list(changes) if key.startswith("place_")}
    if place:
        row["place"] |= place
    return json.dumps({key: value for key, value in (row | changes).items() if value is not ...})


POLYGON = {"type": "Polygon", "coordinates": [[["x", 1], [2, 3], [4, 5]]]}
BAD = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[]", "object"),
    ('"word"', "object"),
    (line(scope="everything"), "scope"),
    (line(name=" "), "name"),
    (line(name=...), "name"),
    (line(document=None), "document"),
    (line(start=None), "start"),
    (line(start=40, end=4), "start"),
    (line(start=True), "start"),
    (line(start=-1), "start"),
    (line(place=...), "place"),
    (line(place="makan:iq"), "place"),
    (line(place_lat=91), "lat"),
    (line(place_lat=float("nan")), "not JSON"),
    (line(place_lon=0).replace('"lon": 0', '"lon": 1e999'), "lon"),
    (line(place_kind="planet"), "kind"),
    (line(place_country="Iraq"), "country"),
    (line(place_geometry=POLYGON), "geometry"),
    (line(place_geometry={"type": "Point", "coordinates": []}), "geometry"),
    (line(place_geometry={"type": "Point", "coordinates": [500, 0]}), "geometry"),
    (line(made_at="yesterday"), "made_at"),
    (line(made_at="0001-01-01T00:00:00+14:00"), "made_at"),
    (line(made_at="9998-01-01"), "made_at"),
    (line(note=7), "note"),
    (line(name="نصف \ud800"), "half a character"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD)
def test_bad_lines_are_told_and_the_others_read(bad: str, reason: str) -> None:
    good = line_of(MADE[0])
    (first, (second, problem), third) = read_lines([good.encode(), bad.encode(), good.encode() + b"\r\n"])
    assert (first, third) == ((1, MADE[0]), (3, MADE[0]))
    assert second == 2
    assert isinstance(problem, ValueError)
    assert reason in str(problem)
    assert len(str(problem)) <= 200


def test_what_a_line_may_leave_out() -> None:
    brief = {"id": "x:1", "ar": "السدرة", "en": "Sidra", "kind": "city", "lat": 30, "lon": 47.5, "source": "Atlas"}
    row = {"scope": "name", "name": "السدرة", "place": brief, "made_at": "2026-03-10", "unknown": [1]}
    (numbered,) = read_lines([b"\n", b"\xef\xbb\xbf" + json.dumps(row).encode()])
    number, read = numbered
    assert isinstance(read, Correction)
    assert (number, read.made_at) == (2, "2026-03-10T00:00:00.000000+00:00")
    assert read.place == Place("x:1", "السدرة", "Sidra", "city", "point", None, 30, 47.5, 1.0, 3.0, "Atlas")
    assert [str(problem) for _, problem in read_lines([b"\xff"])] == ["not UTF-8"]


def test_the_same_moment_elsewhere() -> None:
    here, there = line(made_at="2026-03-10T11:00:00+03:00"), line(made_at="2026-03-10T08:00:00Z")
    assert correction_in(here) == correction_in(there) == MADE[0]

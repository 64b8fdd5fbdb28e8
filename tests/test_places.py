"""Places of whole sentences, with the real gazetteer: what is found, where it lies, and what is no place.

The sentences are written for this test; each confusion met so far stands here with one of its own.
"""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.text import fold
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.geocoders import Unavailable
from geo.model import Mention, Place, Question
from geo.places import locate
from geo.shapes import length_km
from geo.sphere import distance_km


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


class Found(NamedTuple):
    text: str
    place: str | None


def found(text: str, gazetteer: Gazetteer) -> list[Found]:
    return [
        Found(m.span.of(text), m.place.id.removeprefix("makan:") if m.place else None)
        for m in locate(fold(text), gazetteer)
    ]


SENTENCES = [
    # proclitics, and first letters that are none
    ("وصلت القافلة إلى بغداد وبالبصرة مخزن لها.", [("بغداد", "iq-baghdad"), ("البصرة", "iq-basra")]),
    ("سافر الوفد للعراق ثم لسوريا.", [("لعراق", "iq"), ("سوريا", "sy")]),
    ("زار الوفد اللاذقية وللاذقية مرفأ كبير.", [("اللاذقية", "sy-latakia"), ("لاذقية", "sy-latakia")]),
    ("عاد السكان كالموصل والرقة.", [("الموصل", "iq-mosul"), ("الرقة", "sy-raqqa")]),
    # spelling variants
    ("عبرت الشاحنات من سوريه الى امريكا.", [("سوريه", "sy"), ("امريكا", "us")]),
    ("تقع البَصْرَة قرب شط العرب.", [("البَصْرَة", "iq-basra"), ("شط العرب", "xx-shatt-al-arab")]),
    # the longest name wins
    ("هبطت الطائرة في مطار بغداد الدولي.", [("مطار بغداد الدولي", "iq-baghdad-airport")]),
    ("وصل المبعوث إلى دير الزور أمس.", [("دير الزور", "sy-deir-ez-zor")]),
    # head nouns ask for a feature
    ("انقطعت الكهرباء في محافظة البصرة.", [("البصرة", "iq-basra-gov")]),
    ("انقطعت الكهرباء في محافظات حلب وإدلب والرقة.", [("حلب", "sy-aleppo-gov"), ("إدلب", "sy-idlib-gov"), ("الرقة", "sy-raqqa-gov")]),
    # borders
    ("انتشر الجنود على الحدود العراقية السورية.", [("الحدود العراقية السورية", "border:IQ-SY")]),
    ("انتشر الجنود على الحدود العراقية مع سوريا.", [("الحدود العراقية مع سوريا", "border:IQ-SY")]),
    ("انتشر الجنود على الحدود بين العراق وسوريا.", [("الحدود بين العراق وسوريا", "border:IQ-SY")]),
    ("انتشر الجنود عند حدود العراق مع الأردن.", [("حدود العراق مع الأردن", "border:IQ-JO")]),
    ("دخل تونس من الحدود الليبية.", [("تونس", "tn"), ("الحدود الليبية", "border:LY-TN")]),
    # parts
    ("هطلت الأمطار في شمال العراق.", [("شمال العراق", "part:makan:iq:n")]),
    ("هطلت الأمطار في شمال شرق سوريا.", [("شمال شرق سوريا", "part:makan:sy:ne")]),
    ("هطلت الأمطار في الشمال الشرقي من سوريا.", [("الشمال الشرقي من سوريا", "part:makan:sy:ne")]),
    ("هطلت الأمطار في الجنوب اللبناني.", [("الجنوب اللبناني", "lb-south")]),
    ("اندلع حريق غرب الموصل.", [("غرب الموصل", "part:makan:iq-mosul:w")]),
    # adjectives on geographic nouns are places, others are none
    ("دخلت القوات الأراضي السورية.", [("الأراضي السورية", "sy")]),
    ("بقيت الشاحنات في الجانب العراقي من الجسر.", [("الجانب العراقي", "iq")]),
    ("شهدت العاصمة العراقية أمطاراً.", [("العاصمة العراقية", "iq-baghdad")]),
    ("قال الرئيس العراقي إن الحكومة السورية وافقت.", []),
    # regions, deserts, rivers, seas
    ("جرت العمليات في مناطق الجزيرة والصحراء غربي العراق.", [("الجزيرة", "xx-jazira"), ("الصحراء", "iq-western-desert"), ("غربي العراق", "part:makan:iq:w")]),
    ("ارتفع منسوب نهر دجلة في بغداد.", [("نهر دجلة", "xx-tigris"), ("بغداد", "iq-baghdad")]),
    ("غادرت السفن البحر الأحمر نحو قناة السويس.", [("البحر الأحمر", "xx-red-sea"), ("قناة السويس", "eg-suez-canal")]),
    # inside other names
    ("أعلنت قوات سوريا الديمقراطية بدء العملية.", []),
    ("نشرت صحيفة الشرق الأوسط مقالاً.", []),
    ("بثت قناة الجزيرة الخبر.", []),
    ("قال التاجر كريم البغدادي إن السوق مفتوح.", []),
    ("اشترط الدائنون عدم إعلان القوة القاهرة.", []),
    # ordinary words that are names somewhere
    ("عاد السلام إلى القلوب بعد الصلح.", []),
    ("الباب مفتوح أمام الحوار.", []),
    ("هذه صور من الحفل.", []),
    # what cannot be placed is kept
    ("وصلت القافلة إلى قرية الرملة الزرقاء في محافظة الأنبار.", [("الرملة الزرقاء", None), ("الأنبار", "iq-anbar")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[tuple[str, str | None]], gazetteer: Gazetteer) -> None:
    assert found(text, gazetteer) == [Found(*pair) for pair in expected]


def only(text: str, gazetteer: Gazetteer, written: str) -> Mention:
    (mention,) = [m for m in locate(fold(text), gazetteer) if m.span.of(text) == written]
    return mention


@pytest.mark.parametrize(
    ("text", "written", "near", "km"),
    [
        ("أعلنت الشرطة اليمنية أن حي المنصورة في عدن مطوّق.", "المنصورة", (12.85, 44.98), 15),
        ("أغلقت السلطات المصرية مدينة المنصورة.", "المنصورة", (31.04, 31.38), 25),
        ("احتج سكان طرابلس في شمال لبنان.", "طرابلس", (34.44, 35.85), 20),
        ("احتج سكان طرابلس وبنغازي في ليبيا.", "طرابلس", (32.89, 13.19), 30),
        ("وصل الوفد إلى العاصمة عمّان في الأردن.", "عمّان", (31.95, 35.93), 30),
        ("يسيطر الجيش العراقي على الطريق من ربيعة حتى القائم.", "القائم", (34.37, 41.07), 20),
        ("احترق متجر في حي العامرية ببغداد.", "العامرية", (33.3, 44.28), 15),
        ("فتح معبر القائم أمام العراقيين.", "معبر القائم", (34.4, 41.0), 40),
    ],
)
def test_the_right_namesake(
    text: str, written: str, near: tuple[float, float], km: float, gazetteer: Gazetteer
) -> None:
    place = only(text, gazetteer, written).place
    assert place is not None
    assert distance_km(place.lat, place.lon, *near) <= km, place


def test_a_border_is_a_line_of_its_length(gazetteer: Gazetteer) -> None:
    place = only("انتشر الجنود على الحدود العراقية السورية.", gazetteer, "الحدود العراقية السورية").place
    assert place is not None and place.geometry is not None
    assert place.kind == "border" and "LineString" in place.geometry["type"]
    assert 589 <= length_km(place.geometry) <= 609


def test_a_one_sided_border_takes_its_other_side_from_the_text(gazetteer: Gazetteer) -> None:
    text = "قال المتحدث من بغداد إن العراق سيغلق الحدود السورية."
    mention = only(text, gazetteer, "الحدود السورية")
    assert mention.place is not None and mention.place.id == "border:IQ-SY"
    assert mention.rule == "border-other-side-from-context"


def test_parts_and_drawn_regions_are_approximate_areas(gazetteer: Gazetteer) -> None:
    for text, written in (
        ("هطل المطر شمال العراق.", "شمال العراق"),
        ("عاد المزارعون إلى سهل الغاب في سوريا.", "سهل الغاب"),
    ):
        place = only(text, gazetteer, written).place
        assert place is not None and place.geometry is not None
        assert "Polygon" in place.geometry["type"] and place.approximate


@pytest.mark.parametrize(
    ("text", "written", "role"),
    [
        ("أعلنت دمشق فتح المعبر.", "دمشق", "actor"),
        ("البنتاغون أعلن سحب المستشارين.", "البنتاغون", "actor"),
        ("وصل الوفد إلى دمشق.", "دمشق", "location"),
        ("توقفت المفاوضات مع إيران أمس.", "إيران", "actor"),
        ("أقيم الجسر بدعم من اليابان.", "اليابان", "actor"),
        ("تراجع نفوذ فرنسا في القارة.", "فرنسا", "actor"),
        ("خرج القطار من فرنسا صباحاً.", "فرنسا", "location"),
        ("اجتمع الوزراء مع المزارعين في الموصل.", "الموصل", "location"),
    ],
)
def test_roles(text: str, written: str, role: str, gazetteer: Gazetteer) -> None:
    assert only(text, gazetteer, written).role == role


@pytest.mark.parametrize(
    ("text", "written", "id", "rule"),
    [
        ("سقطت الطائرة على بعد 30 كلم من الموصل.", "الموصل", "around:makan:iq-mosul:30", "distance"),
        ("سقطت الطائرة 45 كيلومتراً شمال غرب بغداد.", "شمال غرب بغداد", "around:makan:iq-baghdad:45:nw", "distance"),
        ("سقطت الطائرة إلى الشرق من حلب بنحو 20 كم.", "الشرق من حلب", "around:makan:sy-aleppo:20:e", "distance"),
        ("سقطت الطائرة غرب الموصل.", "غرب الموصل", "part:makan:iq-mosul:w", "part"),
        ("أغلق السيل الطريق الدولي الرابط بين دمشق وحلب.", "الطريق الدولي الرابط بين", "between:makan:sy-aleppo:makan:sy-damascus", "between"),
        ("غمر السيل المنطقة الواقعة بين تكريت وبيجي.", "المنطقة الواقعة بين", "between:makan:iq-baiji:makan:iq-tikrit", "between"),
        ("شهد العراق عاصفة، وتضررت بيوت في العاصمة.", "العاصمة", "makan:iq-baghdad", "capital"),
        ("وصل الوفد إلى العاصمة السورية.", "العاصمة السورية", "makan:sy-damascus", "capital"),
    ],
)  # fmt: skip
def test_expressions(text: str, written: str, id: str, rule: str, gazetteer: Gazetteer) -> None:
    mention = only(text, gazetteer, written)
    assert mention.place is not None
    assert (mention.place.id, mention.rule) == (id, rule)


def test_a_distance_is_a_ring_or_a_stretch_of_one(gazetteer: Gazetteer) -> None:
    ring = only("سقطت الطائرة على بعد 30 كلم من الموصل.", gazetteer, "الموصل").place
    stretch = only("سقطت الطائرة 45 كيلومتراً شمال بغداد.", gazetteer, "شمال بغداد").place
    assert ring is not None and stretch is not None
    assert ring.approximate and stretch.approximate
    assert ring.geometry is not None and len(ring.geometry["coordinates"]) == 2  # with a hole
    assert distance_km(stretch.lat, stretch.lon, 33.34, 44.4) == pytest.approx(45, abs=7)


@pytest.mark.parametrize(
    "text",
    [
        "دارت المفاوضات بين بغداد ودمشق.",  # no road, no land
        "أغلقت المنطقة الواقعة بين العراق وسوريا.",  # countries: their border says it
    ],
)
def test_between_is_not_always_a_place(text: str, gazetteer: Gazetteer) -> None:
    assert "between" not in [m.rule for m in locate(fold(text), gazetteer)]


def test_land_beside_a_town_is_not_the_town(gazetteer: Gazetteer) -> None:
    mention = only("انقطعت الكهرباء عن القرى المجاورة لبعقوبة.", gazetteer, "بعقوبة")
    assert mention.place is not None and mention.rule == "beside"
    assert mention.place.within == "makan:iq-baqubah" and mention.place.approximate


def test_the_country_is_the_one_its_paragraph_speaks_of(gazetteer: Gazetteer) -> None:
    text = "قال الجيش الباكستاني إن الثلج أغلق طرقاً في شمال البلاد.\n" + "لبنان: أخبار لبنان واللبنانيين من بيروت. " * 4
    mention = only(text, gazetteer, "شمال البلاد")
    assert mention.place is not None and mention.place.country == "PK"


@pytest.mark.parametrize(
    ("text", "written", "container"),
    [
        ("غمرت المياه قرية البحيصاء في محافظة إدلب السورية.", "البحيصاء", "makan:sy-idlib-gov"),
        ("غمرت المياه بلدة المنيصراء (ريف حلب) في سوريا.", "المنيصراء", "makan:sy-aleppo-rif"),
        ("غمرت المياه قرية المنيصراء التابعة لقضاء سنجار.", "المنيصراء", "makan:iq-sinjar"),
    ],
)
def test_an_unknown_village_lies_somewhere_in_its_container(
    text: str, written: str, container: str, gazetteer: Gazetteer
) -> None:
    mention = only(text, gazetteer, written)
    assert mention.place is not None
    assert (mention.rule, mention.reason) == ("container-only", "not-in-gazetteer")
    assert mention.place.within is not None and mention.place.within.startswith(container)
    assert mention.place.approximate and mention.confidence <= 0.5


def test_what_is_said_of_the_last_of_a_list_is_said_of_all(gazetteer: Gazetteer) -> None:
    text = "نزح السكان من قريتي خربة الطيور والمنيصراء في سهل الغاب."
    first, second = only(text, gazetteer, "خربة الطيور").place, only(text, gazetteer, "المنيصراء").place
    assert first is not None and second is not None
    assert first.within == second.within and (first.lat, first.lon) != (second.lat, second.lon)


def test_an_unknown_village_without_container_stays_off_the_map(gazetteer: Gazetteer) -> None:
    assert only("غمرت المياه قرية البحيصاء أمس.", gazetteer, "البحيصاء").place is None


def test_what_is_not_placed_says_why(gazetteer: Gazetteer) -> None:
    mention = only(_TEXT, gazetteer, "الرملة الزرقاء")
    assert (mention.place, mention.reason, mention.confidence) == (None, "not-in-gazetteer", 0.0)


def test_the_losers_are_kept_best_first(gazetteer: Gazetteer) -> None:
    mention = only("انقطعت الكهرباء في محافظة البصرة.", gazetteer, "البصرة")
    assert mention.rule == "head-noun"
    assert "makan:iq-basra" in mention.alternatives
    assert mention.confidence + sum(mention.scores) == pytest.approx(1, abs=0.01)
    assert list(mention.scores) == sorted(mention.scores, reverse=True)


class Asked:
    """A geocoder that answers from a dictionary and remembers what it was asked."""

    provider = attribution = "test"

    def __init__(self, answer: Place | Unavailable | None) -> None:
        self.answer, self.asked = answer, []

    def search(self, question: Question, limit: int = 5) -> list[Place]:
        return []

    def find(self, question: Question) -> Place | None:
        self.asked.append(question)
        if isinstance(self.answer, Unavailable):
            raise self.answer
        return self.answer


_RAMLA = Place(
    "osm:N1", "الرملة الزرقاء", "Blue Ramla", "city", "village", "IQ", 33.0, 41.0, 2, 3, "OpenStreetMap, ODbL"
)
_TEXT = "وصلت القافلة من بغداد إلى قرية الرملة الزرقاء."


def test_a_geocoder_is_asked_only_for_what_the_gazetteer_lacks(gazetteer: Gazetteer) -> None:
    geocoder = Asked(_RAMLA)
    baghdad, ramla = locate(fold(_TEXT), gazetteer, geocoder=geocoder)
    (question,) = geocoder.asked
    assert (question.name, question.country, question.kind) == ("الرملة الزرقاء", "IQ", "city")
    assert question.box is not None
    south, west, north, east = question.box
    assert south < 33.3 < north and west < 44.4 < east
    assert (ramla.place, ramla.rule, ramla.reason) == (_RAMLA, "geocoder", None)
    assert baghdad.rule != "geocoder"


def test_a_geocoder_that_is_down_costs_only_its_own_answer(gazetteer: Gazetteer) -> None:
    baghdad, ramla = locate(fold(_TEXT), gazetteer, geocoder=Asked(Unavailable("unreachable", "no answer")))
    assert baghdad.place is not None
    assert (ramla.place, ramla.reason) == (None, "geocoder-unavailable")


def test_a_geocoder_that_is_down_is_asked_once_a_text(gazetteer: Gazetteer) -> None:
    geocoder = Asked(Unavailable("unreachable", "no answer"))
    text = "وصلت القافلة من بغداد إلى قرية الرملة الزرقاء ثم إلى قرية النخلة البيضاء."
    reasons = [m.reason for m in locate(fold(text), gazetteer, geocoder=geocoder) if not m.place]
    assert reasons == ["geocoder-unavailable"] * 2
    assert len(geocoder.asked) == 1


_PIECES = st.sampled_from(
    ["بغداد", "و", "ال", "حدود", "الحدود", " ", "العراقية", "سوريا", "مع", "بين", "شمال", "الشمال", "الشرقي", "من", "محافظة", "محافظات",
     "قرية", "البصرة", "(", ")", "«", "»", "،", ".", "\n", "مُ", "ـ", "الأراضي", "العاصمة", "لل", "ك", "ب", "🙂", "1"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(_PIECES, max_size=50).map("".join), st.lists(_PIECES, max_size=50).map(" ".join)
    )
)
def test_no_text_breaks_the_search(text: str) -> None:
    mentions = locate(fold(text), open_gazetteer_once())
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.place is not None or mention.reason is not None
        assert 0 <= mention.confidence <= 1
        end = mention.span.end


def open_gazetteer_once(known: list[Gazetteer] = []) -> Gazetteer:  # noqa: B006 - one for all examples
    if not known:
        known.append(open_gazetteer())
    return known[0]

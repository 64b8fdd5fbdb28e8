"""How statements link to the places about them: sentences through the whole analysis."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.analysis import analyse
from corpus.documents import Analysis, Document
from corpus.exports import analysed_document
from corpus.linking import HOWS, datelines
from corpus.store import Store
from corpus.table import statement_rows
from extract.text import Span
from geo.gazetteer import Gazetteer, open_gazetteer
from tests.port_story import analysis


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def links_of(text: str, gazetteer: Gazetteer) -> list[dict[str, str]]:
    """For each statement that is no narration: the words of its mentions and how each is linked."""
    made = analyse(Document("1", text), gazetteer)
    return [
        {made.mentions[key].span.of(text): how for key, how in made.hows[statement.id].items()}
        for statement in made.statements
        if statement.form != "narration"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is said
        ("قال الوزير إن الطريق إلى الموصل آمن.", {"الموصل": "content"}),
        ("أكد المحافظ سالم العبودي أن المياه ستصل إلى البصرة والزبير.", {"البصرة": "content", "الزبير": "content"}),
        ("قال المتحدث: «القافلة غادرت حلب أمس».", {"حلب": "content"}),
        ("«المخيم في إربد لن يغلق»، قال المدير.", {"إربد": "content"}),
        # who says it
        ("أعلنت بغداد أن الاتفاق سيوقع قريباً.", {"بغداد": "speaker"}),
        ("قال وزير خارجية فرنسا إن المحادثات صعبة.", {"فرنسا": "speaker"}),
        ("أكد محافظ نينوى رعد الجبار أن المدارس ستفتح غداً.", {"نينوى": "speaker"}),
        ("أعلنت قيادة الشرطة في كركوك أن التحقيق انتهى.", {"كركوك": "speaker"}),
        ("وقال المدرب الذي يعمل في مدينة إربد إن الأطفال بخير.", {"إربد": "speaker"}),
        ("قال سامر الهاشمي صاحب مطعم في الكرادة إن الزبائن عادوا.", {"الكرادة": "speaker"}),
        ("وقال المدرب الذي يعمل منذ أعوام في إربد إن الأطفال بخير.", {"إربد": "speaker"}),
        ("كشفت قيادة العمليات المشتركة بالعراق عن خطة جديدة.", {"العراق": "speaker"}),
        # where it is said
        ("قال الوزير في مؤتمر صحفي ببغداد إن الموازنة جاهزة.", {"بغداد": "scene"}),
        ("قال الرئيس خلال زيارة إلى عمّان إن الحوار مستمر.", {"عمّان": "scene"}),
        ("أكد المتحدث في كلمة ألقاها في أربيل أن العمل سيبدأ.", {"أربيل": "scene"}),
        ("وقال في تصريحات أدلى بها في دمشق إن المعابر مفتوحة.", {"دمشق": "scene"}),
        ("قال الوزير فاضل الناصري في القاهرة إن القمة ناجحة.", {"القاهرة": "scene"}),
        ("وفي طرابلس، قال رئيس اللجنة إن الانتخابات ستجرى.", {"طرابلس": "scene"}),
        ("وخلال زيارته إلى الرياض، أكد الوزير أن التعاون سيتوسع.", {"الرياض": "scene"}),
        # what it is about, and whom it is put to
        ("وحول الوضع في السودان، قال المبعوث إن الهدنة هشة.", {"السودان": "content"}),
        ("وبشأن الحدود مع سوريا، أكد القائد أن المخافر جاهزة.", {"الحدود مع سوريا": "content"}),
        ("أبلغ المبعوث الأممي سالم الكندي الخرطوم أن الوفد سيصل غداً.", {"الخرطوم": "content"}),
        ("دعا الوزير إيران إلى وقف القتال.", {"إيران": "content"}),
        ("وبعد انفجار هز حمص، قال مصدر إن الطريق مغلق.", {"حمص": "content"}),
        # several at once
        (
            "قال وزير خارجية فرنسا في مؤتمر صحفي ببيروت إن المساعدات ستصل إلى غزة.",
            {"فرنسا": "speaker", "بيروت": "scene", "غزة": "content"},
        ),
    ],
)
def test_how_a_statement_links(text: str, expected: dict[str, str], gazetteer: Gazetteer) -> None:
    assert expected.items() <= links_of(text, gazetteer)[0].items()


@pytest.mark.parametrize(
    "line",
    [
        "بغداد - واع: ", "بغداد – واع – ", "القاهرة (رويترز) – ", "القاهرة 5 آذار (رويترز) - ", "رام الله / معا - ",
        "بغداد 12 - 3 (أ ف ب) - ", "الرباط - «الأنباء» - ", "عدن - سالم باوزير: ", "بغداد - واع\n", "بغداد - ",
        "الكويت - كونا: ",
    ],
)  # fmt: skip
def test_a_dateline_belongs_to_all_statements_of_the_first_sentence(line: str, gazetteer: Gazetteer) -> None:
    text = "عنوان الخبر\n" + line + "قال الوزير إن الجسر في الموصل مفتوح، وأضاف أن الطريق آمن. وتابع أن العمل مستمر."
    name = line.replace("رام الله", "رام_الله").split()[0].replace("_", " ")
    first, second, third = links_of(text, gazetteer)
    assert (first, second, third) == ({name: "dateline", "الموصل": "content"}, {name: "dateline"}, {})


@pytest.mark.parametrize(
    "text",
    [
        "بغداد: الوزير يعلن خطة جديدة.",
        "العراق/نفط - قال الوزير إن الإنتاج مستقر.",
        "بغداد تستضيف مؤتمراً دولياً.",
        "دمشق - حلب: طريق يفتح من جديد.",
        "قال الوزير من بغداد - واع: الخطة جاهزة.",
        "في بغداد (العاصمة) قال الوزير إن الخطة جاهزة.",
    ],
)
def test_what_is_no_dateline(text: str, gazetteer: Gazetteer) -> None:
    made = analyse(Document("1", text), gazetteer)
    assert made.mentions
    assert "dateline" not in {how for row in made.hows.values() for how in row.values()}


def test_a_dateline_is_found_where_it_stands(gazetteer: Gazetteer) -> None:
    text = "خبر عاجل\nصنعاء/ عدن (وكالات) - قال المتحدث إن الميناء مفتوح."
    made = analyse(Document("1", text), gazetteer)
    ((span, keys),) = datelines(text, made.mentions).items()
    assert span.of(text) == "صنعاء/ عدن (وكالات) -"
    assert [made.mentions[key].span.of(text) for key in keys] == ["صنعاء", "عدن"]


def test_narration_is_about_its_places(gazetteer: Gazetteer) -> None:
    text = "وتقع المدينة على ضفة نهر دجلة شمال بغداد."
    made = analyse(Document("1", text), gazetteer)
    assert {how for row in made.hows.values() for how in row.values()} == {"content"}


@pytest.fixture
def linked() -> Analysis:
    """The handmade analysis: «البصرة» in the content, then the speaker's span laid over the other name."""
    made = analysis()
    said = made.statements[0]
    assert said.speaker is not None
    speaker = replace(said.speaker, span=made.mentions["m2"].span)
    said = replace(said, content=(Span(15, 38),), speaker=speaker)
    return replace(made, statements=(said, made.statements[1]))


def test_exports_say_how(linked: Analysis) -> None:
    said, told = analysed_document(linked)["statements"]
    assert said["links"] == [{"mention": "m1", "how": "content"}, {"mention": "m2", "how": "speaker"}]
    assert told["links"] == [{"mention": "m10", "how": "content"}]
    assert [link["mention"] for link in said["links"]] == said["mentions"]
    assert statement_rows([linked])["link"].tolist() == ["content", "speaker", "content"]
    assert tuple(statement_rows([linked])["link"].cat.categories) == HOWS


def test_what_the_store_kept_says_how(linked: Analysis, tmp_path: Path) -> None:
    store = Store(tmp_path / "s.sqlite3")
    store.save(linked)
    (kept,) = store.analyses()
    assert kept == linked and kept.hows == linked.hows

"""Statements of sentences written for this test: cue, speaker, form, type, words; and what is no statement.

Every row of the lexicon's families and every confusion met so far stands here with a sentence of its own.
"""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Statement
from extract.statements import read
from extract.text import Span, fold


class Told(NamedTuple):
    """What a statement should be: its words begin and end so; ``speaker`` None is nobody."""

    lemma: str | None
    speaker: str | None
    form: str
    type: str
    words: str


def told(text: str) -> list[Told]:
    """The attributed statements of a text."""
    return [
        Told(
            s.cue.lemma if s.cue else None,
            s.speaker.name if s.speaker else None,
            s.form,
            s.type,
            " … ".join(part.of(text) for part in s.content),
        )
        for s in read(fold(text)).statements
        if s.form != "narration"
    ]


ONE = [
    # direct speech
    (
        "قال المتحدث باسم الميناء إن «السفن الثلاث وصلت إلى الرصيف الشرقي».",
        Told("قال", "المتحدث باسم الميناء", "direct", "assertion", "السفن الثلاث وصلت إلى الرصيف الشرقي"),
    ),
    (
        "وقالت المتحدثة: «سنعيد فتح الجسر غداً».",
        Told("قال", "المتحدثة", "direct", "assertion", "سنعيد فتح الجسر غداً"),
    ),
    (
        "وقال مدير المستشفى: وصلت إلينا سبع إصابات منذ الفجر.",
        Told("قال", "مدير المستشفى", "direct", "assertion", "وصلت إلينا سبع إصابات منذ الفجر"),
    ),
    (
        "«لن نسمح بمرور السلاح عبر أراضينا»، قال قائد الشرطة.",
        Told("قال", "قائد الشرطة", "direct", "warning", "لن نسمح بمرور السلاح عبر أراضينا"),
    ),
    (
        "«وصلت القافلة سالمة»، قال منسق الإغاثة، «وسنرسل أخرى غداً».",
        Told("قال", "منسق الإغاثة", "direct", "assertion", "وصلت القافلة سالمة … وسنرسل أخرى غداً"),
    ),
    # indirect speech
    (
        "أكد وزير النقل أن المطار سيعود إلى العمل الأسبوع المقبل.",
        Told("اكد", "وزير النقل", "indirect", "assertion", "المطار سيعود إلى العمل الأسبوع المقبل"),
    ),
    (
        "وأوضحت الوزارة أنها سلمت المعدات إلى البلديات.",
        Told("اوضح", "الوزارة", "indirect", "assertion", "أنها سلمت المعدات إلى البلديات"),
    ),
    (
        "وأشار رئيس البلدية إلى أن الطريق سيفتح مساء الخميس.",
        Told("اشار", "رئيس البلدية", "indirect", "assertion", "الطريق سيفتح مساء الخميس"),
    ),
    (
        "كشفت هيئة الموانئ عن خطة لتوسيع الرصيف الغربي.",
        Told("كشف", "هيئة الموانئ", "indirect", "announcement", "خطة لتوسيع الرصيف الغربي"),
    ),
    (
        "أعلن الجيش مقتل أربعة مسلحين قرب الحدود.",
        Told("اعلن", "الجيش", "indirect", "announcement", "مقتل أربعة مسلحين قرب الحدود"),
    ),
    (
        "نفت وزارة الدفاع وجود قوات أجنبية في القاعدة.",
        Told("نفي", "وزارة الدفاع", "indirect", "denial", "وجود قوات أجنبية في القاعدة"),
    ),
    (
        "دعا المجلس إلى وقف إطلاق النار فوراً.",
        Told("دعا", "المجلس", "indirect", "demand", "وقف إطلاق النار فوراً"),
    ),
    (
        "طالبت النقابة بدفع الرواتب المتأخرة.",
        Told("طالب", "النقابة", "indirect", "demand", "بدفع الرواتب المتأخرة"),
    ),
    (
        "حذر مدير السد من ارتفاع منسوب المياه.",
        Told("حذر", "مدير السد", "indirect", "warning", "ارتفاع منسوب المياه"),
    ),
    (
        "رحبت الحكومة بالاتفاق الجديد.",
        Told("رحب", "الحكومة", "indirect", "support", "بالاتفاق الجديد"),
    ),
    (
        "اتهم المحافظ المسلحين بقطع الطريق.",
        Told("اتهم", "المحافظ", "indirect", "accusation", "المسلحين بقطع الطريق"),
    ),
    (
        "توقعت الهيئة ارتفاع الأسعار خلال الشتاء.",
        Told("توقع", "الهيئة", "indirect", "prediction", "ارتفاع الأسعار خلال الشتاء"),
    ),
    (
        "تعهد الوزير بإعادة بناء الجسر.",
        Told("تعهد", "الوزير", "indirect", "commitment", "بإعادة بناء الجسر"),
    ),
    (
        "رفض المجلس استقالة المدير.",
        Told("رفض", "المجلس", "indirect", "denial", "استقالة المدير"),
    ),
    (
        "شدد القائد على ضرورة حماية المدنيين.",
        Told("شدد", "القائد", "indirect", "demand", "ضرورة حماية المدنيين"),
    ),
    (
        "أعربت الوزارة عن استنكارها للهجوم على القافلة.",
        Told("اعرب", "الوزارة", "indirect", "accusation", "استنكارها للهجوم على القافلة"),
    ),
    (
        "زعم التنظيم أن مقاتليه سيطروا على التل.",
        Told("زعم", "التنظيم", "indirect", "assertion", "مقاتليه سيطروا على التل"),
    ),
    # mixed
    (
        "وقال المدير إن العمل في المصفاة «يسير على نحو أفضل مما كان» رغم نقص الوقود.",
        Told("قال", "المدير", "mixed", "assertion", "العمل في المصفاة «يسير على نحو أفضل مما كان» رغم نقص الوقود"),
    ),
    # a scare quote of one word is no quotation
    (
        "وقالت الشركة إن الناقلة «النورس» غادرت الميناء.",
        Told("قال", "الشركة", "indirect", "assertion", "الناقلة «النورس» غادرت الميناء"),
    ),
    # the subject before the verb
    (
        "البنتاغون أعلن سحب ثلاث وحدات من القاعدة.",
        Told("اعلن", "البنتاغون", "indirect", "announcement", "سحب ثلاث وحدات من القاعدة"),
    ),
    (
        "وكانت هيئة الأرصاد قد حذرت من عاصفة رملية.",
        Told("حذر", "هيئة الأرصاد", "indirect", "warning", "عاصفة رملية"),
    ),
    # long subjects, adjuncts between
    (
        "وقال المتحدث باسم وزارة الموارد، في مؤتمر صحفي عقده أمس، إن السد آمن.",
        Told("قال", "المتحدث باسم وزارة الموارد", "indirect", "assertion", "السد آمن"),
    ),
    (
        "وقال، اليوم الأحد، قائد خفر السواحل لـ«الميناء» إن الزورق غرق.",
        Told("قال", "قائد خفر السواحل", "indirect", "assertion", "الزورق غرق"),
    ),
    (
        "كشف مصدر أمني، رفض الكشف عن اسمه، أن التحقيق بدأ.",
        Told("كشف", "مصدر أمني", "indirect", "announcement", "التحقيق بدأ"),
    ),
    (
        "وأشار المرصد الذي يتابع الهدنة إلى أن الخروق توقفت.",
        Told("اشار", "المرصد", "indirect", "assertion", "الخروق توقفت"),
    ),
    # without a verb
    (
        "بلغ عدد النازحين ألفي عائلة، بحسب وزارة الهجرة.",
        Told("بحسب", "وزارة الهجرة", "indirect", "assertion", "بلغ عدد النازحين ألفي عائلة"),
    ),
    (
        "ووفقاً للبيان، فإن المفاوضات ستبدأ الشهر المقبل.",
        Told("وفقا", "البيان", "indirect", "assertion", "المفاوضات ستبدأ الشهر المقبل"),
    ),
    (
        "أُغلق المعبر ساعتين، نقلاً عن مصدر أمني.",
        Told("نقلا", "مصدر أمني", "indirect", "assertion", "أُغلق المعبر ساعتين"),
    ),
    (
        "وزير الري: السد ممتلئ ولا خطر على القرى.",
        Told(None, "وزير الري", "direct", "assertion", "السد ممتلئ ولا خطر على القرى"),
    ),
    # a verbless attribution that closes what a verb attributes is none of its own
    (
        "قال الوزير إن المدارس ستفتح غداً، بحسب بيان الوزارة.",
        Told("قال", "الوزير", "indirect", "assertion", "المدارس ستفتح غداً"),
    ),
    (
        "أكد النائب أن القرار «خطأ لا يغتفر»، على حد تعبيره.",
        Told("اكد", "النائب", "mixed", "assertion", "القرار «خطأ لا يغتفر»"),
    ),
    # the reporter's comment is none of the words
    (
        "أكد الوزير أن الطريق آمن، وهو ما ينتظره السائقون.",
        Told("اكد", "الوزير", "indirect", "assertion", "الطريق آمن"),
    ),
    # documents and channels
    (
        "وجاء في بيان لوزارة الصحة أن اللقاح متوفر في المراكز كلها.",
        Told("جاء", "وزارة الصحة", "indirect", "assertion", "اللقاح متوفر في المراكز كلها"),
    ),
    (
        "أصدرت القيادة بياناً مقتضباً: «الطريق مغلق حتى إشعار آخر».",
        Told("اصدر", "القيادة", "direct", "announcement", "الطريق مغلق حتى إشعار آخر"),
    ),
    (
        "أصدرت القيادة بياناً نفت فيه وقوع الهجوم.",
        Told("نفي", "القيادة", "indirect", "denial", "وقوع الهجوم"),
    ),
    (
        "ونقلت الوكالة عن محافظ المدينة قوله إن الكهرباء عادت.",
        Told("نقل", "محافظ المدينة", "indirect", "assertion", "الكهرباء عادت"),
    ),
    # types from the content of a neutral cue
    ("قال النائب: «نطالب بفتح تحقيق عاجل».", Told("قال", "النائب", "direct", "demand", "نطالب بفتح تحقيق عاجل")),
    ("قال النائب: «ندين هذا القصف بشدة».", Told("قال", "النائب", "direct", "accusation", "ندين هذا القصف بشدة")),
    ("قال النائب: «سنواصل إرسال القوافل».", Told("قال", "النائب", "direct", "commitment", "سنواصل إرسال القوافل")),
    ("قال النائب: «لا صحة لما نشر أمس».", Told("قال", "النائب", "direct", "denial", "لا صحة لما نشر أمس")),
    ("قال النائب: «نرحب بعودة السفراء».", Told("قال", "النائب", "direct", "support", "نرحب بعودة السفراء")),
    ("قال النائب: «من المرجح أن تتأخر».", Told("قال", "النائب", "direct", "prediction", "من المرجح أن تتأخر")),
    ("لم تستبعد الوزارة تمديد الهدنة.", Told("استبعد", "الوزارة", "indirect", "prediction", "تمديد الهدنة")),
    ("أعلن الحزب عزمه المشاركة في الاقتراع.", Told("اعلن", "الحزب", "indirect", "commitment", "عزمه المشاركة في الاقتراع")),
    ("وأعلنت الدولة دعمها للمبادرة.", Told("اعلن", "الدولة", "indirect", "support", "دعمها للمبادرة")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_statement(text: str, expected: Told) -> None:
    assert told(text) == [expected]


SEVERAL = [
    (
        "وأكد الوزير أن الطريق آمن، مشيراً إلى أن الدوريات مستمرة، وداعياً السكان إلى العودة.",
        [
            Told("اكد", "الوزير", "indirect", "assertion", "الطريق آمن"),
            Told("اشار", "الوزير", "indirect", "assertion", "الدوريات مستمرة"),
            Told("دعا", "الوزير", "indirect", "demand", "السكان إلى العودة"),
        ],
    ),
    (
        "قال المدير إن الأسعار استقرت. وأضاف أن المخزون يكفي عاماً كاملاً.",
        [
            Told("قال", "المدير", "indirect", "assertion", "الأسعار استقرت"),
            Told("اضاف", "المدير", "indirect", "assertion", "المخزون يكفي عاماً كاملاً"),
        ],
    ),
    (
        "قالت الوزيرة إن المدارس ستفتح، فيما أكد النقيب أن الرواتب لم تصرف. وأضافت أن الكتب جاهزة.",
        [
            Told("قال", "الوزيرة", "indirect", "assertion", "المدارس ستفتح"),
            Told("اكد", "النقيب", "indirect", "assertion", "الرواتب لم تصرف"),
            Told("اضاف", "الوزيرة", "indirect", "assertion", "الكتب جاهزة"),
        ],
    ),
    (
        "دعا الوزير إلى الحوار. وتابع مؤكداً أن الباب مفتوح.",
        [
            Told("دعا", "الوزير", "indirect", "demand", "الحوار"),
            Told("اكد", "الوزير", "indirect", "assertion", "الباب مفتوح"),
        ],
    ),
    (
        "قال المتحدث: «وصلت القافلة».\n«وستصل أخرى مساء الغد».",
        [Told("قال", "المتحدث", "direct", "assertion", "وصلت القافلة … وستصل أخرى مساء الغد")],
    ),
    (
        "وقال المتحدث:\nوصلت القافلة إلى المدينة.",
        [Told("قال", "المتحدث", "direct", "assertion", "وصلت القافلة إلى المدينة")],
    ),
    (
        "نفى المتهم التهمة، مؤكداً أن اسمه لم يرد في المحضر.",
        [
            Told("نفي", "المتهم", "indirect", "denial", "التهمة"),
            Told("اكد", "المتهم", "indirect", "assertion", "اسمه لم يرد في المحضر"),
        ],
    ),
    (
        "ناقش المجلس خطة الإعمار، مؤكداً أن التمويل متوفر.",
        [Told("اكد", "المجلس", "indirect", "assertion", "التمويل متوفر")],
    ),
    (
        "قال الوزير إن «الهيئة أكدت أن المياه صالحة للشرب في المدينة».",
        [
            Told("قال", "الوزير", "direct", "assertion", "الهيئة أكدت أن المياه صالحة للشرب في المدينة"),
            Told("اكد", "الهيئة", "indirect", "assertion", "المياه صالحة للشرب في المدينة"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_statements(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


NONE = [
    "وصل الوفد إلى المطار في تصريحات تابعتها الصحف.",  # followed, not continued
    "يُذكر أن المدينة شهدت معارك عنيفة.",  # the reporter's formula
    "والجدير بالذكر أن السد بني قبل نصف قرن.",
    "عبر الزورق النهر بين الضفتين.",  # بين and عبر as ordinary words
    "مرت الشاحنات عبر المعبر باتجاه المدينة.",
    "هدد الجفاف محاصيل القمح في الجنوب.",  # threatens, but says nothing
    "واصلت القوات تقدمها نحو التلال.",
    "تابع السكان المباراة في الساحة.",
    "يحمل الزورق عشرين راكباً.",
    "دخل الطالب إلى القاعة.",  # طالب as a noun
    "هنا بدأت المعركة قبل عامين.",
    "جدد المقاول السور القديم.",
    "جرى البناء وفق تقنية حديثة.",
    "لفت الأنظار بثوبه الأبيض.",
    "أُبلغت العائلات بالقرار.",  # passive: nobody speaks
    "صحيفة «الميناء» تصدر في المدينة.",
    "أصدر المصرف أوراقاً نقدية جديدة.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_speech(text: str) -> None:
    assert told(text) == []
    assert [s.form for s in read(fold(text)).statements] == ["narration"]


def only(text: str) -> Statement:
    (statement,) = [s for s in read(fold(text)).statements if s.form != "narration"]
    return statement


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("لم ينف الوزير وجود خلاف داخل الحكومة.", "negated"),
        ("لم تستبعد الوزارة تمديد الهدنة.", "hedged"),
        ("قال الوزير إن الاتفاق ربما يتأخر.", "hedged"),
        ("زعم التنظيم أن مقاتليه سيطروا على التل.", "distanced"),
        ("قال مصدر أمني إن التحقيق بدأ.", "anonymous"),
    ],
)
def test_flags(text: str, flag: str) -> None:
    assert flag in only(text).flags


def test_a_nested_statement_names_its_parent() -> None:
    outer, inner = read(fold("قال الوزير إن «الهيئة أكدت أن المياه صالحة للشرب».")).statements
    assert outer.parent is None
    assert inner.parent == outer.id
    assert "nested" in inner.flags


def test_the_channel_is_kept_beside_the_speaker() -> None:
    speaker = only("ونقلت وكالة الأنباء عن محافظ المدينة قوله إن الكهرباء عادت.").speaker
    assert speaker is not None
    assert (speaker.name, speaker.channel) == ("محافظ المدينة", "وكالة الأنباء")


def test_the_name_of_the_rule_is_kept() -> None:
    assert only("حذر مدير السد من ارتفاع المنسوب.").rule == "cue:حذر"
    assert only("قال النائب: «ندين هذا القصف».").rule == "content:ندين"
    assert only("قال النائب إن الطريق مفتوح.").rule == "default"


def test_an_unclosed_mark_is_reported_and_loses_nothing() -> None:
    text = "قال الوزير «إن الطريق آمن\nوأكد المدير أن المعبر مفتوح."
    reading = read(fold(text))
    assert [n.code for n in reading.notices] == ["unclosed-quotation"]
    assert "المعبر مفتوح" in [s.content[-1].of(text) for s in reading.statements]


def test_a_sentence_part_holds_its_cue_speaker_and_words() -> None:
    text = "وفي المساء، قال قائد الشرطة إن المدينة هادئة."
    statement = only(text)
    assert statement.span == Span(0, len(text) - 1)
    assert statement.cue is not None and statement.cue.span.of(text) == "قال"
    assert statement.speaker is not None and statement.speaker.span is not None
    assert statement.speaker.span.of(text) == "قائد الشرطة"


def test_what_follows_a_quotation_is_narration() -> None:
    text = "قال المتحدث: «لا جديد»، وذلك بعد ساعات من هجوم على المعبر."
    said, rest = read(fold(text)).statements
    assert (said.form, said.content[0].of(text)) == ("direct", "لا جديد")
    assert (rest.form, rest.speaker, rest.span.of(text)) == ("narration", None, "وذلك بعد ساعات من هجوم على المعبر")


_PIECES = st.sampled_from(
    ["قال ", "وأكد ", "الوزير ", "أن ", "إلى ", "«", "»", '"', "“", "”", "(", ")", "، ", ": ", ". ", "\n", "مؤكداً ", "بحسب ",
     "المصدر ", "نفى ", "وجود ", "كما ", "لم ", "نقلت ", "عن ", "قوله ", "مُ", "ـ", "ﷺ", "\u200f", "🙂", "x", "1.5 ", "و"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=60).map("".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read(fold(text))
    ids = [s.id for s in reading.statements]
    assert len(ids) == len(set(ids))
    for statement in reading.statements:
        spans = [statement.span, *statement.content]
        if statement.cue:
            spans.append(statement.cue.span)
        if statement.speaker and statement.speaker.span:
            spans.append(statement.speaker.span)
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert statement.parent is None or statement.parent in ids
    starts = [s.span.start for s in reading.statements]
    assert starts == sorted(starts)


@settings(max_examples=100, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=40).map("".join))
def test_every_letter_stands_in_some_statement_or_is_the_pages(text: str) -> None:
    found = fold(text)
    reading = read(found)
    spans = [*(s.span for s in reading.statements), *reading.furniture]
    for word in found.words:
        origin = found.origin(word.start, word.end)
        assert any(s.start <= origin.start and origin.end <= s.end for s in spans), word.text


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=30).map("".join))
def test_no_statement_is_lost_when_the_text_is_doubled(text: str) -> None:
    once, twice = read(fold(text)), read(fold(f"{text}\n\n{text}"))
    if once.furniture or twice.furniture:
        return  # what is around an article is told by the article
    contents = [span.of(text) for s in once.statements if s.form != "narration" for span in s.content]
    doubled = f"{text}\n\n{text}"
    found = [span.of(doubled) for s in twice.statements if s.form != "narration" for span in s.content]
    for content in contents:
        assert any(content in other for other in found), content
    assert len(twice.statements) >= len(once.statements)

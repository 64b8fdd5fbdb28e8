"""Confusions met in annotated news, each with sentences of its own: where contents begin and end, whose words they are.

Each row is a sentence and what is told in it: speaker, form and the words. What nobody says is left out.
"""

from typing import NamedTuple

import pytest

from extract.statements import read
from extract.text import fold


class Told(NamedTuple):
    speaker: str | None
    form: str
    words: str


def told(text: str) -> list[Told]:
    return [
        Told(s.speaker.name if s.speaker else None, s.form, " … ".join(part.of(text) for part in s.content))
        for s in read(fold(text)).statements
        if s.form != "narration"
    ]


MARKS = [
    # a mark that is never closed still opens the speaker's words
    ("وأكد المدير أن «الجسر سيفتح قريباً أمام السيارات.", [Told("المدير", "direct", "الجسر سيفتح قريباً أمام السيارات")]),
    ("وأكد المدير أنه «سيفتح الجسر قريباً أمام السيارات.", [Told("المدير", "direct", "سيفتح الجسر قريباً أمام السيارات")]),
    ("وقال المدير «لن نغلق الجسر قبل الشتاء.", [Told("المدير", "direct", "لن نغلق الجسر قبل الشتاء")]),
    ("وأكد المدير أنه «سيفتح الجسر قريباً أمام السيارات».", [Told("المدير", "direct", "سيفتح الجسر قريباً أمام السيارات")]),
    # fragments: the speaker's words, or names
    ("أعلن الوزير أن الخطة «صفقة جيدة» للجميع.", [Told("الوزير", "mixed", "الخطة «صفقة جيدة» للجميع")]),
    ("أعلن الوزير أن الخطة «فاشلة» تماماً.", [Told("الوزير", "mixed", "الخطة «فاشلة» تماماً")]),
    ("أعلن الوزير أن سفينة «النورس» وصلت.", [Told("الوزير", "indirect", "سفينة «النورس» وصلت")]),
    ("أعلن الوزير أن مقاتلي «جيش النخبة» انسحبوا.", [Told("الوزير", "indirect", "مقاتلي «جيش النخبة» انسحبوا")]),
    ("أعلن الوزير أن القرار «خطأ كبير» لن يتكرر.", [Told("الوزير", "mixed", "القرار «خطأ كبير» لن يتكرر")]),
    ("وقال الوزير: إن الخطة «صفقة جيدة» للجميع.", [Told("الوزير", "mixed", "إن الخطة «صفقة جيدة» للجميع")]),
    ("وقال الوزير: إن الخطة ناجحة.", [Told("الوزير", "direct", "إن الخطة ناجحة")]),
    ("أعلنت الوزارة مواصلة «حملة النظافة في كل الأحياء حتى الربيع».", [Told("الوزارة", "mixed", "مواصلة «حملة النظافة في كل الأحياء حتى الربيع»")]),
    # names in marks between verb and content
    ("أفادت «قناة النهر» بأن الجسر مغلق.", [Told("قناة النهر", "indirect", "الجسر مغلق")]),
    # two statements in one pair of marks
    ("وحذر الخبير من أن «الأسعار سترتفع في الصيف، موضحاً أن المخزون يكفي شهراً واحداً».", [
        Told("الخبير", "direct", "الأسعار سترتفع في الصيف"), Told("الخبير", "direct", "المخزون يكفي شهراً واحداً"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_marks(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


SPEAKERS = [
    ("لكن، بحسب العامري، فإن القلق في مكان آخر، موضحاً أن الطريق آمن.", [
        Told("العامري", "indirect", "القلق في مكان آخر"), Told("العامري", "indirect", "الطريق آمن"),
    ]),
    ("ووفقاً لوسائل إعلام محلية، أغلق الجسر فجر أمس.", [Told("وسائل إعلام محلية", "indirect", "أغلق الجسر فجر أمس")]),
    ("وأضاف الوزير معقباً على السؤال أن الخطة جاهزة.", [Told("الوزير", "indirect", "الخطة جاهزة")]),
    ("ورد المدير بأن المخازن ممتلئة.", [Told("المدير", "indirect", "المخازن ممتلئة")]),
    ("وذكر شهود عيان محليون أن النار التهمت المخزن.", [Told("شهود عيان محليون", "indirect", "النار التهمت المخزن")]),
    ("وأعلن المزارعون في الجنوب، الأربعاء الماضي، تعليق الإضراب.", [Told("المزارعون", "indirect", "تعليق الإضراب")]),
    ("أعلن أنصار الحملة التي انطلقت في الربيع، يوم الأحد، اعتزامهم مواصلة العمل.", [Told("أنصار الحملة", "indirect", "اعتزامهم مواصلة العمل")]),
    ("أعلن الوزير فتح الجسر، وهو ما عدّه تقدماً كبيراً.", [Told("الوزير", "indirect", "فتح الجسر، وهو"), Told("الوزير", "indirect", "تقدماً كبيراً")]),
    ("جاء ذلك بعد ساعات من إعلان وزارة النقل، بالتنسيق مع الشرطة، عن فتح الطريق.", [Told("وزارة النقل", "indirect", "فتح الطريق")]),
    ("أغلق الجسر أمام الشاحنات، وفق ما أفاد به مسؤول محلي.", [Told("مسؤول محلي", "indirect", "أغلق الجسر أمام الشاحنات")]),
    ("طالبت منظمة أطباء بلا حدود بفتح الطريق.", [Told("منظمة أطباء بلا حدود", "indirect", "بفتح الطريق")]),
    ("حذرت مديرية الماء في ذي قار من شح المياه.", [Told("مديرية الماء في ذي قار", "indirect", "شح المياه")]),
    ("الوزيران أكدا أن الطريق آمن.", [Told("الوزيران", "indirect", "الطريق آمن")]),
    ("جاء ذلك بعد إعلان الوزارة تعليق الرحلات.", [Told("الوزارة", "indirect", "تعليق الرحلات")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_speakers(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


ENDS = [
    ("أكدت الوزارة ضرورة ترشيد الماء، وحرصت البلدية على صيانة الشبكة.", [Told("الوزارة", "indirect", "ضرورة ترشيد الماء")]),
    ("قال الوزير إن الجسر لن يفتح الأمر الذي أغضب السكان.", [Told("الوزير", "indirect", "الجسر لن يفتح")]),
    ("كشف مصدر مطلع أن القافلة تأخرت بعدما أعلنت الشرطة إغلاق الطريق.", [Told("مصدر مطلع", "indirect", "القافلة تأخرت بعدما أعلنت الشرطة إغلاق الطريق")]),
    ("قال الوزير إنه لا يستطيع أن يعد بموعد جديد.", [Told("الوزير", "indirect", "إنه لا يستطيع أن يعد بموعد جديد")]),
    ("نددت المنظمة بتأخير المساعدات في الصيف متحدثة عن نقص في الدواء.", [Told("المنظمة", "indirect", "بتأخير المساعدات في الصيف"), Told("المنظمة", "indirect", "نقص في الدواء")]),
    ("أكد الاجتماع أن الحكومة المحلية ملتزمة بصيانة الطريق.", [Told("الاجتماع", "indirect", "الحكومة المحلية ملتزمة بصيانة الطريق")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_ends(text: str, expected: list[Told]) -> None:
    found = [each for each in told(text) if each.words in {e.words for e in expected} or len(expected) == 1]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "لا يوجد أي توجه لإغلاق الجسر.",  # a noun after its determiner
        "أصدرت المحكمة أحكاماً بحق خمسة هم: سالم وعامر وكريم وجابر وناصر.",  # a list, no speech
        "الأطفال يتهمون بإلقاء الحجارة.",  # passive
        "سقط الجدار عقب أن هطل المطر.",  # a preposition
    ],
)
def test_no_report(text: str) -> None:
    assert told(text) == []


INTERVIEW = """أكد مدير الميناء سامر العامري أن العمل يسير كما خطط له.
• متى يفتح الرصيف الجديد أمام السفن؟
•• نأمل أن يفتح في الربيع. وقد وصلت الرافعات كلها.
• وماذا عن العمال؟
•• لن يفقد أحد عمله.
"""


def test_an_interview() -> None:
    assert told(INTERVIEW) == [
        Told("سامر العامري", "indirect", "العمل يسير كما خطط له"),
        Told("سامر العامري", "direct", "نأمل أن يفتح في الربيع. وقد وصلت الرافعات كلها"),
        Told("سامر العامري", "direct", "لن يفقد أحد عمله"),
    ]


PAGE = """انقطاع الماء عن أحياء المدينة
منذ 3 ساعات
قال مدير دائرة الماء أحمد الساعدي إن الماء سيعود غداً إلى أحياء المدينة بعد إصلاح الأنبوب الرئيسي.
وأضاف الساعدي أن فرق الصيانة تعمل منذ الفجر في الموقع ولن تغادره قبل انتهاء العمل.
شارك
اقرأ أيضاً
الوزير يعلن فتح الجسر الجديد
المحافظ يحذر من السيول
جميع الحقوق محفوظة
"""


def test_what_the_page_put_around_an_article_is_no_statement() -> None:
    reading = read(fold(PAGE))
    assert [t.speaker for t in told(PAGE)] == ["أحمد الساعدي", "أحمد الساعدي"]
    lines = [span.of(PAGE) for span in reading.furniture]
    assert {"شارك", "اقرأ أيضاً", "الوزير يعلن فتح الجسر الجديد", "جميع الحقوق محفوظة"} <= set(lines)
    covered = [*(s.span for s in reading.statements), *reading.furniture]
    assert all(any(span.start <= at < span.end for span in covered) for at, c in enumerate(PAGE) if c.isalpha())


DEMANDS = """وطالب ممثلو الصيادين في بيان أصدروه أمس بما يأتي:
- فتح الميناء القديم أمام القوارب الصغيرة.
- خفض رسوم الرسو.
وغادر الجميع القاعة بعد ساعة.
"""


def test_a_list_of_demands_is_one_statement() -> None:
    (demand,) = told(DEMANDS)
    assert demand.speaker == "ممثلو الصيادين"
    assert "فتح الميناء القديم أمام القوارب الصغيرة" in demand.words and "خفض رسوم الرسو" in demand.words
    assert "غادر" not in demand.words

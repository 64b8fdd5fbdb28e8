"""Speakers across an article: full names, surnames, roles, dropped subjects and their gender."""

import pytest

from extract.model import Speaker
from extract.statements import read
from extract.text import fold


def speakers(text: str) -> list[Speaker | None]:
    return [s.speaker for s in read(fold(text)).statements if s.form != "narration"]


def names(text: str) -> list[tuple[str, str] | None]:
    return [(s.name, s.how) if s else None for s in speakers(text)]


CHAINS = [
    (
        "قال المتحدث باسم الوزارة، العميد سالم الجبلي، إن الطريق آمن. وأوضح الجبلي أن الدوريات مستمرة.",
        [("سالم الجبلي", "stated"), ("سالم الجبلي", "resolved")],
    ),
    (
        "قال وزير الري هاني الساحلي إن السد آمن. وأكد الوزير أن المياه تكفي.",
        [("هاني الساحلي", "stated"), ("هاني الساحلي", "resolved")],
    ),
    (
        "زار مدير الميناء كريم الجبلي الرصيف. وقال الجبلي إن العمل يسير.",
        [("كريم الجبلي", "resolved")],
    ),
    (
        "قالت الوزيرة إن المدارس ستفتح. وقال النقيب إن الرواتب لم تصرف. وأضافت أن الكتب جاهزة.",
        [("الوزيرة", "stated"), ("النقيب", "stated"), ("الوزيرة", "carried")],
    ),
    (
        "أعلنت هيئة الموانئ الوطنية إغلاق الرصيف. وأكدت الهيئة أن العمل يستأنف غداً.",
        [("هيئة الموانئ الوطنية", "stated"), ("هيئة الموانئ الوطنية", "resolved")],
    ),
    (
        "أكد القائد أن المدينة هادئة، مضيفاً أن السكان عادوا.",
        [("القائد", "stated"), ("القائد", "shared")],
    ),
    (
        "في سياق متصل، هاجم رئيس النقابة من يعطلون القرار، مشيراً إلى أن الصبر نفد.",
        [("رئيس النقابة", "stated")],
    ),
    (
        "قالت الهيئة إن السد آمن. لكنها انتقدت بطء التفتيش عند المعبر.",
        [("الهيئة", "stated"), ("الهيئة", "carried")],
    ),
    (
        "رحبت مسؤولة أممية تزور الميناء بفتح الطريق.",
        [("مسؤولة أممية", "stated")],
    ),
    (
        "أعلنت دمشق أنها أغلقت المعبر.",
        [("دمشق", "stated")],
    ),
    (
        "قال مصدر في الشرطة إن التحقيق بدأ. وأشار المصدر إلى أن الطريق مغلق.",
        [("مصدر في الشرطة", "stated"), ("مصدر في الشرطة", "resolved")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_chains(text: str, expected: list[tuple[str, str] | None]) -> None:
    assert names(text) == expected


def test_role_rank_and_name_are_told_apart() -> None:
    (speaker,) = speakers("قال المتحدث باسم القيادة، اللواء سالم الجبلي، إن الطريق آمن.")
    assert speaker is not None
    assert (speaker.role, speaker.rank, speaker.name) == ("المتحدث باسم القيادة", "اللواء", "سالم الجبلي")


def test_a_name_is_kept_as_the_article_writes_it() -> None:
    (speaker,) = speakers("قالت هيئةُ الموانئِ إنّ الرصيف مغلق.")
    assert speaker is not None and speaker.name == "هيئةُ الموانئِ"


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("قال مصدر أمني إن الطريق مغلق.", True),
        ("قال شهود عيان إن الطريق مغلق.", True),
        ("قال ضابط في الحرس، طلب عدم الكشف عن اسمه، إن الطريق مغلق.", True),
        ("قال قائد الشرطة إن الطريق مغلق.", False),
    ],
)
def test_anonymous_speakers_are_flagged(text: str, anonymous: bool) -> None:
    (speaker,) = speakers(text)
    assert speaker is not None and speaker.anonymous is anonymous

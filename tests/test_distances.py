"""Distances in a sentence: what is measured, from where on the place is named, and what is a length and no distance."""

import pytest

from extract.text import fold
from geo.distances import distances
from geo.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع الانفجار على بعد 30 كلم من الموصل", [(30, "الموصل", True)]),
        ("وقع الانفجار على بُعد ٣٠ كيلومتراً من الموصل", [(30, "الموصل", True)]),
        ("تقع القرية على بعد نحو 45 كيلومترا شمال غرب بغداد", [(45, "شمال", False)]),
        ("تبعد عشرين كيلومتراً عن الحدود", [(20, "الحدود", True)]),
        ("تبعد خمسة وعشرين كيلومترا إلى الشمال من حلب", [(25, "الشمال", False)]),
        ("تبعد مئة وخمسين كلم عن عدن", [(150, "عدن", True)]),
        ("سقط الصاروخ غرب الموصل بنحو 60 كلم", [(60, None, False)]),
        ("في بلدة صغيرة (30كلم جنوب دمشق)", [(30, "جنوب", False)]),
        ("على بعد 12.5 كم من المطار", [(12.5, "المطار", True)]),
        ("على بعد بضعة كيلومترات من المطار", [(5, "المطار", True)]),
        ("على بعد كيلومترين من المطار", [(2, "المطار", True)]),
        ("على بعد مئات الأمتار من السفارة", [(0.5, "السفاره", True)]),
        ("على بعد 300 متر من السفارة", [(0.3, "السفاره", True)]),
        ("على مسافة 10 أميال شرق عدن", [(16.09, "شرق", False)]),
        ("على بعد 20 كيلو متراً شمال عدن", [(20, "شمال", False)]),
        ("شريط حدودي بطول 610 كيلومترات من القائم", []),
        ("تمتد 70 كيلومترا شمال حلب", []),
        ("على مساحة 40 كيلومترا شرق المدينة", []),
        ("اشترى عشرين كيلوغراماً من التمر", []),
        ("سار 30 كيلومترا من منزله", []),
        ("على بعد 50000 كلم شمال الأرض", []),
        ("قال إن كم السيارات كبير", []),
    ],
)
def test_distances(text: str, expected: list[tuple[float, str | None, bool]]) -> None:
    tokens = tokenise(fold(text))
    found = [
        (pytest.approx(d.km), tokens[d.last].text if d.last < len(tokens) else None, d.from_name)
        for d in distances(tokens)
    ]
    assert found == expected

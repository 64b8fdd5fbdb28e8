"""Noun phrases of speakers: where they end, and their role, rank and name."""

import pytest

from extract.phrases import read_phrase
from extract.text import Span, fold
from extract.tokens import tokens

# (text, the phrase, role, rank, name); names here are made of common first names and nouns
PHRASES = [
    ("المتحدث باسم الوزارة إن", "المتحدث باسم الوزارة", "المتحدث باسم الوزارة", None, None),
    ("اللواء سالم الميناوي إن", "اللواء سالم الميناوي", None, "اللواء", "سالم الميناوي"),
    ("محافظ نينوى كريم الجبلي أن", "محافظ نينوى كريم الجبلي", "محافظ نينوى", None, "كريم الجبلي"),
    ("وزير الري المصري هاني الساحلي أن", "وزير الري المصري هاني الساحلي", "وزير الري المصري", None, "هاني الساحلي"),
    ("مدير مجلس محافظة البصرة أمس", "مدير مجلس محافظة البصرة", "مدير مجلس محافظة البصرة", None, None),
    ("مجلس محافظة البصرة وجود خلل", "مجلس محافظة البصرة", None, None, "مجلس محافظة البصرة"),
    ("سامي كريم الناطق باسم البلدية إن", "سامي كريم الناطق باسم البلدية", "الناطق باسم البلدية", None, "سامي كريم"),
    ("عبد الرحمن الجبلي إن", "عبد الرحمن الجبلي", None, None, "عبد الرحمن الجبلي"),
    ("مصدر أمني في القيادة إن", "مصدر أمني في القيادة", "مصدر أمني في القيادة", None, None),
    ("مسؤول تركي رفيع المستوى أن", "مسؤول تركي رفيع المستوى", "مسؤول تركي رفيع المستوى", None, None),
    ("وزارة الصحة والبيئة مقتل", "وزارة الصحة والبيئة", None, None, "وزارة الصحة والبيئة"),
    ("الجبلي إن", "الجبلي", None, None, None),
    ("الإطار التنسيقي دعمه", "الإطار التنسيقي", None, None, "الإطار التنسيقي"),
    ("بغداد وأنقرة أهمية", "بغداد وأنقرة", None, None, "بغداد وأنقرة"),
    ("رئيس حزب «النهر» إن", "رئيس حزب «النهر»", "رئيس حزب «النهر»", None, None),
    ("صالح علي حسن إن", "صالح علي حسن", None, None, "صالح علي حسن"),
    ("سالم على أهمية", "سالم", None, None, "سالم"),
    ("وزير الري وليد المعلم إن", "وزير الري وليد المعلم", "وزير الري", None, "وليد المعلم"),
    (
        "رئيس معهد المياه بجامعة الموصل إن",
        "رئيس معهد المياه بجامعة الموصل",
        "رئيس معهد المياه بجامعة الموصل",
        None,
        None,
    ),
    ("عدد من كبار الضباط أن", "عدد من كبار الضباط", "عدد من كبار الضباط", None, None),
    ("متطوعي المدينة على", "متطوعي المدينة", None, None, "متطوعي المدينة"),
    ("أي تحرك إن", "", None, None, None),
    ("15 نائباً إن", "", None, None, None),
    ("خلال مؤتمر إن", "", None, None, None),
    ("إن الطريق", "", None, None, None),
]


@pytest.mark.parametrize(("text", "whole", "role", "rank", "name"), PHRASES)
def test_parts(text: str, whole: str, role: str | None, rank: str | None, name: str | None) -> None:
    found = fold(text)
    at = text.find("«")
    quotations = {}
    if at >= 0:
        from extract.quotations import quotations as pair

        quotations = {q.span.start: q for q in pair(found)[0]}
    row = tokens(found.text, Span(0, len(found.text)), quotations)
    phrase = read_phrase(row, 0, len(row))

    def words(part: tuple[int, int] | None) -> str | None:
        return text[row[part[0]].start : row[part[1] - 1].end] if part and part[1] > part[0] else None

    assert (words((phrase.start, phrase.end)) or "") == whole
    assert (words(phrase.role), words(phrase.rank)) == (role, rank)
    if name is not None:
        assert words(phrase.name) == name

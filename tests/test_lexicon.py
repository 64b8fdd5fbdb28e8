"""The inflected forms of the reporting verbs."""

import pytest

from extract.lexicon import cue_forms, rows
from extract.text import folded

FORMS = [
    ("قالت", "قال", "past", "f"),
    ("قالوا", "قال", "past", "m"),
    ("يقولون", "قال", "present", "m"),
    ("تقول", "قال", "present", "f"),
    ("قائلاً", "قال", "participle", "m"),
    ("قوله", "قال", "masdar", None),
    ("نفت", "نفى", "past", "f"),
    ("نفوا", "نفى", "past", "m"),
    ("ينفون", "نفى", "present", "m"),
    ("نافياً", "نفى", "participle", "m"),
    ("نافية", "نفى", "participle", "f"),
    ("دعت", "دعا", "past", "f"),
    ("دعوا", "دعا", "past", "m"),
    ("يدعون", "دعا", "present", "m"),
    ("داعين", "دعا", "participle", "m"),
    ("دعوتها", "دعا", "masdar", None),
    ("أكّدت", "أكد", "past", "f"),
    ("اكد", "أكد", "past", "m"),
    ("مؤكدةً", "أكد", "participle", "f"),
    ("مطالبته", "طالب", "masdar", None),
    ("رأت", "رأى", "past", "f"),
    ("أعلنا", "أعلن", "past", "m"),
    ("تؤكدان", "أكد", "present", "f"),
]


@pytest.mark.parametrize(("written", "lemma", "shape", "gender"), FORMS)
def test_forms(written: str, lemma: str, shape: str, gender: str | None) -> None:
    found = {(f.lemma.name, f.shape, f.gender) for f in cue_forms()[folded(written)]}
    assert (folded(lemma), shape, gender) in found


def test_the_jussive_of_a_weak_verb_needs_a_negation() -> None:
    assert all(form.negated_only for form in cue_forms()["ينف"])


@pytest.mark.parametrize("name", ["cues", "nouns", "adjuncts", "particles", "types", "first_names", "verbal_nouns"])
def test_tables_are_complete(name: str) -> None:
    table = rows(f"{name}.tsv")
    assert table
    for row in table:
        assert None not in row, f"too many columns: {row}"
        assert all(value is not None for value in row.values()), f"too few columns: {row}"


def test_no_lemma_twice() -> None:
    names = [row["lemma"] for row in rows("cues.tsv")]
    assert len(names) == len(set(names))


# The reporting verbs that any Arabic news page uses, by what they do.
COMMON = """
قال صرّح أفاد ذكر أخبر أبلغ روى كتب غرّد أجاب ردّ علّق أوضح بيّن شرح فسّر أضاف تابع أردف استطرد زاد واصل اختتم مضى
أشار لفت نوّه ألمح أكد شدّد جدّد كرّر زعم ادّعى نقل رأى اعتبر اعتقد أعلن كشف أفصح أظهر أصدر اعترف أقرّ تبنّى
توقع رجّح قدّر تكهّن استبعد شكّك نفى أنكر كذّب فنّد دحض رفض امتنع اعترض تحفّظ
اتهم حمّل أدان دان ندّد استنكر شجب استهجن انتقد رحّب أيّد أشاد ثمّن هنّأ شكر عزّى
دعا طالب حثّ ناشد أوصى اقترح طلب أمر وجّه أوعز وعد تعهّد التزم أبدى أعرب عبّر حذّر أنذر نبّه هدّد توعّد لوّح
"""


def test_the_common_reporting_verbs_are_in_the_lexicon() -> None:
    known = {folded(row["lemma"]) for row in rows("cues.tsv")}
    assert [verb for verb in COMMON.split() if folded(verb) not in known] == []

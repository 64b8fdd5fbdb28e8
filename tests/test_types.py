"""The ordered rules that give a statement its type."""

import pytest

from extract.lexicon import Lemma, cue_forms
from extract.text import folded
from extract.types import decide


def lemma(word: str) -> Lemma:
    return cue_forms()[folded(word)][0].lemma


RULES = [
    ("حذر", "انهيار السد", "warning", "cue:حذر"),
    ("رفض", "الاتهامات الموجهة إليه", "denial", "cue:رفض"),
    ("أعلن", "مسؤوليته عن الهجوم", "announcement", "cue:اعلن"),
    ("أعلن", "استعداده للحوار", "commitment", "object:اعلن"),
    ("أعلنت", "رفضها القرار", "denial", "object:اعلن"),
    ("أعرب", "قلقه من التصعيد", "assertion", "default"),
    ("أعرب", "أسفه لسقوط ضحايا", "support", "content:اسفه"),
    ("أعرب", "أمله في التوصل إلى اتفاق", "prediction", "content:امله"),
    ("قال", "يجب فتح الطريق اليوم", "demand", "content:يجب"),
    ("أضاف", "سنعمل على إعادة الماء", "commitment", "content:سنعمل"),
    ("قال", "العمل يسير كما خطط له", "assertion", "default"),
]


@pytest.mark.parametrize(("cue", "content", "kind", "rule"), RULES)
def test_rules(cue: str, content: str, kind: str, rule: str) -> None:
    decision = decide(lemma(cue), folded(content), negated=False)
    assert (decision.type, decision.rule) == (kind, rule)


def test_only_the_first_words_tell() -> None:
    late = "كلمة " * 20 + "ندين"
    assert decide(lemma("قال"), folded(late), negated=False).type == "assertion"


def test_a_negated_cue_is_emptied() -> None:
    assert decide(lemma("نفى"), folded("وجود خلاف"), negated=True) == ("assertion", "negated-cue", ("negated",))


def test_without_a_cue_the_content_decides() -> None:
    assert decide(None, folded("نطالب بفتح المعبر"), negated=False).type == "demand"

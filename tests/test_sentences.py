"""Sentence boundaries: stops and line ends, not commas, numbers, titles or what stands inside quotations."""

import pytest

from extract.quotations import quotations
from extract.sentences import sentences
from extract.text import fold

SPLITS = [
    ("وصل الوفد. غادر الوفد.", ["وصل الوفد.", "غادر الوفد."]),
    ("هل وصل؟ نعم!", ["هل وصل؟", "نعم!"]),
    ("وصل الوفد، ثم غادر؛ ولم يعد", ["وصل الوفد، ثم غادر؛ ولم يعد"]),
    ("بلغ العدد 1.7 مليون. انتهى", ["بلغ العدد 1.7 مليون.", "انتهي"]),
    ("قال د. سالم وم. كريم إن العمل انتهى", ["قال د. سالم وم. كريم ان العمل انتهي"]),
    ("قال «وصلنا. ثم غادرنا» ومضى. انتهى", ["قال «وصلنا. ثم غادرنا» ومضي.", "انتهي"]),
    ("قال «وصلنا.» وأضاف «غادرنا.»", ["قال «وصلنا.»", "واضاف «غادرنا.»"]),
    ("عنوان\nنص", ["عنوان", "نص"]),
    ("توقف... ثم مضى", ["توقف...", "ثم مضي"]),
    ("انظر example.com اليوم", ["انظر example.com اليوم"]),
    ("وصل الوفد.وغادر", ["وصل الوفد.", "وغادر"]),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_boundaries(text: str, expected: list[str]) -> None:
    found = fold(text)
    pairs, _ = quotations(found)
    assert [s.of(found.text) for s in sentences(found, pairs)] == expected


def test_a_text_without_stops_is_cut_at_blanks() -> None:
    found = fold("كلمة " * 5000)
    parts = [s.of(found.text) for s in sentences(found, ())]
    assert len(parts) > 1
    assert max(map(len, parts)) <= 6000
    assert " ".join(parts).split() == found.text.split()

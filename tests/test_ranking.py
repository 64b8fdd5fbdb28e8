"""The scores of the candidates that lost: what raises them, and that they fill what the winner leaves."""

import pytest
from small_world import small_gazetteer

from extract.text import fold
from geo.places import locate


def scores(text: str, written: str) -> dict[str, float]:
    (mention,) = [m for m in locate(fold(text), small_gazetteer()) if m.span.of(text) == written]
    found = dict(zip(mention.alternatives, mention.scores, strict=True))
    assert mention.confidence + sum(found.values()) == pytest.approx(1, abs=0.01) if found else True
    return found


def test_scores_fill_what_the_winner_leaves() -> None:
    assert set(scores("وصل الوفد إلى طرابلس.", "طرابلس")) == {"makan:lb-tripoli"}
    assert scores("وصل الوفد إلى بغداد.", "بغداد") == {}


def test_a_rule_that_is_surer_leaves_less() -> None:
    guessed = scores("وصل الوفد إلى طرابلس.", "طرابلس")["makan:lb-tripoli"]
    told = scores("وصل الوفد إلى طرابلس في لبنان.", "طرابلس")["makan:ly-tripoli"]
    assert told < guessed

"""A view and its address."""

from datetime import date

import pytest

from dashboard.state import View, from_query, is_unplaced, to_query, unplaced

VIEWS = [
    View(),
    View(types=("denial", "assertion"), forms=("mixed",), language="ar"),
    View(speakers=("المتحدث", "a & b=c"), documents=("خبر-1", "x#y"), query="نفط? &"),
    View(since=date(2026, 1, 2), until=date(2026, 3, 4), place="geonames:98182"),
    View(place=unplaced("النقطة الرابعة"), reading="خبر-1", at="خبر-1#s3", language="en"),
]


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_reopens_its_view(view: View) -> None:
    assert from_query(to_query(view)) == view


def test_defaults_leave_no_trace_in_the_address() -> None:
    assert to_query(View()) == {}


@pytest.mark.parametrize(
    "address",
    [
        {
            "type": ["nonsense", ""],
            "form": ["{{7*7}}"],
            "lang": ["xx"],
            "since": ["yesterday"],
            "until": ["2026-99-01"],
        },
        {"speaker": [""], "doc": [""], "q": [""], "place": [""], "unheard": ["of"]},
    ],
)
def test_what_is_no_valid_value_is_passed_over(address: dict[str, list[str]]) -> None:
    assert from_query(address) == View()


def test_types_come_in_the_order_of_the_page() -> None:
    assert from_query({"type": ["assertion", "denial"]}).types == ("denial", "assertion")


def test_spelling_variants_of_a_name_are_one_selection() -> None:
    assert unplaced("النُقطة  الرابعة") == unplaced("النقطه الرابعه")
    assert is_unplaced(unplaced("النقطة"))


def test_clearing_keeps_what_is_selected_and_open() -> None:
    view = View(types=("denial",), query="x", place="p", reading="d", at="d#s1", language="ar")
    assert view.filtered
    assert view.cleared == View(place="p", reading="d", at="d#s1", language="ar")
    assert not view.cleared.filtered

"""Reading the page in a browser: map, panel, filters, reader, languages, address. Nothing may leave this machine."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.looking import (
    BAGHDAD,
    BASRA,
    BORDER,
    IRAQ,
    NORTHEAST,
    canvas,
    cards,
    chip,
    click_line,
    heading,
    mark,
    marks,
    view,
    visit,
)  # fmt: skip
from tests.serving import MAP, Watched


def test_a_marker_shows_its_statements(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    assert marks(page) == {BAGHDAD, BASRA, BORDER, NORTHEAST, IRAQ, "geonames:99072"}
    expect(cards(page)).to_have_count(10)
    before = view(page)
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    expect(cards(page)).to_have_count(3)
    expect(cards(page).first.locator("blockquote")).to_contain_text("إن الدوريات منتشرة من بغداد إلى البصرة")
    expect(cards(page).first.locator("mark")).to_have_text("البصرة")
    expect(mark(page, BASRA)).to_have_attribute("aria-pressed", "true")
    assert view(page) == before
    assert "place=geonames%3A99532" in page.url


def test_the_same_marker_again_and_the_background_clears(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    page.locator(".panel .back").click()
    expect(heading(page)).to_have_text("All places")
    expect(mark(page, BASRA)).to_have_attribute("aria-pressed", "false")
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    page.locator(MAP).click(position={"x": 60, "y": 400})
    expect(heading(page)).to_have_text("All places")
    assert "place=" not in page.url


def test_lines_and_areas_can_be_clicked(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    click_line(page, BORDER)
    expect(heading(page)).to_contain_text("Iraq–Syria border")
    expect(cards(page)).to_have_count(1)
    mark(page, NORTHEAST).click()
    expect(heading(page)).to_contain_text("Northeastern Syria")
    expect(page.locator(".panel .note")).to_contain_text("Approximate")


def test_places_can_be_reached_and_chosen_with_the_keyboard(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    assert mark(page, BASRA).get_attribute("role") == "button"
    assert "Basra, city, 3 statements" in str(mark(page, BASRA).get_attribute("aria-label"))
    mark(page, BASRA).focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("Basra")


def test_the_map_keeps_its_view_while_filtering(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    canvas(page).locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(500)
    before = view(page)
    chip(page, "denial").click()
    expect(cards(page)).to_have_count(1)
    mark(page, BASRA).dispatch_event("click")
    expect(heading(page)).to_contain_text("Basra")
    assert view(page) == before


def test_a_type_shrinks_map_and_panel_and_what_is_not_on_the_map(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    expect(page.locator(".lost")).to_have_count(2)
    chip(page, "denial").click()
    expect(cards(page)).to_have_count(1)
    expect(page.locator(".lost")).to_have_count(0)
    expect(mark(page, BAGHDAD)).to_have_count(0)
    assert marks(page) == {BASRA, IRAQ}
    chip(page, "warning").click()
    expect(cards(page)).to_have_count(2)
    expect(page.locator(".lost")).to_have_count(1)
    page.locator(".clear").click()
    expect(cards(page)).to_have_count(10)
    expect(mark(page, BAGHDAD)).to_have_count(1)


def test_a_day_below_the_map_filters_by_it_and_lets_go(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    bar = page.locator('[data-day="2026-04-10"]')
    bar.click()
    expect(cards(page)).to_have_count(3)
    assert "since=2026-04-10" in page.url and "until=2026-04-10" in page.url
    expect(bar).to_have_attribute("aria-pressed", "true")
    bar.click()
    expect(cards(page)).to_have_count(10)


def test_form_and_speaker_filters(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    page.get_by_role("combobox", name="Speaker").click()
    page.get_by_role("option", name="الوزارة").click()
    expect(cards(page)).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Form").click()
    page.get_by_role("option", name="Direct quote").click()
    expect(page.locator(".panel .empty")).to_contain_text("No statements here")
    page.locator(".panel .empty button").click()
    expect(cards(page)).to_have_count(10)


def test_the_search_field_filters_and_clearing_empties_it(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    field = page.get_by_placeholder("Search in the statements…")
    field.fill("الجسور")
    field.press("Enter")
    expect(cards(page)).to_have_count(1)
    page.locator(".clear").click()
    expect(cards(page)).to_have_count(10)
    expect(field).to_have_value("")


def test_what_is_not_on_the_map_opens_its_statements(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    page.locator(".lost", has_text="النقطة الرابعة").click()
    expect(heading(page)).to_have_text("النقطة الرابعة")
    expect(cards(page).locator("mark")).to_have_text("النقطة الرابعة")
    page.locator(".lost", has_text="Statements that name no place").click()
    expect(heading(page)).to_have_text("Statements without a place")
    expect(page.locator('.lost[aria-pressed="true"]')).to_have_count(1)
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    expect(page.locator('.lost[aria-pressed="true"]')).to_have_count(0)


def test_the_reader_and_back(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    mark(page, BORDER).focus()
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(1)
    cards(page).locator(".open").click()
    expect(heading(page)).to_have_text("دوريات جديدة على الحدود")
    expect(page.locator(".article .target").first).to_be_in_viewport()
    assert "read=" in page.url and "at=" in page.url
    page.locator(".mention", has_text="البصرة").click()
    expect(page.locator(".chosen-place")).to_contain_text("Basra")
    expect(mark(page, BASRA)).to_have_attribute("aria-pressed", "true")
    page.locator(".chosen-place button").click()
    expect(heading(page)).to_contain_text("Basra")
    expect(cards(page)).to_have_count(3)


def test_the_reader_shows_what_could_not_be_read(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address, "lang=en&read=موصل-3")
    expect(page.locator(".notices")).to_contain_text("A quotation is never closed")
    page.locator(".panel .back").click()
    expect(heading(page)).to_have_text("All places")
    assert "read=" not in page.url


def test_arabic_is_laid_out_from_right_to_left(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    page.get_by_role("radio", name="ع").click()
    expect(heading(page)).to_have_text("كل الأماكن")
    container = page.get_by_test_id("stMainBlockContainer")
    expect(container).to_have_css("direction", "rtl")
    box, panel = page.locator(MAP).bounding_box(), page.locator(".panel").bounding_box()
    assert box and panel and panel["x"] < box["x"]
    expect(cards(page).first.locator("blockquote")).to_have_attribute("dir", "rtl")
    expect(canvas(page).locator(".makan-fit")).to_have_text("كل الأماكن")
    page.get_by_role("radio", name="EN").click()
    expect(container).to_have_css("direction", "ltr")
    expect(cards(page).first.locator("blockquote")).to_have_css("direction", "rtl")


def test_an_address_reopens_the_same_view(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    chip(page, "denial").click()
    chip(page, "demand").click()
    expect(cards(page)).to_have_count(2)
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    link = page.url
    other = page.context.new_page()
    other.goto(link)
    canvas(other).locator(".makan-fit").wait_for()
    expect(other.locator(".panel .top h2")).to_contain_text("Basra")
    expect(other.locator(".panel .card")).to_have_count(2)
    expect(other.locator('.pick[aria-pressed="true"]')).to_have_count(2)
    expect(mark(other, BASRA)).to_have_attribute("aria-pressed", "true")
    assert marks(other) == {BASRA, IRAQ}
    other.close()


def test_the_back_button_goes_back(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("Basra")
    mark(page, BAGHDAD).click()
    expect(heading(page)).to_contain_text("Baghdad")
    page.go_back()
    expect(heading(page)).to_contain_text("Basra")


@pytest.mark.parametrize(
    ("name", "file"), [("GeoJSON", "makan.geojson"), ("CSV", "makan.csv"), ("JSONL", "makan.jsonl")]
)
def test_the_export_holds_what_the_filters_leave(watched: Watched, address: str, name: str, file: str) -> None:
    page = watched.page
    visit(page, address, "lang=en&type=denial")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(f"^{name}")).click()
    assert download.value.suggested_filename == file
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "ونفت الوزارة" in text
    if name == "GeoJSON":
        assert {feature["id"] for feature in json.loads(text)["features"]} == {BASRA, IRAQ}


def test_the_map_names_its_sources_and_offers_tiles(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    expect(canvas(page).locator(".leaflet-control-attribution")).to_contain_text("GeoNames CC BY 4.0")
    expect(canvas(page).locator(".leaflet-control-attribution")).to_contain_text("Natural Earth")
    assert canvas(page).locator(".leaflet-tile").count() == 0
    expect(canvas(page).locator(".makan-country", has_text="Iraq")).to_be_visible()


def test_street_maps_are_asked_for_only_when_switched_on(watched: Watched, address: str) -> None:
    page = watched.page
    visit(page, address)
    assert watched.faults == []
    canvas(page).locator(".makan-tiles").click()
    expect(canvas(page).locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    page.wait_for_timeout(300)
    assert watched.faults and all(
        "tile.openstreetmap.org" in fault or "ERR_NAME_NOT_RESOLVED" in fault for fault in watched.faults
    )
    watched.faults.clear()
    canvas(page).locator(".makan-tiles").click()
    page.wait_for_timeout(300)
    watched.faults.clear()


def test_a_phone_has_everything_below_each_other(phone: Watched, address: str) -> None:
    page = phone.page
    visit(page, address, "")
    expect(heading(page)).to_have_text("كل الأماكن")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    box, panel = page.locator(MAP).bounding_box(), page.locator(".panel").bounding_box()
    assert box and panel and panel["y"] >= box["y"] + box["height"] and panel["width"] > 340
    mark(page, BASRA).click()
    expect(heading(page)).to_contain_text("البصرة")

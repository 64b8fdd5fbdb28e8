"""What a user sees and does on the page, for the browser tests."""

from playwright.sync_api import FrameLocator, Locator, Page

from tests.serving import MAP

BAGHDAD, BASRA, BORDER, NORTHEAST, IRAQ = (
    "geonames:98182", "geonames:99532", "border:IQ-SY", "part:makan:sy:ne", "makan:iq",
)  # fmt: skip


def visit(page: Page, address: str, query: str = "lang=en") -> None:
    """Open the page and wait until the places and the panel are there."""
    page.goto(f"{address}/?{query}")
    page.locator(".panel .top h2").wait_for()
    canvas(page).locator(".makan-fit").wait_for()


def canvas(page: Page) -> FrameLocator:
    """Inside the map's frame."""
    return page.frame_locator(MAP)


def mark(page: Page, place: str) -> Locator:
    """A place on the map."""
    return canvas(page).locator(f'[data-place="{place}"]')


def marks(page: Page) -> set[str]:
    """The places on the map."""
    found = canvas(page).locator("[data-place]").evaluate_all("all => all.map((one) => one.dataset.place)")
    return set(found)


def click_line(page: Page, place: str) -> None:
    """Click half way along a line; the middle of its bounding box may lie beside it."""
    x, y = mark(page, place).evaluate(
        """(path) => {
          const at = path.getPointAtLength(path.getTotalLength() / 2), m = path.getScreenCTM();
          return [at.x * m.a + at.y * m.c + m.e, at.x * m.b + at.y * m.d + m.f];
        }"""
    )
    box = page.locator(MAP).bounding_box()
    assert box
    page.mouse.click(box["x"] + x, box["y"] + y)


def heading(page: Page) -> Locator:
    """The name over the panel."""
    return page.locator(".panel .top h2")


def cards(page: Page) -> Locator:
    """The statements in the panel."""
    return page.locator(".panel .card")


def chip(page: Page, code: str) -> Locator:
    """The chip of a type."""
    return page.locator(f'.pick[data-type="{code}"]')


def view(page: Page) -> list[float]:
    """Where the map looks: latitude, longitude, zoom."""
    frame = next(frame for frame in page.frames if "st_folium" in frame.url)
    found: list[float] = frame.evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    return [round(value, 6) for value in found]

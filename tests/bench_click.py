"""How long from a click on the map until the panel shows the place: the median of ten, in the browser.

    python -m tests.bench_click [PLACES…]

Also says how long the first page takes, until the places are on the map.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from corpus.analysis import edition
from corpus.documents import Analysis
from corpus.store import Store
from geo.gazetteer import open_gazetteer
from tests.handmade import analysis, place
from tests.serving import MAP, chromium, launch, served

_CLICKS = 10
_SIZES = (10, 1_000, 10_000)
_TYPES = ("assertion", "announcement", "denial", "demand")
# Runs in the frame of the map: clicks, and waits until the panel in the page around it names the place.
_CLICK = """([id, name]) => new Promise((done) => {
  const path = document.querySelector(`[data-place="${id}"]`);
  const heading = () => {
    for (const one of parent.document.querySelectorAll('.st-key-side *'))
      if (one.shadowRoot) return one.shadowRoot.querySelector('h2')?.textContent ?? '';
    return '';
  };
  const start = performance.now();
  path.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  const look = () => heading().includes(name) ? done(performance.now() - start) : setTimeout(look, 1);
  look();
})"""


def _corpus(places: int) -> Iterator[Analysis]:
    """Articles of ten statements, each about a place of its own."""
    for first in range(0, places, 10):
        here = {
            f"bench:{n}": place(
                f"bench:{n}", f"موضع {n}", f"Spot {n}", lat=25 + n // 125 * 0.15, lon=36 + n % 125 * 0.15
            )
            for n in range(first, min(first + 10, places))
        }
        lines = [
            ("indirect", _TYPES[i % 4], f"المتحدث {i}", f"قال المتحدث إن العمل بدأ في ⟦{one.ar}|{one.id}⟧ صباح اليوم")
            for i, one in enumerate(here.values())
        ]
        yield analysis(f"article-{first}", *lines, places=here, title=f"خبر {first}", published="2026-01-01")


def measure(places: int) -> tuple[float, float]:
    """Median click in milliseconds and first page in seconds, for that many places."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Store(Path(folder) / "bench.sqlite3")
        store.save(*_corpus(places), edition=edition(open_gazetteer()))
        with served(store.path) as address:
            browser = launch(playwright)
            browser.new_page().goto(address)  # the server's own first page, which opens everything
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.wait_for_timeout(4000)
            start = time.perf_counter()
            page.goto(f"{address}/?lang=en")
            page.frame_locator(MAP).locator(f'[data-place="bench:{places - 1}"]').wait_for(
                state="attached", timeout=120_000
            )
            first = time.perf_counter() - start
            page.wait_for_timeout(1500)
            frame = next(frame for frame in page.frames if "st_folium" in frame.url)
            times = []
            for i in range(_CLICKS + 1):
                n = i * places // (_CLICKS + 1)
                times.append(frame.evaluate(_CLICK, [f"bench:{n}", f"Spot {n}"]))
                page.wait_for_timeout(300)
            browser.close()
        return statistics.median(times[1:]), first


def main() -> None:
    """Print the table."""
    if not chromium():
        sys.exit("no Chromium found: set MAKAN_CHROMIUM")
    print(f"{'places':>8} {'click → panel, ms':>18} {'first page, s':>14}")
    for places in [int(size) for size in sys.argv[1:]] or _SIZES:
        click, first = measure(places)
        print(f"{places:>8,} {click:>18.0f} {first:>14.1f}", flush=True)


if __name__ == "__main__":
    main()

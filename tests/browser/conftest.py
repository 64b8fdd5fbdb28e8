"""The served page and the browser for the tests in this folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from corpus.analysis import edition
from corpus.store import Store
from geo.gazetteer import open_gazetteer
from tests.handmade import stories
from tests.serving import Watched, chromium, launch, served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not chromium():
        reason = "no Chromium found (MAKAN_CHROMIUM, chromium, chromium-browser, google-chrome)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on the stories of tests/handmade.py; a module's tests share it."""
    path: Path = tmp_path_factory.mktemp("store") / "store.sqlite3"
    store = Store(path)
    store.save(*stories(), edition=edition(open_gazetteer()))
    store.close()
    with served(path) as base:
        yield base


@pytest.fixture(scope="session")
def desk(browser: Browser) -> BrowserContext:
    """Windows as on a desk; one context, so that the browser's cache serves all tests."""
    return browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")


@pytest.fixture(scope="session")
def pocket(browser: Browser) -> BrowserContext:
    """Windows as on a phone."""
    return browser.new_context(viewport={"width": 390, "height": 844}, locale="ar-IQ")


@pytest.fixture
def watched(desk: BrowserContext) -> Iterator[Watched]:
    """A page in which no request may leave this machine and nothing may go wrong."""
    watched = Watched(desk)
    yield watched
    watched.page.close()
    assert watched.faults == []


@pytest.fixture
def phone(pocket: BrowserContext) -> Iterator[Watched]:
    """The same, as wide as a phone."""
    watched = Watched(pocket)
    yield watched
    watched.page.close()
    assert watched.faults == []

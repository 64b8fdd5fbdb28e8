"""Adding and removing articles in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.looking import canvas, heading, marks, visit
from tests.serving import Watched, served

STORY = "قال المتحدث باسم البلدية إن أعمال الصيانة بدأت في كركوك صباح الثلاثاء.\n\nوأضاف أن فرقًا من الموصل تشارك فيها."


@pytest.fixture(scope="module")
def fresh(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The page on a store that has never been used: it begins with the sample articles."""
    path = tmp_path_factory.mktemp("fresh") / "store.sqlite3"
    with served(path) as base:
        yield base, path


def begin(page: Page, address: str, query: str = "lang=en") -> None:
    visit(page, address, query)
    page.get_by_role("button", name="Add article").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Analyse and add").click()


def paste(field: Locator, text: str) -> None:
    """Put a text into a field at once; typed in, as ``fill`` does, a long one takes the browser minutes."""
    field.evaluate(
        """(field, text) => {
          Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, text);
          field.dispatchEvent(new Event('input', { bubbles: true }));
        }""",
        text,
    )
    field.focus()
    field.blur()


def messages(page: Page, kind: str) -> list[str]:
    page.locator(f".makan-message.{kind}").first.wait_for(timeout=60_000)
    return page.locator(f".makan-message.{kind}").all_inner_texts()


def test_the_first_page_shows_the_samples(watched: Watched, fresh: tuple[str, Path]) -> None:
    page = watched.page
    page.goto(f"{fresh[0]}/?lang=en")
    page.locator(".panel .card").first.wait_for(timeout=60_000)
    assert page.locator(".panel .card").count() == 20
    canvas(page).locator("[data-place]").first.wait_for(state="attached")
    assert len(marks(page)) > 10
    page.locator(".pager button").last.click()
    expect(page.locator(".pager span")).to_contain_text("Page 2")


def test_a_pasted_article_is_on_the_map_at_once_and_after_a_restart(watched: Watched, tmp_path: Path) -> None:
    page, path = watched.page, tmp_path / "store.sqlite3"
    with served(path) as first:
        begin(page, first)
        page.get_by_label("Title (optional)").fill("صيانة في كركوك")
        page.get_by_label("Paste the article's text here").fill(STORY)
        submit(page)
        expect(heading(page)).to_have_text("صيانة في كركوك", timeout=30_000)
        expect(page.locator(".makan-message.success")).to_contain_text("صيانة في كركوك")
        expect(page.locator(".mention", has_text="كركوك")).to_be_visible()
        page.locator(".mention", has_text="كركوك").click()
        expect(page.locator(".chosen-place")).to_contain_text("Kirkuk")
        expect(canvas(page).locator('[aria-pressed="true"]')).to_have_count(1)
        link = page.url
        page.close()  # or the server's end would be an error on the page
    with served(path) as second:
        again = Watched(page.context)
        again.page.goto(link.replace(first, second))
        expect(heading(again.page)).to_have_text("صيانة في كركوك", timeout=30_000)
        again.page.close()
        assert again.faults == []


def test_files_are_taken_or_refused_each_by_itself(watched: Watched, fresh: tuple[str, Path]) -> None:
    page = watched.page
    begin(page, fresh[0])
    page.locator('input[type="file"]').set_input_files(
        [
            {"name": "خبر.txt", "mimeType": "text/plain", "buffer": STORY.encode("utf-8")},
            {"name": "windows.txt", "mimeType": "text/plain", "buffer": STORY.replace("ً", "").encode("cp1256")},
            {"name": "utf16.txt", "mimeType": "text/plain", "buffer": STORY.encode("utf-16")},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b" \n"},
            {"name": "english.txt", "mimeType": "text/plain", "buffer": b"The spokesman said nothing in Arabic."},
            {"name": "picture.txt", "mimeType": "text/plain", "buffer": bytes(range(256)) * 40},
            {
                "name": "endless.txt",
                "mimeType": "text/plain",
                "buffer": ("كلام كثير " * 300_000).encode("utf-8")[:5_000_000],
            },
        ]
    )
    expect(page.get_by_text("endless.txt")).to_be_visible()
    submit(page)
    refused = messages(page, "error")
    expected = {
        "empty.txt": "is empty",
        "english.txt": "no Arabic",
        "picture.txt": "not a text file",
        "endless.txt": "too long",
    }
    assert len(refused) == len(expected)
    for name, reason in expected.items():
        assert any(name in text and reason in text for text in refused), (name, refused)
    assert len(messages(page, "success")) == 3
    page.get_by_role("button", name="Show on the map").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".article")).to_contain_text("كركوك")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Nothing to add yet"),
        ("  \n ", "Nothing to add yet"),
        ("No Arabic here, only English.", "no Arabic"),
        ("كلام كثير " * 41_000, "too long"),
    ],
    ids=["nothing", "blanks", "english", "endless"],
)
def test_a_refused_text_says_why_and_stays_in_the_field(
    watched: Watched, fresh: tuple[str, Path], text: str, message: str
) -> None:
    page = watched.page
    begin(page, fresh[0])
    field = page.get_by_label("Paste the article's text here")
    paste(field, text)
    submit(page)
    expect(page.locator(".makan-message")).to_contain_text(message, timeout=30_000)
    assert field.input_value() == text
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".panel")).to_be_visible()


def test_an_article_can_be_removed_after_asking(watched: Watched, fresh: tuple[str, Path]) -> None:
    page = watched.page
    visit(page, fresh[0])
    titles = set(page.locator(".panel .from").all_inner_texts())
    page.get_by_role("button", name="Add article").click()
    page.get_by_role("tab", name="Saved articles").click()
    page.get_by_role("combobox", name=re.compile("Choose an article")).click()
    page.get_by_role("option").last.click()
    page.get_by_role("button", name="Remove article").click()
    expect(page.locator(".makan-message.warning")).to_contain_text("cannot be undone")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Remove article").click()
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.locator(".makan-message.success")).to_contain_text("was removed")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert titles - set(page.locator(".panel .from").all_inner_texts())

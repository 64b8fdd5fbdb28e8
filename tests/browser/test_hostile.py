"""Text from outside that tries to be code: it must be shown as text, in the browser and on the server."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from corpus.analysis import edition
from corpus.documents import Analysis
from corpus.store import Store
from geo.gazetteer import open_gazetteer
from tests.handmade import analysis, place
from tests.looking import canvas, cards, heading, visit
from tests.serving import Watched, served

# What runs leaves a trace: in the browser an alert, a request or an error; on the server 1764 for {{42*42}}.
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`${alert(1)}`",
    "${alert(1)}",
    "{{42*42}}",
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{% for x in y %}",
    "{# gone #}",
    "'; alert(1); '",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "![x](https://example.com/x.png)",
    ":material/delete: $x^2$ **bold**",
]


def hostile(number: int, payload: str) -> Analysis:
    named = place(f"{payload}:{number}", f"{payload} ع", f"{payload} en", lat=25.0 + number, lon=45.0)
    lines = [
        ("direct", "assertion", f"{payload} / {payload}", f"قال «{payload} في ⟦{payload} هنا|{named.id}⟧» {payload}"),
        ("indirect", "denial", payload, f"ونفى أنه في ⟦{payload} مجهول|⟧"),
    ]
    return analysis(f"{payload}#{number}", *lines, places={named.id: named}, title=payload, source=payload,
                    published=payload, notices=(("unclosed-quotation", "قال"),))  # fmt: skip


@pytest.fixture(scope="module")
def hostile_address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "store.sqlite3"
    store = Store(path)
    store.save(*(hostile(number, one) for number, one in enumerate(PAYLOADS)), edition=edition(open_gazetteer()))
    store.close()
    with served(path) as base:
        yield base


def test_the_whole_page_stays_text(watched: Watched, hostile_address: str) -> None:
    page = watched.page
    visit(page, hostile_address)
    expect(cards(page)).to_have_count(20)
    shown = page.locator(".panel .list").inner_text()
    assert all(payload in shown for payload in PAYLOADS[:9])
    assert "1764" not in page.content()
    expect(canvas(page).locator("[data-place]")).to_have_count(len(PAYLOADS))


def test_every_place_statement_and_article_stays_text(watched: Watched, hostile_address: str) -> None:
    page = watched.page
    visit(page, hostile_address)
    for number in range(len(PAYLOADS)):
        marker = canvas(page).locator("[data-place]").nth(number)
        name = str(marker.get_attribute("data-place")).rpartition(":")[0]
        marker.hover()
        expect(canvas(page).locator(".makan-tip strong")).to_have_text(f"{name} en")
        marker.click()
        expect(heading(page)).to_contain_text(f"{name} en")
        expect(cards(page).locator("mark")).to_have_text(f"{name} هنا")
        expect(cards(page).locator(".speaker")).to_contain_text(name)
        cards(page).locator(".open").click()
        expect(heading(page)).to_have_text(name)
        expect(page.locator(".article")).to_contain_text(f"قال «{name} في {name} هنا» {name}")
        page.locator(".mention.lost").click()
        expect(page.locator(".chosen-place")).to_contain_text(name)
        page.locator(".panel .back").click()
    assert "1764" not in page.content()


def test_addresses(watched: Watched, hostile_address: str) -> None:
    page = watched.page
    for payload in ("".join(PAYLOADS), "{{42*42}}", "%00%ff\\"):
        code = quote(payload)
        names = ("type", "form", "speaker", "doc", "place", "q", "lang", "since", "read", "at")
        visit(page, hostile_address, "&".join(f"{name}={code}" for name in names))
        expect(page.locator(".panel .empty")).to_be_visible()
        assert "1764" not in page.content()


def test_names_of_files_and_pasted_texts(watched: Watched, hostile_address: str) -> None:
    page = watched.page
    visit(page, hostile_address)
    page.get_by_role("button", name="Add article").click()
    names = [payload.replace("/", "∕") + ".txt" for payload in PAYLOADS]
    page.locator('input[type="file"]').set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": b"no Arabic"} for name in names]
    )
    page.get_by_label("Title (optional)").fill(PAYLOADS[0])
    page.get_by_label("Paste the article's text here").fill(f"قال المتحدث في بغداد {' '.join(PAYLOADS)}")
    expect(page.get_by_text("more", exact=False).first).to_be_attached()
    page.get_by_role("button", name="Analyse and add").click()
    page.locator(".makan-message.error").first.wait_for(timeout=30_000)
    refused = page.locator(".makan-message.error").all_inner_texts()
    assert len(refused) == len(names)
    assert all(any(name in text for text in refused) for name in names)
    page.get_by_role("button", name="Show on the map").click()
    expect(page.locator(".article")).to_contain_text(PAYLOADS[1])

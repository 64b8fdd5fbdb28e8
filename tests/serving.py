"""The page served for a test: Streamlit on a free port of this machine, and a browser that can reach nothing else."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright, Request

ROOT = Path(__file__).parents[1]
MAP = 'iframe[title="streamlit_folium.st_folium"]'
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def chromium() -> str | None:
    """The browser's program: $MAKAN_CHROMIUM, else the first of the usual names on the path; None without any."""
    named = os.environ.get("MAKAN_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _CHROMIUM)), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser, without a window. It finds no machine but this one.

    (A route that refuses would do the same, but with routes the browser keeps nothing in its cache.)
    """
    return playwright.chromium.launch(executable_path=chromium(), args=[*_FLAGS])


@contextmanager
def served(store: Path, *options: str) -> Iterator[str]:
    """The page on the documents of ``store``; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
               "--server.address", "127.0.0.1", "--server.headless", "true", *options]  # fmt: skip
    log = store.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "MAKAN_STORE": str(store)}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(health: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the page did not start: {log.read_text(errors='replace')[-2000:]}")


class Watched:
    """A page of the browser in which nothing may go wrong: ``faults`` holds what did.

    A request to any address but this machine's is a fault (the browser cannot reach it: see ``launch``), as are
    errors in the console and dialogs.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        context.set_default_timeout(15_000)
        self.page.on("request", self._request)
        self.page.on(
            "console", lambda m: self.faults.append(f"console: {m.text} ({m.location})") if m.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            self.faults.append(f"outside: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

"""A real browser, watched: what it asked of others and what it complained about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
needs_chromium = pytest.mark.skipif(
    not Path(CHROMIUM).is_file(), reason="No chromium on the PATH: nothing was looked at."
)


@contextmanager
def launched(*arguments: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *arguments]
        )
        yield browser
        browser.close()


def watched(page: Page, url: str, complaints: list[str]) -> Page:
    """Note every request to somebody else and every complaint of the browser."""

    def elsewhere(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(url).netloc:
            complaints.append(f"asked {address}")

    page.on("request", lambda request: elsewhere(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page

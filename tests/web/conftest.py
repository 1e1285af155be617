"""A browser, a server and a page, watched for what they should not do."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.chromium import launched, watched
from tests.served import served

AT_HOME = f"{socket.gethostname().partition('.')[0]}.local"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched(f"--host-resolver-rules=MAP {AT_HOME} 127.0.0.1") as browser:
        expect.set_options(timeout=10_000)
        yield browser


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(create_app(lambda: MovieLoop.open(":memory:"))) as url:
        yield url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A page at a desk; it fails if the page asks anybody else or complains."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", service_workers="block"
    )
    yield watched(context.new_page(), url, complaints)
    context.close()
    assert complaints == []

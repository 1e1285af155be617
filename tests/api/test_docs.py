"""/docs and /redoc work in a real browser without a network."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.chromium import launched, needs_chromium, watched
from tests.served import served

OPERATIONS = create_app(lambda: MovieLoop.open(":memory:")).openapi()["paths"]
expect.set_options(timeout=20_000)  # a slow machine is no fault of the page
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(create_app(lambda: MovieLoop.open(":memory:"))) as url:
        yield url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A page that must ask nobody but us, and have nothing to complain about."""
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    yield watched(page, url, complaints)
    page.close()
    assert complaints == []


def test_swagger_shows_every_operation(page: Page, url: str) -> None:
    page.goto(f"{url}/docs")
    expect(page.locator(".opblock")).to_have_count(sum(len(has) for has in OPERATIONS.values()))
    expect(page).to_have_title("movieloop: try the API")


def test_swagger_answers_its_own_examples(page: Page, url: str) -> None:
    page.goto(f"{url}/docs")
    for operation, says in (
        ("feedback-add_feedback", "The profile has learned it."),
        ("feedback-preview", "profile_after"),
        ("recommend-recommend_session", "recommended_movie"),
    ):
        block = page.locator(f"#operations-{operation}")
        block.locator(".opblock-summary-control").click()
        block.get_by_role("button", name="Try it out").click()
        block.get_by_role("button", name="Execute").click()

        answer = block.locator(".live-responses-table tr.response").first
        expect(answer.locator(".response-col_status")).to_contain_text("200")
        expect(answer).to_contain_text(says)


def test_redoc_shows_every_operation(page: Page, url: str) -> None:
    page.goto(f"{url}/redoc")
    for methods in OPERATIONS.values():
        for has in methods.values():
            shown = page.locator(f'[id="operation/{has["operationId"]}"]')
            expect(shown, has["summary"]).to_contain_text(has["summary"])
    expect(page.get_by_role("heading", name="movieloop").first).to_be_visible()


def test_redoc_finds_an_operation(page: Page, url: str) -> None:
    page.goto(f"{url}/redoc")
    page.get_by_role("textbox", name="Search").fill("undo")
    expect(page.locator('[data-role="search:results"]')).to_contain_text("Undo Feedback")

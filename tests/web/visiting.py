"""A film lover's ways through the page, for the tests: begin, be somebody, read the list."""

import json
import urllib.request
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

SHOWN = 12


def begin(page: Page, url: str, *picks: int) -> None:
    """Tap three films and wait for the list."""
    page.goto(url)
    for done, number in enumerate(picks or (0, 3, 6)):
        pick = page.locator("#start .pick").nth(number)
        pick.click()
        if done < 2:  # with the third the list comes
            expect(pick).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#films .card").first).to_be_focused()  # the list has come
    expect(page.locator("#films .card")).to_have_count(SHOWN)


def ids(page: Page, grid: str = "#films") -> list[int]:
    """Read which films a list shows, in order."""
    cards = page.locator(f"{grid} .card")
    return [int(str(one)) for one in cards.evaluate_all("all => all.map(c => c.dataset.movie)")]


def user_of(page: Page) -> str:
    return str(page.evaluate("localStorage.getItem('movieloop.user')"))


def ask(url: str, path: str) -> Any:
    """Ask the server, not the page."""
    with urllib.request.urlopen(url + path) as answer:
        return json.load(answer)


def tell(url: str, user: str, *opinions: tuple[str, int | None], source: str = "search") -> None:
    """Say something for a user, as another program would."""
    for name, rating in opinions:
        body = {"user_id": user, "movie_name": name, "rating": rating, "source": source}
        request = urllib.request.Request(
            f"{url}/feedback", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request).close()


def said(url: str, page: Page) -> list[Any]:
    """Read what the server has of the page's user."""
    told: list[Any] = ask(url, f"/user/{user_of(page)}/feedback")["feedback"]
    return told


def be(page: Page, url: str, user: str) -> None:
    """Be a user in a browser that is new: the cookie of the forms tells who."""
    page.context.add_cookies([{"name": "movieloop_user", "value": quote(user), "url": url}])


def like_and_hear(page: Page, place: int = 0) -> None:
    """Like a film of the list, and wait until the page says what that did."""
    said = page.locator("#said")
    earlier = said.inner_text()
    page.locator("#films .like").nth(place).click()
    expect(said).not_to_have_text(earlier)
    expect(said).to_contain_text("Because you like")


def settled(page: Page) -> None:
    """Wait until nothing is asked any more and no transition runs."""
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)

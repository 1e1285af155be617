"""Nothing said is lost: taps wait while the server is away, go in order, and count once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.chromium import needs_chromium
from tests.web.visiting import SHOWN, begin, ids, said, settled

pytestmark = needs_chromium
FEEDBACK = "**/feedback?*"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", service_workers="block")
    yield context.new_page()
    context.close()


def waiting(page: Page) -> int:
    return int(page.evaluate("JSON.parse(localStorage['movieloop.outbox'] ?? '[]').length"))


def sent(page: Page) -> None:
    """Have all that waits sent, now rather than soon, and wait until it is."""
    page.evaluate("document.querySelector('.waiting button')?.click()")
    emptied(page)
    expect(page.locator(".waiting")).to_have_count(0)


def emptied(page: Page) -> None:
    """Wait until nothing waits."""
    for _ in range(200):
        if waiting(page) == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{waiting(page)} still wait")


def like(page: Page, place: int) -> int:
    """Tap a like without waiting for anything; gives the film."""
    return likes(page, place)[0]


def likes(page: Page, *places: int) -> list[int]:
    """Tap likes as quickly as can be; gives the films."""
    told: list[int] = page.evaluate(
        "places => { const all = [...document.querySelectorAll('#films .like')];"
        " return places.map((place) => { all[place].click();"
        " return Number(all[place].dataset.movie); }); }",
        list(places),
    )
    return told


def test_taps_wait_visibly_while_the_server_is_away_and_go_in_order(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    page.route(FEEDBACK, lambda route: route.abort())
    films = [like(page, place) for place in (4, 0, 7)]
    expect(page.get_by_text("3 taps wait in this browser")).to_be_visible()
    expect(page.locator("#films .card.waits")).to_have_count(3)
    assert len(said(url, page)) == 3
    page.unroute(FEEDBACK)
    sent(page)
    assert [item["movie_id"] for item in said(url, page)[3:]] == films
    expect(page.locator("#films .card.waits")).to_have_count(0)
    assert not set(films) & set(ids(page)) and waiting(page) == 0


def test_what_waits_survives_a_reload(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    page.route(FEEDBACK, lambda route: route.abort())
    film = like(page, 2)
    expect(page.get_by_text("1 tap waits")).to_be_visible()
    page.unroute(FEEDBACK)
    page.reload()
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    sent(page)
    expect(page.locator(f'#films [data-movie="{film}"]')).to_have_count(0)
    assert said(url, page)[-1]["movie_id"] == film


def test_an_answer_that_gets_lost_does_not_make_it_count_twice(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)

    def lost(route: Route) -> None:
        route.fetch()  # it arrives, but the answer gets lost
        route.abort()

    page.route(FEEDBACK, lost)
    like(page, 0)
    expect(page.get_by_text("1 tap waits")).to_be_visible()
    page.unroute(FEEDBACK)
    sent(page)
    expect(page.locator("#said")).to_contain_text("Because you like")
    assert len(said(url, page)) == 4


def test_quick_taps_never_overwrite_each_other(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    films = likes(page, 0, 1, 2, 3, 4, 5, 3, 3)[:6]  # a film is stored once
    sent(page)
    settled(page)
    assert [item["movie_id"] for item in said(url, page)[3:9]] == films
    told = [item["movie_id"] for item in said(url, page)]
    assert len(told) == len(set(told))
    assert not set(told) & set(ids(page))


def test_another_opinion_on_the_same_film_replaces_the_one_that_waits(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    page.route(FEEDBACK, lambda route: route.abort())
    film = like(page, 1)
    expect(page.get_by_text("1 tap waits")).to_be_visible()
    page.locator("#films .dislike").nth(1).evaluate("button => button.click()")
    page.unroute(FEEDBACK)
    sent(page)
    counting = [item for item in said(url, page) if item["movie_id"] == film and item["counts"]]
    assert [item["rating"] for item in counting] == [0]


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_dying_server_keeps_nothing_from_being_said(page: Page, url: str, status: int) -> None:
    begin(page, url)
    settled(page)
    page.route(FEEDBACK, lambda route: route.fulfill(status=status, body="<h1>Bad</h1>"))
    like(page, 0)
    expect(page.get_by_text("1 tap waits")).to_be_visible()
    page.unroute(FEEDBACK)
    emptied(page)  # it tries again by itself
    assert len(said(url, page)) == 4


def test_what_the_server_will_never_take_does_not_hold_up_the_rest(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    refused = {"title": "Movie not found", "status": 404, "detail": "There is no such film."}
    answers: list[Callable[[Route], None]] = [
        lambda route: route.fulfill(status=404, json=refused),
        lambda route: route.continue_(),
    ]
    page.route(FEEDBACK, lambda route: answers.pop(0)(route) if answers else route.continue_())
    like(page, 0)
    kept = like(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("no such film")
    sent(page)
    expect(page.locator(f'#films [data-movie="{kept}"]')).to_have_count(0)
    assert said(url, page)[-1]["movie_id"] == kept and waiting(page) == 0


def test_undo_waits_too(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    before = ids(page)
    like(page, 0)
    expect(page.locator(".take-back")).to_be_visible()
    settled(page)
    page.route("**/feedback/*", lambda route: route.abort())
    page.locator(".take-back").click()
    expect(page.get_by_text("1 tap waits")).to_be_visible()
    page.unroute("**/feedback/*")
    sent(page)
    expect(page.locator("#said")).to_contain_text("As if you had never rated")
    assert ids(page) == before and len(said(url, page)) == 3

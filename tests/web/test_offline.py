"""Where the browser allows it the page opens without the server, and what is said there is kept."""

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import needs_chromium
from tests.web.visiting import SHOWN, begin, said, settled

pytestmark = needs_chromium


def test_the_page_opens_offline_and_taps_wait_until_the_server_is_back(
    browser: Browser, url: str
) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    begin(page, url)
    settled(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # the list is the page's last first paint now
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)
    context.set_offline(True)
    page.reload()
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    film = page.locator("#films .like").first.get_attribute("data-movie")
    page.locator("#films .like").first.evaluate("button => button.click()")
    expect(page.get_by_text("1 tap waits")).to_be_visible()
    posters = page.locator("#films .poster")
    assert posters.first.evaluate("image => image.complete && image.naturalWidth > 0")
    context.set_offline(False)
    expect(page.locator(".waiting")).to_have_count(0, timeout=30_000)
    page.reload()
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)
    assert str(said(url, page)[-1]["movie_id"]) == film
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{url}/you")
    page.locator("#forget").click()
    expect(page.get_by_text("Forgotten:")).to_be_visible()
    kept = "caches.keys().then((names) => Promise.all(names.map((n) => caches.open(n)"
    pages = page.evaluate(f"{kept}.then((c) => c.match('/')))))")
    assert not any(pages)  # nothing of the list is left in the browser either
    context.close()


@pytest.mark.parametrize("delay", [400])
def test_a_slow_server_shows_what_waits_and_loses_nothing(
    browser: Browser, url: str, delay: int
) -> None:
    context = browser.new_context(locale="en-GB", service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    begin(page, url)
    settled(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": delay, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", slow)
    films = []
    for place in range(3):
        button = page.locator("#films .like").nth(place)
        films.append(int(str(button.get_attribute("data-movie"))))
        button.evaluate("button => button.click()")
    expect(page.locator("#films .card.waits")).to_have_count(3)
    expect(page.locator("#films .card.waits")).to_have_count(0)
    settled(page)
    assert [item["movie_id"] for item in said(url, page)[3:]] == films
    context.close()

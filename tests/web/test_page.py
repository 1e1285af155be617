"""The page in a real browser, against a real server, as a film lover uses it."""

import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.page.assets import Assets
from movieloop.store.api_keys import create_key
from tests.chromium import launched, needs_chromium, watched
from tests.served import served

AT_HOME = f"{socket.gethostname().partition('.')[0]}.local"
expect.set_options(timeout=10_000)
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched(f"--host-resolver-rules=MAP {AT_HOME} 127.0.0.1") as browser:
        yield browser


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(create_app(lambda: MovieLoop.open(":memory:"))) as url:
        yield url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield watched(context.new_page(), url, complaints)
    context.close()
    assert complaints == []


def begin(page: Page, url: str, *picks: int) -> None:
    """Tap three films."""
    page.goto(url)
    for done, number in enumerate(picks or (0, 3, 6)):
        pick = page.locator("#start .pick").nth(number)
        pick.click()
        expect(pick).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".log li")).to_have_count(done + 1)
    expect(page.locator("#films .card").first).to_be_focused()  # the list has come
    expect(page.locator("#films .card")).to_have_count(12)


def ids(page: Page) -> list[str]:
    cards = page.locator("#films .card")
    return [str(cards.nth(i).get_attribute("data-movie")) for i in range(cards.count())]


def test_three_taps_and_a_list_appears(page: Page, url: str) -> None:
    began = time.monotonic()
    begin(page, url)
    assert time.monotonic() - began < 10
    expect(page.locator("#said")).to_contain_text("Because you like")
    expect(page.locator(".log li")).to_have_count(3)
    page.reload()  # a returning visitor finds everything again
    expect(page.locator("#films .card")).to_have_count(12)
    expect(page.locator(".log li")).to_have_count(3)


def test_a_preview_changes_nothing_and_comes_true(page: Page, url: str) -> None:
    begin(page, url)
    before = ids(page)
    page.locator("#films .like").nth(1).hover()
    expect(page.locator(".target").first).to_be_visible()
    badges = page.locator("#films .card").nth(1).locator(".badge")
    expect(badges).to_have_text("leaves")
    assert ids(page) == before
    bar = page.locator(".bar", has=page.locator(".target")).first
    name = bar.get_attribute("data-name")
    target = bar.locator(".target").evaluate("one => parseFloat(one.style.left)")
    page.mouse.move(0, 0)
    expect(page.locator(".target")).to_have_count(0)
    assert ids(page) == before and page.locator(".log li").count() == 3
    page.locator("#films .like").nth(1).click()
    expect(page.locator(".log li")).to_have_count(4)
    page.mouse.move(0, 0)
    # Bars may have been rescaled; the side the bar went to may not.
    fill = page.locator(f'.bar[data-name="{name}"] .fill').first
    if fill.count():
        left = fill.evaluate("one => parseFloat(one.style.left) + parseFloat(one.style.width)")
        assert (left > 50.01) == (target > 50.01)


def test_the_learn_beat(page: Page, url: str) -> None:
    begin(page, url)
    liked = ids(page)[0]
    title = page.locator("#films .name").first.inner_text()
    # From the arrival of the answer to the page having changed, in the browser's own time.
    page.evaluate(
        """() => { const real = window.fetch; window.fetch = async (...all) => {
          const answer = await real(...all);
          if (String(all[0]).includes('/feedback?n=')) { const text = answer.text.bind(answer);
            answer.text = async () => { const told = await text(); window.came = performance.now();
              return told; }; }
          return answer; };
        new MutationObserver(() => { window.drawn ??= window.came && performance.now(); })
          .observe(document.querySelector('#films'), {childList: true}); }"""
    )
    page.locator("#films .like").first.click()
    expect(page.locator("#said")).to_contain_text(f"Because you like {title}")
    assert liked not in ids(page) and len(ids(page)) == 12
    assert page.evaluate("window.drawn - window.came") <= 150
    expect(page.locator("#said")).to_have_attribute("aria-live", "polite")


def test_why_adds_up_and_a_rating_can_be_taken_back_there(page: Page, url: str) -> None:
    begin(page, url)
    page.locator("#films .more button").first.click()
    dialog = page.locator("#why")
    expect(dialog).to_be_visible()
    shares = dialog.locator("[data-share]").evaluate_all(
        "all => all.map((one) => parseFloat(one.dataset.share))"
    )
    total = float(str(dialog.locator("[data-sum]").get_attribute("data-sum")))
    assert sum(shares) == pytest.approx(total, abs=1e-9)
    dialog.locator("summary").click()
    expect(dialog.locator("pre")).to_contain_text(f"= {total:.3f}")
    dialog.get_by_role("button", name="Take back").first.click()
    expect(page.locator(".log li")).to_have_count(2)
    expect(page.locator("#said")).to_contain_text("As if you had never rated")


def test_undo_gives_the_old_list_back(page: Page, url: str) -> None:
    begin(page, url)
    before = ids(page)
    page.locator("#films .dislike").first.click()
    expect(page.locator(".log li")).to_have_count(4)
    page.locator(".log button").first.click()
    expect(page.locator(".log li")).to_have_count(3)
    assert ids(page) == before


def test_the_keyboard_suffices(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("#start .pick")).to_have_count(12)
    for _ in range(3):
        page.locator("#start .pick[aria-pressed=false]").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(250)
    expect(page.locator("#films .card").first).to_be_focused()
    first = ids(page)[0]
    page.keyboard.press("ArrowRight")
    expect(page.locator("#films .card").nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("1")
    expect(page.locator(".log li")).to_have_count(4)
    assert first not in ids(page)
    expect(page.locator("#films .card:focus")).to_have_count(1)
    page.keyboard.press("3")
    expect(page.locator(".log li")).to_have_count(5)


def test_filters_the_dial_and_not_these(page: Page, url: str) -> None:
    begin(page, url)
    before = ids(page)
    page.get_by_role("button", name="Not these").click()
    expect(page.locator(f'[data-movie="{before[0]}"]')).to_have_count(0)
    assert not set(before) & set(ids(page))
    page.get_by_role("button", name="Show all again").click()
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", before[0])
    page.locator(".filters select").select_option("Western")
    expect(page.locator("#films .about").first).to_contain_text("Western")
    page.get_by_role("button", name="Show all again").click()
    page.get_by_label("Familiar or obscure").fill("0.3")
    expect(page.locator("#films .card").first).not_to_have_attribute("data-movie", before[0])


def test_a_film_is_found_despite_a_slip(page: Page, url: str) -> None:
    begin(page, url)
    page.get_by_role("searchbox").fill("Godfater")
    page.locator(".found li", has_text="The Godfather (1972)").get_by_role(
        "button", name="Like", exact=False
    ).first.click()
    expect(page.locator(".log li").first).to_contain_text("The Godfather")


def test_the_time_machine_goes_back_and_returns(page: Page, url: str) -> None:
    begin(page, url)
    now = ids(page)
    page.get_by_role("slider", name="Time machine").fill("1")
    expect(page.get_by_text("after 1 of 3")).to_be_visible()
    expect(page.locator(".log .later")).to_have_count(2)
    assert ids(page) != now
    page.get_by_role("button", name="Back to now").click()
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", now[0])


def test_forget_me_leaves_nothing(page: Page, url: str) -> None:
    begin(page, url)
    user = page.evaluate("localStorage.getItem('movieloop.user')")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#forget").click()
    expect(page.locator("#start .pick").first).to_be_visible()
    feedback = page.evaluate("user => fetch(`/user/${user}/feedback`).then(a => a.json())", user)
    assert feedback["feedback"] == []
    assert page.evaluate("localStorage.getItem('movieloop.user')") != user


def test_an_export_is_shown_before_it_is_brought_over(page: Page, url: str, tmp_path: Path) -> None:
    export = tmp_path / "letterboxd-ada.zip"
    rows = "".join(
        f"2024-01-0{day},{name},{year},https://boxd.it/{day},4.5\n"
        for day, (name, year) in enumerate((("Alien", 1979), ("Heat", 1995), ("Ran", 1985)), 1)
    )
    with zipfile.ZipFile(export, "w") as archive:
        head = "Date,Name,Year,Letterboxd URI,Rating\n"
        archive.writestr("ratings.csv", f"{head}{rows}2024-01-09,No Such Film,,x,1\n")
    page.goto(url)
    page.locator("#export").set_input_files(str(export))
    expect(page.get_by_text("4 rows, 3 would come over")).to_be_visible()
    expect(page.get_by_text("1 films are not in the catalogue")).to_be_visible()
    page.get_by_role("button", name="Bring 3 ratings over").click()
    expect(page.locator(".log li")).to_have_count(3)
    expect(page.locator("#films .card")).to_have_count(12)


def test_two_tabs_tell_each_other(page: Page, url: str) -> None:
    begin(page, url)
    other = page.context.new_page()
    other.goto(url)
    expect(other.locator(".log li")).to_have_count(3)
    page.bring_to_front()
    page.locator("#films .like").first.click()
    expect(other.locator(".log li")).to_have_count(4)
    expect(other.locator("#films .card").first).to_have_attribute("data-movie", ids(page)[0])


def test_the_demo_is_labelled_learns_and_stores_nothing(browser: Browser) -> None:
    loop = MovieLoop.open(":memory:")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    with served(create_app(lambda: loop)) as url:
        page = context.new_page()
        begin(page, url)
        own, stored = ids(page), loop.users.counts()
        bars = page.locator(".bar .fill").evaluate_all("all => all.map(one => one.style.width)")
        page.locator("#demo").click()
        expect(page.get_by_text("Synthetic: Somebody invented")).to_be_visible()
        expect(page.locator("#said")).to_contain_text("like")
        expect(page.locator("#films")).to_have_attribute("inert", "")  # it is not your list
        first = ids(page)
        expect(page.locator("#films .card").first).not_to_have_attribute("data-movie", first[0])
        widths = "all => all.map(one => one.style.width)"
        assert page.locator(".bar .fill").evaluate_all(widths) != bars
        if page.locator("#demo").inner_text() == "Stop":  # on a slow machine it may have ended
            page.locator("#demo").click()
        expect(page.locator("#demo")).to_have_text("Start")
        # You are yourself again, and nobody said anything in between.
        expect(page.locator("#films .card").first).to_have_attribute("data-movie", own[0])
        assert ids(page) == own and page.locator(".log li").count() == 3
        assert loop.users.counts() == stored == (1, 3) and len(loop.users.list()) == 1
    context.close()


def test_at_an_address_of_the_house_everything_works(browser: Browser, url: str) -> None:
    """Plain http at a name that is not localhost: browsers keep some of their powers back."""
    at_home = url.replace("127.0.0.1", AT_HOME)
    complaints: list[str] = []
    context = browser.new_context(locale="en-GB")
    page = watched(context.new_page(), at_home, complaints)
    page.goto(at_home)
    assert not page.evaluate("isSecureContext")
    assert page.evaluate("crypto.randomUUID === undefined && !navigator.clipboard")
    begin(page, at_home)
    page.locator("#films .like").first.click()
    expect(page.locator(".log li")).to_have_count(4)
    page.reload()
    expect(page.locator(".log li")).to_have_count(4)  # stored, not only shown
    page.locator("#films .more button").first.click()
    page.get_by_text("The arithmetic").click()
    page.get_by_role("button", name="Copy as curl").click()
    copied = page.get_by_role("button", name="Copied")
    expect(copied.or_(page.locator(".to-copy")).first).to_be_visible()
    if page.locator(".to-copy").count():  # selected, so that Ctrl+C copies it
        assert page.evaluate("document.activeElement.value.slice(0, 5)") == "curl "
    context.close()
    # Chromium itself remarks that view transitions and the like prefer https: no fault of ours.
    assert [said for said in complaints if "secure context" not in said] == []


@pytest.mark.parametrize(
    ("blocked", "provoke"),
    [
        ("**/movies?q=*", lambda page: page.locator(".find input").fill("alien")),
        ("**/preview", lambda page: page.locator("#films .like").first.hover()),
        ("**/similar*", lambda page: page.locator("#films .more button").nth(1).click()),
        ("**/why/*", lambda page: page.locator("#films .more button").first.click()),
        ("**/timeline*", lambda page: page.locator("input[type=range]").last.fill("1")),
        ("**/map/near*", lambda page: page.get_by_text("Films near you").click()),
        ("**/demo*", lambda page: page.locator("#demo").click()),
        ("**/export", lambda page: page.get_by_text("Export everything").click()),
        ("**/session/recommend*", lambda page: page.locator("#demo").click()),
    ],
)
def test_every_request_that_fails_says_so_and_can_be_tried_again(
    browser: Browser, url: str, blocked: str, provoke: Callable[[Page], None]
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    begin(page, url)
    page.wait_for_load_state("networkidle")
    page.route(blocked, lambda route: route.abort())
    provoke(page)
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute(blocked)
    with page.expect_request(blocked):
        page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert broken == []
    context.close()


def test_what_failed_stays_said_although_something_else_works(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(url)
    pick = page.locator("#start .pick").first
    pick.wait_for()
    page.route("**/feedback?n=*", lambda route: route.abort())
    pick.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(pick).to_have_attribute("aria-pressed", "false")  # nothing is stored, nothing looks so
    page.locator(".find input").fill("alien")
    expect(page.locator(".found li").first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute("**/feedback?n=*")
    page.get_by_role("button", name="Try again").click()
    expect(pick).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("alert")).to_have_count(0)
    context.close()


def test_an_answer_that_is_no_json_is_said(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    begin(page, url)
    page.route("**/feedback?n=*", lambda route: route.fulfill(status=502, body="<h1>Bad</h1>"))
    page.locator("#films .like").first.click()
    expect(page.get_by_role("alert")).to_contain_text("The server answered 502")
    context.close()


def test_the_operator_sees_versions_and_the_curve(page: Page, url: str) -> None:
    begin(page, url)
    page.goto(f"{url}#/operator")
    expect(page.get_by_role("heading", name="For the operator")).to_be_visible()
    expect(page.get_by_role("cell", name="live", exact=True)).to_be_visible()


def test_another_language(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_role("heading", name="Tippe drei Filme an")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"
    context.close()


def test_a_failing_server_is_said_and_nothing_is_lost(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    begin(page, url)
    page.route("**/feedback?n=*", lambda route: route.abort())
    page.locator("#films .like").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    page.unroute("**/feedback?n=*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".log li")).to_have_count(4)
    expect(page.get_by_role("alert")).to_have_count(0)
    context.close()


def test_a_slow_server_counts_a_like_once(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    begin(page, url)

    def lost(route: Route) -> None:
        route.fetch()  # it arrives, but the answer gets lost
        route.abort()

    page.route("**/feedback?n=*", lost)
    page.locator("#films .like").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute("**/feedback?n=*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.locator(".log li")).to_have_count(4)
    context.close()


def test_without_javascript_forms_rate(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".card")).to_have_count(12)
    page.locator(".card button", has_text="Like").first.click()
    expect(page.get_by_role("heading", name="Your next films")).to_be_visible()
    first = page.locator(".card img").first.get_attribute("alt")
    page.locator(".card button", has_text="Dislike").first.click()
    expect(page.locator(".card img").first).not_to_have_attribute("alt", str(first))
    context.close()


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_is_shut_out(browser: Browser, url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 844},
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#start .pick")).to_have_count(12)
    faults = [*violations(page)]
    begin(page, url)
    page.wait_for_timeout(300)
    faults += violations(page)
    page.locator("#films .more button").first.click()
    expect(page.locator("#why")).to_be_visible()
    faults += violations(page)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def test_script_and_style_stay_light() -> None:
    assert Assets().weight <= 60_000


def test_the_first_paint_is_quick(browser: Browser, url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    painted = page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    assert painted <= 1000
    context.close()


def test_a_server_with_a_key_asks_for_it(browser: Browser) -> None:
    loop = MovieLoop.open(":memory:")
    key = create_key(loop.store)
    with served(create_app(lambda: loop, require_key=True)) as url:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(url)
        page.get_by_label("This server asks for its key").fill(key)
        page.get_by_role("button", name="Open").click()
        expect(page.locator("#start .pick")).to_have_count(12)
        context.close()

"""The page in a real browser, against a real server, as a film lover uses it."""

import inspect
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.page.assets import Assets
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.media_servers import connect_server, synchronise
from movieloop.importers.media_servers.requests import connect_requests
from movieloop.store.api_keys import create_key
from movieloop.store.key_tables import Scope
from tests.chromium import needs_chromium, watched
from tests.importers.media_servers.servers import TOKEN, speaking, taking_requests
from tests.served import served
from tests.web import checks
from tests.web.conftest import AT_HOME
from tests.web.visiting import (
    SHOWN,
    ask,
    be,
    begin,
    ids,
    like_and_hear,
    said,
    settled,
    tell,
    user_of,
)

pytestmark = needs_chromium
CHECKS = [
    checks.ghost_tells_the_truth,
    checks.bars_are_as_long_as_their_numbers,
    checks.the_sentence_is_computed_from_what_is_shown,
    checks.the_map_draws_films_and_you,
    checks.the_dot_walks,
    checks.the_curve_draws_a_dot_a_like,
    checks.likes_of_the_list_prove_nothing,
    checks.genre_filters_the_list_the_ghost_and_the_rows,
    checks.an_import_asks_before_it_stores,
    checks.the_time_machine_moves_everything,
    checks.why_is_an_exact_account,
    checks.a_rating_switched_off_shows_the_list_without_it,
    checks.the_search_shows_all_it_finds,
    checks.the_demo_keeps_its_pace_and_stores_nothing,
    checks.whoever_wants_no_motion_sees_none,
    checks.the_sentence_comes_with_the_list,
    checks.undo_gives_the_old_list_back,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_is_true_that(check: Callable[..., None], page: Page, url: str, tmp_path: Path) -> None:
    needs_folder = "tmp_path" in inspect.signature(check).parameters
    check(page, url, tmp_path) if needs_folder else check(page, url)


@pytest.fixture
def other(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages of other kinds."""
    contexts = []

    def opened(**how: object) -> Page:
        context = browser.new_context(**({"locale": "en-GB", "service_workers": "block"} | how))  # type: ignore[arg-type]
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_three_taps_and_a_list_appears(page: Page, url: str) -> None:
    began = time.monotonic()
    begin(page, url)
    assert time.monotonic() - began < 10
    expect(page.locator("#said")).to_contain_text("Because you like")
    assert len(said(url, page)) == 3
    page.reload()  # a returning visitor finds everything again
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    assert len(said(url, page)) == 3


def test_a_tap_taken_back_at_the_start_is_taken_back(page: Page, url: str) -> None:
    page.goto(url)
    pick = page.locator("#start .pick").first
    pick.click()
    expect(pick).to_have_attribute("aria-pressed", "true")
    settled(page)
    pick.click()
    expect(pick).to_have_attribute("aria-pressed", "false")
    assert said(url, page) == []


def test_the_keyboard_suffices(page: Page, url: str) -> None:
    """By Tab, arrows, Enter and digits only."""
    page.goto(url)
    expect(page.locator("#start .pick")).to_have_count(12)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the films")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('pick')"):
            break
    for done in range(3):
        page.keyboard.press("Enter")
        if done < 2:
            page.wait_for_timeout(300)
            page.keyboard.press("Tab")
    expect(page.locator("#films .card").first).to_be_focused()
    first = ids(page)[0]
    page.keyboard.press("ArrowRight")
    expect(page.locator("#films .card").nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("1")
    expect(page.locator(f'#films [data-movie="{first}"]')).to_have_count(0)
    expect(page.locator("#films .card:focus")).to_have_count(1)
    page.keyboard.press("3")
    expect(page.locator("#said")).to_contain_text("Because you dislike")
    assert len(said(url, page)) == 5
    settled(page)
    page.locator("#films .card").nth(2).focus()
    film = ids(page)[2]
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}/film/{film}")
    page.go_back()
    expect(page.locator("#films .card")).to_have_count(SHOWN)


def test_a_row_is_one_tab_stop(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    expect(page.locator(".film-row").first).to_be_visible()
    for grid in page.locator(".grid:visible").all():
        stops = grid.evaluate("g => g.querySelectorAll('[tabindex=\"0\"]').length")
        assert stops == 1
        assert grid.evaluate("g => [...g.querySelectorAll('a, button')].every(e => e.tabIndex < 0)")


def test_filters_dials_and_not_these(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    before = ids(page)
    page.get_by_role("button", name="Not these").click()
    expect(page.locator(f'#films [data-movie="{before[0]}"]')).to_have_count(0)
    assert not set(before) & set(ids(page))
    page.get_by_role("button", name="Show all again").click()
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", str(before[0]))
    page.get_by_label("Familiar or obscure").fill("0.3")
    expect(page.locator("#films .card").first).not_to_have_attribute("data-movie", str(before[0]))
    page.go_back()
    page.goto(f"{url}/?variety=1")
    user = user_of(page)
    wanted = ask(url, f"/recommend/{user}?n=12&variety=1")["recommendations"]
    expect(page.locator("#films .card").first).to_be_visible()
    settled(page)
    assert ids(page) == [film["movie_id"] for film in wanted]


def test_a_dragged_bar_is_a_wish_and_leaves_no_trace(page: Page, url: str) -> None:
    tell(url, "wisher", ("Alien", 1), ("Heat (1995)", 1))
    be(page, url, "wisher")
    page.goto(url)
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)
    before, profile = ids(page), ask(url, "/user/wisher/profile")
    bar = page.locator("#bars input").last
    name = page.locator("#bars .bar").last.get_attribute("data-name")
    bar.focus()
    for _ in range(4):
        bar.press("PageUp")
    expect(page.locator(".filters .wish")).to_have_count(1)
    settled(page)
    assert ids(page) != before and f"wish={name}".replace(" ", "+") in page.url
    assert ask(url, "/user/wisher/profile") == profile
    page.reload()
    expect(page.locator(".filters .wish")).to_have_count(1)
    page.locator(".filters .wish").click()
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", str(before[0]))


def test_the_history_plays_from_the_beginning_to_now(page: Page, url: str) -> None:
    tell(url, "player", ("Alien", 1), ("Heat (1995)", 1))
    be(page, url, "player")
    page.goto(url)
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)
    now = ids(page)
    page.get_by_role("button", name="Play your history").click()
    for at in (0, 1):
        expect(page.get_by_text(f"As you were after {at} of 2.")).to_be_visible()
    expect(page.get_by_text("As you were")).to_have_count(0)
    settled(page)
    assert ids(page) == now


def test_rows_are_near_each_taste(page: Page, url: str) -> None:
    tell(url, "four", *((f, 1) for f in ("Stalker", "My Neighbor Totoro", "In the Mood for Love",
                                         "Heat (1995)")))  # fmt: skip
    be(page, url, "four")
    page.goto(url)
    heads = page.locator(".film-row h2")
    expect(heads.first).to_be_visible()
    told = heads.all_inner_texts()
    assert {"Because you love Stalker", "Because you love My Neighbor Totoro"} <= set(told)
    assert "Less known" in told and any(text.startswith("New to you") for text in told)
    row = page.locator(".film-row", has_text="Because you love Stalker")
    expect(row.locator(".name", has_text="Solaris")).to_have_count(1)
    row.locator(".card", has_text="Solaris").locator(".like").click()
    expect(page.locator("#said")).to_contain_text("Because you like Solaris")
    assert ask(url, "/user/four/feedback")["feedback"][-1]["source"] == "rows"


def test_tonight_two_questions_and_one_film(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    page.locator("#tonight").click()
    for number in (1, 2):
        expect(page.get_by_text(f"Question {number} of 2")).to_be_visible()
        page.locator(".either .first").first.click()
    expect(page.locator(".one-film h2")).to_be_visible()
    title = page.locator(".one-film h2").inner_text()
    page.get_by_role("button", name="Another one").click()
    expect(page.locator(".one-film h2")).not_to_have_text(title)


def test_a_film_for_two_in_three_taps_with_a_veto(page: Page, url: str) -> None:
    tell(url, "bob", ("Alien (1979)", 1), ("The Thing (1982)", 1))
    begin(page, url)
    settled(page)
    page.locator("#together").click()
    expect(page.locator("#together-find")).to_be_disabled()
    page.get_by_label("Somebody else").fill("bob")
    page.get_by_role("button", name="Add").click()
    page.locator("#together-find").click()
    film = page.locator("#together-film")
    expect(film.locator("h2")).to_be_visible()
    body = {"users": [user_of(page), "bob"], "n": 1}
    expected = httpx2.post(f"{url}/group/recommend", json=body).json()["recommendations"][0]
    expect(film.locator("h2")).to_contain_text(expected["title"])
    expect(film.locator(".accounts li")).to_have_count(2)
    expect(film.locator(".accounts")).to_contain_text("bob: ")
    film.get_by_role("button", name="Not this one").click()
    expect(film.locator("h2")).not_to_contain_text(expected["title"])
    assert len(ask(url, "/user/bob/feedback")["feedback"]) == 2  # nothing was stored
    page.get_by_role("button", name="Back to your films").click()
    expect(page.locator("#together")).to_be_visible()


def test_the_film_page_tells_facts_and_keeps_a_watchlist(page: Page, url: str) -> None:
    tell(url, "reader", ("Heat (1995)", 1))
    be(page, url, "reader")
    film = ask(url, "/movies?q=Alien&limit=1")["movies"][0]
    page.goto(f"{url}/film/{film['movie_id']}")
    expect(page.get_by_role("heading", name="Alien 1979")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text("Ridley Scott")
    expect(page.locator("#near .card")).to_have_count(12)
    link = page.get_by_role("link", name="IMDb")
    expect(link).to_have_attribute("href", f"https://www.imdb.com/title/{film['imdb_id']}/")
    page.get_by_role("button", name="On my watchlist").click()
    expect(page.get_by_role("button", name="On your watchlist")).to_be_visible()
    assert len(ask(url, "/user/reader/watchlist")["watchlist"]) == 1
    page.locator(".about-film .like").click()
    expect(page.locator(".about-film .like")).to_have_attribute("aria-pressed", "true")
    assert ask(url, "/user/reader/feedback")["feedback"][-1]["source"] == "film"
    page.locator("#near .face").first.click()
    expect(page.get_by_role("heading", name="Alien 1979")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="Alien 1979")).to_be_visible()


def test_a_film_no_server_has_is_requested_on_a_click(
    other: Callable[..., Page], database: Path
) -> None:
    with taking_requests() as seerr, MovieLoop.open(database) as loop:
        connect_requests(loop, seerr.address, TOKEN)
        with served(create_app(lambda: loop)) as url:
            page = other()
            page.goto(f"{url}/film/78748")
            page.get_by_role("button", name="Request it").click()
            expect(page.get_by_role("button", name="Requested")).to_be_disabled()
    assert seerr.requested == [348]


def test_a_film_nobody_has_is_said(page: Page, url: str) -> None:
    answer = page.request.get(f"{url}/film/99999999999", headers={"Accept": "text/html"})
    assert answer.status == 404 and "no such film" in answer.text()


def test_the_blind_comparison_is_blind_and_counts(page: Page, url: str) -> None:
    begin(page, url)
    settled(page)
    page.get_by_label("Mix my list").check()
    expect(page.get_by_text("Half of these films")).to_be_visible()
    user = user_of(page)
    shown = [film["movie_id"] for film in ask(url, f"/user/{user}/blind")["movies"]]
    settled(page)
    assert ids(page) == shown
    like_and_hear(page)
    progress = ask(url, f"/user/{user}/progress")
    assert sum(one["wins"] + one["losses"] for one in progress["blind"]) == 1
    expect(page.get_by_text("no difference yet")).to_be_visible()


def test_people_like_you_find_each_other_once_both_agreed(page: Page, url: str) -> None:
    for user in ("finder", "found"):
        tell(url, user, ("Alien (1979)", 1), ("Aliens (1986)", 1), ("Heat (1995)", 1))
    httpx2.put(f"{url}/user/found/findable", json={"name": "Robert"}).raise_for_status()
    be(page, url, "finder")
    page.goto(f"{url}/you")
    people = page.locator("#people")
    expect(people).to_contain_text("Others who agreed")
    expect(people).not_to_contain_text("Robert")
    people.get_by_label("Shown to them as").fill("Finn")
    people.get_by_role("button", name="Find people like me").click()
    expect(people.get_by_role("listitem")).to_contain_text("Robert 0.0")
    expect(people.get_by_role("listitem")).to_contain_text("Heat (1995)")
    people.get_by_role("button", name="Hide me").click()
    expect(people).not_to_contain_text("Robert")
    assert ask(url, "/user/found/similar")["people"] == []


def test_forget_me_leaves_nothing(page: Page, url: str) -> None:
    begin(page, url)
    user = user_of(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".who").click()
    page.locator("#forget").click()
    expect(page.get_by_text("Forgotten: 3 rows")).to_be_visible()
    expect(page.locator("#start .pick").first).to_be_visible()
    assert ask(url, f"/user/{user}/feedback")["feedback"] == []
    assert user_of(page) != user


def test_a_link_brings_a_profile_after_asking(page: Page, url: str) -> None:
    tell(url, "brought", ("Alien", 1), ("Heat (1995)", 1))
    begin(page, url)
    mine = user_of(page)
    page.goto(f"{url}/you?user=brought")
    expect(page.get_by_text("This link is for the profile brought")).to_be_visible()
    assert user_of(page) == mine
    page.get_by_role("button", name="Be brought").click()
    expect(page.get_by_role("heading", name="brought")).to_be_visible()
    assert user_of(page) == "brought"
    page.get_by_label("Name", exact=True).fill("Grandma")
    page.get_by_role("button", name="Call me that").click()
    expect(page.locator(".who")).to_have_text("You: Grandma")
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_role("button", name=mine).click()
    expect(page.locator(".who")).to_have_text(f"You: {mine}")


def test_two_tabs_agree_also_on_who_you_are(page: Page, url: str) -> None:
    begin(page, url)
    other = page.context.new_page()
    other.goto(url)
    expect(other.locator("#films .card")).to_have_count(SHOWN)
    page.bring_to_front()
    like_and_hear(page)
    settled(page)
    expect(other.locator("#films .card").first).to_have_attribute("data-movie", str(ids(page)[0]))
    tell(url, "somebody-else", ("Alien", 1), ("Heat (1995)", 1))
    page.goto(f"{url}/you?user=somebody-else")
    page.get_by_role("button", name="Be somebody-else").click()
    expect(other.locator(".who")).to_have_text("You: somebody-else")


def test_at_an_address_of_the_house_everything_works(other: Callable[..., Page], url: str) -> None:
    """Plain http at a name that is not localhost, on a phone: browsers keep some powers back."""
    at_home = url.replace("127.0.0.1", AT_HOME)
    complaints: list[str] = []
    page = other(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    watched(page, at_home, complaints)
    page.goto(at_home)
    assert not page.evaluate("isSecureContext")
    assert page.evaluate("crypto.randomUUID === undefined && !navigator.clipboard")
    begin(page, at_home)
    page.locator("#films .like").first.tap()
    expect(page.locator("#said")).to_contain_text("Because you like")
    expect(page.locator("#said")).to_be_in_viewport()  # the beat happens where you look
    expect(page.locator(".take-back")).to_be_in_viewport()
    page.locator("#films .like").nth(6).scroll_into_view_if_needed()
    expect(page.locator("#said")).to_be_in_viewport()
    expect(page.locator(".small-map")).to_be_in_viewport()
    page.reload()
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    assert len(said(url, page)) == 4  # stored, not only shown
    page.locator("#films .more a").first.tap()
    page.get_by_text("The arithmetic").tap()
    page.get_by_role("button", name="Copy as curl").tap()
    copied = page.get_by_role("button", name="Copied")
    expect(copied.or_(page.locator(".to-copy")).first).to_be_visible()
    # Chromium itself remarks that view transitions and the like prefer https: no fault of ours.
    assert [said for said in complaints if "secure context" not in said] == []


@pytest.mark.parametrize(
    ("blocked", "provoke"),
    [
        ("**/movies?q=*", lambda page: page.locator(".find input").fill("alien")),
        ("**/preview*", lambda page: page.locator("#films .like").first.hover()),
        ("**/similar*", lambda page: page.locator("#films .more a").nth(1).click()),
        ("**/why/*", lambda page: page.locator("#films .more a").first.click()),
        ("**/timeline*", lambda page: page.get_by_label("Time machine").fill("1")),
        ("**/recommend/*", lambda page: page.get_by_text("Films near you").click()),
        ("**/demo*", lambda page: page.locator("#demo").click()),
        ("**/session/recommend*", lambda page: page.locator("#demo").click()),
    ],
)
def test_every_request_that_fails_says_so_and_can_be_tried_again(
    other: Callable[..., Page], url: str, blocked: str, provoke: Callable[[Page], None]
) -> None:
    page = other(viewport={"width": 1280, "height": 900})
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    begin(page, url)
    settled(page)
    page.route(blocked, lambda route: route.abort())
    provoke(page)
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute(blocked)
    with page.expect_request(blocked):
        page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert broken == []


def test_the_operator_sees_versions_latencies_and_who_wins(page: Page, url: str) -> None:
    begin(page, url)
    page.goto(f"{url}/operator")
    expect(page.get_by_role("heading", name="For the operator")).to_be_visible()
    expect(page.get_by_role("cell", name="live", exact=True)).to_be_visible()
    row = page.locator("tr", has_text="/feedback").first
    expect(row.locator("td").nth(2)).to_have_text("–")  # a rate needs two reads
    expect(row.locator("td").nth(3)).to_contain_text("≤")
    page.get_by_role("button", name="Read again").click()
    expect(row.locator("td").nth(2)).to_have_text("0.0")
    page.on("dialog", lambda dialog: dialog.dismiss())  # the question comes first
    page.get_by_role("button", name="Roll back").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_operator_says_who_is_who(other: Callable[..., Page], database: Path) -> None:
    with speaking("jellyfin") as fake, MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", fake.address, TOKEN)
        synchronise(loop, "home")
        with served(create_app(lambda: loop)) as url:
            page = other()
            page.goto(f"{url}/operator")
            ada = page.get_by_label("Ada at home, 1 waiting, is")
            ada.fill("ada")
            ada.press("Enter")
            expect(page.get_by_label("Ada at home, is")).to_have_value("ada")
            assert [item.title for item in loop.users.history("ada").feedback] == ["Alien"]


def test_another_language(other: Callable[..., Page], url: str) -> None:
    page = other(locale="de-DE")
    page.goto(url)
    expect(page.get_by_role("heading", name="Tippe ein paar Filme an")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"
    begin(page, url)
    expect(page.locator("#said")).to_contain_text("Weil dir")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_javascript_forms_rate_and_films_have_pages(
    other: Callable[..., Page], url: str, width: int
) -> None:
    page = other(java_script_enabled=False, viewport={"width": width, "height": 844})
    page.goto(url)
    expect(page.locator(".card")).to_have_count(12)
    page.locator(".card button", has_text="Like").first.click()
    expect(page.get_by_role("heading", name="Your next films")).to_be_visible()
    first = page.locator(".card img").first.get_attribute("alt")
    page.locator(".card button", has_text="Dislike").first.click()
    expect(page.locator(".card img").first).not_to_have_attribute("alt", str(first))
    page.locator(".card .face").first.click()
    expect(page.locator("#neighbours .card")).to_have_count(12)
    page.locator(".about-film button", has_text="Seen").click()
    expect(page.get_by_role("heading", name="Your next films")).to_be_visible()
    wide = page.locator(".grid").first.bounding_box()
    assert wide and wide["width"] <= width


def test_whom_the_forms_knew_the_script_knows(other: Callable[..., Page], url: str) -> None:
    page = other(java_script_enabled=False)
    page.goto(url)
    page.locator(".card button", has_text="Like").first.click()
    cookies = page.context.cookies()
    scripted = other()
    scripted.context.add_cookies(cookies)  # type: ignore[arg-type]
    scripted.goto(url)
    expect(scripted.locator("#films .card")).to_have_count(SHOWN)
    known = next(c["value"] for c in cookies if c["name"] == "movieloop_user")
    assert user_of(scripted) == known


def test_whom_only_the_storage_knows_gets_their_list(page: Page, url: str) -> None:
    tell(url, "forgetful", ("Heat (1995)", 1))
    be(page, url, "forgetful")
    page.goto(url)
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    page.context.clear_cookies()
    page.goto(url)
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    expect(page.locator("#start .pick")).to_have_count(0)


STATES: list[Callable[[Page], None]] = [
    lambda page: page.locator("#films .like").nth(1).hover(),
    lambda page: page.get_by_role("searchbox").fill("star"),
    lambda page: page.keyboard.press("Escape"),
    lambda page: page.locator("#tonight").click(),
    lambda page: page.locator(".either .first").first.click(),
    lambda page: page.locator("#together").click(),
    lambda page: page.get_by_label("Genre").select_option("Western"),
    lambda page: page.get_by_label("Genre").select_option(""),
    lambda page: page.get_by_label("Mix my list").check(),
]


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_is_shut_out(other: Callable[..., Page], url: str, scheme: str, width: int) -> None:
    page = other(
        color_scheme=scheme, viewport={"width": width, "height": 844}, reduced_motion="reduce"
    )
    page.goto(url)
    expect(page.locator("#start .pick")).to_have_count(12)
    faults = [*violations(page)]
    begin(page, url)
    settled(page)
    faults += violations(page)
    page.get_by_label("Time machine").fill("1")
    expect(page.get_by_text("As you were")).to_be_visible()
    faults += violations(page)
    page.get_by_role("button", name="Back to now").click()
    settled(page)
    for provoke in STATES if (width == 1280) == (scheme == "dark") else ():
        provoke(page)
        page.wait_for_timeout(500)
        faults += violations(page)
    for path in ("/film/78748", "/you?user=ada", "/operator"):
        page.goto(f"{url}{path}")
        expect(page.locator("main:visible h1").first).to_be_visible()
        settled(page)
        faults += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert faults == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def test_script_and_style_stay_light() -> None:
    assets = Assets()
    assert assets.weight <= 77_000
    assert len(assets.modules("app.js", "words/en.js")) <= 25  # before the first tap


def test_nothing_jumps_while_the_page_comes(other: Callable[..., Page], url: str) -> None:
    """What the server painted is adopted: no shift to speak of, and nothing is asked for twice."""
    for width in (390, 1280):
        page = other(viewport={"width": width, "height": 844})
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver((list) => {"
            " for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value; })"
            ".observe({type: 'layout-shift', buffered: true});"
        )
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))  # noqa: B023
        page.goto(url)
        expect(page.locator("#start .pick")).to_have_count(12)
        settled(page)
        assert page.evaluate("window.shift") < 0.1, width
        assert not [one for one in asked if "/onboarding" in one or "/genres" in one]
        painted = page.evaluate(
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        )
        assert painted <= 1000


def test_a_server_with_a_key_asks_for_it(other: Callable[..., Page]) -> None:
    loop = MovieLoop.open(":memory:")
    key = create_key(loop.store)
    with served(create_app(lambda: loop, require_key=True)) as url:
        page = other()
        page.goto(url)
        page.get_by_label("Key", exact=True).fill("ml_wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("opens nothing")
        page.get_by_label("Key", exact=True).fill(key)
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("#start .pick")).to_have_count(12)
        page.reload()
        expect(page.locator("#start .pick")).to_have_count(12)
        assert page.evaluate("document.cookie").count("ml_") == 0


def test_a_key_of_ones_own_makes_the_page_ones_own(other: Callable[..., Page]) -> None:
    """Two people of a house, one browser: each signs in, neither can be the other."""
    loop = MovieLoop.open(":memory:")
    keys = {
        who: create_key(loop.store, who, scope=Scope.WRITE, user_id=who) for who in ("ada", "bob")
    }
    loop.add_feedback("ada", "Alien (1979)", 1)
    with served(create_app(lambda: loop, require_key=True)) as url:
        page = other()
        for who, other_one in (("ada", "bob"), ("bob", "ada")):
            page.goto(f"{url}/you?user={other_one}")
            page.get_by_label("Key", exact=True).fill(keys[who])
            page.get_by_role("button", name="Sign in").click()
            expect(page.locator(".who")).to_have_text(f"You: {who}")
            page.goto(f"{url}/you?user={other_one}")
            expect(page.locator(".you .hero h1")).to_have_text(who)
            expect(page.locator(".coming")).to_have_count(0)
            expect(page.get_by_label("Switch to")).to_have_count(0)
            page.goto(url)
            if who == "bob":
                expect(page.locator("#start .pick")).to_have_count(12)
                page.locator("#start .pick").first.click()
                expect(page.locator("#start .pick[aria-pressed=true]")).to_have_count(1)
            else:
                expect(page.locator("#films .card").first).to_be_visible()
            page.goto(f"{url}/you")
            page.get_by_role("button", name="Sign out").click()
            expect(page.get_by_label("Key", exact=True)).to_be_visible()
        assert len(loop.users.history("ada").feedback) == 1

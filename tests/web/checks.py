"""What must be true of the page. Each check is run on the page, and on pages broken on purpose."""

import math
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.web.visiting import SHOWN, ask, be, begin, ids, like_and_hear, said, settled, tell

TASTES = (("Alien", 1), ("Blade Runner", 1), ("Titanic (1997)", 0), ("Heat (1995)", 1))


def somebody(page: Page, url: str, name: str, *opinions: tuple[str, int | None]) -> None:
    """Be somebody who has said a few things."""
    tell(url, name, *(opinions or TASTES))
    be(page, url, name)
    page.goto(url)
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)


def badges(page: Page) -> dict[int, str]:
    """Read what the ghost says of each card."""
    told = page.locator("#films .card:has(.badge)").evaluate_all(
        "all => all.map(c => [Number(c.dataset.movie), c.querySelector('.badge').textContent])"
    )
    return {int(film): str(text) for film, text in told}


def expected_badges(before: list[int], after: list[int], rated: int) -> dict[int, str]:
    """Compute, another way, what the ghost must say."""
    old, new = [f for f in before if f != rated], [f for f in after if f != rated]
    told = {rated: "leaves"}
    for film in before[:SHOWN]:
        if film == rated:
            continue
        place = new.index(film) if film in new[:SHOWN] else None
        if place is None:
            told[film] = "leaves"
        elif place != old.index(film):
            gap = old.index(film) - place
            told[film] = f"up {gap}" if gap > 0 else f"down {-gap}"
    return told


def ghost_tells_the_truth(page: Page, url: str) -> None:
    """Badges, targets and the sentence of a preview are what the numbers say; then it happens."""
    somebody(page, url, "ghost")
    before = [f["movie_id"] for f in ask(url, "/recommend/ghost?n=24")["recommendations"]]
    assert ids(page) == before[:SHOWN]
    film = before[1]
    page.locator("#films .like").nth(1).hover()
    expect(page.locator("#bars .target").first).to_be_visible()
    promised = badges(page)
    targets = bar_targets(page)
    page.locator("#films .like").nth(1).click()
    page.mouse.move(0, 0)
    expect(page.locator("#said")).to_contain_text("Because you like")
    after = [f["movie_id"] for f in ask(url, "/recommend/ghost?n=24")["recommendations"]]
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", str(after[0]))
    assert ids(page) == after[:SHOWN]
    assert promised == expected_badges(before, after, film)
    taste = {d["name"]: d["value"] for d in ask(url, "/user/ghost/taste")["directions"]}
    for name, to in targets.items():
        assert math.isclose(taste[name], to, abs_tol=2e-4), name


def bar_targets(page: Page) -> dict[str, float]:
    told = page.locator("#bars .bar:has([data-to])").evaluate_all(
        "all => all.map(b => [b.dataset.name, Number(b.querySelector('[data-to]').dataset.to)])"
    )
    return {str(name): float(to) for name, to in told}


def bars_are_as_long_as_their_numbers(page: Page, url: str) -> None:
    somebody(page, url, "bars")
    told = page.locator("#bars .bar").evaluate_all(
        "all => all.map(b => [Number(b.querySelector('[data-value]').dataset.value),"
        " parseFloat(b.querySelector('.fill').style.width)])"
    )
    assert len(told) >= 6
    longest = max(told, key=lambda one: abs(one[0]))
    for value, width in told:
        assert math.isclose(width / longest[1], abs(value / longest[0]), abs_tol=0.02)
    values = [value for value, _ in told]
    assert values == sorted(values, reverse=True)  # what is loved first comes first
    directions = ask(url, "/user/bars/taste")["directions"]
    known = {round(d["value"], 4) for d in directions}
    assert set(values) <= known


def the_sentence_is_computed_from_what_is_shown(page: Page, url: str) -> None:
    somebody(page, url, "sentence")
    for place, kind in ((0, "like"), (2, "dislike"), (1, "seen")):
        before = [f["movie_id"] for f in ask(url, "/recommend/sentence?n=24")["recommendations"]]
        taste = {d["name"]: d["value"] for d in ask(url, "/user/sentence/taste")["directions"]}
        card = page.locator("#films .card").nth(place)
        title = card.locator(".name").inner_text()
        card.locator(f".{kind}").click()
        expect(page.locator("#said em").first).to_have_text(title)
        text = page.locator("#said").inner_text()
        now = {d["name"]: d["value"] for d in ask(url, "/user/sentence/taste")["directions"]}
        check_taste_words(text, kind, {name: now[name] - taste[name] for name in now})
        films = ask(url, "/recommend/sentence?n=24")["recommendations"]
        check_list_words(text, before, [f["movie_id"] for f in films], before[place])
        settled(page)


def check_taste_words(text: str, kind: str, moved: dict[str, float]) -> None:
    biggest = max(moved.values(), key=abs)
    if all(abs(by) < 5e-5 for by in moved.values()):
        assert "stayed where it was" in text
    elif abs(biggest) < 0.05:
        assert "hardly moved" in text
    for words, sign in (("closer to", 1), ("farther from", -1)):
        told = re.search(rf"{words} ([^.]*)\.", text)
        names = re.split(r", | and ", told.group(1)) if told else []
        for name in names:
            assert sign * moved[name] >= 0.0499, (name, moved[name])
    assert kind != "like" or "closer to" in text or "farther from" in text or "moved" in text or (
        "stayed" in text
    )  # fmt: skip


def check_list_words(text: str, before: list[int], after: list[int], rated: int) -> None:
    old, new = [f for f in before if f != rated], [f for f in after if f != rated]
    up = sum(1 for place, f in enumerate(new[:SHOWN]) if f in old[:SHOWN] and old.index(f) > place)
    words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
             "Eleven", "Twelve"]  # fmt: skip
    told = re.search(r"(\w+) films? moved up", text)
    assert (words.index(told.group(1)) if told else 0) == up
    came = [f for f in new[:SHOWN] if f not in old[:SHOWN]]
    assert ("came in" in text) == bool(came)


def the_map_draws_films_and_you(page: Page, url: str) -> None:
    somebody(page, url, "mapped")
    expect(page.locator(".region").first).to_be_visible()
    count = """selector => { const c = document.querySelector(selector);
      const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
      let films = 0, white = 0;
      for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 60) {
        if (d[i] > 245 && d[i + 1] > 245 && d[i + 2] > 245) white++; else films++; }
      return [films, white]; }"""
    for selector, fewest in ((".map", 1500), (".small-map", 300)):
        films, white = page.evaluate(count, selector)
        assert films > fewest and white > 20, (selector, films, white)


def the_dot_walks(page: Page, url: str) -> None:
    somebody(page, url, "walker")
    small = page.locator(".small-map")
    for place in (3, 5):
        like_and_hear(page, place)
        settled(page)
        there = ask(url, "/user/walker/place")
        expect(small).to_have_attribute("data-you", f"{there['x']} {there['y']}")


def the_curve_draws_a_dot_a_like(page: Page, url: str) -> None:
    films = [(f["title"] + f" ({f['year']})", 1) for f in ask(url, "/movies?limit=9")["movies"]]
    somebody(page, url, "curved", *films)
    progress = ask(url, "/user/curved/progress")
    dots = page.locator("svg.curve .like")
    expect(dots).to_have_count(len(progress["promises"]))
    heights = dots.evaluate_all(
        "all => all.map(d => [Number(d.dataset.rank), Number(d.getAttribute('cy'))])"
    )
    assert [rank for rank, _ in heights] == [p["rank"] for p in progress["promises"]]
    for (one, high), (other, low) in pairwise(heights):
        assert (one < other) == (high < low) or one == other  # the first place is on top
    for kind in ("ours", "popular"):
        path = str(page.locator(f"svg.curve .{kind}").get_attribute("d"))
        assert path.count("L") == len(heights) - 1
    ranks = sorted(p["rank"] for p in progress["promises"])
    expect(page.locator("#curve-said")).to_contain_text(f"at place {ranks[4]:,} or better")


def likes_of_the_list_prove_nothing(page: Page, url: str) -> None:
    begin(page, url)
    for _ in range(6):
        first = ids(page)[0]
        page.locator("#films .like").first.click()
        expect(page.locator(f'#films [data-movie="{first}"]')).to_have_count(0)
    expect(page.locator("#curve-said")).to_contain_text("that proves nothing")
    expect(page.locator("svg.curve")).to_have_count(0)
    assert {item["source"] for item in said(url, page)} == {"start", "list"}


def genre_filters_the_list_the_ghost_and_the_rows(page: Page, url: str) -> None:
    somebody(page, url, "filtered")
    page.get_by_label("Genre").select_option("Western")
    wanted = ask(url, "/recommend/filtered?n=24&genre=Western")["recommendations"]
    expect(page.locator("#films .card").first).to_have_attribute(
        "data-movie", str(wanted[0]["movie_id"])
    )
    before = [film["movie_id"] for film in wanted]
    assert ids(page) == before[:SHOWN]
    page.locator("#films .like").nth(2).hover()
    expect(page.locator(".badge").first).to_be_visible()
    promised = badges(page)
    page.locator("#films .like").nth(2).click()
    page.mouse.move(0, 0)
    expect(page.locator("#said")).to_contain_text("Because you like")
    after = [
        f["movie_id"] for f in ask(url, "/recommend/filtered?n=24&genre=Western")["recommendations"]
    ]
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", str(after[0]))
    assert ids(page) == after[:SHOWN]
    assert promised == expected_badges(before, after, before[2])
    assert "genre=Western" in page.url
    page.reload()
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)
    assert ids(page) == after[:SHOWN]
    western = {f["movie_id"] for f in ask(url, "/movies?genre=Western&limit=500")["movies"]}
    assert len(western) > 50
    for row in page.locator(".film-row .grid").all():
        assert set(ids(page, f"#{row.get_attribute('id')}")) <= western


def letterboxd_zip(folder: Path) -> Path:
    """Write an export as Letterboxd does: likes, a diary, and what was deleted."""
    export = folder / "letterboxd-ada-2026-01-02-utc.zip"
    head = "Date,Name,Year,Letterboxd URI"
    with zipfile.ZipFile(export, "w") as archive:
        archive.writestr("ratings.csv", f"{head},Rating\n2024-01-01,Alien,1979,https://boxd.it/1,4.5\n"
                         "2024-01-02,Heat,1995,https://boxd.it/2,5\n2024-01-03,No Such Film,,https://boxd.it/3,1\n"
                         "2024-01-04,Psycho,1960,https://boxd.it/4,4\n2024-01-04,Jaws,1975,https://boxd.it/5,4\n"
                         "2024-01-05,Vertigo,1958,https://boxd.it/6,5\n")  # fmt: skip
        archive.writestr("watched.csv", f"{head}\n2024-01-01,Alien,1979,https://boxd.it/1\n"
                         "2024-02-01,Titanic,1997,https://boxd.it/7\n")  # fmt: skip
        archive.writestr("likes/films.csv", f"{head}\n2024-01-01,Alien,1979,https://boxd.it/1\n")
        archive.writestr("watchlist.csv", f"{head}\n2024-03-01,Casablanca,1942,https://boxd.it/8\n")
        archive.writestr("diary.csv", f"{head},Rating,Rewatch,Tags,Watched Date\n"
                         "2024-01-02,Heat,1995,https://boxd.it/d2,5,,,2024-01-01\n")  # fmt: skip
        archive.writestr(
            "deleted/ratings.csv", f"{head},Rating\n2020-01-01,Gigli,2003,https://boxd.it/9,0.5\n"
        )
        archive.writestr(
            "profile.csv", "Date Joined,Username,Email Address\n2020-01-01,ada,a@b.c\n"
        )
    return export


def an_import_asks_before_it_stores(page: Page, url: str, tmp_path: Path) -> None:
    page.goto(url)
    expect(page.locator("#start .pick")).to_have_count(12)
    page.locator("#export").set_input_files(str(letterboxd_zip(tmp_path)))
    go = page.get_by_role("button", name="Bring 6 ratings and 1 wish over")
    expect(go).to_be_visible()
    assert said(url, page) == []
    expect(page.get_by_text("1 film not in the catalogue")).to_be_visible()
    go.click()
    expect(page.locator("#import-done")).to_contain_text("6 ratings and 1 wish came over")
    assert len(said(url, page)) == 6
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    expect(page.locator("svg.curve .like")).to_have_count(5)  # one's own curve, replayed


def the_time_machine_moves_everything(page: Page, url: str) -> None:
    somebody(page, url, "traveller")
    now, bars = ids(page), bar_values(page)
    dot = page.evaluate("document.querySelector('.small-map').toDataURL()")
    page.get_by_role("slider", name="Time machine").fill("1")
    expect(page.get_by_text("As you were after 1 of 4.")).to_be_visible()
    then = ask(url, "/user/traveller/timeline?at=1&n=12")
    assert ids(page) == [film["movie_id"] for film in then["recommendations"]] != now
    taste = {d["name"]: d["value"] for d in then["directions"]}
    assert bar_values(page) != bars
    assert all(taste[name] == value for name, value in bar_values(page).items())
    page.wait_for_timeout(700)
    assert page.evaluate("document.querySelector('.small-map').toDataURL()") != dot
    assert "at=1" in page.url
    page.locator("#films .like").first.click(force=True)  # in the past nothing is rated
    expect(page.locator("#said")).to_contain_text("come back to now")
    assert len(ask(url, "/user/traveller/feedback")["feedback"]) == 4
    page.get_by_role("button", name="Back to now").click()
    expect(page.get_by_text("As you were")).to_have_count(0)
    settled(page)
    assert ids(page) == now and bar_values(page) == bars
    assert "at=" not in page.url


def bar_values(page: Page) -> dict[str, float]:
    told = page.locator("#bars .bar").evaluate_all(
        "all => all.map(b => [b.dataset.name,"
        " Number(b.querySelector('[data-value]').dataset.value)])"
    )
    return {str(name): float(value) for name, value in told}


def why_is_an_exact_account(page: Page, url: str) -> None:
    somebody(page, url, "asker")
    film = ids(page)[1]
    page.locator("#films .more a").nth(1).click()
    expect(page).to_have_url(f"{url}/film/{film}")
    told: dict[str, Any] = ask(url, f"/user/asker/why/{film}")
    rows = page.locator("#why tbody tr:has([role=switch])")
    expect(rows).to_have_count(4)
    for row, rating in zip(rows.all(), told["ratings"], strict=True):
        assert rating["title"] in row.inner_text()
        effect = float(row.locator("td").nth(1).inner_text())
        assert math.isclose(effect, rating["effect"], abs_tol=6e-4)
        place = row.locator("[data-without]")
        assert place.get_attribute("data-without") == str(rating["rank_without"])
        assert place.inner_text() == ordinal(rating["rank_without"])
    shares = page.locator("#why [data-share]").evaluate_all(
        "all => all.map(o => Number(o.dataset.share))"
    )
    assert math.isclose(sum(shares), told["distance"], abs_tol=1e-9)
    expect(page.locator("#why .because em").first).to_have_text(told["ratings"][0]["title"])
    page.locator("#why summary").click()
    expect(page.locator("#why pre")).to_contain_text("the same to the last digit")
    expect(page.locator("#why pre")).to_contain_text(f"= {told['distance']:.8f}"[:-1])
    expect(page.locator("#why pre")).not_to_contain_text("✗")


def ordinal(n: int) -> str:
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def a_rating_switched_off_shows_the_list_without_it(page: Page, url: str) -> None:
    somebody(page, url, "switcher")
    film = ids(page)[0]
    page.goto(f"{url}/film/{film}")
    first = ask(url, f"/user/switcher/why/{film}")["ratings"][0]
    page.locator("#why [role=switch]").first.click()
    told = page.locator(".list-without")
    if first["rank_without"] <= 100:
        expect(told).to_contain_text(f"your {ordinal(first['rank_without'])} instead of")
    expect(told.locator("li")).to_have_count(SHOWN)
    assert len(said(url, page)) == 4  # nothing is stored
    page.locator("#why [role=switch]").first.click()
    expect(told).to_have_count(0)


def the_search_shows_all_it_finds(page: Page, url: str) -> None:
    begin(page, url)
    page.get_by_role("searchbox").fill("star")
    found = ask(url, "/movies?q=star&limit=6")["movies"]
    assert len(found) == 6
    expect(page.locator(".found li")).to_have_count(6)
    for line, film in zip(page.locator(".found li").all(), found, strict=True):
        expect(line).to_contain_text(film["title"])
    page.get_by_role("searchbox").fill("Godfater")  # a slip
    page.locator(".found li", has_text="The Godfather (1972)").locator(".like").click()
    expect(page.locator("#said")).to_contain_text("Because you like The Godfather")
    assert said(url, page)[-1]["source"] == "search"


def the_demo_keeps_its_pace_and_stores_nothing(page: Page, url: str) -> None:
    somebody(page, url, "watcher")
    own, counts = ids(page), ask(url, "/user/watcher/feedback")
    page.locator("#demo").click()
    expect(page.get_by_text("Synthetic: Somebody invented")).to_be_visible()
    expect(page.get_by_text(re.compile("after [5-9] of 40"))).to_be_visible()
    began = page.evaluate("performance.now()")
    first = steps(page)
    page.wait_for_timeout(2000)
    took = (page.evaluate("performance.now()") - began) / 1000
    assert 2.5 <= (steps(page) - first) / took <= 6  # five a second, less on a slow machine
    page.locator("#films .like").first.click(force=True)  # it is not your list
    expect(page.locator(".banner").first).to_be_visible()
    page.locator(".banner").get_by_role("button", name="Stop").click()
    expect(page.locator("#said")).to_contain_text("You are yourself again")
    expect(page.locator("#films .card").first).to_have_attribute("data-movie", str(own[0]))
    assert ids(page) == own and ask(url, "/user/watcher/feedback") == counts


def steps(page: Page) -> int:
    told = re.search(r"after (\d+) of 40", page.locator(".moment .banner").inner_text())
    assert told
    return int(told.group(1))


def whoever_wants_no_motion_sees_none(page: Page, url: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(
        "window.moves = 0; const start = document.startViewTransition?.bind(document);"
        "if (start) document.startViewTransition = (f) => { window.moves++; return start(f); };"
        "const raf = window.requestAnimationFrame.bind(window); window.frames_ = 0;"
        "window.requestAnimationFrame = (f) => { window.frames_++; return raf(f); };"
    )
    somebody(page, url, "calm")
    frames = page.evaluate("window.frames_")
    page.locator("#films .like").first.click()
    expect(page.locator("#said")).to_contain_text("Because you like")
    page.wait_for_timeout(700)
    assert page.evaluate("window.moves") == 0
    assert page.evaluate("window.frames_") - frames <= 6  # the dot is there at once


def the_sentence_comes_with_the_list(page: Page, url: str) -> None:
    somebody(page, url, "beat")
    page.evaluate(
        """() => { const real = window.fetch; window.fetch = async (...all) => {
          const answer = await real(...all);
          if (String(all[0]).includes('/feedback?')) { const text = answer.text.bind(answer);
            answer.text = async () => { const told = await text(); window.came = performance.now();
              return told; }; }
          return answer; };
        const seen = (name, selector) => new MutationObserver(() => {
            window[name] ??= window.came && performance.now(); })
          .observe(document.querySelector(selector),
                   {childList: true, subtree: true, characterData: true});
        seen('drawn', '#films'); seen('told', '#said'); }"""
    )
    page.locator("#films .like").first.click()
    expect(page.locator("#said")).to_contain_text("Because you like")
    assert page.evaluate("window.drawn - window.came") <= 250
    assert page.evaluate("window.told - window.came") <= 250
    expect(page.locator("#said")).to_have_attribute("aria-live", "polite")


def undo_gives_the_old_list_back(page: Page, url: str) -> None:
    somebody(page, url, "undoer")
    before = ids(page)
    page.locator("#films .dislike").first.click()
    expect(page.locator("#said")).to_contain_text("Because you dislike")
    page.locator(".strip .take-back").click()
    expect(page.locator("#said")).to_contain_text("As if you had never rated")
    assert ids(page) == before and len(said(url, page)) == 4

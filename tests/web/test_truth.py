"""Twenty people, twenty taps: what the ghost promised and the sentence said is so."""

import random

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import needs_chromium
from tests.web.checks import (
    bar_targets,
    bar_values,
    check_list_words,
    check_taste_words,
    expected_badges,
)
from tests.web.visiting import SHOWN, ask, be, settled, tell

pytestmark = needs_chromium
FILTERS = [
    "",
    "genre=Drama",
    "variety=0.3",
    "familiarity=0.8",
    "wish=Western:1.0",
    "year_from=1990",
]


@pytest.mark.parametrize("seed", range(20))
def test_the_page_tells_the_truth(page: Page, url: str, seed: int) -> None:
    dice = random.Random(seed)
    known = [f"{f['title']} ({f['year']})" for f in ask(url, "/movies?limit=60")["movies"]]
    name = f"truth {seed}"
    said = dice.sample(known, dice.randint(1, 12))
    tell(url, name, *((film, dice.choice((1, 1, 0, None))) for film in said))
    be(page, url, name)
    filters = dice.choice(FILTERS)
    page.goto(f"{url}/?{filters}")
    expect(page.locator("#films .card")).to_have_count(SHOWN)
    settled(page)
    path = f"/recommend/{name.replace(' ', '%20')}?n=24&{filters}"
    before = [film["movie_id"] for film in ask(url, path)["recommendations"]]
    taste = taste_of(url, name)
    place, kind = dice.randrange(SHOWN), dice.choice(("like", "dislike"))
    button = page.locator(f"#films .{kind}").nth(place)
    button.scroll_into_view_if_needed()
    button.hover()
    expect(page.locator("#films .badge").first).to_be_visible()
    told = page.locator("#films .card:has(.badge)").evaluate_all(
        "all => all.map(c => [Number(c.dataset.movie), c.querySelector('.badge').textContent])"
    )
    targets = bar_targets(page)
    button.click()
    page.mouse.move(0, 0)
    expect(page.locator("#said em").first).to_be_visible()
    text = page.locator("#said").inner_text()
    after = [film["movie_id"] for film in ask(url, path)["recommendations"]]
    now = taste_of(url, name)
    assert dict(map(tuple, told)) == expected_badges(before, after, before[place])
    assert all(abs(now[bar] - to) < 2e-4 for bar, to in targets.items())
    assert all(abs(now[bar] - value) < 2e-4 for bar, value in bar_values(page).items())
    shown = page.locator("#films .card").evaluate_all("a => a.map(c => Number(c.dataset.movie))")
    assert shown == after[:SHOWN]
    check_taste_words(text, kind, {bar: now[bar] - taste[bar] for bar in now})
    check_list_words(text, before, after, before[place])


def taste_of(url: str, name: str) -> dict[str, float]:
    directions = ask(url, f"/user/{name.replace(' ', '%20')}/taste")["directions"]
    return {one["name"]: one["value"] for one in directions}

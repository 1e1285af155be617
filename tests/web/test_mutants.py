# ruff: noqa: E501 - a mutant is a line
"""The page broken on purpose, fourteen ways and more: each must be noticed.

A mutant is the page with one line changed. The check that guards it passes on the page as it is
(`test_page.py`) and has to fail here.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as Broken

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.page import assets
from tests.chromium import needs_chromium
from tests.served import served
from tests.web import checks

pytestmark = needs_chromium


class Mutant(NamedTuple):
    """One line of the page, changed."""

    name: str
    file: str
    old: str
    new: str
    check: Callable[..., None]


MUTANTS = [
    Mutant("the map draws nothing", "views/map.js", "brush.fillRect(", "void (", checks.the_map_draws_films_and_you),
    Mutant("the curve draws nothing", "views/curve.js", 'd="M${d}"', 'd=""', checks.the_curve_draws_a_dot_a_like),
    Mutant("closer and farther are swapped", "sentence.js", "const closer = named(1)", "const closer = named(-1)", checks.the_sentence_is_computed_from_what_is_shown),
    Mutant("the ghost's up and down are swapped", "views/films.js", 'say("up", move.from - move.to)', 'say("down", move.from - move.to)', checks.ghost_tells_the_truth),
    Mutant("the genre filter is ignored", "lesson.js", "const {wish, ...rest} = state.filters;", "const {wish, genre, ...rest} = state.filters;", checks.genre_filters_the_list_the_ghost_and_the_rows),
    Mutant("all bars have one length", "views/taste.js", "width: ${Math.abs(share(value))}%", "width: 20%", checks.bars_are_as_long_as_their_numbers),
    Mutant("an import stores before it asks", "views/importer.js", "await send(brought, true)", "await send(brought, false)", checks.an_import_asks_before_it_stores),
    Mutant("the time machine moves only the list", "lesson.js", "taste: then.directions, place: then.place, past", "past", checks.the_time_machine_moves_everything),
    Mutant("effects are doubled", "views/why.js", "number(rating.effect)", "number(2 * rating.effect)", checks.why_is_an_exact_account),
    Mutant("every without is 1st", "views/why.js", 'say("nth", rating.rank_without)', 'say("nth", 1)', checks.why_is_an_exact_account),
    Mutant("the sentence comes a second late", "lesson.js", "tell(entry, moves, change.taste, item, rank_before);", "setTimeout(() => tell(entry, moves, change.taste, item, rank_before), 1000);", checks.the_sentence_comes_with_the_list),
    Mutant("the demo rates one a second", "views/demo.js", "const PACE = 200", "const PACE = 1000", checks.the_demo_keeps_its_pace_and_stores_nothing),
    Mutant("the search shows one hit", "views/find.js", "state.found.map(", "state.found.slice(0, 1).map(", checks.the_search_shows_all_it_finds),
    Mutant("reduced motion is ignored", "browser.js", 'return matchMedia("(prefers-reduced-motion: reduce)").matches;', "return false;", checks.whoever_wants_no_motion_sees_none),
    Mutant("the film that was rated counts as moved", "change.js", "before.filter((film) => film.movie_id !== rated)", "before.slice()", checks.ghost_tells_the_truth),
    Mutant("the ghost forgets the filters", "ghost.js", "query: wanted(), body", "query: {}, body", checks.genre_filters_the_list_the_ghost_and_the_rows),
    Mutant("the past can be rated", "lesson.js", "if (!state.past && !state.visiting) return false;", "return false;", checks.the_time_machine_moves_everything),
    Mutant("a switched-off rating still counts", "views/why.js", "item.counts && !off.has(item.feedback_id)", "item.counts", checks.a_rating_switched_off_shows_the_list_without_it),
    Mutant("likes of the list prove something", "views/curve.js", 'new Set(["search", "import"])', 'new Set(["search", "import", "list", "start"])', checks.likes_of_the_list_prove_nothing),
    Mutant("the arithmetic pushes instead of pulling", "formula.js", "at + rate[i] * (movie[i] - at)", "at - rate[i] * (movie[i] - at)", checks.why_is_an_exact_account),
    Mutant("the dot stands still", "chart.js", "walk(place);", "", checks.the_dot_walks),
    Mutant("undo only seems to undo", "outbox.js", 'return await ask("DELETE", userPath(entry.user, `/feedback/${entry.feedback_id}`));', "return {};", checks.undo_gives_the_old_list_back),
]  # fmt: skip


@contextmanager
def broken(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the page with one line changed."""
    read = assets._read

    def changed(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
        found = []
        for name, data in read(folder, prefix):
            if name == mutant.file and not prefix:  # it reads folder by folder
                assert data.decode().count(mutant.old) >= 1, f"{mutant.file} has no {mutant.old!r}"
                data = data.replace(mutant.old.encode(), mutant.new.encode())  # noqa: PLW2901
            found.append((name, data))
        return found

    monkeypatch.setattr(assets, "_read", changed)
    with served(create_app(lambda: MovieLoop.open(":memory:"))) as url:
        yield url


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_it_is_noticed_when(
    mutant: Mutant, browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expect.set_options(timeout=2_500)
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", service_workers="block"
    )
    context.set_default_timeout(5_000)
    try:
        with broken(mutant, monkeypatch) as url:
            page = context.new_page()
            more = (tmp_path,) if "tmp_path" in inspect.signature(mutant.check).parameters else ()
            with pytest.raises((AssertionError, Broken)):
                mutant.check(page, url, *more)
    finally:
        expect.set_options(timeout=10_000)
        context.close()

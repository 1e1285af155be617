"""What is printed never takes a word of a film or a person for markup."""

import io

import pytest
from rich.console import Console

from movieloop import Movie, MovieLoop
from movieloop.cli import show

EVIL = "[bold]Evil[/] [link=x]\\[/link]"


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    screen = io.StringIO()
    monkeypatch.setattr(show, "console", Console(file=screen, width=300, highlight=False))
    return screen


def test_markup_is_printed_as_it_is(loop: MovieLoop, screen: io.StringIO) -> None:
    number = loop.live.space().catalog.movies[0].movie_id
    film = Movie(number, EVIL, 2001, ("[red]Drama[/]",), popularity=10**9)
    loop.store.write(lambda session: session.save_movies([film]))
    user = "[blink]ada[/]"
    answer = loop.add_feedback(user, number, 1, n=3)
    show.show_feedback(answer, user)
    show.show_movies(loop.movies.search("", limit=1))
    show.show_history(loop.users.history(user))
    show.show_profile(loop.users.profile(user))
    show.show_explanation(loop.explain(user, "Alien"))
    show.show_recommendations(loop.recommend("eve", n=10, explain=True))
    printed = screen.getvalue()
    assert printed.count(EVIL) >= 4
    assert printed.count(user) >= 4
    assert "[red]Drama[/]" in printed


def test_a_replaced_opinion_is_marked(loop: MovieLoop, screen: io.StringIO) -> None:
    for rating in (1, 0):
        loop.add_feedback("ada", "Alien", rating)
    show.show_history(loop.users.history("ada"))
    lines = [line for line in screen.getvalue().splitlines() if "Alien" in line]
    assert ["(replaced)" in line for line in lines] == [True, False]

"""The page before any script runs: films to rate, by forms, without a word of markup let in."""

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from movieloop import Movie, MovieLoop
from movieloop.api.page.render import COOKIE, user_of, wants_page

HTML = {"Accept": "text/html"}


def asking(**headers: str) -> Request:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw})


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", True), ("*/*", False), ("", False),
        ("application/json", False), ("application/json, text/html", False),
        ("text/html;q=0.9, application/json", True),
    ],
)  # fmt: skip
def test_browsers_get_the_page_and_programs_json(accept: str, page: bool) -> None:
    assert wants_page(asking(accept=accept)) == page


@pytest.mark.parametrize("name", ["ada", "孫悟空", "a/b; c=d", "ada lovelace"])
def test_any_name_travels_in_the_cookie(name: str) -> None:
    assert user_of(asking(cookie=f"{COOKIE}={quote(name)}")) == name


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=", f"{COOKIE}=%00", f"{COOKIE}=" + "a" * 500])
def test_a_cookie_nobody_can_have_is_nobodys(cookie: str) -> None:
    assert user_of(asking(cookie=cookie)) is None


def test_a_form_rates_and_the_next_page_is_another(client: TestClient, loop: MovieLoop) -> None:
    page = client.get("/", headers=HTML)
    assert "Tap a few films you love." in page.text
    assert page.text.count('<li class="card">') == 12
    film = loop.movies.get("Alien (1979)").movie_id
    form = {"movie_id": str(film), "rating": "1"}
    after = client.post("/page/rate", data=form, headers=HTML)
    assert "Your next films" in after.text
    (user,) = loop.users.list()
    assert user.startswith("guest-")
    assert loop.users.profile(user).likes == 1


@pytest.mark.parametrize(
    "form", [{}, {"movie_id": "x", "rating": "1"}, {"movie_id": "1", "rating": "like"}]
)
def test_a_form_that_says_nothing_is_refused(client: TestClient, form: dict[str, str]) -> None:
    assert client.post("/page/rate", data=form).status_code == 422


def test_a_title_of_markup_is_shown_and_not_run(client: TestClient, loop: MovieLoop) -> None:
    evil = Movie(7, "<script>alert(1)</script>\"'&", 2020, ("Drama",), popularity=10**9)
    loop.store.write(lambda session: session.save_movies([evil]))
    page = client.get("/", headers=HTML).text
    assert "<script>alert" not in page

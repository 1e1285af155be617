"""The page before any script runs: films to rate, by forms, without a word of markup let in."""

import json
import re
from typing import Any
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


def first_of(page: str) -> dict[str, Any]:
    """Read what the server put into the page for the scripts."""
    found = re.search(r'<script type="application/json" id="first">(.*?)</script>', page, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def test_what_is_painted_is_told_so_that_nothing_has_to_be_asked_for(
    client: TestClient, loop: MovieLoop
) -> None:
    newcomer = first_of(client.get("/", headers=HTML).text)
    assert newcomer["starting"] and len(newcomer["picks"]) == 12
    assert {genre["name"] for genre in newcomer["genres"]} >= {"Drama", "Western"}
    loop.add_feedback("ada", "Heat", 1)
    page = client.get("/", headers=HTML | {"Cookie": f"{COOKIE}=ada"}).text
    told = first_of(page)
    wanted = [film.movie_id for film in loop.recommend("ada", n=24).recommendations]
    assert [film["movie_id"] for film in told["films"]] == wanted
    assert not told["starting"] and page.count('<li class="card">') == 12


def test_a_title_cannot_end_the_data(client: TestClient, loop: MovieLoop) -> None:
    evil = Movie(7, "</script><script>alert(1)</script>", 2020, ("Drama",), popularity=10**9)
    loop.store.write(lambda session: session.save_movies([evil]))
    page = client.get("/film/7", headers=HTML)
    assert page.status_code == 200 and "<script>alert" not in page.text
    first_of(page.text)


def test_a_film_has_a_page_of_its_own(client: TestClient, loop: MovieLoop) -> None:
    film = loop.movies.get("Alien (1979)")
    page = client.get(f"/film/{film.movie_id}", headers={"Accept-Language": "de"})
    assert "Alien" in page.text and "Ridley Scott" in page.text and 'lang="de"' in page.text
    assert page.text.count('<li class="card">') == 12
    for nobody in ("0", "x", "9" * 30, "123456789"):
        missing = client.get(f"/film/{nobody}")
        assert missing.status_code == 404 and "There is no such film." in missing.text


def test_the_page_can_be_installed_and_its_worker_knows_its_files(client: TestClient) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == "/" and client.get(manifest["icons"][0]["src"]).is_success
    worker = client.get("/worker.js")
    known = re.search(r"FILES = (\[.*?\]);", worker.text)
    assert known and worker.headers["cache-control"] == "no-cache"
    for file in json.loads(known.group(1)):
        assert client.get(file).headers["cache-control"].endswith("immutable")


def test_a_link_is_drawn_as_a_code(client: TestClient) -> None:
    drawn = client.get("/qr.svg", params={"text": "http://house.local:8000/you?user=ada"})
    assert drawn.headers["content-type"] == "image/svg+xml" and "<svg" in drawn.text
    assert client.get("/qr.svg").status_code == 422
    assert client.get("/qr.svg", params={"text": "x" * 801}).status_code == 422


def test_large_answers_are_packed_and_the_hot_ones_are_not(client: TestClient) -> None:
    for path, packed in (
        ("/onboarding/ada", True), ("/map", True), ("/", True), ("/recommend/ada", False),
    ):  # fmt: skip
        headers = {"Accept-Encoding": "gzip"} | (HTML if path == "/" else {})
        answer = client.get(path, headers=headers)
        assert (answer.headers.get("content-encoding") == "gzip") == packed, path

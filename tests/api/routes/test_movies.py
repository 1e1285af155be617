"""Films over HTTP: search, pages, one film and its neighbours."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.data import normalised, packaged_films
from movieloop.importers.media_servers.requests import connect_requests
from tests.api.asking import ask, ids, pages, tell
from tests.conftest import assert_problem
from tests.importers.media_servers.servers import TOKEN, taking_requests


@pytest.mark.parametrize("limit", [613, 1000])
def test_paging_shows_every_film_once_the_best_known_first(
    client: TestClient, loop: MovieLoop, limit: int
) -> None:
    read = list(pages(client, limit=limit))
    films = [film for page in read for film in page["movies"]]
    known = set(loop.live.space().catalog.by_id)
    assert {page["total_movies"] for page in read} == {len(known)} == {len(films)}
    assert set(ids(films)) == known
    fame = [film["popularity"] for film in films]
    assert fame == sorted(fame, reverse=True)


@pytest.mark.parametrize(
    "query", [{"q": "star"}, {"genre": "western"}, {"q": "the", "genre": "war"}]
)
def test_paging_through_a_search_repeats_nothing_and_leaves_nothing_out(
    client: TestClient, query: dict[str, str]
) -> None:
    whole = ask(client, "/movies", **query, limit=1000)
    films = [film for page in pages(client, **query, limit=17) for film in page["movies"]]
    assert 0 < len(films) == whole["total_movies"]
    assert films == whole["movies"]
    assert len(set(ids(films))) == len(films)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alein", "Alien"),
        ("spirted away", "Spirited Away"),
        ("AMELIE", "Amélie"),
        ("dune (1984)", "Dune"),
        ("matrix", "The Matrix"),
    ],
)
def test_search_forgives_slips(client: TestClient, typed: str, meant: str) -> None:
    assert meant in [film["title"] for film in ask(client, "/movies", q=typed)["movies"][:3]]


def test_a_search_nothing_looks_like_finds_nothing(client: TestClient) -> None:
    page = ask(client, "/movies", q="qqqqzzzzxxxx")
    assert page == {"total_movies": 0, "movies": [], "next_cursor": None}


def test_a_cursor_past_the_end_shows_an_empty_page(client: TestClient) -> None:
    page = ask(client, "/movies", cursor="999999999")
    assert (page["movies"], page["next_cursor"]) == ([], None)


def test_every_title_finds_a_film_of_that_title(everything: MovieLoop) -> None:
    for movie in packaged_films()[0][::40]:
        first = everything.movies.search(movie.label, limit=1).movies[0].model_dump()
        assert normalised(first["title"]) == normalised(movie.title)
        assert first["year"] == movie.year


def test_one_film_tells_what_it_is(client: TestClient) -> None:
    listed = ask(client, "/movies", q="The Matrix (1999)")["movies"][0]
    film = ask(client, f"/movies/{listed['movie_id']}")
    assert film == listed
    assert (film["title"], film["year"], film["imdb_id"]) == ("The Matrix", 1999, "tt0133093")
    assert "Sci-Fi" in film["genres"]


def test_similar_films_are_neighbours_and_not_the_film_itself(client: TestClient) -> None:
    alien = ask(client, "/movies", q="Alien (1979)")["movies"][0]
    answer = ask(client, f"/movies/{alien['movie_id']}/similar", n=25)
    distances = [film["distance"] for film in answer["similar"]]
    assert answer["movie"] == alien
    assert "Aliens" in [film["title"] for film in answer["similar"]]
    assert alien["movie_id"] not in ids(answer["similar"])
    assert distances == sorted(distances)
    assert len(set(ids(answer["similar"]))) == 25


NEW = {
    "title": "The Quiet Orbit",
    "year": 2025,
    "genres": ["sci-fi", "drama"],
    "countries": ["Korea"],
    "about": "An astronaut drifts around a dying planet.",
}


def test_a_film_can_be_added_and_is_recommendable_at_once(client: TestClient) -> None:
    answer = client.post("/movies", json=NEW)
    added = answer.json()
    assert (answer.status_code, added["status"], added["placed"]) == (201, "added", True)
    number = added["movie"]["movie_id"]
    film = ask(client, f"/movies/{number}")
    assert (film["title"], film["genres"]) == ("The Quiet Orbit", ["Sci-Fi", "Drama"])
    assert (film["countries"], film["about"]) == (["KR"], NEW["about"])
    assert ask(client, "/movies", q="quiet orbit")["movies"][0] == film
    near = ask(client, f"/movies/{number}/similar")["similar"]
    assert len(near) == 10
    for neighbour in near[:4]:
        tell(client, "ada", neighbour["movie_id"], 1)
    assert number in ids(ask(client, "/recommend/ada", n=100)["recommendations"])
    assert tell(client, "ada", "The Quiet Orbit", 1)["rank_before"] is not None


def test_a_film_that_is_there_is_not_added_again(client: TestClient) -> None:
    total = ask(client, "/movies")["total_movies"]
    for facts in ({"title": "alien", "year": 1979}, {**NEW, "imdb_id": "tt0078748"}):
        body = assert_problem(client.post("/movies", json=facts), 409, "'Alien (1979)' already")
        assert body["movie_id"] == 78748
    assert ask(client, "/movies")["total_movies"] == total


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"year": None}, "year"),
        ({"year": 2099}, "too far ahead"),
        ({"year": "2025"}, "year"),
        ({"title": "\u200b\x07"}, "nothing in it"),
        ({"title": "x" * 301}, "title"),
        ({"genres": ["Gardening"]}, "no film has the genre".capitalize()),
        ({"countries": ["Atlantis"]}, "not known"),
        ({"imdb_id": "nm01"}, "imdb_id"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_film_that_makes_no_sense_is_refused(
    client: TestClient, facts: dict[str, Any], says: str
) -> None:
    total = ask(client, "/movies")["total_movies"]
    assert_problem(client.post("/movies", json={**NEW, **facts}), 422, says)
    assert ask(client, "/movies")["total_movies"] == total


def test_markup_in_a_title_stays_text(client: TestClient) -> None:
    evil = "<img src=x onerror=alert(1)>\u202e Film"
    added = client.post("/movies", json={**NEW, "title": evil}).json()["movie"]
    assert added["title"] == "<img src=x onerror=alert(1)> Film"
    poster = client.get(f"/movies/{added['movie_id']}/poster.svg")
    assert "<img" not in poster.text


def test_a_film_is_requested_on_a_click(database: Path) -> None:
    with taking_requests() as seerr, MovieLoop.open(database) as loop:
        app = create_app(lambda: loop)
        with TestClient(app) as client:
            path = "/movies/78748/request"
            problem = assert_problem(client.post(path), 409, "connect requests")
            assert problem["title"] == "Nothing takes requests"
            connect_requests(loop, seerr.address, TOKEN)
            told = [client.post(path).json()["outcome"] for _ in range(2)]
            assert told == ["requested", "already requested"] and seerr.requested == [348]
            assert_problem(client.post("/movies/1/request"), 404)
            seerr.mood = "down"
            assert_problem(client.post(path), 503, "503")
            assert '"requests": true' in client.get("/", headers={"Accept": "text/html"}).text

"""Films over HTTP: search, pages, filters, neighbours; and what the service says of itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

import movieloop
from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.data import normalised, packaged_films
from tests.api.test_api import ask, ids


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """One for all tests here: nobody writes."""
    with TestClient(create_app(lambda: MovieLoop.open(":memory:"))) as client:
        yield client


def pages(client: TestClient, **query: Any) -> Iterator[dict[str, Any]]:
    """Follow `next_cursor` to the end."""
    page = ask(client, "/movies", **query)
    yield page
    while page["next_cursor"] is not None:
        page = ask(client, "/movies", **query, cursor=page["next_cursor"])
        yield page


@pytest.mark.parametrize("limit", [613, 1000])
def test_paging_shows_every_film_once_the_best_known_first(client: TestClient, limit: int) -> None:
    read = list(pages(client, limit=limit))
    films = [film for page in read for film in page["movies"]]
    packaged = {movie.movie_id for movie in packaged_films()[0]}
    assert {page["total_movies"] for page in read} == {len(packaged)} == {len(films)}
    assert set(ids(films)) == packaged
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


def test_every_title_finds_a_film_of_that_title(client: TestClient) -> None:
    for movie in packaged_films()[0][::40]:
        first = ask(client, "/movies", q=movie.label, limit=1)["movies"][0]
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


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ({"genre": "horror"}, lambda film: "Horror" in film["genres"]),
        ({"year_from": 1950, "year_to": 1959}, lambda film: 1950 <= film["year"] <= 1959),
        ({"year_to": 1945}, lambda film: film["year"] <= 1945),
    ],
)
def test_filters_let_only_such_films_through(client: TestClient, query: Any, holds: Any) -> None:
    films = ask(client, "/recommend/ada", n=30, **query)["recommendations"]
    assert len(films) == 30
    assert all(holds(film) for film in films)


def test_filters_that_leave_no_film_are_answered_with_none(client: TestClient) -> None:
    answer = ask(client, "/recommend/ada", year_from=2200)
    assert answer["recommendations"] == []
    assert answer["recommended_movie"] is answer["similarity_score"] is None


def test_excluded_films_stay_away(client: TestClient) -> None:
    first = ids(ask(client, "/recommend/ada", n=6)["recommendations"])
    rest = ids(ask(client, "/recommend/ada", n=3, exclude=first[:3])["recommendations"])
    assert rest == first[3:]


def test_the_dial_goes_from_familiar_to_obscure(client: TestClient) -> None:
    def fame(familiarity: float) -> float:
        films = ask(client, "/recommend/ada", n=20, familiarity=familiarity)["recommendations"]
        known = [ask(client, f"/movies/{film['movie_id']}")["popularity"] for film in films]
        return sum(known) / len(known)

    assert fame(1) > fame(0.5) > fame(0)


def test_health_counts_the_films_and_says_where_to_go(client: TestClient) -> None:
    health = ask(client, "/")
    assert health["status"] == "healthy"
    assert health["version"] == movieloop.__version__
    assert health["total_movies"] == ask(client, "/movies", limit=1)["total_movies"]
    assert "/recommend/{user_id}" in health["message"]


@pytest.mark.parametrize("probe", ["/livez", "/readyz"])
def test_probes_say_ok(client: TestClient, probe: str) -> None:
    assert ask(client, probe) == {"status": "ok"}


def test_model_describes_the_points_every_profile_has(client: TestClient) -> None:
    model = ask(client, "/model")
    profile = ask(client, "/user/ada/profile")
    assert model["embedding_size"] == len(profile["profile"])
    assert {memory["name"] for memory in model["memories"]} == set(profile["memories"])
    assert model["movies"] == ask(client, "/")["total_movies"]
    assert model["embeddings_version"] == profile["embeddings_version"]

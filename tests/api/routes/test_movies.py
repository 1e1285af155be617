"""Films over HTTP: search, pages, one film and its neighbours."""

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.data import normalised, packaged_films
from tests.api.asking import ask, ids, pages


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

"""The watchlist over HTTP."""

from fastapi.testclient import TestClient

from tests.api.asking import ask, ids
from tests.conftest import assert_problem


def test_films_come_on_the_list_and_off_it(client: TestClient) -> None:
    for film in ({"movie_name": "Alien"}, {"movie_id": 113277}, {"movie_name": "tt0245429"}):
        answer = client.post("/user/ada/watchlist", json=film)
        assert answer.json()["status"] == "added", answer.text
    assert client.post("/user/ada/watchlist", json=film).json()["status"] == "already there"
    listed = ask(client, "/user/ada/watchlist")["watchlist"]
    assert {wish["title"] for wish in listed} == {"Spirited Away", "Heat", "Alien"}
    films = ask(client, "/recommend/ada", watchlist=True)["recommendations"]
    assert set(ids(films)) == set(ids(listed))
    assert client.delete("/user/ada/watchlist/113277").json()["status"] == "removed"
    assert client.delete("/user/ada/watchlist/113277").json()["status"] == "not there"
    assert len(ask(client, "/user/ada/watchlist")["watchlist"]) == 2


def test_a_wish_that_names_no_film_is_refused(client: TestClient) -> None:
    for body in ({}, {"movie_name": "Alien", "movie_id": 78748}, {"movie_name": "x", "rating": 1}):
        assert_problem(client.post("/user/ada/watchlist", json=body), 422)
    assert_problem(client.post("/user/ada/watchlist", json={"movie_name": "Qqqqzz"}), 404)
    assert_problem(client.delete("/user/ada/watchlist/1"), 404)

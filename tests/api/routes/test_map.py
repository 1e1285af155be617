"""Pictures over HTTP: posters, hues, the taste in words, the map, a look back."""

import threading
import time

import numpy as np
from fastapi.testclient import TestClient

from movieloop import Embeddings, Memory, Movie
from movieloop.api import create_app
from movieloop.api.posters import hue_of
from movieloop.model.projection import SIZE, Projection
from movieloop.recommender.loop import MovieLoop
from tests.conftest import assert_problem

WESTERNS = ("Unforgiven", "The Searchers", "Rio Bravo", "High Noon", "Tombstone")


def like(client, user, title, rating=1):
    answer = client.post(
        "/feedback?n=10", json={"user_id": user, "movie_name": title, "rating": rating}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_posters_are_kept_for_ever_and_known_again(client):
    first = client.get("/movies/133093/poster.svg")
    assert first.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in first.headers["cache-control"]
    again = client.get(
        "/movies/133093/poster.svg", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304 and not again.content
    assert client.get("/movies/1/poster.svg").status_code == 404


def test_every_genre_has_its_hue(client):
    answer = client.get("/genres").json()
    assert answer["genres"][0]["movies"] >= answer["genres"][-1]["movies"] > 0
    assert {item["hue"] for item in answer["genres"] if item["name"] == "Horror"} == {
        hue_of("Horror")
    }


def test_five_westerns_are_a_taste_for_westerns(client):
    for title in WESTERNS:
        moved = like(client, "john", title)["change"]["taste"]
    assert {move["name"] for move in moved} >= {"Western", "Comedy"}
    directions = client.get("/user/john/taste").json()["directions"]
    genres = {item["name"]: item["value"] for item in directions if item["kind"] == "genre"}
    assert max(genres, key=genres.get) == "Western" and genres["Western"] > 2
    assert all(0 <= item["sure"] <= 1 for item in directions)
    assert all(item["value"] == 0 for item in client.get("/user/new/taste").json()["directions"])


def test_the_map_keeps_its_places_and_most_genres_together(client):
    drawn = client.get("/map").json()
    places = np.column_stack([drawn["x"], drawn["y"]])
    assert places.min() >= 0 and places.max() <= SIZE
    assert drawn == client.get("/map").json()
    assert drawn["neighbours_kept"] > 0.15  # by chance it would be 0.002
    names = [genre["name"] for genre in drawn["genres"]]
    westerns = places[np.array(drawn["genre"]) == names.index("Western")]
    middle = np.median(westerns, axis=0)
    assert np.median(np.abs(westerns - middle).sum(axis=1)) < SIZE / 4


def test_a_profile_stands_among_the_films_it_likes(client):
    for title in WESTERNS:
        like(client, "wayne", title)
    place = client.get("/user/wayne/place").json()
    assert len(place["trail"]) == len(WESTERNS)
    assert (place["x"], place["y"]) == (place["trail"][-1]["x"], place["trail"][-1]["y"])
    there = client.get(
        "/map/near", params={"x": place["x"], "y": place["y"], "user_id": "wayne", "n": 8}
    ).json()["recommendations"]
    assert sum("Western" in film["genres"] for film in there) >= 4
    assert client.get("/user/nobody/place").json()["trail"] == []


def test_looking_back_shows_what_was(client):
    lists = [client.get("/recommend/back?n=5").json()["recommendations"]]
    for title in WESTERNS[:3]:
        like(client, "back", title)
        lists.append(client.get("/recommend/back?n=5").json()["recommendations"])
    for at, then in enumerate(lists):
        answer = client.get(f"/user/back/timeline?at={at}&n=5").json()
        assert answer["recommendations"] == then
        assert len(answer["feedback"]) == at and answer["ratings"] == 3
    assert client.get("/user/back/timeline").json()["at"] == 3
    assert client.get("/user/back/timeline?at=4").status_code == 422


def test_a_map_that_is_not_laid_out_yet_asks_to_come_again(tmp_path, monkeypatch):

    go, real = threading.Event(), Projection.of
    monkeypatch.setattr("movieloop.recommender.live_model._SMALL", 0)

    def slowly(taste):
        assert go.wait(30)
        return real(taste)

    monkeypatch.setattr("movieloop.recommender.live_model.Projection.of", slowly)
    films = [Movie(i, f"Film {i}", 2000, ("Drama",)) for i in range(1, 41)]
    space = Embeddings(
        np.arange(1, 41), np.random.default_rng(0).random((40, 3)), np.zeros(3), (Memory("a", 3),)
    )
    made = (films, space.to_bytes(), "forty")
    with TestClient(create_app(lambda: MovieLoop.open(tmp_path / "f.db", films=made))) as client:
        for path in ("/map", "/user/ada/place", "/map/near?x=1&y=1&user_id=ada"):
            answer = client.get(path)
            assert_problem(answer, 503, "is being laid out")
            assert int(answer.headers["retry-after"]) > 0
        assert client.get("/recommend/ada").status_code == 200
        assert client.get("/user/ada/timeline").json()["place"] is None
        go.set()
        for _ in range(100):
            if client.get("/map").status_code == 200:
                break
            time.sleep(0.05)
        assert len(client.get("/map").json()["x"]) == 40
        assert client.get("/user/ada/place").status_code == 200

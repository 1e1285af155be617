"""What the page is made of: posters, directions, the map, a look back, everybody's curve."""

import threading
import time
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from movieloop import Embeddings, Memory, Movie
from movieloop.api import create_app
from movieloop.api.posters import draw, hue_of, set_title
from movieloop.model.projection import SIZE, Projection
from movieloop.recommender.demo import demo
from movieloop.recommender.loop import MovieLoop
from tests.conftest import assert_problem

WESTERNS = ("Unforgiven", "The Searchers", "Rio Bravo", "High Noon", "Tombstone")


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(lambda: MovieLoop.open(":memory:"))) as client:
        yield client


def like(client, user, title, rating=1):
    answer = client.post(
        "/feedback?n=10", json={"user_id": user, "movie_name": title, "rating": rating}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@given(st.text(max_size=120), st.integers(1890, 2030) | st.none(), st.lists(st.text(max_size=20)))
def test_any_film_gets_a_poster(title, year, genres):
    drawn = draw(title, year, genres)
    assert drawn == draw(title, year, genres)
    ElementTree.fromstring(drawn)
    assert len(drawn) < 8000
    assert "<script" not in drawn and "href" not in drawn


@given(st.text(max_size=300))
def test_a_title_fits_its_poster(title):
    set_in = set_title(title)
    assert 1 <= len(set_in.lines) <= 5
    assert 9 <= set_in.size <= 34


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


def test_maps_of_the_smallest_spaces():
    assert Projection.of(np.zeros((1, 3))).places.tolist() == [[SIZE // 2, SIZE // 2]]
    assert np.isfinite(Projection.of(np.zeros((3, 1))).places).all()


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


def test_the_invented_person_is_learned():
    with MovieLoop.open(":memory:") as loop:
        early, late = [], []
        for seed in range(6):
            opinions = demo(loop.live.space(), seed=seed, n=40).opinions
            assert len({opinion.movie_id for opinion in opinions}) == 40
            ranks = []
            for opinion in opinions:
                answer = loop.add_feedback(f"demo {seed}", opinion.movie_id, opinion.rating)
                if opinion.rating == 1:
                    ranks.append(answer.rank_before)
            early += ranks[:5]
            late += ranks[-10:]
        assert np.median(late) < np.median(early) / 5


def test_progress_compares_with_the_profile_that_stopped_learning(client):
    for opinion in client.get("/demo?seed=3&n=30").json()["opinions"]:
        body = {"user_id": "curve", "movie_id": opinion["movie_id"], "rating": opinion["rating"]}
        client.post("/feedback", json=body)
    progress = client.get("/user/curve/progress").json()
    low, high = progress["interval"]
    assert 0 <= low <= progress["hit_rate"] <= high <= 1
    later = [item for item in progress["promises"] if item["frozen_rank"] is not None]
    assert len(later) == progress["frozen_likes"] > 10
    everybody = client.get("/progress").json()
    assert everybody["likes"] >= progress["likes"]
    assert sum(item["likes"] for item in everybody["after"]) == everybody["likes"]
    assert sum(item["likes"] for item in everybody["versions"]) == everybody["likes"]


def test_an_export_is_shown_before_it_is_stored(client, tmp_path):
    path = tmp_path / "letterboxd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "ratings.csv",
            "Date,Name,Year,Letterboxd URI,Rating\n"
            "2024-01-02,Alien,1979,https://boxd.it/1,5\n"
            "2024-01-03,Nowhere Film,2001,https://boxd.it/2,1\n",
        )
    body = path.read_bytes()
    shown = client.post("/user/eve/import?dry_run=true", content=body).json()
    assert (shown["imported"], shown["dry_run"]) == (1, True)
    assert shown["unmatched"][0]["film"].startswith("Nowhere Film")
    assert client.get("/user/eve/feedback").json()["feedback"] == []
    assert client.post("/user/eve/import", content=body).json()["imported"] == 1
    assert client.post("/user/eve/import", content=body).json()["already_there"] == 1
    assert len(client.get("/user/eve/feedback").json()["feedback"]) == 1


@pytest.mark.parametrize("body", [b"", b"nonsense", b"PK\x03\x04 broken", b"\x00" * 500])
def test_a_file_nobody_can_read_is_said_plainly(client, body):
    answer = client.post("/user/eve/import", content=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_file_too_large_is_refused(client):
    assert client.post("/user/eve/import", content=b"x" * (33 * 1024 * 1024)).status_code == 413


def test_versions_are_managed_over_http(client):
    versions = client.get("/models").json()["versions"]
    assert [version["live"] for version in versions] == [True]
    assert client.post("/models/77/promote").status_code == 404
    assert client.post("/models/rollback").status_code == 404
    assert client.post(f"/models/{versions[0]['version']}/promote").status_code == 200


def test_a_map_that_is_not_laid_out_yet_asks_to_come_again(tmp_path, monkeypatch):
    from movieloop.model.projection import Projection

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

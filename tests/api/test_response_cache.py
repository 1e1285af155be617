"""Kept answers are never stale, whoever wrote."""

import json
import sqlite3

import pytest
from fastapi.testclient import TestClient

from movieloop.api import create_app
from movieloop.api.response_cache import ResponseCache
from movieloop.recommender.doctor import repair
from movieloop.recommender.loop import MovieLoop


@pytest.fixture
def path(tmp_path):
    return tmp_path / "films.db"


class Server:
    """A loop and the answers its door has kept."""

    def __init__(self, loop, **options):
        self.loop, self.answers = loop, ResponseCache(loop.store.watch(), **options)

    def kept(self, user_id, *, n=10):
        return self.answers.get(user_id, n)

    def recommend_json(self, user_id, *, n=10):
        return self.answers.recommend(self.loop, user_id, n)


def first(server, user_id="ada"):
    return json.loads(server.recommend_json(user_id))["recommendations"][0]["movie_id"]


def test_an_answer_is_kept_until_its_user_says_something(path):
    with MovieLoop.open(path) as loop:
        server = Server(loop)
        liked = first(server)
        kept = server.kept("ada")
        assert kept == loop.recommend("ada").model_dump_json().encode()
        loop.add_feedback("bob", liked, 1)
        assert server.kept("ada") == kept
        feedback = loop.add_feedback("ada", liked, 1)
        assert server.kept("ada") is None
        assert first(server) != liked
        loop.undo(feedback.feedback_id)
        assert server.kept("ada") is None
        assert server.recommend_json("ada") == kept


def test_another_process_counts_as_much(path):
    with MovieLoop.open(path) as own, MovieLoop.open(path) as there:
        here = Server(own)
        liked = first(here)
        there.add_feedback("ada", liked, 0)
        assert here.kept("ada") is None
        assert first(here) != liked
        there.forget("ada")
        assert here.kept("ada") is None
        assert first(here) == liked


def test_what_was_written_meanwhile_forbids_keeping(path):
    with MovieLoop.open(path) as loop:
        server = Server(loop)
        liked = first(server)
        answers = server.answers
        ticket = answers.ticket()
        loop.add_feedback("ada", liked, 1)
        answers.keep("ada", 10, b"worked out before", ticket=ticket)
        assert server.kept("ada") is None


def test_another_version_of_the_points_outdates_everything(path):
    with MovieLoop.open(path) as loop:
        server = Server(loop)
        first(server)
        loop.store.write(lambda session: session._catalog_changed())
        assert server.kept("ada") is None


def test_kept_answers_never_outgrow_their_bytes(path):
    with MovieLoop.open(path) as loop:
        server = Server(loop)
        size = len(server.recommend_json("user 0")) + 400
        server = Server(loop, most_bytes=int(3.5 * size))
        for number in range(5):
            server.recommend_json(f"user {number}")
        assert [server.kept(f"user {number}") is not None for number in range(5)] == [
            False, False, True, True, True,
        ]  # fmt: skip
        for n in range(1, 101):  # long lists of many users: the worst anybody can ask for
            server.recommend_json("ada", n=n)
            assert server.answers._answers.currsize <= 3.5 * size


def test_an_answer_larger_than_everything_is_not_kept(path):
    with MovieLoop.open(path) as loop:
        server = Server(loop)
        server = Server(loop, most_bytes=1000)
        server.recommend_json("ada", n=100)
        assert server.kept("ada", n=100) is None


@pytest.mark.sqlite
def test_a_profile_the_doctor_mends_outdates_its_answer(path):
    """The log does not grow when a damaged profile is mended; the answer changes all the same."""
    with MovieLoop.open(path) as loop, MovieLoop.open(path) as doctor:
        server = Server(loop)
        for title in ("Alien", "Aliens", "Heat"):
            loop.add_feedback("ada", title, 1)
        right = server.recommend_json("ada")
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE profiles SET profile = zeroblob(length(profile))")
        connection.close()
        server = Server(loop)
        assert server.recommend_json("ada") != right, "the damaged profile was served"
        assert server.kept("ada") is not None
        repair(doctor, "ada")
        assert server.kept("ada") is None
        assert server.recommend_json("ada") == right


def test_the_short_and_the_ordinary_way_answer_alike(path):
    with TestClient(create_app(lambda: MovieLoop.open(path))) as client:
        ordinary = client.get("/recommend/ada")
        short = client.get("/recommend/ada")
        longer = client.get("/recommend/ada?n=10&explain=false")
        assert short.json() == ordinary.json() == longer.json()
        assert short.headers["content-type"] == ordinary.headers["content-type"]
        for n in (1, 3):
            assert len(client.get(f"/recommend/ada?n={n}").json()["recommendations"]) == n
        for wrong in ("n=0", "n=101", "n=" + "9" * 5000, "n=%31%30x", "n=-1"):
            assert client.get(f"/recommend/ada?{wrong}").status_code == 422


def test_plain_feedback_answers_as_the_ordinary_way_does(path):
    with TestClient(create_app(lambda: MovieLoop.open(path))) as client:
        like = {"user_id": "ada", "movie_name": "Alien (1979)", "rating": 1}
        short = client.post("/feedback", json=like).json()
        ordinary = client.post("/feedback?n=1", json=like | {"user_id": "bob"}).json()
        assert short.keys() == ordinary.keys()
        assert short["message"].replace("ada", "bob") == ordinary["message"]
        assert client.post("/feedback", json=like | {"rating": True}).status_code == 422
        assert client.post("/feedback", json=like | {"movie_name": "Alein"}).status_code == 404

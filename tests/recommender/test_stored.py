"""A bit that a disk turned is told as damage, wherever it shows; nobody is told a wrong thing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.recommender.doctor import examine_file
from tests.conftest import assert_problem

pytestmark = pytest.mark.sqlite

ABOUT_ADA = (
    "/user/ada/feedback", "/user/ada/export", "/user/ada/progress", "/user/ada/timeline",
)  # fmt: skip


def turn(database: Path, statement: str) -> None:
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
        loop.add_feedback("ada", "Heat (1995)", 0)
        loop.watchlist.add("ada", "Aliens (1986)")
    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute(statement).rowcount == 1


@pytest.mark.parametrize(
    ("statement", "paths"),
    [
        ("UPDATE feedback SET movie_id = movie_id + 1048576 WHERE feedback_id = 1", ABOUT_ADA),
        ("UPDATE watchlist SET movie_id = movie_id + 1048576", ("/user/ada/watchlist",)),
        (
            "UPDATE feedback SET created_at = created_at + (1 << 62) WHERE feedback_id = 1",
            ABOUT_ADA,
        ),
    ],
)
def test_a_turned_bit_is_damage_and_the_doctor_says_where(
    database: Path, statement: str, paths: tuple[str, ...]
) -> None:
    turn(database, statement)
    app = create_app(lambda: MovieLoop.open(database))
    with TestClient(app, raise_server_exceptions=False) as client:
        for path in paths:
            problem = assert_problem(client.get(path), 500, "damaged")
            assert problem["title"] == "Database unusable"
        assert client.get("/recommend/bob").status_code == 200  # others are served
    told = "missing row of movies" if "movie_id" in statement else "no moment"
    with MovieLoop.open(database) as loop:
        assert any(told in found.message for found in examine_file(loop))

"""The numbered steps of the tables: each applied once, whole or not at all, never guessed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from movie_recommendation_lesson6 import open_lesson
from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.errors import StoreError, StoreUnusable
from movieloop.store import migrations, open_store, sqlite
from movieloop.store.migrations import MIGRATIONS

pytestmark = pytest.mark.sqlite

WISHES = ("wishes", ("CREATE TABLE wishes (wish_id {growing_id}, picture {bytes})",))
FRIENDS = ("friends", ("CREATE TABLE friends (friend_id {growing_id})",))
BROKEN = ("half done", ("CREATE TABLE first_half (number {bigint})", "CREATE TABLE second_half ("))


def ask(database: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(question).fetchall()


def steps(database: Path) -> list[tuple[object, ...]]:
    return ask(database, "SELECT number, name, applied_at FROM schema_migrations ORDER BY number")


def tables(database: Path) -> list[tuple[object, ...]]:
    return ask(database, "SELECT name, sql FROM sqlite_schema ORDER BY name")


@contextmanager
def knowing(*later: tuple[str, tuple[str, ...]]) -> Iterator[None]:
    """Be a movieloop that knows more steps."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (migrations, sqlite):
            patch.setattr(module, "MIGRATIONS", (*MIGRATIONS, *later))
        yield


def test_a_fresh_database_records_its_steps(database: Path) -> None:
    with open_store(database):
        pass
    recorded = [(number, name) for number, name, _ in steps(database)]
    assert recorded
    assert recorded == [(number, name) for number, (name, _) in enumerate(MIGRATIONS, start=1)]


def test_opening_twice_applies_nothing_twice(database: Path) -> None:
    with open_store(database):
        pass
    before = steps(database), tables(database)
    with open_store(database):
        pass
    assert (steps(database), tables(database)) == before


def test_a_later_step_is_added_and_the_data_stays(database: Path) -> None:
    with open_lesson(database) as lesson:
        lesson.add_feedback("ada", "Titanic", 1)
    first = steps(database)
    with knowing(WISHES), open_lesson(database) as lesson:
        assert [item.title for item in lesson.users.history("ada").feedback] == ["Titanic"]
    assert steps(database)[:-1] == first
    assert steps(database)[-1][:2] == (len(MIGRATIONS) + 1, "wishes")
    assert ask(database, "SELECT * FROM wishes") == []


def test_a_database_from_a_newer_movieloop_is_refused_and_untouched(database: Path) -> None:
    with knowing(WISHES, FRIENDS), open_store(database):
        pass
    before = database.read_bytes()
    newer, known = len(MIGRATIONS) + 2, len(MIGRATIONS)
    with pytest.raises(StoreUnusable, match=f"step {newer}, this one knows {known}.*Upgrade"):
        open_lesson(database)
    assert database.read_bytes() == before


def test_a_step_that_fails_leaves_an_old_database_as_it_was(database: Path) -> None:
    with open_lesson(database) as lesson:
        lesson.add_feedback("ada", "Titanic", 1)
    before = steps(database), tables(database)
    with knowing(WISHES, BROKEN), pytest.raises(StoreError, match="incomplete input"):
        open_lesson(database)
    assert (steps(database), tables(database)) == before
    with open_lesson(database) as lesson:
        assert [item.title for item in lesson.users.history("ada").feedback] == ["Titanic"]


def test_a_step_that_fails_leaves_a_new_database_empty(database: Path) -> None:
    with knowing(BROKEN), pytest.raises(StoreError, match="incomplete input"):
        open_lesson(database)
    assert tables(database) == []
    with open_lesson(database) as lesson:
        assert lesson.recommend("ada").recommended_movie == "The Matrix"


@pytest.mark.parametrize("step", range(1, len(MIGRATIONS)))
def test_a_newer_catalogue_comes_into_the_database_of_every_earlier_step(
    database: Path, step: int
) -> None:
    """What people said stays; films are added and corrected; those known by number stay one."""
    old = [Movie(7, "Alien", 1979, imdb_id="tt0078748", popularity=9)]
    with pytest.MonkeyPatch.context() as patch:
        for module in (migrations, sqlite):
            patch.setattr(module, "MIGRATIONS", MIGRATIONS[:step])
        with open_store(database):
            pass
    with closing(sqlite3.connect(database)) as connection, connection:
        for number, title, imdb_id in ((7, "Aliien", "tt0078748"), (55, "Heat", "tt0113277")):
            connection.execute(
                "INSERT INTO movies (movie_id, title, year, genres, imdb_id) VALUES (?, ?, 1990, "
                "'[]', ?)", (number, title, imdb_id),
            )  # fmt: skip
        ada: tuple[str, object] = ("user_id", "ada")
        if "users" in (row[0] for row in connection.execute("SELECT name FROM sqlite_master")):
            connection.execute("INSERT INTO users (user_number, user_id) VALUES (3, 'ada')")
            ada = ("user_number", 3)
        for number, rating in ((7, 1), (55, 0)):
            connection.execute(
                f"INSERT INTO feedback ({ada[0]}, movie_id, rating, created_at) VALUES "
                "(?, ?, ?, ?)", (ada[1], number, rating, number),
            )  # fmt: skip
    new = [
        *old, Movie(113277, "Heat", 1995, imdb_id="tt0113277", directors=("Michael Mann",)),
        Movie(7_000_000_001, "Of This Year", 2025, wikidata_id="Q1"),
    ]  # fmt: skip
    space = Embeddings(
        np.array([movie.movie_id for movie in new]), np.eye(3), np.zeros(3), (Memory("slow", 3),)
    )
    with MovieLoop.open(database, films=(new, space.to_bytes(), "newer")) as loop:
        given = loop.users.history("ada").feedback
        assert [(item.title, item.rating, item.movie_id) for item in given] == [
            ("Alien", 1, 7), ("Heat", 0, 55),
        ]  # fmt: skip
        assert loop.movies.get("tt0113277").movie_id == 55
        assert loop.movies.get("wikidata:Q1").title == "Of This Year"
        assert loop.users.profile("ada").likes == 1
        listed = [film.title for film in loop.recommend("ada", n=3).recommendations]
        assert listed == ["Of This Year"]


def test_people_get_numbers_and_keep_everything(database: Path) -> None:
    """Step 14: whoever said, wished or holds a key; the numbers of deleted rows stay taken."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (migrations, sqlite):
            patch.setattr(module, "MIGRATIONS", MIGRATIONS[:13])
        with open_store(database):
            pass
    log = "INSERT INTO feedback (user_id, movie_id, rating, retracts, idempotency_key, created_at) "
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in (
            "INSERT INTO movies (movie_id, title, genres) VALUES (7, 'Alien', '[]')",
            f"{log} VALUES ('ada ', 7, 1, NULL, 'ada-tapped', 5)",
            f"{log} VALUES ('bob', 7, 0, NULL, 'import:0123456789abcdef01234567', 6)",
            f"{log} VALUES ('bob', 7, NULL, 2, NULL, 7)",
            f"{log} VALUES ('eve', 7, 1, NULL, NULL, 8)",
            "DELETE FROM feedback WHERE user_id = 'eve'",
            "INSERT INTO watchlist VALUES ('wisher', 7, 9)",
            "INSERT INTO api_keys (key_hash, name, scope, user_id, created_at) "
            "VALUES ('0af3', 'phone', 'read', 'keeper', 1), ('0af4', 'all', 'admin', NULL, 2)",
        ):
            connection.execute(statement)
    with open_store(database) as store:
        assert store.check() == []
        with store.read() as session:
            assert session.users() == ["ada ", "bob", "wisher"]
            assert session.feedback_by_key("ada ", "ada-tapped") is not None
            assert list(session.import_keys("bob")) == ["import:0123456789abcdef01234567"]
            assert session.live_feedback("bob") == []
            assert session.watchlist("wisher")[0].movie_id == 7
            assert [key.user_id for key in session.api_keys()] == ["keeper", None]
        given = store.write(
            lambda session: session.append_feedback(
                "eve", 7, 1, rank_before=1, popularity_rank_before=1, embeddings_version=1
            )
        )
        assert given.feedback_id == 5
    assert b"ada-tapped" not in database.read_bytes()

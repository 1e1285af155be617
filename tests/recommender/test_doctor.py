"""The doctor: what is wrong is found, named and, where the log says how, mended."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.recommender.doctor import examine_file, repair
from tests.tampered import TAMPER, change, findings, tell_three_things


def test_a_healthy_database_has_no_findings(lesson: MovieLoop) -> None:
    assert findings(lesson) == []
    tell_three_things(lesson)
    lesson.add_feedback("ada", "Titanic", 0)
    lesson.undo(1)
    assert findings(lesson) == []


@pytest.mark.parametrize(
    "blob",
    [
        np.array([3.0, 3.0, np.nextafter(3.0, 4.0)]).tobytes(),
        b"\xff" * 24,
        b"",
        b"x" * 5,
        b"x" * 32,
    ],
    ids=["one bit", "no numbers", "nothing", "no whole number", "one number more"],
)
def test_a_tampered_profile_is_found_named_and_mended(lesson: MovieLoop, blob: bytes) -> None:
    tell_three_things(lesson)
    right = lesson.users.profile("ada").profile
    change(lesson.store.path, TAMPER, profile=blob)
    (finding,) = findings(lesson)
    assert finding.user_id == "ada"
    assert "'ada' is not the fold" in finding.message
    repair(lesson, "ada")
    assert findings(lesson) == []
    assert lesson.users.profile("ada").profile == right


@pytest.mark.parametrize("blob", [b"", b"x" * 5, b"x" * 32])
def test_a_profile_of_another_size_is_not_believed(lesson: MovieLoop, blob: bytes) -> None:
    tell_three_things(lesson)
    right = lesson.recommend("ada", explain=True)
    change(lesson.store.path, TAMPER, profile=blob)
    assert lesson.recommend("ada", explain=True) == right
    lesson.undo(lesson.add_feedback("ada", "Titanic", 0).feedback_id)
    assert findings(lesson) == []


@pytest.mark.parametrize("column", ["learned", "likes", "last_feedback_id"])
def test_a_wrong_count_beside_the_profile_is_found(lesson: MovieLoop, column: str) -> None:
    tell_three_things(lesson)
    change(lesson.store.path, f"UPDATE profiles SET {column} = {column} + 1 WHERE user_number = 1")
    assert [finding.user_id for finding in findings(lesson)] == ["ada"]
    repair(lesson, "ada")
    assert findings(lesson) == []


def test_a_missing_profile_is_no_fault_and_folded_when_asked_for(lesson: MovieLoop) -> None:
    tell_three_things(lesson)
    right = lesson.users.profile("ada").profile
    change(lesson.store.path, "DELETE FROM profiles WHERE user_number = 1")
    assert findings(lesson) == []
    assert lesson.users.profile("ada").profile == right
    repair(lesson, "ada")
    assert findings(lesson) == []
    assert lesson.users.profile("ada").profile == right


def test_feedback_on_a_film_that_is_gone_is_found(lesson: MovieLoop) -> None:
    tell_three_things(lesson)
    change(lesson.store.path, "DELETE FROM movies WHERE title = 'Titanic'")
    faults = examine_file(lesson)
    assert [finding.user_id for finding in faults] == [None, None]
    assert "feedback row 1 points to a missing row of movies" in faults[0].message
    assert "restore a backup" in faults[0].message


def test_an_index_that_misses_a_row_is_found(lesson: MovieLoop) -> None:
    tell_three_things(lesson)
    path = lesson.store.path
    lesson.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'feedback_by_user'")
        connection.execute("PRAGMA writable_schema = RESET")
    with MovieLoop.open(path) as loop:
        assert "never used" in examine_file(loop)[0].message

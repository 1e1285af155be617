"""The doctor: what is wrong is found, named and, where the log says how, mended."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.recommender.doctor import Finding, examine, examine_file, repair

TAMPER = "UPDATE profiles SET profile = :profile WHERE user_id = 'ada'"


def tell_three_things(loop: MovieLoop) -> None:
    """Let Ada and Bob say something; the lesson learns from three."""
    for user_id in ("ada", "bob"):
        for title, rating in (("Titanic", 1), ("The Matrix", None), ("Die Hard", 0)):
            loop.add_feedback(user_id, title, rating)


def change(database: Path, statement: str, **values: object) -> None:
    """Do what no movieloop does: write to the tables behind its back."""
    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute(statement, values).rowcount == 1


def findings(loop: MovieLoop) -> list[Finding]:
    return [*examine_file(loop), *examine(loop, loop.users.list())]


def doctor(database: Path, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "movieloop", "doctor", "--database", str(database), *options]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    return answer.returncode, " ".join(answer.stdout.split())


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
    change(lesson.store.path, f"UPDATE profiles SET {column} = {column} + 1 WHERE user_id = 'ada'")
    assert [finding.user_id for finding in findings(lesson)] == ["ada"]
    repair(lesson, "ada")
    assert findings(lesson) == []


def test_a_missing_profile_is_no_fault_and_folded_when_asked_for(lesson: MovieLoop) -> None:
    tell_three_things(lesson)
    right = lesson.users.profile("ada").profile
    change(lesson.store.path, "DELETE FROM profiles WHERE user_id = 'ada'")
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
    assert "restore a copy" in faults[0].message


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


def test_the_command_says_what_is_wrong_and_mends_it(loop: MovieLoop) -> None:
    tell_three_things(loop)
    path = loop.store.path
    code, said = doctor(path)
    assert (code, said.count("All is well")) == (0, 1)
    assert f"{len(loop.live.space().catalog.movies):,} films" in said and "2 users" in said
    right = loop.users.profile("ada").profile
    change(path, TAMPER, profile=bytes(8 * len(right)))
    code, said = doctor(path)
    assert code == 1
    assert "The profile of 'ada' is not the fold of its log. Mend the profiles with" in said
    assert "All is well" not in said
    code, said = doctor(path, "--fix")
    assert (code, said.count("All is well")) == (0, 1)
    assert findings(loop) == []
    assert loop.users.profile("ada").profile == right


def test_the_command_cannot_mend_the_file(loop: MovieLoop) -> None:
    tell_three_things(loop)
    change(loop.store.path, "DELETE FROM movies WHERE title = 'Die Hard'")
    code, said = doctor(loop.store.path, "--fix")
    assert code == 1
    assert "points to a missing row of movies. Stop movieloop and restore a copy" in said
    assert "All is well" not in said

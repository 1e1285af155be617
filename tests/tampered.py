"""A database somebody has laid hands on."""

import sqlite3
from contextlib import closing
from pathlib import Path

from movieloop import MovieLoop
from movieloop.recommender.doctor import Finding, examine, examine_file

TAMPER = "UPDATE profiles SET profile = :profile WHERE user_number = 1"


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

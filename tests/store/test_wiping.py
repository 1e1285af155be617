"""What is forgotten leaves the disk, with readers in the way and after a kill."""

import shutil
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.recommender.doctor import examine_file, waits
from movieloop.store import SqliteStore
from movieloop.store.wiping import Wiper

pytestmark = pytest.mark.sqlite

PATIENCE = 20.0  # seconds; only a failing test waits so long
NAME = "ada-lovelace-born-1815"


def traces(folder: Path) -> int:
    return sum(
        file.read_bytes().count(NAME.encode()) for file in folder.iterdir() if file.is_file()
    )


def says_something(loop: MovieLoop, user: str = NAME) -> None:
    for film in ("Alien (1979)", "Aliens (1986)", "Heat (1995)"):
        loop.add_feedback(user, film, 1)


def wait_until_wiped(store: SqliteStore) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        with store.read() as session:
            if session.erasures() == session.erasures_wiped() > 0:
                return
        assert time.monotonic() < end
        time.sleep(0.02)


def test_at_once_where_nobody_reads(tmp_path: Path) -> None:
    with MovieLoop.open(tmp_path / "a.db") as loop:
        says_something(loop)
        assert traces(tmp_path) > 0
        assert loop.forget(NAME).wiped
        assert traces(tmp_path) == 0
        assert loop.forget("nobody we know").wiped


def test_as_soon_as_the_reader_of_an_older_moment_is_done(tmp_path: Path) -> None:
    with MovieLoop.open(tmp_path / "a.db") as loop:
        says_something(loop)
        with loop.store.read() as session:
            assert session.erasures() == 0  # the moment that is kept
            assert not loop.forget(NAME).wiped
            assert traces(tmp_path) > 0
            assert "older moment" in waits(loop)
            assert len(examine_file(loop)) == 1
            started = time.monotonic()
            says_something(loop, "bob")
            assert time.monotonic() - started < 2  # writers do not wait for the wiping
        wait_until_wiped(loop.store)
        assert traces(tmp_path) == 0
        assert waits(loop) == ""
        assert loop.users.history("bob").feedback


def test_a_restart_goes_on_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `kill -9` between the deletion and the wiping."""
    cut = tmp_path / "cut"
    cut.mkdir()
    (tmp_path / "live").mkdir()
    with MovieLoop.open(tmp_path / "live" / "a.db") as loop:
        says_something(loop)
        with monkeypatch.context() as patch:
            patch.setattr(SqliteStore, "fold_log", lambda self: False)
            assert not loop.forget(NAME).wiped
            for file in (tmp_path / "live").iterdir():
                shutil.copy(file, cut / file.name)
    (cut / "a.db-shm").unlink()
    assert traces(cut) > 0
    with SqliteStore(cut / "a.db") as store:
        wait_until_wiped(store)
        assert traces(cut) == 0


def test_closing_ends_the_thread_that_still_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqliteStore, "fold_log", lambda self: False)
    with MovieLoop.open(tmp_path / "a.db") as loop:
        says_something(loop)
        assert not loop.forget(NAME).wiped
        assert any(thread.name == "movieloop-wiper" for thread in threading.enumerate())
    assert not any(thread.name == "movieloop-wiper" for thread in threading.enumerate())


def test_another_erasure_during_the_wiping_is_not_taken_for_done(tmp_path: Path) -> None:
    with MovieLoop.open(tmp_path / "a.db") as loop:
        says_something(loop)
        says_something(loop, "bob")
        real = loop.store.fold_log

        def slow() -> bool:
            done = real()
            loop.store.write(lambda session: session.forget("bob"))
            return done

        loop.store.fold_log = slow  # type: ignore[method-assign]
        loop.store.write(lambda session: session.forget(NAME))
        assert Wiper(loop.store).wipe()
        with loop.store.read() as session:
            assert (session.erasures(), session.erasures_wiped()) == (2, 1)


def test_over_http_it_is_202_until_it_is_wiped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TestClient(create_app(lambda: MovieLoop.open(tmp_path / "a.db"))) as client:
        like = {"user_id": NAME, "movie_name": "Alien (1979)", "rating": 1}
        client.post("/feedback", json=like)
        with monkeypatch.context() as patch:
            patch.setattr(SqliteStore, "fold_log", lambda self: False)
            answer = client.delete(f"/user/{NAME}")
            assert (answer.status_code, answer.json()["wiped"]) == (202, False)
        answer = client.delete(f"/user/{NAME}")
        assert (answer.status_code, answer.json()["wiped"]) == (200, True)
        assert traces(tmp_path) == 0

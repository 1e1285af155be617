"""The store: readers never wait, the writer answers after the commit, nothing is half done."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.errors import FeedbackNotFound, StoreError
from movieloop.model.fold_in import refold
from movieloop.recommender.doctor import examine, examine_file
from movieloop.store import Session, SqliteStore, open_store

PATIENCE = 20.0  # seconds; only a failing test waits so long


@pytest.fixture
def store(database: Path) -> Iterator[SqliteStore]:
    with open_store(database) as store:
        yield store


def keep_busy(store: SqliteStore, release: threading.Event) -> Future[bool]:
    """Occupy the writer thread until `release` is set; it is inside its transaction by then."""
    inside = threading.Event()

    def hold(session: Session) -> bool:
        session.save_key("held")
        inside.set()
        return release.wait(PATIENCE)

    held = store.submit(hold)
    assert inside.wait(PATIENCE)
    return held


def test_every_connection_is_wal_full_and_keeps_foreign_keys(store: SqliteStore) -> None:
    def guards(session: Session) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return {name: session._execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    full = 2
    expected = {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "secure_delete": 1}
    # Two readers at once, so that one connection is new.
    with store.read() as first, store.read() as second:
        assert guards(first) == guards(second) == expected
    assert store.write(guards) == expected


def test_a_reader_sees_one_moment(store: SqliteStore) -> None:
    store.write(lambda session: session.save_key("before"))
    with store.read() as session:
        assert session.key_hashes() == {"before"}
        store.write(lambda session: session.save_key("after"))
        assert session.key_hashes() == {"before"}
    with store.read() as session:
        assert session.key_hashes() == {"before", "after"}


def test_a_reader_does_not_wait_for_the_writer(store: SqliteStore) -> None:
    release = threading.Event()
    held = keep_busy(store, release)
    with store.read() as session:
        assert session.key_hashes() == set()
    assert not held.done()
    release.set()
    assert held.result(PATIENCE)


def test_a_read_session_cannot_write(store: SqliteStore) -> None:
    with pytest.raises(StoreError, match="readonly"), store.read() as session:
        session.save_key("never")
    with store.read() as session:
        assert session.key_hashes() == set()


def test_what_waits_together_is_committed_together(store: SqliteStore) -> None:
    release = threading.Event()
    held = keep_busy(store, release)
    seen_inside: list[set[str]] = []

    def add(number: int) -> Future[int]:
        def work(session: Session) -> int:
            with store.read() as other:
                seen_inside.append(other.key_hashes())
            session.save_key(f"key {number}")
            return number

        return store.submit(work)

    with ThreadPoolExecutor(16) as threads:
        futures = list(threads.map(add, range(100)))
    release.set()
    assert held.result(PATIENCE)
    assert [future.result(PATIENCE) for future in futures] == list(range(100))
    # While the first hundred ran, no other connection saw any of them: one transaction.
    assert seen_inside == [{"held"}] * 100
    with store.read() as session:
        assert session.key_hashes() == {"held", *(f"key {number}" for number in range(100))}


def test_work_that_fails_undoes_only_itself(store: SqliteStore) -> None:
    def fail(session: Session) -> None:
        session.save_key("undone")
        raise LookupError("on purpose")

    release = threading.Event()
    keep_busy(store, release)
    neighbours = [store.submit(lambda session: session.save_key("left"))]
    failing = store.submit(fail)
    clashing = store.submit(lambda session: session.save_key("left"))
    neighbours.append(store.submit(lambda session: session.save_key("right")))
    release.set()
    for future in neighbours:
        assert future.result(PATIENCE) is None
    with pytest.raises(LookupError, match="on purpose"):
        failing.result(PATIENCE)
    with pytest.raises(StoreError, match="UNIQUE"):
        clashing.result(PATIENCE)
    with store.read() as session:
        assert session.key_hashes() == {"held", "left", "right"}


def test_work_that_is_cancelled_is_not_done_and_hurts_nobody(store: SqliteStore) -> None:
    release = threading.Event()
    keep_busy(store, release)
    cancelled = store.submit(lambda session: session.save_key("cancelled"))
    assert cancelled.cancel()
    neighbour = store.submit(lambda session: session.save_key("neighbour"))
    release.set()
    assert neighbour.result(PATIENCE) is None
    with store.read() as session:
        assert session.key_hashes() == {"held", "neighbour"}


def test_closing_finishes_what_waits_and_refuses_what_comes_later(database: Path) -> None:
    store = SqliteStore(database)
    futures = [
        store.submit(lambda session, key=f"key {number}": session.save_key(key))
        for number in range(20)
    ]
    store.close()
    store.close()
    assert all(future.done() for future in futures)
    with pytest.raises(StoreError, match="closed"):
        store.submit(lambda session: session.save_key("late"))
    with open_store(database) as store, store.read() as session:
        assert len(session.key_hashes()) == 20


def test_feedback_is_never_stamped_earlier_than_the_last(lesson: MovieLoop) -> None:
    tomorrow = 4_000_000_000_000
    first = lesson.add_feedback("ada", "Titanic", 1).feedback_id
    with closing(sqlite3.connect(lesson.store.path)) as clock_was_ahead, clock_was_ahead:
        clock_was_ahead.execute("UPDATE feedback SET created_at = ?", (tomorrow,))
    second = lesson.add_feedback("ada", "Die Hard", 0).feedback_id
    other = lesson.add_feedback("bob", "Die Hard", 0).feedback_id
    lesson.undo(first)
    with closing(sqlite3.connect(lesson.store.path)) as log:
        stamps = dict(
            log.execute("SELECT coalesce(retracts, -feedback_id), created_at FROM feedback")
        )
    assert stamps.pop(-other) < tomorrow
    assert stamps == {-first: tomorrow, -second: tomorrow, first: tomorrow}


def test_feedback_is_retracted_once_only(lesson: MovieLoop) -> None:
    given = lesson.add_feedback("ada", "Titanic", 1).feedback_id
    with lesson.store.read() as session:
        (feedback,) = session.live_feedback("ada")
    lesson.undo(given)
    with pytest.raises(FeedbackNotFound, match="undone before"):
        lesson.undo(given)
    with pytest.raises(StoreError, match="UNIQUE"):
        lesson.store.write(lambda session: session.append_retraction("ada", feedback))


def test_forgetting_leaves_no_bytes_in_the_folder(lesson: MovieLoop) -> None:
    def folder() -> bytes:
        files = lesson.store.path.parent.glob("movieloop.db*")
        return b"".join(file.read_bytes() for file in files)

    for number in range(40):
        for user in ("ada-lovelace", "charles-babbage"):
            key = f"key-{number}-of-{user}"
            last = lesson.add_feedback(user, 1 + number % 5, 1, idempotency_key=key)
    lesson.undo(last.feedback_id - 1)
    assert b"ada-lovelace" in folder()
    assert lesson.forget("ada-lovelace").deleted_feedback == 41
    assert b"ada-lovelace" not in folder()
    assert b"charles-babbage" in folder()


def test_threads_that_teach_one_user_lose_nothing(loop: MovieLoop) -> None:
    movie_ids = [movie.movie_id for movie in loop.live.space().catalog.movies[:200]]

    def teach(worker: int) -> list[int]:
        mine = movie_ids[worker * 25 : (worker + 1) * 25]
        return [loop.add_feedback("ada", movie_id, movie_id % 2).feedback_id for movie_id in mine]

    with ThreadPoolExecutor(8) as threads:
        acknowledged = list(chain.from_iterable(threads.map(teach, range(8))))
    with loop.store.read() as session:
        live, stored = session.live_feedback("ada"), session.checkpoint("ada")
    assert [item.feedback_id for item in live] == sorted(acknowledged)
    assert {item.movie_id: item.rating for item in live} == {id_: id_ % 2 for id_ in movie_ids}
    folded = refold(loop.live.space().embeddings, live, len(live))
    assert stored is not None
    np.testing.assert_array_equal(stored.profile, folded.profile)
    assert (stored.learned, stored.likes) == (200, folded.likes)
    assert [*examine_file(loop), *examine(loop, ["ada"])] == []

"""The store: readers never wait, the writer answers after the commit, nothing is half done."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from movieloop.errors import StoreError
from movieloop.store import Session, SqliteStore, open_store

pytestmark = pytest.mark.sqlite

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


def test_opening_does_not_wait_for_a_writer(store: SqliteStore) -> None:
    release = threading.Event()
    held = keep_busy(store, release)
    with open_store(store.path, busy_timeout=0.0) as other, other.read() as session:
        assert session.key_hashes() == set()
    release.set()
    assert held.result(PATIENCE)

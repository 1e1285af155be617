"""The writer thread outlives whatever fails: nobody waits for ever."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from movieloop.errors import StoreError, StoreUnusable
from movieloop.store import SqliteStore, open_store, sqlite_file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(tmp_path / "films.db") as store:
        yield store


class Failing:
    """A connection on which chosen statements fail."""

    def __init__(self, real: sqlite3.Connection, *statements: str) -> None:
        self._real, self._statements = real, statements

    def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
        if sql.split(maxsplit=1)[0] in self._statements:
            raise sqlite3.OperationalError("disk I/O error")
        return self._real.execute(sql, *rest)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@pytest.mark.parametrize(
    "statements",
    [("COMMIT",), ("COMMIT", "ROLLBACK"), ("ROLLBACK",), ("BEGIN",), ("SAVEPOINT",), ("RELEASE",)],
)
@pytest.mark.sqlite
def test_a_failing_transaction_leaves_the_writer_well(
    store: SqliteStore, statements: tuple[str, ...]
) -> None:
    store.write(lambda session: session.save_key("before"))
    store._writer = Failing(store._writer, *statements)  # type: ignore[assignment]

    def work(session: object) -> None:
        session.save_key("lost")  # type: ignore[attr-defined]
        if statements == ("ROLLBACK",):
            raise RuntimeError

    with pytest.raises((StoreError, RuntimeError)):
        store.submit(work).result(timeout=10)
    if isinstance(store._writer, Failing):  # it still works but for these statements
        store._writer = store._writer._real
    store.submit(lambda session: session.save_key("after")).result(timeout=10)
    with store.read() as session:
        assert session.key_hashes() == {"before", "after"}


def test_work_that_ends_the_program_is_answered_too(store: SqliteStore) -> None:
    def work(session: object) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        store.submit(work).result(timeout=10)
    store.submit(lambda session: session.save_key("after")).result(timeout=10)


def test_a_folder_without_locks_is_called_a_network_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "films.db"
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY  # type: ignore[attr-defined]
    assert "locked by another program" in str(sqlite_file._plain(busy, path))

    def none(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(sqlite_file.fcntl, "lockf", none)
    told = sqlite_file._plain(busy, path)
    assert isinstance(told, StoreUnusable)
    assert "network share" in str(told) and str(tmp_path) in str(told)
    shared = sqlite3.OperationalError("disk I/O error")
    shared.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMMAP  # type: ignore[attr-defined]
    assert "network share" in str(sqlite_file._plain(shared, path))
    assert list(tmp_path.iterdir()) == []

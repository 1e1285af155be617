"""A copy holds all that was acknowledged; a bare file does not, and that is said."""

import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import BackupExists, StoreBusy, StoreMoved, StoreUnusable
from movieloop.recommender.doctor import accept, examine_file, lacks
from movieloop.store import Session, SqliteStore
from movieloop.store.backup import back_up, named_by_time, outdated, restore
from movieloop.store.migrations import MIGRATIONS
from movieloop.store.sqlite_file import copied_while_open

pytestmark = pytest.mark.sqlite


def keys(path: Path) -> set[str]:
    with SqliteStore(path) as store, store.read() as session:
        return session.key_hashes()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_copy_taken_under_load_holds_all_that_was_acknowledged(tmp_path: Path) -> None:
    copies = [tmp_path / f"copy{number}.db" for number in range(5)]
    acknowledged: list[str] = []
    done = threading.Event()

    def keep_writing(store: SqliteStore) -> None:
        while not done.is_set():
            key = f"key-{len(acknowledged)}"
            store.write(partial(Session.save_key, key_hash=key))
            acknowledged.append(key)

    with SqliteStore(tmp_path / "a.db") as store:
        writing = threading.Thread(target=keep_writing, args=(store,))
        writing.start()
        before = []
        for copy in copies:
            before.append(set(acknowledged))
            back_up(store.path, copy)
        done.set()
        writing.join()
    for copy, known in zip(copies, before, strict=True):
        found = keys(copy)
        assert known <= found <= set(acknowledged)


def test_a_copy_is_one_private_file_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with SqliteStore(tmp_path / "new" / "a.db") as store:
            store.write(lambda session: session.save_key("k"))
            for file in (tmp_path / "new").iterdir():
                assert mode(file) == 0o600, file
            back_up(store.path, tmp_path / "copies" / "b.db")
    finally:
        os.umask(old)
    assert mode(tmp_path / "new") == mode(tmp_path / "copies") == 0o700
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["b.db"]
    assert mode(tmp_path / "copies" / "b.db") == 0o600


def test_an_open_database_is_tightened_with_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    SqliteStore(tmp_path / "a.db").close()
    (tmp_path / "a.db").chmod(0o644)
    before = mode(tmp_path)
    SqliteStore(tmp_path / "a.db").close()
    assert mode(tmp_path / "a.db") == 0o600
    assert mode(tmp_path) == before  # a folder somebody else made is theirs
    assert "Other accounts could read" in caplog.text


def test_nothing_is_replaced_unasked_and_nothing_half_done_is_left(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "a.db").close()
    (tmp_path / "b.db").write_text("mine")
    with pytest.raises(BackupExists, match="--yes"):
        back_up(tmp_path / "a.db", tmp_path / "b.db")
    with pytest.raises(BackupExists):
        back_up(tmp_path / "a.db", tmp_path / "a.db", replace=True)
    with pytest.raises(StoreUnusable, match="no database"):
        back_up(tmp_path / "nowhere.db", tmp_path / "c.db")
    assert (tmp_path / "b.db").read_text() == "mine"
    data = bytearray((tmp_path / "a.db").read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    (tmp_path / "broken.db").write_bytes(data)
    with pytest.raises(StoreUnusable, match="damaged"):
        back_up(tmp_path / "broken.db", tmp_path / "c.db")
    assert {file.name for file in tmp_path.iterdir()} == {"a.db", "b.db", "broken.db"}
    back_up(tmp_path / "a.db", tmp_path / "b.db", replace=True)
    assert keys(tmp_path / "b.db") == set()


def test_restore_puts_a_copy_back_and_keeps_what_was_there(tmp_path: Path) -> None:
    database, copy = tmp_path / "a.db", tmp_path / "copy.db"
    with SqliteStore(database) as store:
        store.write(lambda session: session.save_key("old"))
        back_up(database, copy)
        store.write(lambda session: session.save_key("new"))
        with pytest.raises(BackupExists):
            restore(copy, database)
        with pytest.raises(StoreBusy, match="Stop movieloop"):
            restore(copy, database, replace=True)
    before = restore(copy, database, replace=True)
    assert before is not None
    assert keys(database) == {"old"}
    assert keys(before) == {"old", "new"}
    assert mode(database) == 0o600
    assert restore(copy, tmp_path / "elsewhere" / "a.db") is None
    assert keys(tmp_path / "elsewhere" / "a.db") == {"old"}


def test_an_old_log_is_not_replayed_over_what_is_restored(tmp_path: Path) -> None:
    """As after a power cut: the database has a log beside it that was never folded in."""
    database, copy = tmp_path / "a.db", tmp_path / "copy.db"
    cut = tmp_path / "cut"
    cut.mkdir()
    with SqliteStore(database) as store:
        store.write(lambda session: session.save_key("old"))
        back_up(database, copy)
        store.write(lambda session: session.save_key("new"))
        for file in (database, tmp_path / "a.db-wal"):
            shutil.copy(file, cut / file.name)
    before = restore(copy, cut / "a.db", replace=True)
    assert keys(cut / "a.db") == {"old"}
    assert before is not None and keys(before) == {"old", "new"}


def test_a_damaged_database_can_be_replaced(tmp_path: Path) -> None:
    database, copy = tmp_path / "a.db", tmp_path / "copy.db"
    SqliteStore(database).close()
    back_up(database, copy)
    database.write_bytes(b"\xff" * 9000)
    assert restore(copy, database, replace=True) is not None
    assert keys(database) == set()


def test_what_is_no_sound_copy_is_not_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.db").write_text("hello" * 100)
    for file, says in ((tmp_path / "text.db", "not an SQLite"), (tmp_path / "none.db", "no file")):
        with pytest.raises(StoreUnusable, match=says):
            restore(file, tmp_path / "a.db")
    SqliteStore(tmp_path / "newer.db").close()
    monkeypatch.setattr("movieloop.store.backup.MIGRATIONS", MIGRATIONS[:-1])
    with pytest.raises(StoreUnusable, match="newer movieloop"):
        restore(tmp_path / "newer.db", tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize("checkpointed", [False, True])
def test_a_bare_file_copied_while_open_says_that_something_is_missing(
    checkpointed: bool, tmp_path: Path
) -> None:
    with MovieLoop.open(tmp_path / "a.db") as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
        if checkpointed:
            with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        assert not copied_while_open(tmp_path / "a.db")
        shutil.copy(tmp_path / "a.db", tmp_path / "copy.db")
    with pytest.raises(StoreUnusable, match=r"copy\.db-wal"):
        restore(tmp_path / "copy.db", tmp_path / "b.db")
    for _ in range(2):  # it is not forgotten by who opens it first
        with MovieLoop.open(tmp_path / "copy.db") as loop:
            assert "movieloop backup" in lacks(loop)
            assert len(examine_file(loop)) == 1
    with MovieLoop.open(tmp_path / "copy.db") as loop:
        accept(loop)
        assert lacks(loop) == "" and examine_file(loop) == []


def test_a_file_that_was_closed_may_be_copied_bare(tmp_path: Path) -> None:
    with MovieLoop.open(tmp_path / "a.db") as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]
    shutil.copy(tmp_path / "a.db", tmp_path / "copy.db")
    with MovieLoop.open(tmp_path / "copy.db") as loop:
        assert lacks(loop) == ""
        assert loop.users.history("ada").feedback


def test_the_last_of_several_closes_the_file(tmp_path: Path) -> None:
    one, two = SqliteStore(tmp_path / "a.db"), SqliteStore(tmp_path / "a.db")
    one.close()
    assert (tmp_path / "a.db-wal").exists()
    two.write(lambda session: session.save_key("k"))
    two.close()
    assert not copied_while_open(tmp_path / "a.db")
    assert keys(tmp_path / "a.db") == {"k"}


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_nothing_is_acknowledged_for_a_file_that_is_gone(how: str, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    SqliteStore(tmp_path / "other.db").close()
    with SqliteStore(database) as store:
        store.write(lambda session: session.save_key("k"))
        if how == "deleted":
            database.rename(tmp_path / "away.db")
        else:
            shutil.copy(tmp_path / "other.db", tmp_path / "new.db")
            (tmp_path / "new.db").replace(database)
        ran = []

        def work(session: Session) -> None:
            ran.append(session)

        with pytest.raises(StoreMoved, match="restart movieloop"):
            store.write(work)
        with pytest.raises(StoreMoved):
            store.refuse_moved()
        assert not ran
        if how == "deleted":  # put back, all is well again
            (tmp_path / "away.db").rename(database)
            store.write(lambda session: session.save_key("later"))


def test_copies_named_by_time_are_counted_and_others_left(tmp_path: Path) -> None:
    names = [f"movieloop-2026010{day}T120000Z.db" for day in range(1, 6)]
    for name in (*names, "movieloop-before-the-update.db", "other-20260101T120000Z.db"):
        (tmp_path / name).touch()
    old = outdated(tmp_path, Path("movieloop.db"), keep=2)
    assert [file.name for file in old] == names[:3]
    assert outdated(tmp_path, Path("movieloop.db"), keep=9) == []
    assert named_by_time(tmp_path, Path("x/movieloop.db")).parent == tmp_path

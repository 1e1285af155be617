"""What every engine promises, asked of both."""

import pytest

from movieloop.errors import StoreError
from movieloop.store import SqliteStore, Store
from movieloop.store.postgres import PostgresStore


@pytest.fixture(params=["file", "server"])
def store(request, tmp_path):
    if request.param == "file":
        made: Store = SqliteStore(tmp_path / "a.db")
    else:
        made = PostgresStore(request.getfixturevalue("server").database())
    with made as store:
        yield store


def test_it_reads_what_it_wrote_watches_checks_and_wipes(store):
    watch = store.watch()
    assert watch.changed_users() is None
    store.write(lambda session: session.save_key("k", "phone", user_id="ada"))
    with store.read() as session:
        assert [key.user_id for key in session.api_keys()] == ["ada"]
        assert session.users() == []
    store.refuse_moved()
    assert store.check() == []
    store.write(lambda session: session.forget("ada"))
    assert store.wipe()
    with store.read() as session:
        assert session.erasures() == session.erasures_wiped() == 1
        assert session.api_keys() == []
    assert watch.changed_users() is None
    store.close()
    store.close()


def test_a_backup_is_a_file_with_everything(store, tmp_path):
    store.write(lambda session: session.save_key("k", "phone", user_id="ada"))
    store.back_up(tmp_path / "copies" / "b.db")
    with SqliteStore(tmp_path / "copies" / "b.db") as copy, copy.read() as session:
        assert [key.user_id for key in session.api_keys()] == ["ada"]


def test_a_closed_store_is_not_read(store):
    store.close()
    with pytest.raises(StoreError, match="closed"), store.read():
        pass


def test_who_reads_while_it_is_closed_reads_to_the_end(store):
    with store.read() as session:
        store.close()
        assert session.users() == []
    assert store._idle_readers.empty()

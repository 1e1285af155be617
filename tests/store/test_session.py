"""One session reads and writes everything, at one moment."""

import pytest

from movieloop.errors import StoreError
from movieloop.store import Session, open_store


@pytest.mark.sqlite
def test_a_key_is_saved_once() -> None:
    with open_store(":memory:") as store:
        store.write(lambda session: session.save_key("hash"))
        with pytest.raises(StoreError, match="UNIQUE"):
            store.write(lambda session: session.save_key("hash"))
        with store.read() as session:
            assert session.key_hashes() == {"hash"}


def test_one_session_knows_every_table() -> None:
    def everything(session: Session) -> tuple[object, ...]:
        return session.movies(), session.users(), session.versions(), session.promises()

    with open_store(":memory:") as store, store.read() as session:
        assert everything(session) == ([], [], [], [])


def test_no_two_tables_have_a_statement_of_one_name() -> None:
    owners: dict[str, type] = {}
    for tables in Session.__mro__[1:-1]:
        for name, value in vars(tables).items():
            if callable(value) and not name.startswith("__"):
                assert name not in owners, (name, owners[name], tables)
                owners[name] = tables

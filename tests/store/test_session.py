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

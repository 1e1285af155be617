"""A connection has a name, a kind and a secret that nobody can read again."""

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.hooks.connecting import create_connection, kind_of
from movieloop.store import open_store


def test_only_the_secret_opens_and_wrong_ones_are_counted() -> None:
    with open_store(":memory:") as store:
        secret = create_connection(store, "home", "jellyfin")
        assert kind_of(store, "home", secret) == "jellyfin"
        for wrong in ("", secret[:-1], secret.upper(), "\udcff"[:0] + "é"):
            assert kind_of(store, "home", wrong) is None
        assert kind_of(store, "elsewhere", secret) is None
        with store.read() as session:
            (outcome,) = session.outcomes()
            (stored,) = session.connections()
        assert (outcome.outcome, outcome.times) == ("refused", 4)
        assert secret not in repr(stored)


@pytest.mark.parametrize(
    ("name", "kind"), [("", "plex"), ("Home", "plex"), ("a/b", "plex"), ("home", "kodi")]
)
def test_what_is_no_name_or_no_kind_is_refused(name: str, kind: str) -> None:
    with open_store(":memory:") as store, pytest.raises(InvalidInput):
        create_connection(store, name, kind)


def test_a_name_is_taken_until_it_is_removed() -> None:
    with open_store(":memory:") as store:
        create_connection(store, "home", "plex")
        with pytest.raises(InvalidInput, match="Remove it first"):
            create_connection(store, "home", "emby")
        assert store.write(lambda session: session.drop_connection("home"))
        assert not store.write(lambda session: session.drop_connection("home"))
        create_connection(store, "home", "emby")

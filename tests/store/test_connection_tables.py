"""Connections: one a name, with what is known of it, until it is dropped."""

import pytest

from movieloop.store import Store, open_store


@pytest.fixture
def store() -> Store:
    with open_store(":memory:") as store:
        store.write(lambda session: session.save_connection("home", "plex", "5e88"))
        yield store


def test_a_connection_keeps_what_is_said_of_it(store: Store) -> None:
    store.write(lambda session: session.save_request_as("home", '{"quality": "Any"}'))
    store.write(lambda session: session.note_answered("home"))
    assert store.write(lambda session: session.write_playlists("home", wanted=True))
    assert not store.write(lambda session: session.write_playlists("away", wanted=True))
    with store.read() as session:
        (known,) = session.connections()
        assert session.connection("home") == known
        assert session.connection("nowhere") is None
    assert (known.kind, known.request_as, known.playlists) == ("plex", '{"quality": "Any"}', True)
    assert known.asked_at is not None and known.asked_at >= known.created_at


def test_an_address_is_noted_for_what_is_connected_only(store: Store) -> None:
    assert store.write(lambda session: session.save_address("home", "http://nas"))
    assert not store.write(lambda session: session.save_address("away", "http://nas"))
    with store.read() as session:
        assert [one.address for one in session.connections()] == ["http://nas"]


def test_saying_a_name_again_changes_its_secret_only(store: Store) -> None:
    store.write(lambda session: session.save_address("home", "http://nas"))
    store.write(lambda session: session.save_connection("home", "plex", "0f1e"))
    with store.read() as session:
        (known,) = session.connections()
    assert (known.secret_hash, known.address) == ("0f1e", "http://nas")

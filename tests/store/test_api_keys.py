"""Keys: random, kept only as hashes, known to every process at once."""

from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.store import open_store
from movieloop.store.api_keys import (
    create_key,
    expired,
    find_key,
    key_hash,
    new_key,
    note_use,
    stored_keys,
)
from movieloop.store.connection import now_ms
from movieloop.store.key_tables import Scope


def test_keys_are_long_and_never_the_same() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert min(map(len, keys)) >= 32


def test_a_created_key_is_known_and_stands_nowhere_in_the_file(database: Path) -> None:
    with open_store(database) as store, open_store(database) as other:
        key = create_key(store)
        assert find_key(stored_keys(other), [new_key(), key]) == stored_keys(store)[0]
        assert find_key(stored_keys(store), [new_key(), ""]) is None
    files = database.parent.glob("movieloop.db*")
    assert key.encode() not in b"".join(file.read_bytes() for file in files)


def test_a_key_has_a_name_of_its_own_a_scope_an_owner_and_an_end(database: Path) -> None:
    with open_store(database) as store:
        create_key(store)
        create_key(store, "phone", scope=Scope.READ, user_id="ada", expires_at=now_ms() - 1)
        with pytest.raises(InvalidInput, match="phone"):
            create_key(store, "phone")
        first, phone = stored_keys(store)
        assert (first.name, first.scope, first.user_id) == ("first", Scope.ADMIN, None)
        assert (phone.scope, phone.user_id, phone.used_at) == (Scope.READ, "ada", None)
        assert expired(phone) and not expired(first)
        note_use(store, phone.key_hash)
        store.write(lambda _: None)
        assert stored_keys(store)[1].used_at is not None


def test_who_is_forgotten_loses_the_keys_too(database: Path) -> None:
    with open_store(database) as store:
        create_key(store, "phone", user_id="ada-lovelace")
        create_key(store, "tablet", user_id="bob")
        store.write(lambda session: session.forget("ada-lovelace"))
        assert [key.name for key in stored_keys(store)] == ["tablet"]
        assert store.wipe()
        files = database.parent.glob("movieloop.db*")
        assert b"ada-lovelace" not in b"".join(file.read_bytes() for file in files)


def test_the_hash_of_an_older_key_opens_everything(database: Path) -> None:
    with open_store(database) as store:
        store.write(lambda session: session.save_key(key_hash("ml_old")))
        found = find_key(stored_keys(store), ["ml_old"])
        assert found is not None and found.scope.covers(Scope.ADMIN)

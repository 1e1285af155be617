"""Keys: random, kept only as hashes, known to every process at once."""

from pathlib import Path

from movieloop.store import open_store
from movieloop.store.api_keys import create_key, key_hash, key_hashes, new_key


def test_keys_are_long_and_never_the_same() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert min(map(len, keys)) >= 32


def test_a_created_key_is_known_and_stands_nowhere_in_the_file(database: Path) -> None:
    with open_store(database) as store, open_store(database) as other:
        key = create_key(store)
        assert key_hash(key) in key_hashes(other)
        assert key_hash(new_key()) not in key_hashes(store)
    files = database.parent.glob("movieloop.db*")
    assert key.encode() not in b"".join(file.read_bytes() for file in files)

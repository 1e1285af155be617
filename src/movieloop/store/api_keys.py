"""API keys: made once, shown once, stored only as a hash."""

import hashlib
import secrets

from movieloop.store.sqlite import SqliteStore


def new_key() -> str:
    """Make an API key: 256 random bits.

    >>> len(new_key())
    46

    Returns:
        The key, beginning with "ml_"; show it once, store only its hash.
    """
    return f"ml_{secrets.token_urlsafe(32)}"


def key_hash(key: str) -> str:
    """Hash an API key for storage; it is random, so a plain SHA-256 cannot be guessed back.

    >>> key_hash("ml_x")[:8]
    'eb085020'

    Args:
        key: The key.

    Returns:
        64 hexadecimal digits.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def create_key(store: SqliteStore) -> str:
    """Make an API key for the HTTP door and store its hash.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     key = create_key(store)
    ...     key_hashes(store) == {key_hash(key)}
    True

    Args:
        store: The open database.

    Returns:
        The key; show it now, it cannot be read again.
    """
    key = new_key()
    store.write(lambda session: session.save_key(key_hash(key)))
    return key


def key_hashes(store: SqliteStore) -> set[str]:
    """Read the hashes of the API keys that open the HTTP door.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     key_hashes(store)
    set()

    Args:
        store: The open database.

    Returns:
        SHA-256 hashes in hexadecimal; empty if no key was ever made.
    """
    with store.read() as session:
        return session.key_hashes()

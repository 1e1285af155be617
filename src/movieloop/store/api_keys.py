"""API keys: made once, shown once, stored only as a hash."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from movieloop.errors import InvalidInput
from movieloop.store.connection import now_ms
from movieloop.store.key_tables import Scope, StoredKey
from movieloop.store.session import Session
from movieloop.store.store import Store


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


def create_key(
    store: Store,
    name: str = "first",
    *,
    scope: Scope = Scope.ADMIN,
    user_id: str | None = None,
    expires_at: int | None = None,
) -> str:
    """Make an API key for the HTTP door and store its hash.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     key = create_key(store, "phone", scope=Scope.WRITE)
    ...     [(known.name, known.scope.value) for known in stored_keys(store)]
    [('phone', 'write')]

    Args:
        store: The open database.
        name: What its owner calls it; no two have the same.
        scope: What it may do.
        user_id: The only user it may be; None for anybody.
        expires_at: Milliseconds since 1970 from which on it opens nothing; None for never.

    Returns:
        The key; show it now, it cannot be read again.

    Raises:
        InvalidInput: The name is taken.
    """
    key = new_key()

    def work(session: Session) -> None:
        if any(known.name == name for known in session.api_keys()):
            raise InvalidInput("name", f"There is a key {name!r}. Revoke it, or name another.")
        session.save_key(key_hash(key), name, scope, user_id, expires_at)

    store.write(work)
    return key


def stored_keys(store: Store) -> list[StoredKey]:
    """Read what is kept of all keys.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     stored_keys(store)
    []

    Args:
        store: The open database.

    Returns:
        The keys, oldest first; none if none was ever made.
    """
    with store.read() as session:
        return session.api_keys()


def note_use(store: Store, key_hash: str) -> None:
    """Note that a key was used now; nobody waits for it.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     note_use(store, key_hash(create_key(store)))

    Args:
        store: The open database.
        key_hash: Which key.
    """
    store.submit(lambda session: session.note_key_use(key_hash))


def find_key(known: Iterable[StoredKey], sent: Iterable[str]) -> StoredKey | None:
    """Find the key that was sent, comparing with each in constant time.

    >>> phone = StoredKey(key_hash("ml_x"), "phone", Scope.READ, None, 0, None, None)
    >>> find_key([phone], ["", "ml_x"]).name, find_key([phone], ["ml_y"])
    ('phone', None)

    Args:
        known: The stored keys.
        sent: What came along, in one header or another.

    Returns:
        The stored key, None if none fits; an expired one is found only if no other fits.
    """
    hashes = [key_hash(key) for key in sent if key]
    found = [key for key in known for given in hashes if hmac.compare_digest(given, key.key_hash)]
    return min(found, key=expired, default=None)


def expired(key: StoredKey) -> bool:
    """Tell whether a key opens nothing any more.

    >>> expired(StoredKey("", "phone", Scope.READ, None, created_at=0, expires_at=1, used_at=None))
    True

    Args:
        key: The stored key.

    Returns:
        Whether its time is over.
    """
    return key.expires_at is not None and now_ms() >= key.expires_at

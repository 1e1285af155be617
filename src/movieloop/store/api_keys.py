"""API keys: made once, shown once, stored only as a hash."""

import hashlib
import secrets


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

"""Addresses of databases: a file's path, or the URL of a PostgreSQL server."""

import hashlib
from pathlib import Path
from urllib.parse import quote

SERVERS = ("postgresql://", "postgres://")


def is_server(database: str | Path) -> bool:
    """Tell whether a database is a server's.

    >>> is_server("postgresql://films@db.example/movieloop"), is_server("films.db")
    (True, False)

    Args:
        database: Its address.

    Returns:
        Whether it is; else it is a file.
    """
    return isinstance(database, str) and database.startswith(SERVERS)


def without_password(address: str) -> str:
    """Write an address for people and logs.

    >>> without_password("postgresql://films:s3cret@db.example:5432/movieloop?sslmode=require")
    'postgresql://films@db.example:5432/movieloop'

    Args:
        address: The URL of a database.

    Returns:
        The same, without the password and the options, among which one might be.
    """
    scheme, _, rest = address.partition("://")
    base, _, options = rest.partition("?")
    if "@" in options and "@" not in base:  # a password with a question mark in it
        return f"{scheme}://..."
    login, at, place = base.rpartition("@")
    return f"{scheme}://{login.partition(':')[0]}{at}{place.partition('#')[0]}"


def file_name(address: str) -> str:
    """Name files that belong to a database of a server.

    >>> file_name("postgresql://films:s3cret@db.example/movieloop")
    'movieloop-4cc9989d'

    Args:
        address: Its URL.

    Returns:
        Its name and a hash of where it is; the password counts for nothing.
    """
    shown = without_password(address)
    name = quote(shown.partition("://")[2].partition("/")[2], safe="") or "database"
    return f"{name}-{hashlib.sha256(shown.encode()).hexdigest()[:8]}"

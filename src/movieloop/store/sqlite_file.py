"""An SQLite file: whether it is ours, and what its errors mean in plain words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from movieloop.errors import StoreBusy, StoreError, StoreUnusable

APPLICATION_ID = 0x4D4F5649  # "MOVI": how a file says that it is ours
_HEADER = b"SQLite format 3\x00"


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, with a word on what to do.

    Args:
        path: The file, for the message.

    Yields:
        Nothing.

    Raises:
        StoreError: SQLite or the operating system failed inside the block.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(error, path) from error
    except OSError as error:
        raise StoreUnusable(
            f"The database {path} cannot be used: {error.strerror or error}. "
            "Choose another file with --database or MOVIELOOP_DATABASE."
        ) from error


def _plain(error: sqlite3.Error, path: Path) -> StoreError:
    """Say what an SQLite error means and what to do."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(
            f"The database {path} is locked by another program. Close that program or try again."
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreUnusable(
            f"The database {path} is damaged ({error}). Restore a copy of it, or choose another "
            "file with --database."
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreUnusable(
            f"The database {path} cannot be written ({error}). Make the file and its folder "
            "writable, or choose another file with --database."
        )
    if primary == sqlite3.SQLITE_FULL:
        return StoreError(f"The disk that holds {path} is full. Nothing was stored; make room.")
    return StoreError(f"The database {path} failed: {error}.")


def refuse_foreign_file(path: Path) -> None:
    """Read the header, without SQLite, so that a file that is not ours stays untouched.

    Args:
        path: The file, which may not exist yet.

    Raises:
        StoreUnusable: It is there and not a database of movieloop.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreUnusable(
            f"The database {path} cannot be read: {error.strerror}. Choose another file with "
            "--database or MOVIELOOP_DATABASE."
        ) from error
    if not header:
        return
    ours = APPLICATION_ID.to_bytes(4, "big")
    if len(header) < len(_HEADER) or not header.startswith(_HEADER):
        raise StoreUnusable(
            f"The file {path} is not an SQLite database, or its beginning is damaged. It was "
            "left untouched; choose another file with --database."
        )
    if header[68:72] != ours:
        raise StoreUnusable(
            f"The file {path} is an SQLite database of another program, not of movieloop. It "
            "was left untouched; choose another file with --database."
        )

"""An SQLite file: whether it is ours, and what its errors mean in plain words."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from movieloop.errors import StoreBusy, StoreError, StoreUnusable
from movieloop.store.connection import Damaged

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

APPLICATION_ID = 0x4D4F5649  # "MOVI": how a file says that it is ours
_HEADER_SIZE = 100
_NO_SHARED_MEMORY = {
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_SHMLOCK,
}


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
    except Damaged as error:
        raise StoreUnusable(
            f"The database {path} is damaged ({error}). Restore a copy of it, or choose another "
            "file with --database."
        ) from error
    except OSError as error:
        raise StoreUnusable(
            f"The database {path} cannot be used: {error.strerror or error}. "
            "Choose another file with --database or MOVIELOOP_DATABASE."
        ) from error


def _plain(error: sqlite3.Error, path: Path) -> StoreError:
    """Say what an SQLite error means and what to do."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if code in _NO_SHARED_MEMORY or (primary == sqlite3.SQLITE_BUSY and not _locks(path.parent)):
        return StoreUnusable(
            f"The folder {path.absolute().parent} seems to be on a network share, and SQLite needs "
            "a local disk: files there cannot be locked or shared between programs. Choose a file "
            "on this machine with --database or MOVIELOOP_DATABASE."
        )
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
        return _unwritable(path, error)
    if primary == sqlite3.SQLITE_FULL:
        return StoreError(f"The disk that holds {path} is full. Nothing was stored; make room.")
    return StoreError(f"The database {path} failed: {error}.")


def _locks(folder: Path) -> bool:
    """Tell whether files of a folder can be locked at all; SQLite says "busy" where they cannot.

    A file of its own is tried: closing the database's would drop the locks others hold on it.
    """
    if fcntl is None:
        return True
    try:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".db-lock") as tried:
            fcntl.lockf(tried, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
    return True


def refuse_foreign_file(path: Path) -> None:
    """Look at a file without changing it, so that one that is not ours stays untouched.

    How it works:
        1. Ask the operating system: it must be a file that one may read and write.
        2. Let SQLite read the mark in its header as it would on a read-only disk
           (`immutable`): no lock is taken and no file is made beside it. Reading it with
           Python instead would, at its `close`, drop the locks that other stores of this
           process hold on the file.

    Args:
        path: The file, which may not exist yet.

    Raises:
        StoreUnusable: It is there and not a database of movieloop, or cannot be written.
    """
    with said_plainly(path):
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            return
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not os.access(path, os.R_OK | os.W_OK):
            raise _unwritable(path, "permission denied")
    if size == 0 and path.is_file():
        return
    found = _application_id(path) if path.is_file() and size >= _HEADER_SIZE else None
    if found is None:
        raise StoreUnusable(
            f"The file {path} is not an SQLite database, or its beginning is damaged. It was "
            "left untouched; choose another file with --database."
        )
    if found != APPLICATION_ID:
        raise StoreUnusable(
            f"The file {path} is an SQLite database of another program, not of movieloop. It "
            "was left untouched; choose another file with --database."
        )


def _application_id(path: Path) -> int | None:
    """Read whose database a file is; None if it is no database."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with said_plainly(path), closing(sqlite3.connect(address, uri=True)) as connection:
        # The file may be growing: a header that counts more pages than there are is no fault yet.
        connection.execute("PRAGMA writable_schema = ON")
        try:
            return int(connection.execute("PRAGMA application_id").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                return None
            raise


def _unwritable(path: Path, why: object) -> StoreUnusable:
    return StoreUnusable(
        f"The database {path} cannot be written ({why}). Make the file and its folder "
        "writable, or choose another file with --database."
    )

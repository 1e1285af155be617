"""An SQLite file: whether it is ours, and what its errors mean in plain words."""

import errno
import logging
import os
import sqlite3
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from movieloop.errors import StoreBusy, StoreError, StoreUnusable
from movieloop.store.connection import Damaged

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

APPLICATION_ID = 0x4D4F5649  # "MOVI": how a file says that it is ours
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
_HEADER_SIZE = 100
_MOMENT = 0.1  # seconds
_LOG = logging.getLogger("movieloop")
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


def private_folder(path: Path) -> None:
    """Make a folder that only its owner can look into; one that is there stays as it is.

    Args:
        path: The folder.
    """
    if not path.exists():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)


def private_file(path: Path) -> None:
    """Make an empty file that only its owner can read, whatever the umask, where none is.

    SQLite gives the files beside a database (-wal, -shm) the same rights.

    Args:
        path: The file; its folder is made if it is not there.
    """
    private_folder(path.parent)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if path.stat().st_size == 0:
        path.chmod(0o600)


def tighten(path: Path) -> None:
    """Close a file or folder to everybody but its owner: it says who loves what.

    Args:
        path: The file, with what SQLite keeps beside it, or the folder; nothing happens if it is
            not there, or somebody else's.
    """
    open_to_others = []
    for file in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        with suppress(FileNotFoundError, PermissionError):  # the owner alone may
            mode = stat.S_IMODE(file.stat().st_mode)
            if os.name != "nt" and mode & 0o077:
                file.chmod(mode & 0o700)
                open_to_others.append(file)
    if path in open_to_others:
        _LOG.warning("Other accounts could read %s; now only its owner can.", path)


def copied_while_open(path: Path) -> bool:
    """Tell whether a database lacks its log: it was copied, by `cp` say, while it was open.

    An open database is in WAL mode and has its log beside it; the last who closes it folds the log
    in and leaves WAL mode. So a file in WAL mode without a log was taken away from it.

    Args:
        path: The database.

    Returns:
        Whether something is missing. Never so for databases that were last closed by a version
        that stayed in WAL mode.
    """
    for _ in range(2):  # somebody might just be opening it: then the log is there a moment later
        if _log_of(path).exists() or not _says_open(path):
            return False
        time.sleep(_MOMENT)
    return True


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _says_open(path: Path) -> bool:
    with said_plainly(path), closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            return False
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'file_state'")
        return (
            bool(tables.fetchone())
            or not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        )


def refuse_foreign_file(path: Path, *, writing: bool = True) -> None:
    """Look at a file without changing it, so that one that is not ours stays untouched.

    How it works:
        1. Ask the operating system: it must be a file that one may read and write.
        2. Let SQLite read the mark in its header as it would on a read-only disk
           (`immutable`): no lock is taken and no file is made beside it. Reading it with
           Python instead would, at its `close`, drop the locks that other stores of this
           process hold on the file.

    Args:
        path: The file, which may not exist yet.
        writing: Whether it will be written to.

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
        if not os.access(path, os.R_OK | (os.W_OK if writing else 0)):
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

"""Copies that hold everything: made while movieloop serves, checked, and put back with care.

What was acknowledged stands in the database *and* in the log beside it (`movieloop.db-wal`), so
that copying the one file with `cp` loses the newest. SQLite itself writes the copy (`VACUUM INTO`):
one moment of the database, in one file, without the bytes of what was deleted.

>>> from tempfile import TemporaryDirectory
>>> from movieloop.store import open_store
>>> with TemporaryDirectory() as folder, open_store(f"{folder}/a.db") as store:
...     back_up(store.path, Path(folder) / "copy.db")
...     (Path(folder) / "copy.db").stat().st_size > 0
True
"""

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from movieloop.errors import BackupExists, StoreBusy, StoreUnusable
from movieloop.store.migrations import MIGRATIONS
from movieloop.store.scratch import scratch
from movieloop.store.sqlite_file import (
    BESIDE,
    copied_while_open,
    private_file,
    private_folder,
    refuse_foreign_file,
    said_plainly,
)

_NAMED = "{stem}-{moment:%Y%m%dT%H%M%S}Z.db"


def back_up(database: Path, target: Path, *, replace: bool = False) -> None:
    """Write a copy of a database; whoever serves or writes to it need not stop or wait.

    Args:
        database: The file.
        target: The copy, readable by its owner only; it is there whole or not at all.
        replace: Whether a file that is there may be replaced.

    Raises:
        BackupExists: The target is there.
        StoreUnusable: There is no such database, it is damaged, or the copy cannot be written.
        StoreError: The disk is full, say.
    """
    refuse_foreign_file(database, writing=False)
    if not database.exists():
        raise StoreUnusable(f"There is no database {database}. Name one with --database.")
    with said_plainly(target):
        private_folder(target.parent)
        if target.exists() and (not replace or target.samefile(database)):
            raise BackupExists(target)
        with _checked_copy(database, target) as part:
            _put(part, target)


def restore(backup: Path, database: Path, *, replace: bool = False) -> Path | None:
    """Put a backup in the place of a database; what was there is kept beside it.

    Args:
        backup: The file that `back_up` wrote.
        database: Where to.
        replace: Whether a database that is there may be replaced.

    Returns:
        Where the database of before is now; None if there was none.

    Raises:
        BackupExists: A database is there.
        StoreBusy: A program has it open.
        StoreUnusable: The backup is damaged, not ours, of a newer movieloop, or a copy that lacks
            what stood in its log.
    """
    refuse_foreign_file(backup, writing=False)
    if not backup.exists():
        raise StoreUnusable(f"There is no file {backup}.")
    if copied_while_open(backup):
        raise StoreUnusable(
            f"The file {backup} was copied while movieloop had it open, so what stood in its log "
            f"({backup.name}-wal) is missing. Put that file beside it, or take a file that "
            "`movieloop backup` wrote."
        )
    if database.exists() and not replace:
        raise BackupExists(database)
    with said_plainly(database):
        private_folder(database.parent)
        with _checked_copy(backup, database) as part:
            before = _set_aside(database) if database.exists() else None
            _put(part, database)
    return before


def named_by_time(folder: Path, database: Path) -> Path:
    """Name a backup by the moment.

    >>> named_by_time(Path("backups"), Path("movieloop.db")).name    # doctest: +ELLIPSIS
    'movieloop-...Z.db'

    Args:
        folder: Where backups are kept.
        database: What it is a copy of.

    Returns:
        The file.
    """
    return folder / _NAMED.format(stem=database.stem, moment=datetime.now(UTC))


def outdated(folder: Path, database: Path, keep: int) -> Sequence[Path]:
    """List the backups of a database beyond the newest ones; other files are none.

    Args:
        folder: Where they are kept.
        database: What they are copies of.
        keep: How many stay.

    Returns:
        The older ones, oldest first.
    """
    ours = re.compile(re.escape(database.stem) + r"-\d{8}T\d{6}Z\.db")
    found = sorted(file for file in folder.iterdir() if ours.fullmatch(file.name))
    return found[: max(0, len(found) - keep)]


@contextmanager
def _checked_copy(source: Path, target: Path) -> Iterator[Path]:
    """Copy a database beside where it is to stand, and read the copy from end to end."""
    with scratch(target.parent) as folder:
        part = folder / target.name
        private_file(part)
        _copy(source, part)
        _verify(part)
        yield part


def _copy(source: Path, target: Path) -> None:
    """Let SQLite write one moment of a database into an empty file."""
    address = f"{source.absolute().as_uri()}?mode=ro"
    with said_plainly(source), closing(sqlite3.connect(address, uri=True)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _verify(copy: Path) -> None:
    """Read a copy from end to end."""
    with said_plainly(copy), closing(sqlite3.connect(copy)) as connection:
        (said, *_), *_ = connection.execute("PRAGMA integrity_check(1)")
        if said != "ok":
            raise StoreUnusable(f"The copy is damaged ({said}); it was thrown away.")
        step = connection.execute("SELECT MAX(number) FROM schema_migrations").fetchone()[0]
        if step > len(MIGRATIONS):
            raise StoreUnusable(
                f"The file was written by a newer movieloop (its tables are at step {step}, this "
                f"one knows {len(MIGRATIONS)}). Upgrade movieloop."
            )


def _set_aside(database: Path) -> Path:
    """Rename a database nobody has open, with what belongs to it."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database, timeout=0)) as last:
        try:
            last.execute("PRAGMA journal_mode = DELETE").fetchone()  # needs the file for itself
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise StoreBusy(
                    f"The database {database} is open in another program. Stop movieloop first."
                ) from error
            raise
    aside = database.with_name(f"{database.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    for end in BESIDE:  # where it was too damaged to be folded in
        with suppress(FileNotFoundError):
            database.with_name(database.name + end).rename(aside.with_name(aside.name + end))
    database.rename(aside)
    return aside


def _put(part: Path, target: Path) -> None:
    """Bring a file to the disk, then under its name."""
    _to_disk(part)
    part.replace(target)
    _to_disk(target.parent)


def _to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""SQLite: many readers, one writer thread, nothing acknowledged before it is on disk.

Readers have connections of their own and, thanks to the write-ahead log (WAL), never wait. Writes
go through one thread that commits in groups: see `group_commit`. Each piece of work runs inside a
savepoint, so one that fails undoes only itself.

Several processes may use one file: `BEGIN IMMEDIATE` makes their writers take turns.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue

from movieloop.errors import StoreMoved, StoreUnusable
from movieloop.store.backup import back_up
from movieloop.store.change_watcher import ChangeWatcher
from movieloop.store.connection import now_ms
from movieloop.store.group_commit import GroupCommit, Outcome, Work
from movieloop.store.migrations import MIGRATIONS, RECORD, SQLITE_WORDS, migrate
from movieloop.store.name_tables import hashed_key
from movieloop.store.scratch import sweep
from movieloop.store.session import Session
from movieloop.store.sqlite_file import (
    APPLICATION_ID,
    copied_while_open,
    private_file,
    refuse_foreign_file,
    said_plainly,
    tighten,
)
from movieloop.store.store import Store
from movieloop.store.turns import PAUSE, Turns
from movieloop.store.wiping import Wiper

_LARGE = 50 * 2**20  # bytes: a second's work and more
_LOG = logging.getLogger("movieloop")
_SHORT_MS = 20  # how long emptying the log may hold up writers


class SqliteStore(Store):
    """One open database file; threads may share it."""

    at_hand = True

    def __init__(self, path: Path, *, busy_timeout: float = 5.0) -> None:
        self.path = path
        self.address = self.name = str(path.absolute())
        self.folder, self.stem = path.absolute().parent, path.stem
        self._busy_timeout = busy_timeout
        self._idle_readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._watches: list[ChangeWatcher] = []
        refuse_foreign_file(path)
        with said_plainly(self.path):
            private_file(path)
            bare = path.stat().st_size > 0 and copied_while_open(path)
            self._writer = self._connect()
            try:
                self._prepare(bare=bare)
            except BaseException:
                self._leave_wal()
                self._writer.close()
                raise
            self._writer.execute("PRAGMA busy_timeout = 0")
            tighten(path)
            sweep(path.absolute().parent)
            self._identity = _identity(path)
        self._turns = Turns(path.absolute().parent)
        self._commits = GroupCommit(self._commit, name="movieloop-writer")
        self._wiper = Wiper(self)
        self._wiper.go_on()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a read-only transaction: all its questions see one moment of the database.

        Yields:
            A session; writing through it fails.

        Raises:
            StoreError: The database could not be read, or is closed.
        """
        with said_plainly(self.path):
            self._commits.refuse_closed()
            connection = self._take_reader()
            try:
                connection.execute("BEGIN")
                yield Session(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._idle_readers.put(connection)
                if self._commits.closed:  # while this was read
                    self._close_readers()

    def back_up(self, target: Path) -> None:
        """Copy everything into another file.

        Args:
            target: The file.

        Raises:
            StoreError: It could not be read or written.
        """
        back_up(self.path, target)

    def count_on(self) -> None:
        """SQLite counts on by itself."""

    def watch(self) -> ChangeWatcher:
        """Open a watch on what is written, by anybody; it is closed with the store.

        Returns:
            The watch.
        """
        with said_plainly(self.path):
            watch = ChangeWatcher(self._open_reader(), self.path)
        self._watches.append(watch)
        return watch

    def wipe(self) -> bool:
        """Wipe erased people off the disk: see `wiping`.

        Returns:
            Whether nothing is left of them; else it is tried again in the background.
        """
        return self._wiper.wipe()

    def refuse_moved(self) -> None:
        """Make sure that the file that is open is the one that stands there.

        Somebody may have deleted it, or put a backup in its place: what is written then is nowhere
        after a restart.

        Raises:
            StoreMoved: It is not.
        """
        if _identity(self.path) != self._identity:
            raise StoreMoved(
                f"The file {self.path} was deleted or replaced while movieloop had it open. "
                "Nothing more is stored; restart movieloop, and it opens the file that is there."
            )

    def check(self) -> list[str]:
        """Ask SQLite whether the file is sound.

        Returns:
            What is wrong, one line each; empty if all is well.
        """
        with said_plainly(self.path):
            connection = self._connect()
            try:
                problems = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
                for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
                    problems.append(f"{table} row {row} points to a missing row of {parent}")
                problems += Session(connection).strange_moments()
            finally:
                connection.close()
        return [problem for problem in problems if problem != "ok"]

    def close(self) -> None:
        """Finish the waiting work, then close every connection; a second call does nothing."""
        if not self._commits.close():
            return
        self._wiper.stop()
        self._close_readers()
        for watch in self._watches:
            watch.close()
        with suppress(StoreMoved):
            self.refuse_moved()
            self._leave_wal()
        self._writer.close()
        self._turns.close()

    def fold_log(self) -> bool:
        """Fold the log into the file and empty it, without making writers wait.

        Returns:
            Whether it is empty now; a reader of an older moment, or a writer, stands in the way.

        Raises:
            StoreError: The database failed.
        """
        with said_plainly(self.path), closing(self._connect()) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # the most of it
            connection.execute(f"PRAGMA busy_timeout = {_SHORT_MS}")
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    # --- connections -------------------------------------------------------------------------

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy_timeout,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=64,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _close_readers(self) -> None:
        with suppress(Empty):
            while True:
                self._idle_readers.get_nowait().close()

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._idle_readers.get_nowait()
        except Empty:
            return self._open_reader()

    def _open_reader(self) -> sqlite3.Connection:
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _prepare(self, *, bare: bool) -> None:
        """Switch to WAL and bring the tables up to date, in one transaction."""
        writer = self._writer
        if self.path.stat().st_size == 0:
            # Before WAL, so that the mark is in the file itself and survives any crash.
            writer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        complete = self._applied() == len(MIGRATIONS)  # or refused, before anything is changed
        if complete and not bare:
            self._begin_in_wal("BEGIN")  # who has nothing to write need not wait for writers
            writer.execute("COMMIT")
            return
        self._begin_in_wal("BEGIN IMMEDIATE")
        try:
            writer.execute(RECORD.format(**SQLITE_WORDS))
            applied = self._applied()
            if applied < len(MIGRATIONS):
                if self.path.stat().st_size > _LARGE:
                    _LOG.warning(
                        "Bringing the tables of %s up to date; it takes a while.", self.path
                    )
                writer.create_function("hashed_key", 1, hashed_key, deterministic=True)
                migrate(writer.execute, self._record, applied)
            if bare:
                Session(writer).note_bare_copy()
            writer.execute("COMMIT")
        except BaseException:
            if writer.in_transaction:
                writer.execute("ROLLBACK")
            raise

    def _applied(self) -> int:
        """Read the number of the newest step; refuse a database that knows more of them."""
        table = "SELECT 1 FROM sqlite_master WHERE name = 'schema_migrations'"
        if self._writer.execute(table).fetchone() is None:
            return 0
        row = self._writer.execute("SELECT MAX(number) FROM schema_migrations").fetchone()
        applied = int(row[0] or 0)
        if applied > len(MIGRATIONS):
            raise StoreUnusable(
                f"The database {self.path} was written by a newer movieloop (its tables "
                f"are at step {applied}, this one knows {len(MIGRATIONS)}). Upgrade "
                "movieloop, or choose another file with --database."
            )
        return applied

    def _leave_wal(self) -> None:
        """Fold the log in and leave WAL mode; where others have it open, the last one does it."""
        with suppress(sqlite3.Error):
            self._writer.execute("PRAGMA busy_timeout = 0")
            self._writer.execute("PRAGMA journal_mode = DELETE").fetchone()

    def _begin_in_wal(self, begin: str) -> None:
        """Switch to WAL and begin a transaction.

        Whoever closes the file as the last one leaves WAL mode, perhaps between these two; from the
        transaction on nobody can.
        """
        while True:
            self._writer.execute("PRAGMA journal_mode = WAL").fetchone()
            self._writer.execute(begin)
            self._writer.execute(
                "SELECT 1 FROM sqlite_master LIMIT 1"
            ).fetchone()  # takes its place
            if self._writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                return
            self._writer.execute("ROLLBACK")

    def _record(self, number: int, name: str) -> None:
        self._writer.execute(
            "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)",
            (number, name, now_ms()),
        )

    # --- the writer thread -------------------------------------------------------------------

    def _commit(self, group: list[Work]) -> list[Outcome]:
        """Run a group as one transaction."""
        try:
            with said_plainly(self.path):
                self.refuse_moved()
                self._begin_in_turn()
                outcomes = [self._attempt(work) for work in group]
                self._writer.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        return outcomes

    def _begin_in_turn(self) -> None:
        """Begin a transaction as soon as the one before is done, whichever process runs it."""
        end = time.monotonic() + self._busy_timeout
        with self._turns.next(self._busy_timeout):
            while True:
                try:
                    self._writer.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
                    if not busy or time.monotonic() > end:
                        raise
                    time.sleep(PAUSE)
                else:
                    return

    def _open_writer(self) -> sqlite3.Connection:
        """Open a connection that does not wait long: `_begin_in_turn` asks again."""
        connection = self._connect()
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def _roll_back(self) -> None:
        """Undo the transaction; where even that fails begin with another connection.

        Closing a connection rolls back what it has not committed. A thread that ended here would
        let every later write wait for ever.
        """
        try:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self._writer.close()
            with suppress(sqlite3.Error):  # the next transaction says what is wrong
                self._writer = self._open_writer()

    def _attempt(self, work: Work) -> Outcome:
        """Run one piece of work inside a savepoint."""
        self._writer.execute("SAVEPOINT work")
        try:
            with said_plainly(self.path):
                result = work(Session(self._writer))
        except Exception as error:
            if not self._writer.in_transaction:  # SQLite gave up the whole group, say: disk full
                raise
            self._writer.execute("ROLLBACK TO work")
            self._writer.execute("RELEASE work")
            return None, error
        self._writer.execute("RELEASE work")
        return result, None


def _identity(path: Path) -> tuple[int, int] | None:
    """Tell which file a path leads to; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

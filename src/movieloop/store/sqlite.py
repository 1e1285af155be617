"""SQLite: many readers, one writer thread, nothing acknowledged before it is on disk.

Readers have connections of their own and, thanks to the write-ahead log (WAL), never wait.
Writes go through one thread. It takes everything that waits, runs it as one transaction, and
answers each caller after the commit: a hundred callers share one `fsync`. Each piece of work
runs inside a savepoint, so one that fails undoes only itself.

Several processes may use one file: `BEGIN IMMEDIATE` makes their writers take turns.
"""

import logging
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue, SimpleQueue
from typing import Any, Self, TypeVar

from movieloop.errors import StoreError, StoreMoved, StoreUnusable
from movieloop.store.change_watcher import ChangeWatcher
from movieloop.store.connection import now_ms
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
from movieloop.store.turns import PAUSE, Turns
from movieloop.store.wiping import Wiper

T = TypeVar("T")
Work = Callable[[Session], Any]

MEMORY = ":memory:"
_GROUP_LIMIT = 256
_LARGE = 50 * 2**20  # bytes: a second's work and more
_LOG = logging.getLogger("movieloop")
_END_OF_TIME = 253_402_300_800_000  # the year 10000, milliseconds since 1970
_STRANGE_MOMENTS = """
    SELECT feedback_id FROM feedback WHERE created_at NOT BETWEEN 0 AND :end LIMIT 20
"""
_SHORT_MS = 20  # how long emptying the log may hold up writers


@contextmanager
def open_store(path: str | Path, *, busy_timeout: float = 5.0) -> Iterator["SqliteStore"]:
    """Open a database file, create it if it is new, bring its tables up to date.

    Args:
        path: The file; ":memory:" means a throw-away store that is deleted at the end.
        busy_timeout: Seconds to wait for another program that holds the file.

    Yields:
        The store; it is closed at the end, whatever happened.

    Raises:
        StoreUnusable: The file is damaged, not ours, from a newer movieloop or not writable.
        StoreBusy: Another program holds the file.
    """
    with ExitStack() as stack:
        if str(path) == MEMORY:
            path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "movieloop.db"
        store = SqliteStore(Path(path), busy_timeout=busy_timeout)
        stack.callback(store.close)
        yield store


class SqliteStore:
    """One open database file; threads may share it."""

    def __init__(self, path: Path, *, busy_timeout: float = 5.0) -> None:
        self.path = path
        self._busy_timeout = busy_timeout
        self._idle_readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._work: SimpleQueue[tuple[Work, Future[Any]] | None] = SimpleQueue()
        self._watches: list[ChangeWatcher] = []
        self._closing = threading.Lock()
        self._closed = False
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
        self._thread = threading.Thread(target=self._write_forever, name="movieloop-writer")
        self._thread.daemon = True
        self._thread.start()
        self._wiper = Wiper(self)
        self._wiper.go_on()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a read-only transaction: all its questions see one moment of the database.

        Yields:
            A session; writing through it fails.

        Raises:
            StoreError: The database could not be read.
        """
        with said_plainly(self.path):
            connection = self._take_reader()
            try:
                connection.execute("BEGIN")
                yield Session(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._idle_readers.put(connection)

    def watch(self) -> ChangeWatcher:
        """Open a watch on what is written, by anybody; it is closed with the store.

        Returns:
            The watch.
        """
        with said_plainly(self.path):
            watch = ChangeWatcher(self._open_reader(), self.path)
        self._watches.append(watch)
        return watch

    def write(self, work: Callable[[Session], T]) -> T:
        """Run work in a transaction and wait until it is on disk.

        Args:
            work: Gets a session; an exception it raises undoes what it did.

        Returns:
            What the work returned.

        Raises:
            StoreError: The commit failed; nothing was stored.
        """
        return self.submit(work).result()

    def submit(self, work: Callable[[Session], T]) -> "Future[T]":
        """Hand work to the writer thread.

        Args:
            work: Gets a session; an exception it raises undoes what it did and reaches the
                caller through the future.

        Returns:
            A future that is done when the work is on disk, or was undone.

        Raises:
            StoreError: The store is closed.
        """
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise StoreError("The database is closed.")
            self._work.put((work, future))
        return future

    def wipe(self) -> bool:
        """Wipe erased people off the disk: see `wiping`.

        Returns:
            Whether nothing is left of them; else it is tried again in the background.
        """
        return self._wiper.wipe()

    def refuse_moved_file(self) -> None:
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
                for row in connection.execute(_STRANGE_MOMENTS, {"end": _END_OF_TIME}):
                    problems.append(f"feedback {row[0]} was given at no moment of any calendar")
            finally:
                connection.close()
        return [problem for problem in problems if problem != "ok"]

    def close(self) -> None:
        """Finish the waiting work, then close every connection; a second call does nothing."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._work.put(None)
        self._thread.join()
        self._wiper.stop()
        while True:
            try:
                self._idle_readers.get_nowait().close()
            except Empty:
                break
        for watch in self._watches:
            watch.close()
        with suppress(StoreMoved):
            self.refuse_moved_file()
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

    def _write_forever(self) -> None:
        closing = False
        while not closing:
            item = self._work.get()
            group = []
            while True:
                if item is None:
                    closing = True
                    break
                group.append(item)
                if len(group) >= _GROUP_LIMIT:
                    break
                try:
                    item = self._work.get_nowait()
                except Empty:
                    break
            if group:
                self._commit(group)

    def _commit(self, group: list[tuple[Work, Future[Any]]]) -> None:
        """Run a group as one transaction; answer each caller after the commit."""
        # From here on nobody can cancel: answering a cancelled future would end this thread.
        group = [(work, future) for work, future in group if future.set_running_or_notify_cancel()]
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with said_plainly(self.path):
                self.refuse_moved_file()
                self._begin_in_turn()
                for work, future in group:
                    outcomes.append((future, *self._attempt(work)))
                self._writer.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            for _, future in group:
                future.set_exception(error)
            return
        for future, result, failure in outcomes:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

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

    def _attempt(self, work: Work) -> tuple[Any, BaseException | None]:
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

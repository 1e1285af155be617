"""PostgreSQL: the same SQL on a server that many processes of many machines share.

One writer at a time, in all processes: a transaction begins with a lock of the whole database, as
SQLite's does. So the numbers of the log are given in the order of commits, nobody who follows it by
"newer than the last I saw" ever misses a row, and two requests for one user follow each other. What
that costs is little, because each process commits everything that waits as one transaction.
"""

import threading
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue

import platformdirs

from movieloop.addresses import file_name, without_password
from movieloop.errors import StoreBusy, StoreError, StoreUnusable
from movieloop.store.change_watcher import LogPosition
from movieloop.store.connection import now_ms
from movieloop.store.group_commit import GroupCommit, Outcome, Work
from movieloop.store.migrations import MIGRATIONS, POSTGRES_WORDS, RECORD, migrate
from movieloop.store.moving import move
from movieloop.store.postgres_connection import OLDEST, PostgresConnection, lost, said_plainly
from movieloop.store.scratch import scratch, sweep
from movieloop.store.session import Session
from movieloop.store.sqlite import SqliteStore
from movieloop.store.sqlite_file import private_folder
from movieloop.store.sqlite_file import said_plainly as said_plainly_file
from movieloop.store.store import Store

READERS = 16  # connections of a process that read at once
_WRITING = 0x4D4F5649  # "MOVI": the lock of whoever writes
_LOCKED = f"BEGIN; SELECT pg_advisory_xact_lock({_WRITING})"
_BEGIN = f"{_LOCKED}; SAVEPOINT work"
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# What tells of people.
_TABLES = "users, feedback, profiles, watchlist, findable, api_keys, import_runs"
_COUNTED = {
    "feedback": "feedback_id",
    "embeddings": "version",
    "promotions": "promotion",
    "users": "user_number",
}
_HASHED_KEY = """
    CREATE OR REPLACE FUNCTION hashed_key(key TEXT) RETURNS TEXT IMMUTABLE LANGUAGE SQL AS $$
        SELECT CASE WHEN key IS NULL OR key ~ '^import:[0-9a-f]{24}(:[0-9]+)?$' THEN key
                    ELSE encode(sha256(convert_to(key, 'UTF8')), 'hex') END
    $$
"""


class PostgresStore(Store):
    """One database of a server; threads may share it, and so may processes and machines."""

    at_hand = False

    def __init__(self, address: str, *, busy_timeout: float = 5.0) -> None:
        self.address = address
        self.name = without_password(address)
        self.folder = Path(platformdirs.user_data_dir("movieloop", appauthor=False))
        self.stem = file_name(address)
        self._busy_timeout = busy_timeout
        self._idle_readers: LifoQueue[PostgresConnection] = LifoQueue()
        self._places = threading.BoundedSemaphore(READERS)
        private_folder(self.folder)
        sweep(self.folder)
        with said_plainly(address):
            self._writer: PostgresConnection | None = self._connect()
            try:
                self._prepare(self._writer)
            except BaseException:
                self._writer.close()
                raise
        self._commits = GroupCommit(self._commit, name="movieloop-writer")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a read-only transaction: all its questions see one moment of the database.

        Yields:
            A session; writing through it fails.

        Raises:
            StoreError: The database could not be read.
        """
        with said_plainly(self.address), self.reader() as connection:
            yield Session(connection)

    @contextmanager
    def reader(self) -> Iterator[PostgresConnection]:
        """Lend a connection with an open read-only transaction.

        Yields:
            The connection.

        Raises:
            StoreBusy: All are lent for too long.
            StoreError: The database is closed.
        """
        self._commits.refuse_closed()
        if not self._places.acquire(timeout=max(self._busy_timeout, 1.0)):
            raise StoreBusy(f"Too many readers of {self.name} at once. Try again.")
        try:
            connection = self._begun_reader()
            try:
                yield connection
            finally:
                self._take_back(connection)
                if self._commits.closed:  # while this was read
                    self._close_readers()
        finally:
            self._places.release()

    def watch(self) -> "PostgresWatch":
        """Open a watch on what is written, by anybody; it is closed with the store.

        Returns:
            The watch.
        """
        return PostgresWatch(self)

    def wipe(self) -> bool:
        """Have the server take deleted rows out of its tables.

        Older copies of them stay in its own log, and in replicas and backups of it, as long as it
        keeps these.

        Returns:
            Whether it has; else it is asked again when somebody else is forgotten, or by `doctor`.
        """
        with self.read() as session:
            erasures = session.erasures()
            if erasures == session.erasures_wiped():
                return True
        try:
            self._apart(f"VACUUM {_TABLES}")
            self.write(lambda session: session.note_wiped(erasures))
        except StoreError:
            return False
        return True

    def refuse_moved(self) -> None:
        """Make sure that the server can be reached."""
        with self.read() as session:
            session.erasures()

    def check(self) -> list[str]:
        """Look for values that make no sense; the rest the server sees to.

        Returns:
            What is wrong, one line each; empty if all is well.
        """
        with self.read() as session:
            return session.strange_moments()

    def back_up(self, target: Path) -> None:
        """Copy everything into an SQLite file.

        Args:
            target: The file.

        Raises:
            StoreError: It could not be read or written.
        """
        private_folder(target.parent)
        with said_plainly_file(target), scratch(target.parent) as folder:
            copy = folder / "copy" / target.name  # whoever writes locks a database's folder
            with SqliteStore(copy) as file:
                move(self, file)
            copy.rename(target)

    def count_on(self) -> None:
        """Set what counts the rows to the newest."""
        self._apart(
            "; ".join(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "  # noqa: S608
                f"GREATEST(MAX({column}), 1), MAX({column}) IS NOT NULL) FROM {table}"
                for table, column in _COUNTED.items()
            )
        )

    def close(self) -> None:
        """Finish the waiting work, then close every connection; a second call does nothing."""
        if not self._commits.close():
            return
        self._close_readers()
        self._leave_writer()

    # --- connections -------------------------------------------------------------------------

    def _connect(self) -> PostgresConnection:
        return PostgresConnection(self.address, lock_seconds=self._busy_timeout)

    def _apart(self, sql: str) -> None:
        """Run statements on a connection of their own, outside of transactions."""
        with said_plainly(self.address):
            connection = self._connect()
            try:
                connection.script(sql)
            finally:
                connection.close()

    def _begun_reader(self) -> PostgresConnection:
        """Begin to read; a connection that was lost while nobody used it is replaced."""
        while True:
            try:
                idle = self._idle_readers.get_nowait()
            except Empty:
                connection = self._connect()
                connection.script(_READ)
                return connection
            try:
                idle.script(_READ)
            except Exception as error:
                idle.close()
                if not lost(error):
                    raise
            else:
                return idle

    def _close_readers(self) -> None:
        with suppress(Empty):
            while True:
                self._idle_readers.get_nowait().close()

    def _take_back(self, connection: PostgresConnection) -> None:
        """End the transaction and keep the connection for the next reader, if it is well."""
        if not connection.closed:
            with suppress(Exception):
                connection.leave("ROLLBACK")
                self._idle_readers.put(connection)
                return
        connection.close()

    def _prepare(self, writer: PostgresConnection) -> None:
        """Bring the tables up to date, in one transaction."""
        if writer.version < OLDEST:
            raise StoreUnusable(
                f"The server of {self.name} is PostgreSQL {writer.version}; movieloop needs "
                f"{OLDEST} or newer."
            )
        if self._applied(writer) == len(MIGRATIONS):
            return
        writer.script(_LOCKED)
        try:
            writer.script(RECORD.format(**POSTGRES_WORDS))
            applied = self._applied(writer)
            if applied < len(MIGRATIONS):
                writer.script(_HASHED_KEY)

                def record(number: int, name: str) -> None:
                    writer.execute(
                        "INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)",
                        (number, name, now_ms()),
                    )

                migrate(writer.script, record, applied, POSTGRES_WORDS)
            writer.script("COMMIT")
        except BaseException:
            with suppress(Exception):
                writer.script("ROLLBACK")
            raise

    def _applied(self, writer: PostgresConnection) -> int:
        """Read the number of the newest step; refuse a database that knows more of them."""
        found = writer.execute("SELECT to_regclass('schema_migrations') IS NOT NULL").fetchone()
        if not found[0]:
            return 0
        row = writer.execute("SELECT MAX(number) FROM schema_migrations").fetchone()
        applied = int(row[0] or 0)
        if applied > len(MIGRATIONS):
            raise StoreUnusable(
                f"The database {self.name} was written by a newer movieloop (its tables are at "
                f"step {applied}, this one knows {len(MIGRATIONS)}). Upgrade movieloop."
            )
        return applied

    # --- the writer thread -------------------------------------------------------------------

    def _commit(self, group: list[Work]) -> list[Outcome]:
        """Run a group as one transaction."""
        try:
            with said_plainly(self.address):
                writer = self._begun_writer()
                outcomes = [self._attempt(writer, work) for work in group]
                writer.script("COMMIT")
        except BaseException:
            self._leave_writer()
            raise
        return outcomes

    def _begun_writer(self) -> PostgresConnection:
        """Begin a transaction; nothing has been done yet, so another connection may do it."""
        if self._writer is not None:
            try:
                self._writer.script(_BEGIN)
            except Exception as error:
                self._leave_writer()
                if not lost(error):
                    raise
            else:
                return self._writer
        self._writer = self._connect()
        self._writer.script(_BEGIN)
        return self._writer

    def _attempt(self, writer: PostgresConnection, work: Work) -> Outcome:
        """Run one piece of work; one that fails undoes only itself."""
        try:
            with said_plainly(self.address):
                result = work(Session(writer))
        except Exception as error:
            if writer.closed:
                raise
            writer.script("ROLLBACK TO SAVEPOINT work")
            return None, error
        writer.leave("RELEASE SAVEPOINT work; SAVEPOINT work")
        return result, None

    def _leave_writer(self) -> None:
        """Close the writer's connection: the server rolls back what was not committed."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()


class PostgresWatch:
    """Sees what is new by asking: the state of everything is one row."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._position = LogPosition()

    def changed_users(self) -> Set[str] | None:
        """Tell for whom an earlier answer may no longer hold.

        Returns:
            The users; `EVERYBODY` if any answer may be outdated.

        Raises:
            StoreError: The database could not be read.
        """
        with self._lock, self._store.read() as session:
            return self._position.follow(session)

    def close(self) -> None:
        """Nothing is held open."""

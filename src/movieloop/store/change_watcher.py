"""Who is concerned by what was written since one last looked: what makes keeping answers safe.

SQLite changes the number `data_version` of a connection whenever anybody else, in this process or
another one, has committed. Reading it costs about a microsecond; only when it has changed is the
tail of the log read.
"""

import sqlite3
import threading
from collections.abc import Set
from pathlib import Path

from movieloop.store.movie_tables import LiveState
from movieloop.store.session import Session
from movieloop.store.sqlite_file import said_plainly

EVERYBODY = None


class LogPosition:
    """How far somebody has followed what is written; any engine's sessions may be given."""

    def __init__(self) -> None:
        """Begin before everything."""
        self._state: tuple[LiveState | None, int, int] | None = None
        self._last = 0

    def follow(self, session: Session) -> Set[str] | None:
        """Go to a moment of the database, and tell who was concerned by what was written.

        Args:
            session: An open transaction of that moment.

        Returns:
            The users of the rows the log has grown by; `EVERYBODY` if other points or films are
            live, somebody was forgotten, or a profile was mended.
        """
        state = (session.live_state(), session.erasures(), session.corrections())
        last = session.last_feedback_id()
        users: Set[str] | None = set()
        if state != self._state:
            users = EVERYBODY
        elif last != self._last:
            users = session.users_after(self._last)
        self._state, self._last = state, last
        return users


class ChangeWatcher:
    """A connection that is only used to see what is new; threads may share it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()
        self._data_version = -1
        self._position = LogPosition()

    def changed_users(self) -> Set[str] | None:
        """Tell for whom an earlier answer may no longer hold.

        How it works:
            1. The same `data_version` as last time: for nobody.
            2. Other points or films are live, somebody was forgotten, or a profile was mended: for
               everybody.
            3. Else for the users of the rows the log has grown by.

        >>> from movieloop.store import open_store
        >>> with open_store(":memory:") as store:
        ...     watch = store.watch()
        ...     watch.changed_users() is EVERYBODY, watch.changed_users()  # at first: anybody
        (True, set())

        Returns:
            The users; `EVERYBODY` if any answer may be outdated.

        Raises:
            StoreError: The database could not be read.
        """
        with self._lock, said_plainly(self._path):
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version == self._data_version:
                return set()
            session = Session(self._connection)
            self._connection.execute("BEGIN")  # one moment for all that is read
            try:
                users = self._position.follow(session)
            finally:
                self._connection.execute("ROLLBACK")
            # The version from before the transaction: what came in between is seen again.
            self._data_version = version
            return users

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

"""What the SQL needs of a database, whichever it is: a connection, a cursor, a clock."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol


class Damaged(Exception):
    """A stored value makes no sense: SQLite keeps no checksums, so a broken disk shows like that.

    The engine tells it as `StoreUnusable`, with the file's name.
    """


class Cursor(Protocol):
    """The little of a database cursor that is needed."""

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed."""

    @property
    def description(self) -> Any:  # noqa: ANN401 - as in Python's database API
        """The columns of its rows: a sequence whose items begin with a name."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row, whatever its columns
        """Read the next row.

        Returns:
            The row; None at the end.
        """

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """The little of a database connection that is needed."""

    def execute(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ..., /) -> Cursor:
        """Run one statement.

        Args:
            sql: The statement, with `:name` parameters, or with a `?` for each.
            parameters: Their values by name, or in order.

        Returns:
            A cursor over the rows it gives.
        """

    def executemany(self, sql: str, parameters: Iterable[Mapping[str, Any]], /) -> Cursor:
        """Run one statement many times.

        Args:
            sql: The statement, with `:name` parameters.
            parameters: Their values by name, once a run.

        Returns:
            A cursor without rows.
        """


class Tables:
    """A set of SQL statements that run on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._execute = connection.execute
        self._executemany = connection.executemany

    def _counter(self, table: str) -> int:
        """Read a table of one number, 0 before it was ever counted."""
        row = self._execute(f"SELECT version FROM {table}").fetchone()  # noqa: S608 - our own names
        return int(row[0]) if row else 0

    def _count_up(self, table: str, step: int = 1) -> None:
        """Let the number of such a table grow."""
        self._execute(
            f"""
            INSERT INTO {table} (only_row, version)
            VALUES (1, :step)
            ON CONFLICT (only_row) DO UPDATE
            SET version = {table}.version + :step
            """,  # noqa: S608 - our own names
            {"step": step},
        )


def now_ms() -> int:
    """Read the clock: milliseconds since 1970, UTC.

    >>> now_ms() > 1_700_000_000_000
    True

    Returns:
        The time, as the tables store it.
    """
    return time.time_ns() // 1_000_000

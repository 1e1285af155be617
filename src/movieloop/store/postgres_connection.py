"""A connection to a PostgreSQL server that looks like SQLite's: it answers before it returns.

asyncpg is asynchronous, the SQL here is not. Each connection has an event loop of its own, which
runs in whatever thread asks, only as long as the question takes: no other thread has to be woken.
"""

import asyncio
import functools
import re
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import asyncpg
from asyncpg import exceptions as pg

from movieloop.addresses import without_password
from movieloop.errors import StoreBusy, StoreError, StoreUnusable
from movieloop.store.connection import Damaged

T = TypeVar("T")
OLDEST = 14  # the version of the server
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0  # a whole log is read in less
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)|\?")
_LOST = (
    pg.PostgresConnectionError,
    pg.CannotConnectNowError,
    pg.AdminShutdownError,
    pg.CrashShutdownError,
    pg.IdleInTransactionSessionTimeoutError,
    pg.InterfaceError,
    pg.InternalClientError,
    OSError,
    asyncio.TimeoutError,
)
_REFUSED = (
    pg.InvalidAuthorizationSpecificationError,
    pg.InvalidCatalogNameError,
    pg.InsufficientPrivilegeError,
)
_BUSY = (
    pg.LockNotAvailableError,
    pg.QueryCanceledError,
    pg.TooManyConnectionsError,
    pg.SerializationError,
    pg.DeadlockDetectedError,
)
# Where a thread's own event loop is running, another thread asks for it.
_helpers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="movieloop-postgres")


class PostgresCursor:
    """The rows a statement gave, and how many it changed."""

    def __init__(
        self, rows: Sequence[Any], status: str, columns: Callable[[], Sequence[Any]] = tuple
    ) -> None:
        self._rows = iter(rows)
        self._columns = columns
        last = status.rpartition(" ")[2]
        self.rowcount = int(last) if last.isdigit() else -1

    @property
    def description(self) -> list[tuple[str]]:
        """The columns of its rows."""
        return [(column.name,) for column in self._columns()]

    def fetchone(self) -> Any:  # noqa: ANN401 - a row, whatever its columns
        """Read the next row.

        Returns:
            The row; None at the end.
        """
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        """Read the rows that are left.

        Returns:
            The rows.
        """
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows


class PostgresConnection:
    """One connection; one thread at a time may use it."""

    def __init__(self, address: str, *, lock_seconds: float) -> None:
        """Connect.

        Args:
            address: The URL of the database.
            lock_seconds: How long to wait for others that write.

        Raises:
            asyncpg.PostgresError: The server refuses.
            OSError: It cannot be reached.
        """
        self._loop = asyncio.new_event_loop()
        self._statements: dict[str, Any] = {}
        self._left: asyncio.Task[Any] | None = None
        try:
            self._connection = self._run(
                asyncpg.connect(
                    address,
                    timeout=CONNECT_SECONDS,
                    command_timeout=ANSWER_SECONDS,
                    server_settings={
                        "application_name": "movieloop",
                        # Every statement finds its rows by a key: planning each anew gains nothing.
                        "plan_cache_mode": "force_generic_plan",
                        "jit": "off",
                        "lock_timeout": f"{round(1000 * max(lock_seconds, 0.001))}",
                        # A process that hangs in the middle must not stop the others for long.
                        "idle_in_transaction_session_timeout": "10000",
                    },
                )
            )
        except BaseException as error:
            self._loop.close()
            if isinstance(error, ValueError):
                raise pg.ClientConfigurationError("no address") from None
            raise

    @property
    def version(self) -> int:
        """The version of the server, 17 say."""
        return int(self._connection.get_server_version().major)

    @property
    def closed(self) -> bool:
        """Whether it is of no use any more."""
        return bool(self._connection.is_closed())

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = (), /
    ) -> PostgresCursor:
        """Run one statement.

        Args:
            sql: The statement, with `:name` parameters, or with a `?` for each.
            parameters: Their values by name, or in order.

        Returns:
            Its rows.
        """
        text, names = numbered(sql)
        values = (
            [parameters[name] for name in names] if isinstance(parameters, Mapping) else parameters
        )
        return self._ask(self._fetch(text, values))

    def executemany(self, sql: str, parameters: Iterable[Mapping[str, Any]], /) -> PostgresCursor:
        """Run one statement many times, in one go.

        Args:
            sql: The statement, with `:name` parameters.
            parameters: Their values by name, once a run.

        Returns:
            A cursor without rows that does not know how many were changed.
        """
        text, names = numbered(sql)
        values = [[row[name] for name in names] for row in parameters]
        if values:
            self._ask(self._connection.executemany(text, values))
        return PostgresCursor((), "")

    def script(self, sql: str) -> None:
        """Run statements without parameters in one message.

        Args:
            sql: The statements, divided by semicolons.
        """
        self._ask(self._connection.execute(sql))

    def leave(self, sql: str) -> None:
        """Send a statement whose answer is read before the next one is asked.

        Args:
            sql: The statement, without parameters.
        """
        left, work = self._left, self._connection.execute(sql)
        self._left = self._loop.create_task(work if left is None else _after(left, work))
        self._run(asyncio.sleep(0))

    def close(self) -> None:
        """Close it, politely if the server still listens."""
        with suppress(Exception):
            if not self._connection.is_closed():
                self._ask(self._connection.close(timeout=1.0))
        with suppress(Exception):
            self._connection.terminate()
        self._loop.close()

    async def _fetch(self, text: str, values: Any) -> PostgresCursor:  # noqa: ANN401
        statement = self._statements.get(text)
        if statement is None:
            statement = self._statements[text] = await self._connection.prepare(text)
        rows = await statement.fetch(*values)
        return PostgresCursor(rows, statement.get_statusmsg(), statement.get_attributes)

    def _ask(self, work: Coroutine[Any, Any, T]) -> T:
        """Run work after what was left before it."""
        left, self._left = self._left, None
        return self._run(work if left is None else _after(left, work))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        if asyncio._get_running_loop() is None:
            return self._loop.run_until_complete(work)
        return _helpers.submit(self._loop.run_until_complete, work).result()


async def _after(left: "asyncio.Task[Any]", work: Coroutine[Any, Any, T]) -> T:
    try:
        await left
    except BaseException:
        work.close()
        raise
    return await work


@functools.lru_cache(maxsize=1024)
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """Write the parameters of a statement as PostgreSQL does.

    >>> numbered("SELECT :user WHERE key LIKE 'import:%' AND x = :user AND y = :n")
    ("SELECT $1 WHERE key LIKE 'import:%' AND x = $1 AND y = $2", ('user', 'n'))
    >>> numbered("VALUES (?, ?)")
    ('VALUES ($1, $2)', ())

    Args:
        sql: The statement, with `:name` or `?`.

    Returns:
        The statement with `$1`, and the names in order; no names where they were told by place.
    """
    names: dict[str, int] = {}
    places = 0

    def place(found: re.Match[str]) -> str:
        nonlocal places
        if found[1] is None:
            places += 1
            return f"${places}"
        return f"${names.setdefault(found[1], len(names) + 1)}"

    text = _PARAMETER.sub(place, sql)
    return text, tuple(names)


def lost(error: BaseException) -> bool:
    """Tell whether an error means that the connection is gone.

    Args:
        error: What asyncpg raised.

    Returns:
        Whether another connection may do better.
    """
    # asyncpg says of values that do not fit, too, that its interface was used wrongly.
    return isinstance(error, _LOST) and not isinstance(error, ValueError)


@contextmanager
def said_plainly(address: str) -> Iterator[None]:
    """Turn the errors of a server into ours, with a word on what to do.

    Args:
        address: The URL of the database, for the message; its password is left out.

    Yields:
        Nothing.

    Raises:
        StoreError: The server failed inside the block.
    """
    name = without_password(address)
    try:
        yield
    except Damaged as error:
        raise StoreUnusable(f"The database {name} is damaged ({error}). Restore a copy.") from error
    except _REFUSED as error:
        raise StoreUnusable(
            f"The server refuses {name}: {error}. Mend the address, or the rights there."
        ) from error
    except pg.ClientConfigurationError:
        # What asyncpg says of it may hold a part of the password.
        raise StoreUnusable(
            f"The address {name} cannot be understood. Write postgresql://USER:PASSWORD@HOST/NAME, "
            "and in a password %2F for /, %40 for @, %3F for ?, %23 for #, %25 for %."
        ) from None
    except pg.DiskFullError as error:
        raise StoreError(f"The disk of {name} is full. Nothing was stored; make room.") from error
    except _BUSY as error:
        raise StoreBusy(f"The database {name} is busy ({error}). Try again.") from error
    except _LOST as error:
        if not lost(error):
            raise StoreError(f"The database {name} failed: {error}.") from error
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StoreBusy(f"The database {name} cannot be reached ({why}). Try again.") from error
    except pg.PostgresError as error:
        raise StoreError(f"The database {name} failed: {error}.") from error

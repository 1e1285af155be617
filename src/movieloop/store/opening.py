"""Which engine a database has: a file is SQLite's, `postgresql://...` is a PostgreSQL server's."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from movieloop.addresses import is_server, without_password
from movieloop.errors import StoreUnusable
from movieloop.store.sqlite import SqliteStore
from movieloop.store.store import Store

MEMORY = ":memory:"


@contextmanager
def open_store(database: str | Path, *, busy_timeout: float = 5.0) -> Iterator[Store]:
    """Open a database, create it if it is new, bring its tables up to date.

    Args:
        database: A file; ":memory:" means a throw-away store that is deleted at the end;
            "postgresql://..." a database of a PostgreSQL server, which must exist.
        busy_timeout: Seconds to wait for others that write.

    Yields:
        The store; it is closed at the end, whatever happened.

    Raises:
        StoreUnusable: The file is damaged, not ours, from a newer movieloop or not writable; the
            server cannot be reached or refuses.
        StoreBusy: Another program holds the database.
    """
    with ExitStack() as stack:
        store: Store
        if is_server(database):
            store = _on_server(str(database), busy_timeout)
        else:
            path = Path(database)
            if str(database) == MEMORY:
                path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "movieloop.db"
            store = SqliteStore(path, busy_timeout=busy_timeout)
        stack.callback(store.close)
        yield store


def _on_server(address: str, busy_timeout: float) -> Store:
    try:
        from movieloop.store.postgres import PostgresStore  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise StoreUnusable(
            f"For {without_password(address)} movieloop needs its extra for PostgreSQL: "
            "pip install 'movieloop[postgres]'"
        ) from None
    return PostgresStore(address, busy_timeout=busy_timeout)

"""An open transaction: every SQL statement of movieloop, as methods.

A `Session` is what `store.read()` and `store.write(...)` hand out. It lives as long as its
transaction and knows the tables, so nobody else has to. The statements are written for SQLite
and PostgreSQL alike, with `:name` parameters.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store, store.read() as session:
...     session.live_feedback("ada"), session.checkpoint("ada")
([], None)
"""

from movieloop.store.connection import now_ms
from movieloop.store.feedback_tables import UserTables
from movieloop.store.import_tables import ImportTables
from movieloop.store.model_tables import ModelTables
from movieloop.store.progress_tables import PromiseTables
from movieloop.store.watchlist_tables import WatchlistTables


class Session(UserTables, PromiseTables, ImportTables, ModelTables, WatchlistTables):
    """One open transaction and the statements it understands."""

    def save_key(self, key_hash: str) -> None:
        """Store the hash of an API key; the key itself is never stored.

        Args:
            key_hash: SHA-256 of the key, in hexadecimal.
        """
        self._execute(
            "INSERT INTO api_keys (key_hash, created_at) VALUES (:key_hash, :now)",
            {"key_hash": key_hash, "now": now_ms()},
        )

    def key_hashes(self) -> set[str]:
        """Read the hashes of all API keys.

        Returns:
            The hashes; empty if no key was ever made.
        """
        return {row[0] for row in self._execute("SELECT key_hash FROM api_keys")}

"""SQL of the API keys: who may do what, kept only as hashes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from movieloop.store.connection import now_ms
from movieloop.store.name_tables import NameTables


class Scope(StrEnum):
    """What a key may do; each may also do what the ones before it may.

    >>> Scope.WRITE.covers(Scope.READ), Scope.READ.covers(Scope.WRITE)
    (True, False)
    """

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, needed: "Scope") -> bool:
        """Tell whether this is enough.

        Args:
            needed: What a request asks for.

        Returns:
            Whether it is.
        """
        order = list(Scope)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What is kept of a key.

    Attributes:
        key_hash: SHA-256 of the key, in hexadecimal.
        name: What its owner calls it.
        scope: What it may do.
        user_id: The only user it may be; None for anybody.
        created_at: Milliseconds since 1970.
        expires_at: From then on it opens nothing; None for never.
        used_at: When it was used last, to the minute; None for never.
    """

    key_hash: str
    name: str
    scope: Scope
    user_id: str | None
    created_at: int
    expires_at: int | None
    used_at: int | None


class KeyTables(NameTables):
    """Statements about keys."""

    def save_key(
        self,
        key_hash: str,
        name: str = "first",
        scope: str = Scope.ADMIN,
        user_id: str | None = None,
        expires_at: int | None = None,
    ) -> None:
        """Store the hash of an API key; the key itself is never stored.

        Args:
            key_hash: SHA-256 of the key, in hexadecimal.
            name: What its owner calls it.
            scope: What it may do.
            user_id: The only user it may be.
            expires_at: Milliseconds since 1970.
        """
        self._execute(
            """
            INSERT INTO api_keys (key_hash, name, scope, user_number, created_at, expires_at)
            VALUES (:key_hash, :name, :scope, :user, :now, :expires_at)
            """,
            {
                "key_hash": key_hash,
                "name": name,
                "scope": str(scope),
                "user": None if user_id is None else self._number_for(user_id),
                "now": now_ms(),
                "expires_at": expires_at,
            },
        )

    def api_keys(self) -> list[StoredKey]:
        """Read all keys.

        Returns:
            The keys, oldest first.
        """
        rows = self._execute(
            """
            SELECT k.key_hash, k.name, k.scope, u.user_id, k.created_at, k.expires_at, k.used_at
            FROM api_keys AS k LEFT JOIN users AS u ON u.user_number = k.user_number
            ORDER BY k.created_at, k.name
            """
        )
        return [_key(row) for row in rows]

    def key_hashes(self) -> set[str]:
        """Read the hashes of all API keys.

        Returns:
            The hashes; empty if no key was ever made.
        """
        return {key.key_hash for key in self.api_keys()}

    def note_key_use(self, key_hash: str) -> None:
        """Note that a key was used now.

        Args:
            key_hash: Which key.
        """
        self._execute(
            "UPDATE api_keys SET used_at = :now WHERE key_hash = :key_hash",
            {"key_hash": key_hash, "now": now_ms()},
        )

    def revoke_key(self, name: str) -> bool:
        """Delete a key: from now on it opens nothing.

        Args:
            name: What its owner calls it.

        Returns:
            Whether there was one.
        """
        deleted = self._execute("DELETE FROM api_keys WHERE name = :name", {"name": name})
        return deleted.rowcount > 0


def _key(row: tuple[Any, ...]) -> StoredKey:
    key_hash, name, scope, user_id, created_at, expires_at, used_at = row
    return StoredKey(key_hash, name, Scope(scope), user_id, created_at, expires_at, used_at)

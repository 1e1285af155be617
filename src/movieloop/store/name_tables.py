"""SQL of the names: what people are called stands here only; all other tables have their number.

So whoever is forgotten leaves by one table. SQLite overwrites deleted rows, but a page it has
divided once may keep an older copy of a name in its unused part; `rewrite_names` writes the table
anew, which leaves none.
"""

import hashlib
import re

from movieloop.data.user_ids import canonical
from movieloop.store.connection import Connection, Tables

_IMPORTED = re.compile(r"import:[0-9a-f]{24}(:[0-9]+)?")
_NAMING = ("users", "api_keys", "hook_people", "findable")  # a key's name may be somebody's too


class NameTables(Tables):
    """Statements on `users`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        # What was found in this transaction; None for whom nobody knows.
        self._numbers: dict[str, int | None] = {}

    def number_of(self, user_id: str) -> int | None:
        """Find somebody's number, by the name as it is stored or else by its one spelling.

        Args:
            user_id: The user.

        Returns:
            The number; None for a newcomer.

        Raises:
            InvalidInput: Nobody is called so, and nobody may be.
        """
        if user_id not in self._numbers:
            found = self._find(user_id)
            if found is None and (written := canonical(user_id)) != user_id:
                found = self._find(written)
            self._numbers[user_id] = found
        return self._numbers[user_id]

    def rewrite_names(self) -> None:
        """Write the tables that name people anew, so that no unused byte of them names anybody."""
        for table in _NAMING:
            rows = list(self._execute(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
            self._execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            for row in rows:
                places = ", ".join("?" * len(row))
                self._execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608

    def _number_for(self, user_id: str) -> int:
        """Find somebody's number, or give them one."""
        known = self.number_of(user_id)
        if known is None:
            known = self._execute(
                "INSERT INTO users (user_id) VALUES (:user_id) RETURNING user_number",
                {"user_id": canonical(user_id)},
            ).fetchone()[0]
            self._numbers.clear()  # another spelling may be noted as nobody's
            self._numbers[user_id] = known
        return known

    def _find(self, user_id: str) -> int | None:
        row = self._execute(
            "SELECT user_number FROM users WHERE user_id = :user_id", {"user_id": user_id}
        ).fetchone()
        return row[0] if row else None


def hashed_key(key: str | None) -> str | None:
    """Hash a caller's own name for a request: it may hold somebody's name.

    >>> hashed_key("ada likes Alien")[:12], hashed_key("import:ada")[:12], hashed_key(None)
    ('0ac5e10a063e', 'b33b76dad474', None)

    Args:
        key: The idempotency key, if there is one.

    Returns:
        Its SHA-256 in hexadecimal; the key itself if an import made it, which is a hash already.
    """
    if key is None or _IMPORTED.fullmatch(key):
        return key
    return hashlib.sha256(key.encode()).hexdigest()

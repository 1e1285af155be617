"""SQL of who agreed to be found by people of a like taste, and under which name.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     store.write(lambda session: session.save_findable("ada", "Ada"))
...     with store.read() as session:
...         session.findable(), session.found_as("ada"), session.found_as("bob")
([Findable(user_id='ada', name='Ada')], 'Ada', None)
"""

from typing import NamedTuple

from movieloop.store.connection import now_ms
from movieloop.store.name_tables import NameTables


class Findable(NamedTuple):
    """Somebody who may be found.

    Attributes:
        user_id: Who; told nobody.
        name: What the others see.
    """

    user_id: str
    name: str


class FindableTables(NameTables):
    """Statements on `findable`."""

    def findable(self) -> list[Findable]:
        """List who agreed.

        Returns:
            Them, in the order in which they did.
        """
        rows = self._execute(
            """
            SELECT u.user_id, f.name
            FROM findable AS f JOIN users AS u ON u.user_number = f.user_number
            ORDER BY f.since, f.user_number
            """
        )
        return [Findable(*row) for row in rows]

    def found_as(self, user_id: str) -> str | None:
        """Tell under which name somebody may be found.

        Args:
            user_id: The user.

        Returns:
            The name; None if they have not agreed.
        """
        row = self._execute(
            "SELECT name FROM findable WHERE user_number = :user",
            {"user": self.number_of(user_id)},
        ).fetchone()
        return None if row is None else str(row[0])

    def save_findable(self, user_id: str, name: str) -> None:
        """Note that somebody agreed, or calls themselves something else.

        Args:
            user_id: The user.
            name: What the others see.
        """
        self._execute(
            """
            INSERT INTO findable (user_number, name, since) VALUES (:user, :name, :now)
            ON CONFLICT (user_number) DO UPDATE SET name = excluded.name
            """,
            {"user": self._number_for(user_id), "name": name, "now": now_ms()},
        )

    def drop_findable(self, user_id: str) -> bool:
        """Note that somebody does not agree any more.

        Args:
            user_id: The user.

        Returns:
            Whether they did.
        """
        gone = self._execute(
            "DELETE FROM findable WHERE user_number = :user", {"user": self.number_of(user_id)}
        )
        return gone.rowcount > 0

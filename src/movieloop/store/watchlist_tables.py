"""SQL of the watchlist: what people want to see, which is no opinion."""

from collections.abc import Iterable
from typing import NamedTuple

from movieloop.store.name_tables import NameTables


class Wish(NamedTuple):
    """One film somebody wants to see.

    Attributes:
        user_id: Who.
        movie_id: Which movie, which must exist.
        added_at: Since when, milliseconds since 1970, UTC.
    """

    user_id: str
    movie_id: int
    added_at: int


class WatchlistTables(NameTables):
    """Statements on `watchlist`."""

    def watchlist(self, user_id: str) -> list[Wish]:
        """Read what a user wants to see.

        Args:
            user_id: The user.

        Returns:
            Their wishes, the newest first.
        """
        rows = self._execute(
            """
            SELECT movie_id, added_at
            FROM watchlist
            WHERE user_number = :user
            ORDER BY added_at DESC, movie_id
            """,
            {"user": self.number_of(user_id)},
        )
        return [Wish(user_id, *row) for row in rows]

    def add_wishes(self, wishes: Iterable[Wish]) -> int:
        """Put films on watchlists; one that is there stays as it is.

        Args:
            wishes: The wishes.

        Returns:
            How many were new.
        """
        rows = [
            {"user": self._number_for(wish.user_id), "movie_id": wish.movie_id, "at": wish.added_at}
            for wish in wishes
        ]
        statement = """
            INSERT INTO watchlist (user_number, movie_id, added_at)
            VALUES (:user, :movie_id, :at)
            ON CONFLICT (user_number, movie_id) DO NOTHING
        """
        return sum(self._execute(statement, row).rowcount for row in rows)

    def remove_wish(self, user_id: str, movie_id: int) -> bool:
        """Take a film off a watchlist.

        Args:
            user_id: The user.
            movie_id: The movie.

        Returns:
            Whether it was there.
        """
        removed = self._execute(
            "DELETE FROM watchlist WHERE user_number = :user AND movie_id = :movie_id",
            {"user": self.number_of(user_id), "movie_id": movie_id},
        )
        return removed.rowcount > 0

"""SQL of the users: who there is, who said what lately, and forgetting somebody."""

from movieloop.store.name_tables import NameTables

_OF_A_USER = (
    "feedback", "profiles", "watchlist", "findable", "import_runs", "api_keys", "hook_people",
    "users",
)  # fmt: skip


class UserTables(NameTables):
    """Statements about users, on all tables that tell of them."""

    def users(self) -> list[str]:
        """List everybody who ever said something, or has a profile.

        Returns:
            The user ids, sorted.
        """
        rows = self._execute(
            """
            SELECT user_id FROM users AS u
            WHERE EXISTS (SELECT 1 FROM feedback AS f WHERE f.user_number = u.user_number)
               OR EXISTS (SELECT 1 FROM profiles AS p WHERE p.user_number = u.user_number)
               OR EXISTS (SELECT 1 FROM watchlist AS w WHERE w.user_number = u.user_number)
               OR EXISTS (SELECT 1 FROM findable AS n WHERE n.user_number = u.user_number)
            ORDER BY user_id
            """
        )
        return [row[0] for row in rows]

    def likers_of(self, movie_id: int, *, most: int) -> list[str]:
        """List who has ever liked a movie, for all one knows still.

        Args:
            movie_id: The movie.
            most: How many at most.

        Returns:
            Their ids; whether a like counts yet, `live_feedback` tells.
        """
        rows = self._execute(
            """
            SELECT DISTINCT u.user_id
            FROM feedback AS f JOIN users AS u ON u.user_number = f.user_number
            WHERE f.movie_id = :movie_id AND f.rating = 1
            LIMIT :most
            """,
            {"movie_id": movie_id, "most": most},
        )
        return [row[0] for row in rows]

    def users_after(self, feedback_id: int) -> set[str]:
        """List whose log has grown.

        Args:
            feedback_id: The last row that is known.

        Returns:
            The users of all rows after it, retractions included.
        """
        rows = self._execute(
            """
            SELECT DISTINCT u.user_id
            FROM feedback AS f JOIN users AS u ON u.user_number = f.user_number
            WHERE f.feedback_id > :feedback_id
            """,
            {"feedback_id": feedback_id},
        )
        return {row[0] for row in rows}

    def counts(self) -> tuple[int, int]:
        """Count for the operator.

        Returns:
            How many users have a profile, and how many opinions the log holds.
        """
        row = self._execute(
            """
            SELECT (SELECT COUNT(*) FROM profiles),
                   (SELECT COUNT(*) FROM feedback WHERE retracts IS NULL)
            """
        ).fetchone()
        return row[0], row[1]

    def forget(self, user_id: str) -> int:
        """Delete everything about a user, retractions included.

        Args:
            user_id: The user.

        Returns:
            How many rows of the log were deleted.
        """
        user = self.number_of(user_id)
        if user is None:
            return 0
        self._execute(
            """
            DELETE FROM hook_inbox
            WHERE EXISTS (SELECT 1 FROM hook_people AS p
                          WHERE p.connection = hook_inbox.connection
                            AND p.person = hook_inbox.person AND p.user_number = :user)
            """,
            {"user": user},
        )
        deleted = [
            self._execute(
                f"DELETE FROM {table} WHERE user_number = :user",  # noqa: S608 - our own names
                {"user": user},
            ).rowcount
            for table in _OF_A_USER
        ]
        self._numbers.clear()
        self._count_up("erasures")
        return deleted[0]

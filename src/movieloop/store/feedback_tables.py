"""SQL of the feedback log: rows are only added, and what was said can be taken back."""

from typing import NamedTuple

from movieloop.data.feedback import Feedback
from movieloop.store.connection import now_ms
from movieloop.store.name_tables import NameTables, hashed_key
from movieloop.taste import Rating

# Live = an opinion (not a retraction) that no retraction takes back. The "+ 0" keeps SQLite from
# looking for NULL in the index on retracts, where it would walk through everybody's opinions.
# What came with an import says so in its key.
_OPINION = """
    f.feedback_id, f.movie_id, f.rating, f.created_at, f.rank_before, f.popularity_rank_before,
    CASE WHEN f.source IS NULL AND f.idempotency_key LIKE 'import:%' THEN 'import'
         ELSE f.source END,
    f.rival, f.drafted_by
"""
_LIVE = """
    FROM feedback AS f
    WHERE f.user_number = :user
      AND f.retracts + 0 IS NULL
      AND NOT EXISTS (SELECT 1 FROM feedback AS r WHERE r.retracts = f.feedback_id)
"""


class LogLine(NamedTuple):
    """One opinion with all that is stored of it.

    Attributes:
        feedback: The opinion.
        embeddings_version: The points that ranked the film then; None for an imported opinion.
        idempotency_key: The caller's own name for the request, None if there was none.
        undone_at: When it was taken back, milliseconds since 1970; None if it was not.
    """

    feedback: Feedback
    embeddings_version: int | None
    idempotency_key: str | None
    undone_at: int | None


class Event(NamedTuple):
    """One row of the log, for somebody who follows it.

    Attributes:
        feedback_id: Its number; those of later rows are larger.
        user_id: Who.
        movie_id: About which movie.
        rating: 1, 0 or None; None too where something is taken back.
        retracts: The number of the row it takes back; None for an opinion.
        created_at: When it was given, milliseconds since 1970.
        source: How the movie was met; None if that is not known.
    """

    feedback_id: int
    user_id: str
    movie_id: int
    rating: int | None
    retracts: int | None
    created_at: int
    source: str | None


class FeedbackTables(NameTables):
    """Statements on `feedback`."""

    def live_feedback(self, user_id: str) -> list[Feedback]:
        """Read what a user has said and not taken back, oldest first.

        Args:
            user_id: The user.

        Returns:
            Live feedback in the order it was given; empty for a newcomer.
        """
        rows = self._execute(
            f"""
            SELECT {_OPINION}
            {_LIVE}
            ORDER BY f.created_at, f.feedback_id
            """,
            {"user": self.number_of(user_id)},
        )
        return [Feedback(*row) for row in rows]

    def whole_log(self, user_id: str) -> list[LogLine]:
        """Read all a user has ever said, also what was taken back, oldest first.

        Args:
            user_id: The user.

        Returns:
            One line an opinion; retractions are told by the opinions they took back.
        """
        rows = self._execute(
            f"""
            SELECT {_OPINION}, f.embeddings_version, f.idempotency_key, r.created_at
            FROM feedback AS f
            LEFT JOIN feedback AS r ON r.retracts = f.feedback_id
            WHERE f.user_number = :user AND f.retracts + 0 IS NULL
            ORDER BY f.created_at, f.feedback_id
            """,  # noqa: S608 - no value is put in
            {"user": self.number_of(user_id)},
        )
        return [LogLine(Feedback(*row[:9]), *row[9:]) for row in rows]

    def append_feedback(
        self,
        user_id: str,
        movie_id: int,
        rating: Rating,
        *,
        rank_before: int | None,
        popularity_rank_before: int | None,
        embeddings_version: int,
        idempotency_key: str | None = None,
        source: str | None = None,
        drafted: tuple[str, str] | None = None,
        last_at: int | None = None,
    ) -> Feedback:
        """Add one opinion to the log, stamped no earlier than the user's last one.

        Args:
            user_id: The user.
            movie_id: The movie, which must exist.
            rating: 1, 0 or None.
            rank_before: Where the movie stood for this user the moment before.
            popularity_rank_before: The same by plain popularity.
            embeddings_version: The space that made this promise.
            idempotency_key: The caller's own name for this request, if any.
            source: How the movie was met, if known.
            drafted: In a blind comparison: the rival, and whose pick the movie was.
            last_at: When the user's last one was written, if that is known.

        Returns:
            The feedback as stored.
        """
        # A clock set back must not reorder the history.
        last = self._last_created_at(user_id) if last_at is None else last_at
        created_at = max(now_ms(), last)
        rival, side = drafted or (None, None)
        row = self._execute(
            """
            INSERT INTO feedback (user_number, movie_id, rating, rank_before,
                                  popularity_rank_before, embeddings_version,
                                  idempotency_key, created_at, source, rival, drafted_by)
            VALUES (:user, :movie_id, :rating, :rank_before,
                    :popularity_rank_before, :embeddings_version,
                    :idempotency_key, :created_at, :source, :rival, :drafted_by)
            RETURNING feedback_id
            """,
            {
                "user": self._number_for(user_id),
                "movie_id": movie_id,
                "rating": rating,
                "rank_before": rank_before,
                "popularity_rank_before": popularity_rank_before,
                "embeddings_version": embeddings_version,
                "idempotency_key": hashed_key(idempotency_key),
                "created_at": created_at,
                "source": source,
                "rival": rival,
                "drafted_by": side,
            },
        ).fetchone()
        ranks = (rank_before, popularity_rank_before)
        return Feedback(row[0], movie_id, rating, created_at, *ranks, source, rival, side)

    def append_retraction(self, user_id: str, feedback: Feedback) -> None:
        """Add a row that takes one feedback back; the log itself only grows.

        Args:
            user_id: Whose feedback it is.
            feedback: The live feedback to take back.
        """
        self._execute(
            """
            INSERT INTO feedback (user_number, movie_id, retracts, created_at)
            VALUES (:user, :movie_id, :retracts, :created_at)
            """,
            {
                "user": self.number_of(user_id),
                "movie_id": feedback.movie_id,
                "retracts": feedback.feedback_id,
                "created_at": max(now_ms(), self._last_created_at(user_id)),
            },
        )

    def author_of(self, feedback_id: int) -> str | None:
        """Find who gave a feedback.

        Args:
            feedback_id: Its number in the log.

        Returns:
            The user id; None if there is no such feedback.
        """
        row = self._execute(
            """
            SELECT u.user_id
            FROM feedback AS f JOIN users AS u ON u.user_number = f.user_number
            WHERE f.feedback_id = :feedback_id AND f.retracts IS NULL
            """,
            {"feedback_id": feedback_id},
        ).fetchone()
        return row[0] if row else None

    def feedback_by_key(self, user_id: str, idempotency_key: str) -> Feedback | None:
        """Find the feedback an idempotency key was used for.

        Args:
            user_id: The user.
            idempotency_key: The caller's own name for the request.

        Returns:
            That feedback, live or not; None if the key is new.
        """
        row = self._execute(
            f"""
            SELECT {_OPINION}
            FROM feedback AS f
            WHERE f.user_number = :user AND f.idempotency_key = :idempotency_key
            """,  # noqa: S608 - no value is put in
            {"user": self.number_of(user_id), "idempotency_key": hashed_key(idempotency_key)},
        ).fetchone()
        return Feedback(*row) if row else None

    def is_undone(self, feedback_id: int) -> bool:
        """Tell whether a feedback was taken back.

        Args:
            feedback_id: Its number in the log.

        Returns:
            Whether it was.
        """
        row = self._execute(
            "SELECT 1 FROM feedback WHERE retracts = :feedback_id", {"feedback_id": feedback_id}
        ).fetchone()
        return row is not None

    def _last_created_at(self, user_id: str) -> int:
        row = self._execute(
            "SELECT MAX(created_at) FROM feedback WHERE user_number = :user",
            {"user": self.number_of(user_id)},
        ).fetchone()
        return row[0] or 0

    def events(self, after: int, most: int) -> list[Event]:
        """Read the log as it grew: everybody's opinions, and what was taken back.

        Args:
            after: The number of the last row that is known, 0 for none.
            most: How many rows.

        Returns:
            The rows in the order of their commits, which is that of their numbers.
        """
        rows = self._execute(
            """
            SELECT f.feedback_id, u.user_id, f.movie_id, f.rating, f.retracts, f.created_at,
                   CASE WHEN f.source IS NULL AND f.idempotency_key LIKE 'import:%' THEN 'import'
                        ELSE f.source END
            FROM feedback AS f JOIN users AS u ON u.user_number = f.user_number
            WHERE f.feedback_id > :after
            ORDER BY f.feedback_id
            LIMIT :most
            """,
            {"after": after, "most": most},
        )
        return [Event(*row) for row in rows]

    def log_end(self, user_id: str) -> tuple[int, int]:
        """Find the end of a user's log.

        Args:
            user_id: The user.

        Returns:
            The number of the newest row, retractions included, and when the newest was written;
            0 and 0 for a newcomer.
        """
        row = self._execute(
            "SELECT MAX(feedback_id), MAX(created_at) FROM feedback WHERE user_number = :user",
            {"user": self.number_of(user_id)},
        ).fetchone()
        return row[0] or 0, row[1] or 0

"""SQL of the users: the feedback log and the profiles learned from it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from movieloop.data.feedback import Feedback
from movieloop.model.fold_in import Checkpoint, Standing
from movieloop.store.connection import now_ms
from movieloop.store.movie_tables import LiveState, MovieTables
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


_PROFILE = """
    p.profile, p.embeddings_version, p.learned, p.likes, p.last_feedback_id,
    p.given, p.rated, p.log_id, p.log_time
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


_OF_A_USER = (
    "feedback", "profiles", "watchlist", "findable", "import_runs", "api_keys", "hook_people",
    "users",
)  # fmt: skip


class UserTables(NameTables, MovieTables):
    """Statements on `feedback` (rows are only added) and `profiles` (checkpoints)."""

    _looked_up: tuple[str, Standing | None] | None = None

    def look_up(self, user_id: str) -> None:
        """Read at once what nearly every request asks: what is live, and where somebody stands.

        `live_state` and `standing` of this user are answered from it the next time, without asking
        the database again.

        Args:
            user_id: The user.
        """
        row = self._execute(
            f"""
            SELECT l.version, l.promoted_at, COALESCE(c.version, 0), u.user_number, {_PROFILE},
                   NOT EXISTS (
                       SELECT 1 FROM feedback AS f
                       WHERE f.user_number = u.user_number
                         AND f.created_at >= p.log_time AND f.feedback_id > p.log_id
                   )
            FROM live_embeddings AS l
            LEFT JOIN catalog_changes AS c ON c.only_row = 1
            LEFT JOIN users AS u ON u.user_id = :user_id
            LEFT JOIN profiles AS p ON p.user_number = u.user_number
            """,  # noqa: S608 - names of columns
            {"user_id": user_id},
        ).fetchone()
        if row is None:
            return
        self._looked_up_state = LiveState(*row[:3])
        if row[3] is None:
            return  # a newcomer, or somebody under another spelling
        self._numbers[user_id] = row[3]
        known = _profile_of(row[4:13]) if row[4] is not None else None
        self._looked_up = (user_id, known[1] if known and row[13] else None)

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

    def checkpoint(self, user_id: str) -> Checkpoint | None:
        """Read the stored profile.

        Args:
            user_id: The user.

        Returns:
            The checkpoint; None for a newcomer.
        """
        found = self._profile(user_id)
        return found[0] if found else None

    def standing(self, user_id: str) -> Standing | None:
        """Read the stored profile and what is kept beside it, if both are up to date.

        Args:
            user_id: The user.

        Returns:
            The standing; None for a newcomer, and wherever the log must be asked: nothing is kept
            yet, or the log knows of more.
        """
        looked_up, self._looked_up = self._looked_up, None
        if looked_up is not None and looked_up[0] == user_id:
            return looked_up[1]
        found = self._profile(user_id)
        if found is None or found[1] is None:
            return None
        standing = found[1]
        newer = self._execute(
            """
            SELECT 1
            FROM feedback
            WHERE user_number = :user AND created_at >= :log_time AND feedback_id > :log_id
            LIMIT 1
            """,
            {
                "user": self.number_of(user_id),
                "log_time": standing.log_time,
                "log_id": standing.log_id,
            },
        ).fetchone()
        return standing if newer is None else None

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

    def _profile(self, user_id: str) -> tuple[Checkpoint, Standing | None] | None:
        row = self._execute(
            f"SELECT {_PROFILE} FROM profiles AS p WHERE p.user_number = :user",  # noqa: S608
            {"user": self.number_of(user_id)},
        ).fetchone()
        return _profile_of(row) if row else None

    def save_checkpoint(
        self, user_id: str, checkpoint: Checkpoint, standing: Standing | None = None
    ) -> None:
        """Store a learned profile in place of the old one.

        Args:
            user_id: The user.
            checkpoint: What was learned.
            standing: What is to be kept beside it; None for nothing.
        """
        self._execute(
            """
            INSERT INTO profiles (user_number, embeddings_version, profile, learned, likes,
                                  last_feedback_id, updated_at, given, rated, log_id, log_time)
            VALUES (:user, :version, :profile, :learned, :likes,
                    :last_feedback_id, :now, :given, :rated, :log_id, :log_time)
            ON CONFLICT (user_number) DO UPDATE
            SET embeddings_version = excluded.embeddings_version,
                profile = excluded.profile,
                learned = excluded.learned,
                likes = excluded.likes,
                last_feedback_id = excluded.last_feedback_id,
                updated_at = excluded.updated_at,
                given = excluded.given,
                rated = excluded.rated,
                log_id = excluded.log_id,
                log_time = excluded.log_time
            """,
            {
                "user": self._number_for(user_id),
                "version": checkpoint.version,
                "profile": checkpoint.profile.astype("<f8").tobytes(),
                "learned": checkpoint.learned,
                "likes": checkpoint.likes,
                "last_feedback_id": checkpoint.last_feedback_id,
                "now": now_ms(),
                "given": standing and standing.given,
                "rated": standing and standing.rated,
                "log_id": standing and standing.log_id,
                "log_time": standing and standing.log_time,
            },
        )

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


def _profile_of(row: Sequence[Any]) -> tuple[Checkpoint, Standing | None]:
    """Make a profile of a row; nothing beside it if something of that is missing."""
    # Of bytes that somebody damaged only whole numbers are read; the doctor will tell.
    whole = np.frombuffer(row[0], dtype="<f8", count=len(row[0]) // 8)
    checkpoint = Checkpoint(whole, *row[1:5])
    beside = tuple(row[5:])
    return checkpoint, None if None in beside else Standing(checkpoint, *beside)

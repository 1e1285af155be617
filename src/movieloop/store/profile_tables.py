"""SQL of the learned profiles: checkpoints of the log, and what is kept beside them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from movieloop.model.fold_in import Checkpoint, Standing
from movieloop.store.connection import now_ms
from movieloop.store.movie_tables import LiveState, MovieTables
from movieloop.store.name_tables import NameTables

_PROFILE = """
    p.profile, p.embeddings_version, p.learned, p.likes, p.last_feedback_id,
    p.given, p.rated, p.log_id, p.log_time
"""


class ProfileTables(NameTables, MovieTables):
    """Statements on `profiles`."""

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

    def _profile(self, user_id: str) -> tuple[Checkpoint, Standing | None] | None:
        row = self._execute(
            f"SELECT {_PROFILE} FROM profiles AS p WHERE p.user_number = :user",  # noqa: S608
            {"user": self.number_of(user_id)},
        ).fetchone()
        return _profile_of(row) if row else None


def _profile_of(row: Sequence[Any]) -> tuple[Checkpoint, Standing | None]:
    """Make a profile of a row; nothing beside it if something of that is missing."""
    # Of bytes that somebody damaged only whole numbers are read; the doctor will tell.
    whole = np.frombuffer(row[0], dtype="<f8", count=len(row[0]) // 8)
    checkpoint = Checkpoint(whole, *row[1:5])
    beside = tuple(row[5:])
    return checkpoint, None if None in beside else Standing(checkpoint, *beside)

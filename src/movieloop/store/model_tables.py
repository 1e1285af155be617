"""SQL of the slow loop: what training reads, the versions it makes, and who is training.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     mine = store.write(lambda session: session.take_lease("training", "me", 60_000))
...     yours = store.write(lambda session: session.take_lease("training", "you", 60_000))
>>> mine, yours
(True, False)
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from movieloop.store.connection import Tables, now_ms


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version of the points.

    Attributes:
        version: Its number.
        origin: Where it comes from, for people.
        created_at: When it was stored, milliseconds since 1970.
        live: Whether it serves.
        scores: What it was measured at; empty for points that came with the program.
    """

    version: int
    origin: str
    created_at: int
    live: bool
    scores: Mapping[str, Any]


TRAINING = "training"  # the lease of whoever trains
# A lease that ends later was taken before the clock was set back, and would hold for as long.
LONGEST_LEASE = 60_000  # milliseconds


class TrainedOn(NamedTuple):
    """What of the log a version has learned from, or was chosen on.

    Attributes:
        last: The newest feedback of it.
        until: When the newest of it was given, milliseconds since 1970.
        forgets: How often somebody had been forgotten by then.
    """

    last: int
    until: int
    forgets: int


class LikeChange(NamedTuple):
    """A like that came or went.

    Attributes:
        feedback_id: Its number in the log.
        movie_id: The movie.
        created_at: When it was given, milliseconds since 1970.
        given: Whether it came; False if it was taken back.
    """

    feedback_id: int
    movie_id: int
    created_at: int
    given: bool


class ModelTables(Tables):
    """Statements on `embeddings`, `promotions`, `leases`, and over the whole log."""

    def ratings(self) -> Iterator[tuple[str, int, int | None, int, int]]:
        """Read everybody's live feedback.

        Yields:
            (user id, movie id, rating, created_at, feedback id), oldest first.
        """
        yield from self._execute(
            """
            SELECT u.user_id, f.movie_id, f.rating, f.created_at, f.feedback_id
            FROM feedback AS f JOIN users AS u ON u.user_number = f.user_number
            WHERE f.retracts IS NULL
              AND NOT EXISTS (SELECT 1 FROM feedback AS r WHERE r.retracts = f.feedback_id)
            ORDER BY f.created_at, f.feedback_id
            """
        )

    def like_changes(self, feedback_id: int) -> Iterator[LikeChange]:
        """Read the likes that are new in the log, and those that were taken back.

        Args:
            feedback_id: The last row that is known.

        Yields:
            The new likes, then the ones taken back, which may be among the new ones.
        """
        given = self._execute(
            """
            SELECT feedback_id, movie_id, created_at
            FROM feedback
            WHERE feedback_id > :after AND rating = 1
            """,
            {"after": feedback_id},
        )
        yield from (LikeChange(row[0], row[1], row[2], given=True) for row in given)
        taken = self._execute(
            """
            SELECT o.feedback_id, o.movie_id, o.created_at
            FROM feedback AS r
            JOIN feedback AS o ON o.feedback_id = r.retracts
            WHERE r.feedback_id > :after AND r.retracts IS NOT NULL AND o.rating = 1
            """,
            {"after": feedback_id},
        )
        yield from (LikeChange(row[0], row[1], row[2], given=False) for row in taken)

    def last_feedback_id(self) -> int:
        """Read the number of the newest row of the log.

        Returns:
            The number, 0 for an empty log.
        """
        return int(self._execute("SELECT MAX(feedback_id) FROM feedback").fetchone()[0] or 0)

    def erasures(self) -> int:
        """Read how often somebody was forgotten, so that counts of likes can be kept.

        Returns:
            A number that grows with every erasure.
        """
        return self._counter("erasures")

    def corrections(self) -> int:
        """Read how often something was mended that the log does not tell: a damaged profile.

        Returns:
            A number that grows with every correction.
        """
        return self._counter("corrections")

    def count_correction(self) -> None:
        """Note that something was mended, so that nobody goes on with what was kept of it."""
        self._count_up("corrections")

    def versions(self) -> list[Version]:
        """List the stored versions of the points.

        Returns:
            All of them, newest first.
        """
        rows = self._execute(
            """
            SELECT e.version, e.origin, e.created_at, l.version IS NOT NULL, e.scores
            FROM embeddings AS e
            LEFT JOIN live_embeddings AS l ON l.version = e.version
            ORDER BY e.version DESC
            """
        )
        return [Version(row[0], row[1], row[2], bool(row[3]), json.loads(row[4])) for row in rows]

    def live_trained_on(self) -> TrainedOn | None:
        """Tell what the live points have learned from.

        Returns:
            What of this log; None if they came with the program, or there are none.
        """
        row = self._execute(
            """
            SELECT e.trained_to, e.trained_until, e.forgets
            FROM embeddings AS e
            JOIN live_embeddings AS l ON l.version = e.version
            WHERE e.trained_to > 0
            """
        ).fetchone()
        return TrainedOn(*row) if row else None

    def promoted_before(self) -> int | None:
        """Find the version that was live before the live one.

        Returns:
            Its number; None if there was none.
        """
        row = self._execute(
            """
            SELECT p.version
            FROM promotions AS p
            WHERE p.version <> (SELECT version FROM live_embeddings)
            ORDER BY p.promotion DESC
            LIMIT 1
            """
        ).fetchone()
        return row[0] if row else None

    def set_scores(self, version: int, scores: Mapping[str, Any], seen: TrainedOn) -> None:
        """Keep with a version what it was measured at and how far in the log it has seen.

        Args:
            version: A stored version.
            scores: The figures, as JSON can hold them.
            seen: What it has learned from.
        """
        self._execute(
            """
            UPDATE embeddings
            SET scores = :scores, trained_to = :last, trained_until = :until, forgets = :forgets
            WHERE version = :version
            """,
            {"version": version, "scores": json.dumps(scores), **seen._asdict()},
        )

    def feedback_since_training(self) -> int:
        """Count the log's rows that no version has been trained on.

        Returns:
            How many rows came since the last training.
        """
        row = self._execute(
            """
            SELECT COUNT(*)
            FROM feedback
            WHERE feedback_id > (SELECT MAX(trained_to) FROM embeddings)
            """
        ).fetchone()
        return int(row[0])

    def forgotten_since_training(self) -> bool:
        """Tell whether somebody was forgotten whom a version may have learned from.

        Returns:
            Whether, since the last training; False if nothing was trained here.
        """
        row = self._execute("SELECT MAX(forgets) FROM embeddings WHERE trained_to > 0").fetchone()
        return row[0] is not None and self.erasures() > row[0]

    def lease_held(self, name: str) -> bool:
        """Tell whether somebody holds a lease.

        Args:
            name: The lease.

        Returns:
            Whether it was taken and has not run out.
        """
        row = self._execute(
            """
            SELECT COUNT(*) FROM leases
            WHERE name = :name AND expires_at BETWEEN :now AND :now + :longest
            """,
            {"name": name, "now": now_ms(), "longest": LONGEST_LEASE},
        ).fetchone()
        return bool(row[0])

    def take_lease(self, name: str, holder: str, milliseconds: int) -> bool:
        """Take a lease, or keep it: nobody else gets it until it runs out.

        Args:
            name: What only one may do at a time.
            holder: Who asks.
            milliseconds: For how long, up to `LONGEST_LEASE`.

        Returns:
            Whether it is the holder's now.
        """
        now = now_ms()
        return bool(
            self._execute(
                """
                INSERT INTO leases (name, holder, expires_at)
                VALUES (:name, :holder, :until)
                ON CONFLICT (name) DO UPDATE
                SET holder = excluded.holder, expires_at = excluded.expires_at
                WHERE leases.holder = excluded.holder
                   OR NOT leases.expires_at BETWEEN :now AND :now + :longest
                """,
                {
                    "name": name,
                    "holder": holder,
                    "until": now + milliseconds,
                    "now": now,
                    "longest": LONGEST_LEASE,
                },
            ).rowcount
        )

    def keep_lease(self, name: str, holder: str, milliseconds: int) -> bool:
        """Keep a lease that nobody else has had since it was taken, even if it has run out.

        Asked in the transaction that stores what the lease was for, it fences off whoever slept
        through its end: nothing of theirs is stored after somebody else's turn.

        Args:
            name: The lease.
            holder: Who took it.
            milliseconds: For how long from now, up to `LONGEST_LEASE`.

        Returns:
            Whether it is still the holder's.
        """
        kept = self._execute(
            "UPDATE leases SET expires_at = :until WHERE name = :name AND holder = :holder",
            {"name": name, "holder": holder, "until": now_ms() + milliseconds},
        )
        return kept.rowcount > 0

    def give_lease_back(self, name: str, holder: str) -> None:
        """Let others take a lease.

        Args:
            name: The lease.
            holder: Who has it; nothing happens if it is somebody else's.
        """
        self._execute(
            "DELETE FROM leases WHERE name = :name AND holder = :holder",
            {"name": name, "holder": holder},
        )

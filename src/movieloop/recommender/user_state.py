"""One user at one moment: where they stand, what they have not seen, what they have said.

The log says all of that, and grows. So what recommending and learning need - the profile and which
films are rated - is kept beside the profile and read instead, as long as it accounts for the whole
log; the log is read where somebody asks what was said, and where something was taken back or said
again.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

import numpy as np

from movieloop.data.feedback import Feedback
from movieloop.errors import StoreError
from movieloop.model.fold_in import (
    Checkpoint,
    Standing,
    batched,
    catch_up,
    opinions,
    pack_rows,
    refold,
    unpack_rows,
)
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.snapshot import Mask, Snapshot
from movieloop.schemas.fields import checked_rating, checked_user_id
from movieloop.store import Session, Store
from movieloop.taste import LIKE, Rating, Vector


@dataclass(frozen=True, slots=True)
class UserState:
    """Where a user stands.

    Attributes:
        checkpoint: The profile, up to date with the log and the live space.
        unseen: The movies they have not rated.
        given: How much live feedback they have given.
        log_end: Number and time of the newest row of their log, as `Session.log_end` tells.
    """

    checkpoint: Checkpoint
    unseen: Mask
    given: int
    log_end: tuple[int, int] = (0, 0)

    @property
    def profile(self) -> Vector:
        """The user's point, shape (d,)."""
        return self.checkpoint.profile

    @property
    def pending(self) -> int:
        """How much feedback waits for learning."""
        return self.given - self.checkpoint.learned

    @property
    def standing(self) -> Standing:
        """What is to be kept of them."""
        return Standing(self.checkpoint, self.given, pack_rows(~self.unseen), *self.log_end)

    @classmethod
    def of(
        cls, session: Session, space: Snapshot, user_id: str, *, retrain_after: int
    ) -> "UserState":
        """Read where a user stands, as quickly as can be; nothing is stored.

        Args:
            session: An open transaction.
            space: The live space.
            user_id: The user; an unknown one is a newcomer.
            retrain_after: The batch size N.

        Returns:
            The user at the moment of the transaction: a `UserWithLog` where the log had to be read.
        """
        standing = session.standing(user_id)
        if standing is not None:
            unseen = _unseen(standing, space)
            up_to_date = standing.checkpoint.learned == batched(standing.given, retrain_after)
            if unseen is not None and up_to_date:
                end = (standing.log_id, standing.log_time)
                return UserState(standing.checkpoint, unseen, standing.given, end)
        return UserWithLog.read(session, space, user_id, retrain_after=retrain_after)

    def saying(
        self,
        session: Session,
        space: Snapshot,
        user_id: str,
        feedback: Feedback,
        *,
        retrain_after: int,
    ) -> "UserState":
        """Give this user as they are once they have said one thing more.

        Args:
            session: The transaction this user was read in.
            space: The live space.
            user_id: The user.
            feedback: What they say: the newest of their log, or with number 0 if it is not in it.
            retrain_after: The batch size N.

        Returns:
            The user after learning; the same as if the whole log had been folded.
        """
        row = space.row(feedback.movie_id)
        if retrain_after > 1 or self.pending or not (row is None or self.unseen[row]):
            whole = UserWithLog.read(session, space, user_id, retrain_after=retrain_after)
            if feedback.feedback_id:
                return whole  # it is in the log already
            return whole.having(space, [*whole.live, feedback], retrain_after=retrain_after)
        said = [] if row is None else [(feedback.movie_id, feedback.rating)]
        known = self.checkpoint
        unseen = self.unseen.copy()
        if row is not None:
            unseen[row] = False
        checkpoint = Checkpoint(
            profile=space.embeddings.learn(said, profile=known.profile, likes=known.likes),
            version=known.version,
            learned=known.learned + 1,
            likes=known.likes + (row is not None and feedback.rating == LIKE),
            last_feedback_id=feedback.feedback_id,
        )
        end = (feedback.feedback_id, feedback.created_at)
        return UserState(checkpoint, unseen, self.given + 1, end)


@dataclass(frozen=True, slots=True)
class UserWithLog(UserState):
    """A user with all they have said.

    Attributes:
        live: Live feedback, oldest first.
    """

    live: Sequence[Feedback] = ()

    @property
    def learned(self) -> Sequence[Feedback]:
        """The feedback the profile has learned."""
        return self.live[: self.checkpoint.learned]

    @classmethod
    def put_together(
        cls, space: Snapshot, live: Sequence[Feedback], checkpoint: Checkpoint, end: tuple[int, int]
    ) -> Self:
        """Put a user together.

        Args:
            space: The live space.
            live: Their live feedback, oldest first.
            checkpoint: Their profile in this space.
            end: The end of their log.

        Returns:
            The user.
        """
        unseen = space.unseen(item.movie_id for item in live)
        return cls(checkpoint, unseen, len(live), end, live)

    @classmethod
    def read(cls, session: Session, space: Snapshot, user_id: str, *, retrain_after: int) -> Self:
        """Read a user's log; the profile is brought up to date in memory, nothing is stored.

        Args:
            session: An open transaction.
            space: The live space.
            user_id: The user; an unknown one is a newcomer.
            retrain_after: The batch size N.

        Returns:
            The user at the moment of the transaction.
        """
        live = session.live_feedback(user_id)
        known = session.checkpoint(user_id)
        checkpoint = catch_up(space.embeddings, live, known, retrain_after=retrain_after)
        return cls.put_together(space, live, checkpoint, session.log_end(user_id))

    @classmethod
    def without_account(cls, space: Snapshot, given: Iterable[tuple[str | int, Rating]]) -> Self:
        """Put somebody together of whom nothing is stored.

        Args:
            space: The live space.
            given: (movie name or id, rating) pairs, oldest first.

        Returns:
            The user; every opinion is learned.

        Raises:
            InvalidInput: A rating is none.
            MovieNotFound: There is no such movie.
        """
        live = [
            Feedback(number, space.catalog.find(movie).movie_id, checked_rating(rating))
            for number, (movie, rating) in enumerate(given, start=1)
        ]
        return cls.put_together(space, live, refold(space.embeddings, live, len(live)), (0, 0))

    def having(
        self, space: Snapshot, live: Sequence[Feedback], *, retrain_after: int
    ) -> "UserWithLog":
        """Give this user as they are once their log has become another.

        Args:
            space: The live space.
            live: The new live feedback, oldest first.
            retrain_after: The batch size N.

        Returns:
            The user after learning.
        """
        checkpoint = catch_up(space.embeddings, live, self.checkpoint, retrain_after=retrain_after)
        return UserWithLog.put_together(space, live, checkpoint, self.log_end)


def liked_films(live: Sequence[Feedback]) -> list[int]:
    """List the films somebody likes now.

    >>> liked_films([Feedback(1, 7, 1), Feedback(2, 8, 1), Feedback(3, 7, 0)])
    [8]

    Args:
        live: Their live feedback, oldest first.

    Returns:
        Movie ids, the film liked last at the end.
    """
    return [item.movie_id for item in opinions(live) if item.rating == LIKE]


def _unseen(standing: Standing, space: Snapshot) -> Mask | None:
    """Read which movies are unseen; None if that was kept for another space."""
    checkpoint, embeddings = standing.checkpoint, space.embeddings
    if checkpoint.version != embeddings.version:
        return None
    if checkpoint.profile.shape != embeddings.start.shape:
        return None
    rated = unpack_rows(standing.rated, len(embeddings.movie_ids))
    return None if rated is None else np.asarray(~rated)


class UserStates:
    """Reads where users stand, for all who ask; what had to be read from a log is kept."""

    def __init__(self, store: Store, live: LiveModel, *, retrain_after: int) -> None:
        """Begin.

        Args:
            store: The open database.
            live: Gives the live snapshot.
            retrain_after: The batch size N.
        """
        self.retrain_after = retrain_after
        self._store = store
        self._live = live
        self._keeping: set[str] = set()

    def quick(self, session: Session, space: Snapshot, user_id: str) -> UserState:
        """Read where a user stands; if the log had to be read for it, have that kept.

        Args:
            session: An open transaction.
            space: The live snapshot.
            user_id: The user; an unknown one is a newcomer.

        Returns:
            The user.

        Raises:
            InvalidInput: Nobody can be called that.
        """
        user = UserState.of(
            session, space, checked_user_id(user_id), retrain_after=self.retrain_after
        )
        if isinstance(user, UserWithLog) and user.live and user_id not in self._keeping:
            self._keeping.add(user_id)
            with suppress(StoreError):  # it can be read all the same, and is kept another time
                self._store.submit(lambda session: self._keep(session, user_id))
        return user

    def now(self, user_id: str) -> tuple[Snapshot, UserWithLog]:
        """Read the live space and a user with their log, both of one moment.

        Args:
            user_id: The user; an unknown one is a newcomer.

        Returns:
            The space and the user.

        Raises:
            InvalidInput: Nobody can be called that.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            return space, self.whole(session, space, user_id)

    def whole(self, session: Session, space: Snapshot, user_id: str) -> UserWithLog:
        """Read a user and all they have said.

        Args:
            session: An open transaction.
            space: The live snapshot.
            user_id: The user; an unknown one is a newcomer.

        Returns:
            The user with their log.

        Raises:
            InvalidInput: Nobody can be called that.
        """
        return UserWithLog.read(
            session, space, checked_user_id(user_id), retrain_after=self.retrain_after
        )

    def _keep(self, session: Session, user_id: str) -> None:
        """Store the profile of somebody whose log has just been read: the next time is quick."""
        self._keeping.discard(user_id)
        space = self._live.at(session, follow=False)
        user = UserState.of(session, space, user_id, retrain_after=self.retrain_after)
        if isinstance(user, UserWithLog) and user.live:
            session.save_checkpoint(user_id, user.checkpoint, user.standing)

"""One user at one moment: what they said, what was learned of it, what they have not seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from movieloop.history import Checkpoint, Feedback, catch_up, refold
from movieloop.schemas import checked_rating
from movieloop.space import Mask, Space
from movieloop.store import Session
from movieloop.taste import Rating, Vector


@dataclass(frozen=True, slots=True)
class User:
    """What a user said, and what the profile has learned of it.

    Attributes:
        live: Live feedback, oldest first.
        checkpoint: The profile, up to date with the log and the live space.
        unseen: The movies they have not rated.
    """

    live: Sequence[Feedback]
    checkpoint: Checkpoint
    unseen: Mask

    @property
    def profile(self) -> Vector:
        """The user's point, shape (d,)."""
        return self.checkpoint.profile

    @property
    def learned(self) -> Sequence[Feedback]:
        """The feedback the profile has learned."""
        return self.live[: self.checkpoint.learned]

    @property
    def pending(self) -> int:
        """How much feedback waits for learning."""
        return len(self.live) - self.checkpoint.learned

    @classmethod
    def of(cls, space: Space, live: Sequence[Feedback], checkpoint: Checkpoint) -> "User":
        """Put a user together.

        Args:
            space: The live space.
            live: Their live feedback, oldest first.
            checkpoint: Their profile in this space.

        Returns:
            The user.
        """
        return cls(live, checkpoint, space.unseen(item.movie_id for item in live))

    @classmethod
    def read(cls, session: Session, space: Space, user_id: str, *, retrain_after: int) -> "User":
        """Read a user; the profile is brought up to date in memory, nothing is stored.

        Args:
            session: An open transaction.
            space: The live space.
            user_id: The user; an unknown one is a newcomer.
            retrain_after: The batch size N.

        Returns:
            The user at the moment of the transaction.
        """
        live = session.live_feedback(user_id)
        checkpoint = session.checkpoint(user_id)
        return cls.of(
            space, live, catch_up(space.embeddings, live, checkpoint, retrain_after=retrain_after)
        )

    @classmethod
    def without_account(cls, space: Space, given: Iterable[tuple[str | int, Rating]]) -> "User":
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
        return cls.of(space, live, refold(space.embeddings, live, len(live)))

    def having(self, space: Space, live: Sequence[Feedback], *, retrain_after: int) -> "User":
        """Give this user as they are once their log has become another.

        Args:
            space: The live space.
            live: The new live feedback, oldest first.
            retrain_after: The batch size N.

        Returns:
            The user after learning.
        """
        checkpoint = catch_up(space.embeddings, live, self.checkpoint, retrain_after=retrain_after)
        return User.of(space, live, checkpoint)

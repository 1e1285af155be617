"""What was known of people: many histories in two flat arrays, ready for matrix products.

>>> log = RatingLog.of(users=["ada", "bob", "ada"], movies=[7, 7, 8], ratings=[1, 0, None],
...                    times=[0, 1, 2])
>>> known = Histories.before(log, users=[0, 1, 0], counts=[2, 1, 1])
>>> known.events, known.starts                     # ada's two events, bob's, ada's first
(array([0, 2, 1, 0]), array([0, 2, 3, 4]))
>>> known.matrix(like=1.0, dislike=-0.5, seen=0.2, fade=0.9).toarray().round(2)
array([[ 0.9,  0.2],
       [-0.5,  0. ],
       [ 1. ,  0. ]], dtype=float32)
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from movieloop.data.interactions import DISLIKED, LIKED, Ints, RatingLog


@dataclass(frozen=True, eq=False)
class Histories:
    """Events of some people, one history after the other, each oldest first.

    Attributes:
        log: Where the events are from.
        events: Events of the log, shape (all histories' events,).
        starts: Where each history starts in `events`, shape (histories + 1,).
    """

    log: RatingLog
    events: Ints
    starts: Ints

    @classmethod
    def before(cls, log: RatingLog, users: ArrayLike, counts: ArrayLike) -> "Histories":
        """Take the oldest events of some users.

        Args:
            log: Everybody's ratings.
            users: Whose, shape (histories,).
            counts: How many events of each, shape (histories,).

        Returns:
            The histories.
        """
        sizes = np.asarray(counts, dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        begins = log.starts[np.asarray(users, dtype=np.int64)]
        places = np.arange(starts[-1]) + np.repeat(begins - starts[:-1], sizes)
        return cls(log, log.by_user[places], starts)

    @classmethod
    def whole(cls, log: RatingLog) -> "Histories":
        """Take all events of all users.

        >>> log = RatingLog.of(users="aba", movies=[7, 7, 8], ratings=[1, 1, 1], times=[0, 1, 2])
        >>> Histories.whole(log).sizes
        array([2, 1])

        Args:
            log: Everybody's ratings.

        Returns:
            One history a user.
        """
        return cls(log, log.by_user, log.starts)

    def __len__(self) -> int:
        """Count the histories."""
        return len(self.starts) - 1

    @cached_property
    def sizes(self) -> Ints:
        """How many events each history has, shape (histories,)."""
        return np.asarray(np.diff(self.starts))

    @cached_property
    def ages(self) -> Ints:
        """How many events each event has after it, 0 = the newest, shape (events,)."""
        return np.asarray(np.repeat(self.starts[1:], self.sizes) - 1 - np.arange(len(self.events)))

    def weights(
        self, *, like: float = 1.0, dislike: float = 0.0, seen: float = 0.0, fade: float = 1.0
    ) -> NDArray[np.float32]:
        """Give every event a weight: what it says, times `fade` for every later event.

        >>> log = RatingLog.of(users="aa", movies=[7, 8], ratings=[1, 0], times=[0, 1])
        >>> Histories.whole(log).weights(dislike=0.5, fade=0.8)
        array([0.8, 0.5], dtype=float32)

        Args:
            like: Weight of a like.
            dislike: Weight of a dislike.
            seen: Weight of a film seen without an opinion.
            fade: What one later event leaves of the weight, 0 to 1.

        Returns:
            The weights, shape (events,).
        """
        rating = self.log.rating[self.events]
        said = np.where(rating == LIKED, like, np.where(rating == DISLIKED, dislike, seen))
        return np.asarray(said * fade**self.ages, dtype=np.float32)

    def matrix(
        self, *, like: float = 1.0, dislike: float = 0.0, seen: float = 0.0, fade: float = 1.0
    ) -> "csr_array[np.float32]":
        """Make a sparse matrix of the weights.

        Args:
            like: Weight of a like.
            dislike: Weight of a dislike.
            seen: Weight of a film seen without an opinion.
            fade: What one later event leaves of the weight, 0 to 1.

        Returns:
            One row a history, one column a movie; weights of 0 are left out.
        """
        weights = self.weights(like=like, dislike=dislike, seen=seen, fade=fade)
        movies = self.log.movie[self.events]
        shape = (len(self), len(self.log.movie_ids))
        # Leaving zeros out moves the starts, and those are ours: copy.
        matrix = csr_array((weights, movies, self.starts.copy()), shape=shape)
        matrix.eliminate_zeros()
        return matrix

"""Where training cuts histories: what was known before, what was liked next.

A person is asked for recommendations at the beginning of a sitting, so that is where a history
is cut: everything before is folded into the profile, the next likes are to be found.

>>> log = RatingLog.of(users="aaab", movies=[7, 8, 9, 7], ratings=[1, 1, 1, 0],
...                    times=[0, 1000, 500_000, 600_000])
>>> cuts = TrainingExamples.of(log)
>>> cuts.places                          # a's two sittings; b liked nothing
array([0, 2])
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import LIKED, Ints, RatingLog


@dataclass(frozen=True, eq=False)
class TrainingExamples:
    """The events, users one after the other, and where training may cut them.

    Attributes:
        movie: The row of the movie of every event, shape (events,).
        rating: 1 like, 0 dislike, -1 seen, shape (events,).
        time: Milliseconds since 1970, shape (events,).
        begins: The first event of the event's user, shape (events,).
        ends: The event after the user's last one, shape (events,).
        replaced: The user's next event on the same movie, shape (events,): an opinion counts until
            then.
        places: The events a history may be cut before.
    """

    movie: Ints
    rating: NDArray[np.int8]
    time: Ints
    begins: Ints
    ends: Ints
    replaced: Ints
    places: Ints

    @classmethod
    def of(cls, log: RatingLog) -> "TrainingExamples":
        """Sort the events by user; a cut is a sitting's beginning with a like after it.

        Args:
            log: Everybody's ratings.

        Returns:
            The cuts.
        """
        order = log.by_user
        user = log.user[order]
        begins, ends = log.starts[:-1][user], log.starts[1:][user]
        place = np.arange(len(order))
        likes = np.where(log.rating[order] == LIKED, place, -1)
        last_like = np.full(log.users, -1)
        np.maximum.at(last_like, user, likes)
        sitting_starts = log.known[order] == log.position[order]
        places = np.flatnonzero(sitting_starts & (place <= last_like[user]))
        replaced = begins + log.replaced_at[order]
        columns = (log.movie[order], log.rating[order], log.time[order])
        return cls(*columns, begins, ends, replaced, places)

    def draw(self, rows: int, most: int, rng: np.random.Generator) -> Ints:
        """Draw some cuts of every user, in random order.

        Args:
            rows: How many cuts of one user, at most.
            most: How many cuts of all users, at most.
            rng: Draws.

        Returns:
            Events to cut before.
        """
        order = np.lexsort((rng.random(len(self.places)), self.begins[self.places]))
        cuts = self.places[order]
        begins = self.begins[cuts]
        number = np.arange(len(cuts)) - np.searchsorted(begins, begins)
        drawn = cuts[number < rows]
        rng.shuffle(drawn)
        return drawn[:most]

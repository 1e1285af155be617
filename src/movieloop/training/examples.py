"""Where training cuts histories: what was known before, what was liked next.

A person is asked for recommendations at the beginning of a sitting, so a history is cut there:
everything before is folded into the profile, the next likes are to be found. There is as much to
learn inside a sitting, from what was said a moment ago, so a share of all other places serve too.

>>> log = RatingLog.of(users="aaab", movies=[7, 8, 9, 7], ratings=[1, 1, 1, 0],
...                    times=[0, 1000, 500_000, 600_000])
>>> examples = TrainingExamples.of(log)
>>> examples.places, examples.opening            # a's three likes, two sittings; b liked nothing
(array([0, 1, 2]), array([ True, False,  True]))
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
        places: The events a history may be cut before: a like follows.
        opening: Whether a sitting begins there, shape (places,).
    """

    movie: Ints
    rating: NDArray[np.int8]
    time: Ints
    begins: Ints
    ends: Ints
    replaced: Ints
    places: Ints
    opening: NDArray[np.bool_]

    @classmethod
    def of(cls, log: RatingLog) -> "TrainingExamples":
        """Sort the events by user; a history may be cut wherever a like follows.

        Args:
            log: Everybody's ratings.

        Returns:
            The examples.
        """
        order = log.by_user
        user = log.user[order]
        begins, ends = log.starts[:-1][user], log.starts[1:][user]
        place = np.arange(len(order))
        likes = np.where(log.rating[order] == LIKED, place, -1)
        last_like = np.full(log.users, -1)
        np.maximum.at(last_like, user, likes)
        places = np.flatnonzero(place <= last_like[user])
        opening = (log.known[order] == log.position[order])[places]
        replaced = begins + log.replaced_at[order]
        columns = (log.movie[order], log.rating[order], log.time[order])
        return cls(*columns, begins, ends, replaced, places, opening)

    def draw(self, inside: float, most: int, rng: np.random.Generator) -> Ints:
        """Draw the places of one epoch, in random order.

        Args:
            inside: How many of the places inside a sitting take part, 0 to 1; its beginning always
                does.
            most: How many there are, at most.
            rng: Draws.

        Returns:
            Events to cut before.
        """
        drawn = self.places[self.opening | (rng.random(len(self.places)) < inside)]
        rng.shuffle(drawn)
        return drawn[:most]

"""Everybody's ratings as columns: what training learns from and evaluation replays.

Rows are events, oldest first. People rate in *sittings*: on MovieLens 79 % of a person's
ratings follow the one before within a minute, page by page. What a page shows together says
nothing about taste, so nothing is learned from a rating until its user has paused:

>>> log = RatingLog.of(users=["ada", "ada", "bob", "ada"], movies=[7, 8, 7, 9],
...                    ratings=[1, 0, None, 1], times=[0, 20_000, 30_000, 200_000])
>>> log.known     # before ada's last rating her first sitting, 2 ratings, is learned
array([0, 0, 0, 2])
>>> log.learned_at // 1000
array([ 80,  80,  90, 260])
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
LIKED, DISLIKED, ONLY_SEEN = 1, 0, -1
SESSION_GAP = 60.0  # seconds


@dataclass(frozen=True, eq=False)
class RatingLog:
    """Ratings of many people, oldest first; frozen.

    Attributes:
        user: Who, numbered from 0, shape (events,).
        movie: Which row of `movie_ids`, shape (events,).
        rating: 1 like, 0 dislike, -1 seen without an opinion, shape (events,).
        time: Milliseconds since 1970, never falling, shape (events,).
        movie_ids: The movie of every row, shape (movies,).
        session_gap: A sitting ends when its user pauses for more than so many seconds.
    """

    user: Ints
    movie: Ints
    rating: NDArray[np.int8]
    time: Ints
    movie_ids: Ints
    session_gap: float = SESSION_GAP

    @classmethod
    def of(
        cls,
        users: Iterable[object],
        movies: ArrayLike,
        ratings: Iterable[int | None],
        times: ArrayLike,
        *,
        movie_ids: ArrayLike | None = None,
        order: ArrayLike | None = None,
        session_gap: float = SESSION_GAP,
        seed: int = 0,
    ) -> "RatingLog":
        """Bring ratings into order; those of one moment are shuffled, unless their order is known.

        The order of lines in a file that share a second is no information a service would
        have, and it leaks: files are sorted by movie or by rating. Our own log is another thing:
        it knows what was said first, whatever the clock.

        Args:
            users: Who, any names.
            movies: The movies' ids.
            ratings: 1 like, 0 dislike, None seen.
            times: Milliseconds since 1970.
            movie_ids: The whole catalogue, if it is larger than what was rated.
            order: What tells apart the ratings of one moment, the lower first: their numbers in
                our log. Shuffled if None.
            session_gap: A sitting ends when its user pauses for more than so many seconds.
            seed: Of the shuffling.

        Returns:
            The log.

        Raises:
            ValueError: A movie is not in `movie_ids`.
        """
        who = np.unique(np.asarray(list(users), dtype=str), return_inverse=True)[1]
        ids = np.unique(np.asarray(movies if movie_ids is None else movie_ids, dtype=np.int64))
        rated = np.asarray(movies, dtype=np.int64)
        rows = np.searchsorted(ids, rated)
        unknown = rated[ids[np.minimum(rows, len(ids) - 1)] != rated] if len(ids) else rated
        if len(unknown):
            raise ValueError(f"movie {unknown[0]} is not in movie_ids")
        coded = np.array([ONLY_SEEN if r is None else r for r in ratings], dtype=np.int8)
        when = np.asarray(times, dtype=np.int64)
        ties = np.random.default_rng(seed).random(len(when)) if order is None else order
        sorted_ = np.lexsort((np.asarray(ties), when))
        return cls(who[sorted_], rows[sorted_], coded[sorted_], when[sorted_], ids, session_gap)

    def __len__(self) -> int:
        """Count the events."""
        return len(self.user)

    @cached_property
    def users(self) -> int:
        """How many people there are."""
        return int(self.user.max()) + 1 if len(self) else 0

    @cached_property
    def by_user(self) -> Ints:
        """The events sorted by user, each user's oldest first, shape (events,)."""
        return np.argsort(self.user, kind="stable").astype(np.int64)

    @cached_property
    def starts(self) -> Ints:
        """Where each user's events start in `by_user`, shape (users + 1,)."""
        return np.searchsorted(self.user[self.by_user], np.arange(self.users + 1)).astype(np.int64)

    @cached_property
    def position(self) -> Ints:
        """How many earlier events the event's user has, shape (events,)."""
        position = np.empty(len(self), dtype=np.int64)
        position[self.by_user] = np.arange(len(self)) - self.starts[self.user[self.by_user]]
        return position

    @cached_property
    def first_time(self) -> NDArray[np.bool_]:
        """Whether the user had not rated the movie before, shape (events,)."""
        pair = self.user * len(self.movie_ids) + self.movie
        first = np.zeros(len(self), dtype=np.bool_)
        first[np.unique(pair, return_index=True)[1]] = True
        return first

    @cached_property
    def replaced_at(self) -> Ints:
        """The position of the user's next opinion on the same movie, shape (events,).

        One opinion a movie counts, the latest: of the first k events of a user those count whose
        number here is k or more. It is `len(self)` where no other opinion follows.

        >>> log = RatingLog.of(users="aaa", movies=[7, 8, 7], ratings=[1, 1, 0], times=[0, 1, 2])
        >>> log.replaced_at                          # the first one counts until the third comes
        array([2, 3, 3])
        """
        pair = self.user * len(self.movie_ids) + self.movie
        order = np.argsort(pair, kind="stable")
        replaced = np.full(len(self), len(self), dtype=np.int64)
        again = np.flatnonzero(pair[order][1:] == pair[order][:-1])
        replaced[order[again]] = self.position[order[again + 1]]
        return replaced

    @cached_property
    def known(self) -> Ints:
        """How many of the user's earlier events are learned when an event comes, shape (events,).

        That is the position of the first event of the same sitting.
        """
        begins, number = self._sittings
        known = np.empty(len(self), dtype=np.int64)
        known[self.by_user] = self.position[self.by_user][np.flatnonzero(begins)][number]
        return known

    @cached_property
    def learned_at(self) -> Ints:
        """When each event may be learned: its sitting's last event, and the pause.

        In milliseconds since 1970, shape (events,).
        """
        begins, number = self._sittings
        last = np.append(np.flatnonzero(begins)[1:], len(self)) - 1
        learned = np.empty(len(self), dtype=np.int64)
        learned[self.by_user] = self.time[self.by_user][last][number] + int(self.session_gap * 1000)
        return learned

    @property
    def all_learned_at(self) -> int:
        """When everything is learned: a pause after the last event, in milliseconds since 1970."""
        return int(self.time[-1]) + int(self.session_gap * 1000)

    @cached_property
    def _sittings(self) -> tuple[NDArray[np.bool_], Ints]:
        """Where sittings begin and their numbers, both in the order of `by_user`."""
        user, time = self.user[self.by_user], self.time[self.by_user]
        begins = np.ones(len(self), dtype=np.bool_)
        begins[1:] = (user[1:] != user[:-1]) | (np.diff(time) > self.session_gap * 1000)
        return begins, np.cumsum(begins) - 1

    def part(self, events: slice | Ints | NDArray[np.bool_]) -> "RatingLog":
        """Keep some events; users and movies keep their numbers.

        Args:
            events: Which, in order of time.

        Returns:
            A log of those events.
        """
        return replace(
            self,
            user=self.user[events],
            movie=self.movie[events],
            rating=self.rating[events],
            time=self.time[events],
        )

    def first(self, events: int) -> "RatingLog":
        """Keep the oldest events; users and movies keep their numbers.

        Args:
            events: How many.

        Returns:
            A log of that many events.
        """
        return self.part(slice(0, events))

    def of_movies(self, keep: Sequence[bool] | NDArray[np.bool_]) -> "RatingLog":
        """Keep some movies and the events about them.

        Args:
            keep: One truth a movie, shape (movies,).

        Returns:
            A smaller log; users are numbered anew.
        """
        kept = np.asarray(keep, dtype=np.bool_)
        events = np.flatnonzero(kept[self.movie])
        row = np.cumsum(kept) - 1
        part = self.part(events)
        users = np.unique(part.user, return_inverse=True)[1]
        return replace(part, user=users, movie=row[part.movie], movie_ids=self.movie_ids[kept])

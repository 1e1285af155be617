"""Everybody's likes of the moment, kept in step with the log.

The newest like counts 1, and half after so many more likes of anybody (`popularity` says why
likes are the clock). A process reads the log once, then only what is new. A like that comes, goes
or arrives late changes what stands after it and scales what stands before it, so only what stands
after it is counted anew; a like taken back soon after it was given costs next to nothing, however
long the log. Only after somebody was forgotten is everything read again.

>>> import numpy as np
>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store, store.read() as session:
...     likes = LiveLikes(np.array([7, 8]), half_life=1000.0)
...     likes.follow(session), likes.counts
(False, array([0., 0.]))
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from movieloop.store import LikeChange, Session

_LIKE = np.dtype([("time", np.int64), ("feedback_id", np.int64), ("row", np.int32)])


class LiveLikes:
    """Decayed likes of the movies of one space; some 20 bytes a like are kept in memory."""

    def __init__(self, movie_ids: NDArray[np.int64], half_life: float) -> None:
        """Begin with an empty log.

        Args:
            movie_ids: The movie of every row, shape (movies,).
            half_life: Likes of anybody after which a like counts half.
        """
        self._row_of = {int(movie_id): row for row, movie_id in enumerate(movie_ids)}
        self._half_life = half_life
        self._position = (0, 0)  # erasures, last row of the log
        self._restart()

    @property
    def counts(self) -> NDArray[np.float64]:
        """Decayed likes of every row, 0 or more, shape (movies,); a copy."""
        return self._counts.copy()

    def follow(self, session: Session) -> bool:
        """Read what is new in the log; a session of an earlier moment brings nothing new.

        Args:
            session: An open transaction that reads only.

        Returns:
            Whether any count has changed.
        """
        position = (session.erasures(), session.last_feedback_id())
        if position <= self._position:
            return False
        erasures, after = self._position
        if position[0] != erasures:
            self._restart()
            after = 0
        self._position = position
        return self._change(session.like_changes(after))

    def _restart(self) -> None:
        self._likes = np.empty(1024, _LIKE)  # sorted by time, then by number; only `_size` count
        self._size = 0
        self._counts = np.zeros(len(self._row_of))

    def _change(self, changes: Iterable[LikeChange]) -> bool:
        """Put likes in and take likes out."""
        given: dict[int, tuple[int, int, int]] = {}
        gone: list[tuple[int, int]] = []
        for change in changes:
            if change.given:
                row = self._row_of.get(change.movie_id, -1)
                given[change.feedback_id] = (change.created_at, change.feedback_id, row)
            elif not given.pop(change.feedback_id, None):
                gone.append((change.created_at, change.feedback_id))
        taken = [place for key in gone if (place := self._find(key)) is not None]
        new = np.sort(np.array(list(given.values()), _LIKE), order=("time", "feedback_id"))
        if not taken and not len(new):
            return False
        first = min([*taken, self._size])
        if len(new):
            first = min(first, self._after(new[0]["time"].item(), new[0]["feedback_id"].item()))
        rest = np.delete(self._likes[first : self._size], [place - first for place in taken])
        if len(new) and len(rest):
            rest = np.sort(np.concatenate([rest, new]), order=("time", "feedback_id"))
        elif len(new):
            rest = new
        self._replace(first, rest)
        return True

    def _replace(self, first: int, rest: NDArray[np.void]) -> None:
        """Let other likes stand from one place on, and count what that changes."""
        old, size = self._likes[first : self._size], first + len(rest)
        if first >= self._size - first:  # most stands before it: keep that, scaled
            kept = np.maximum(self._counts - self._counted(old), 0.0)
            self._counts = kept * 2.0 ** ((len(old) - len(rest)) / self._half_life)
            self._counts += self._counted(rest)
        if size > len(self._likes):
            self._likes = np.concatenate(
                [self._likes[:first], np.empty(max(size, 2 * len(self._likes)) - first, _LIKE)]
            )
        counts_all = first < self._size - first
        self._likes[first:size] = rest
        self._size = size
        if counts_all:
            self._counts = self._counted(self._likes[:size])

    def _counted(self, likes: NDArray[np.void]) -> NDArray[np.float64]:
        """Count likes whose last one is the newest of all."""
        ages = np.arange(len(likes) - 1, -1, -1)
        weights = 2.0 ** (-ages / self._half_life)
        known = likes["row"] >= 0
        counted = np.bincount(likes["row"][known], weights[known], minlength=len(self._counts))
        return np.asarray(counted, dtype=np.float64)

    def _after(self, time: int, feedback_id: int) -> int:
        """Find the place a like would take."""
        times = self._likes["time"][: self._size]
        low, high = np.searchsorted(times, time, "left"), np.searchsorted(times, time, "right")
        numbers = self._likes["feedback_id"][low:high]
        return int(low + np.searchsorted(numbers, feedback_id))

    def _find(self, key: tuple[int, int]) -> int | None:
        """Find the place a like has; None if it is not there."""
        place = self._after(*key)
        if place < self._size and self._likes["feedback_id"][place] == key[1]:
            return place
        return None

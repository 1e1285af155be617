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

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from movieloop.store import LikeChange, Session


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
        # Three columns, sorted by time, then by number; of each only the first `_size` count.
        self._columns = tuple(np.empty(1024, kind) for kind in (np.int64, np.int64, np.int32))
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
        taken = [place for key in gone if (place := self._find(*key)) is not None]
        if not taken and not given:
            return False
        new = np.array(list(given.values()), np.int64).reshape(-1, 3).T
        new = new[:, np.lexsort((new[1], new[0]))]
        first = min([*taken, self._size])
        if given:
            first = min(first, self._after(int(new[0, 0]), int(new[1, 0])))
        gaps = [place - first for place in taken]
        rest = [np.delete(column[first : self._size], gaps) for column in self._columns]
        if given:
            places = _places(rest[0], rest[1], new[0], new[1])
            rest = [np.insert(old, places, more) for old, more in zip(rest, new, strict=True)]
        self._replace(first, rest)
        return True

    def _replace(self, first: int, rest: Sequence[NDArray[np.integer]]) -> None:
        """Let other likes stand from one place on, and count what that changes."""
        old, new, size = self._rows(first), len(rest[0]), first + len(rest[0])
        keep = first >= self._size - first  # most stands before: that is kept, scaled
        if keep:
            kept = np.maximum(self._counts - self._counted(old), 0.0)
            self._counts = kept * 2.0 ** ((len(old) - new) / self._half_life)
            self._counts += self._counted(rest[2])
        if size > len(self._columns[0]):
            room = max(size, 2 * len(self._columns[0])) - first
            self._columns = tuple(
                np.concatenate([column[:first], np.empty(room, column.dtype)])
                for column in self._columns
            )
        for column, values in zip(self._columns, rest, strict=True):
            column[first:size] = values
        self._size = size
        if not keep:
            self._counts = self._counted(self._rows(0))

    def _rows(self, first: int) -> NDArray[np.int32]:
        return self._columns[2][first : self._size].astype(np.int32, copy=False)

    def _counted(self, rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """Count likes whose last one is the newest of all."""
        weights = 2.0 ** (np.arange(1 - len(rows), 1) / self._half_life)
        known = rows >= 0
        counted = np.bincount(rows[known], weights[known], minlength=len(self._counts))
        return np.asarray(counted, dtype=np.float64)

    def _after(self, time: int, feedback_id: int) -> int:
        """Find the place a like would take."""
        times, numbers = (column[: self._size] for column in self._columns[:2])
        low, high = np.searchsorted(times, time, "left"), np.searchsorted(times, time, "right")
        return int(low + np.searchsorted(numbers[low:high], feedback_id))

    def _find(self, time: int, feedback_id: int) -> int | None:
        """Find the place a like has; None if it is not there."""
        place = self._after(time, feedback_id)
        if place < self._size and self._columns[1][place] == feedback_id:
            return place
        return None


def _places(
    times: NDArray[np.integer],
    numbers: NDArray[np.integer],
    new_times: NDArray[np.integer],
    new_numbers: NDArray[np.integer],
) -> NDArray[np.intp]:
    """Find where likes go into others, all sorted by time, then by number."""
    places = np.searchsorted(times, new_times, "left")
    ends = np.searchsorted(times, new_times, "right")
    for i in np.flatnonzero(ends > places):  # of the same moment: the lower number first
        places[i] += np.searchsorted(numbers[places[i] : ends[i]], new_numbers[i])
    return places

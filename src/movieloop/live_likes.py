"""Everybody's likes of the moment, kept in step with the log.

The newest like counts 1, and half after so many more likes of anybody (`popularity` says why
likes are the clock). A process reads the log once, then only what is new. What changes the
past - a like taken back, an imported history, somebody forgotten - has all counted anew.

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

from movieloop.store import Session

_FAR = 500.0  # half-lives after which the reference moves, so that 2**x stays a float


class LiveLikes:
    """Decayed likes of the movies of one space."""

    def __init__(self, movie_ids: NDArray[np.int64], half_life: float) -> None:
        """Begin with an empty log.

        Args:
            movie_ids: The movie of every row, shape (movies,).
            half_life: Likes of anybody after which a like counts half.
        """
        self._row_of = {int(movie_id): row for row, movie_id in enumerate(movie_ids)}
        self._half_life = half_life
        self._restart()
        self._last = 0
        self._erasures = 0

    @property
    def counts(self) -> NDArray[np.float64]:
        """Decayed likes of every row, 0 or more, shape (movies,)."""
        return np.asarray(self._counts * 2.0 ** (-self._given / self._half_life))

    def follow(self, session: Session) -> bool:
        """Read what is new in the log.

        How it works:
            1. New likes that came after all others are added.
            2. Anything else that is new about likes has all of them read again.

        Args:
            session: An open transaction that reads only.

        Returns:
            Whether any count has changed.
        """
        last, erasures = session.last_feedback_id(), session.erasures()
        if (last, erasures) == (self._last, self._erasures):
            return False
        new: Iterable[tuple[int, int]]
        new, history_changed = session.likes_after(self._last, newest=self._newest)
        if history_changed or erasures != self._erasures:
            self._restart()
            new = session.likes()
        given_before = self._given
        self._add(new)
        self._last, self._erasures = last, erasures
        return history_changed or self._given != given_before

    def _restart(self) -> None:
        self._counts = np.zeros(len(self._row_of))
        self._given = 0  # likes since the reference
        self._newest = 0

    def _add(self, likes: Iterable[tuple[int, int]]) -> None:
        for movie_id, created_at in likes:
            self._given += 1
            self._newest = created_at
            if self._given > _FAR * self._half_life:
                self._counts *= 2.0 ** (-self._given / self._half_life)
                self._given = 0
            row = self._row_of.get(movie_id)
            if row is not None:
                self._counts[row] += 2.0 ** (self._given / self._half_life)

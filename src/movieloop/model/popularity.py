"""What everybody likes now: likes, counted with a half-life.

The newest like counts 1, after one half-life it counts 1/2, after two 1/4. On real data nothing
beats this ranking until a taste has earned its weight, so it is the ground every movie point
stands on. Time is counted in days, or in likes - "a like counts half after 4,000 more" - which
predicts as well and stands still while nobody rates.

>>> log = RatingLog.of(users="abc", movies=[7, 7, 8], ratings=[1, 1, 1],
...                    times=[0, 0, 10 * DAY], session_gap=0)
>>> LivePopularity(log, half_life=10).at([0, 10 * DAY, 20 * DAY])
array([[2. , 0. ],
       [1. , 1. ],
       [0.5, 0.5]])
>>> LivePopularity(log, half_life=1, clock="likes").at([0, 20 * DAY])
array([[1.5 , 0.  ],
       [0.75, 1.  ]])
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from movieloop.data.interactions import LIKED, RatingLog

DAY = 86_400_000  # milliseconds
_FAR = 500.0  # half-lives after which the reference moves, so that 2**x stays a float


class LivePopularity:
    """Decayed likes of every movie at any moment; cheapest when asked in the order of time.

    A like counts once it is learned: when its user has paused.
    """

    def __init__(
        self,
        log: RatingLog,
        *,
        half_life: float,
        clock: Literal["days", "likes"] = "days",
    ) -> None:
        """Prepare to walk through a log.

        Args:
            log: Everybody's ratings.
            half_life: Days, or likes of anybody, after which a like counts half; above 0.
            clock: What half-lives are counted in.
        """
        learned_at = log.learned_at
        likes = np.flatnonzero(log.rating == LIKED)
        likes = likes[np.argsort(learned_at[likes], kind="stable")]
        self._movie = log.movie[likes]
        self._learned_at = learned_at[likes]
        self._by_days = clock == "days"
        # When each like came, in half-lives.
        came = self._learned_at / DAY if self._by_days else np.arange(1.0, len(likes) + 1)
        self._half_life = half_life
        self._came = came / half_life
        self._movies = len(log.movie_ids)
        self._restart()

    def at(self, times: ArrayLike) -> NDArray[np.float64]:
        """Count the likes learned until each moment.

        Args:
            times: Milliseconds since 1970, shape (moments,).

        Returns:
            Decayed likes, 0 or more, shape (moments, movies).
        """
        moments = np.asarray(times, dtype=np.int64)
        counted = np.empty((len(moments), self._movies))
        for i, moment in enumerate(moments.tolist()):
            counted[i] = self._count(moment)
        return counted

    def _restart(self) -> None:
        self._next = 0
        self._reference = float(self._came[0]) if len(self._came) else 0.0
        self._counts = np.zeros(self._movies)

    def _count(self, moment: int) -> NDArray[np.float64]:
        """Walk on to a moment; counts are kept as of the reference, so nothing decays twice."""
        end = int(np.searchsorted(self._learned_at, moment, side="right"))
        if end < self._next:
            self._restart()
        while self._next < end:
            far = self._reference + _FAR
            stop = min(end, int(np.searchsorted(self._came, far, side="right")))
            if stop == self._next:  # the next like lies too far ahead: move the reference
                self._rebase(float(self._came[stop]))
                continue
            part = slice(self._next, stop)
            np.add.at(self._counts, self._movie[part], 2.0 ** (self._came[part] - self._reference))
            self._next = stop
        if self._by_days:
            now = moment / DAY / self._half_life
        else:
            now = float(self._came[end - 1]) if end else self._reference
        since = max(now - self._reference, 0.0)  # before the first like nothing decays
        return np.asarray(self._counts * 2.0**-since)

    def _rebase(self, reference: float) -> None:
        self._counts *= 2.0 ** (self._reference - reference)
        self._reference = reference

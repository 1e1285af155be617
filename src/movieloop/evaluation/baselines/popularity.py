"""Peers that give everybody the same list: chance, and what is popular."""

import numpy as np

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.evaluation.baselines.baseline import Baseline
from movieloop.model.popularity import LivePopularity
from movieloop.replay.replay import Replay, Scores

HALF_LIVES = (0.5, 1, 2, 3, 7, 14, 30, 90, 180, 365, 730)
FOREVER = 1e6  # days
LIKES = (0, *(float(round(100 * 2 ** (step / 2))) for step in range(22)))  # 0: by days


class RandomBaseline(Baseline):
    """Chance: what any figure must be compared with."""

    name = "random"

    def __init__(self, seed: int = 0) -> None:
        """Choose the seed."""
        self.seed = seed

    def fit(self, log: RatingLog, end: int) -> None:
        """Learn nothing."""

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Draw numbers, the same for the same questions."""
        shape = (part.stop - part.start, len(replay.log.movie_ids))
        return np.random.default_rng((self.seed, part.start)).random(shape, dtype=np.float32)

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Draw numbers."""
        shape = (histories.users, len(histories.movie_ids))
        return np.random.default_rng(self.seed).random(shape, dtype=np.float32)


class PopularityBaseline(Baseline):
    """Likes so far, counted with a half-life; a like counts the moment it is learned.

    Attributes:
        half_life: Days after which a like counts half.
        likes: Likes of anybody after which it does; 0 for days. A clock of days forgets everything
            while nobody rates.
        small: Likes every film gets, so that the logarithm is finite.
    """

    def __init__(
        self, name: str = "popularity", half_life: float = FOREVER, *, tuned: bool = False
    ) -> None:
        """Choose the half-life, or leave it to the tuning."""
        self.name = name
        self.half_life, self.likes = half_life, 0.0
        self.small = 0.1
        if tuned:
            self.grid = {"half_life": HALF_LIVES, "likes": LIKES}
        self._walk: tuple[Replay, float, float, LivePopularity] | None = None

    def fit(self, log: RatingLog, end: int) -> None:
        """Count the likes, for those who ask without a time."""
        liked = log.movie[:end][log.rating[:end] == LIKED]
        self._likes = np.bincount(liked, minlength=len(log.movie_ids))

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Give the logarithm of the decayed likes."""
        key = (replay, self.half_life, self.likes)
        if self._walk is None or self._walk[:3] != key:
            self._walk = (*key, self._popularity(replay.log))
        times, which = np.unique(replay.time[part], return_inverse=True)
        likes = self._walk[3].at(times)
        return np.asarray(np.log(likes + self.small)[which], dtype=np.float32)

    def _popularity(self, log: RatingLog) -> LivePopularity:
        if self.likes:
            return LivePopularity(log, half_life=self.likes, clock="likes")
        return LivePopularity(log, half_life=self.half_life)

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Give the logarithm of all likes."""
        likes = np.log(self._likes + self.small).astype(np.float32)
        return np.tile(likes, (histories.users, 1))

"""Peers that give everybody the same list: chance, and what is popular."""

import numpy as np

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.evaluation.baselines.baseline import Baseline
from movieloop.model.popularity import LivePopularity
from movieloop.replay.replay import Replay, Scores

HALF_LIVES = (0.5, 1, 2, 3, 7, 14, 30, 90, 180, 365, 730)
FOREVER = 1e6  # days


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
        small: Likes every film gets, so that the logarithm is finite.
    """

    def __init__(
        self, name: str = "popularity", half_life: float = FOREVER, *, tuned: bool = False
    ) -> None:
        """Choose the half-life, or leave it to the tuning."""
        self.name = name
        self.half_life = half_life
        self.small = 0.1
        if tuned:
            self.grid = {"half_life": HALF_LIVES}
        self._walk: tuple[Replay, float, LivePopularity] | None = None

    def fit(self, log: RatingLog, end: int) -> None:
        """Count the likes, for those who ask without a time."""
        liked = log.movie[:end][log.rating[:end] == LIKED]
        self._likes = np.bincount(liked, minlength=len(log.movie_ids))

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Give the logarithm of the decayed likes."""
        if self._walk is None or self._walk[:2] != (replay, self.half_life):
            live = LivePopularity(replay.log, half_life=self.half_life)
            self._walk = (replay, self.half_life, live)
        times, which = np.unique(replay.time[part], return_inverse=True)
        likes = self._walk[2].at(times)
        return np.asarray(np.log(likes + self.small)[which], dtype=np.float32)

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Give the logarithm of all likes."""
        likes = np.log(self._likes + self.small).astype(np.float32)
        return np.tile(likes, (histories.users, 1))

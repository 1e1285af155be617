"""Peers put together: two tastes, and a taste on top of live popularity."""

from typing import Self

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.baseline import TasteBaseline
from movieloop.evaluation.baselines.popularity import HALF_LIVES, LIKES, PopularityBaseline
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay, Scores

MEMORY = 400_000_000  # numbers kept while a mix is tuned
_OF_POPULARITY = ("half_life", "likes", "small")
MEASURED = 200  # people


class Both(TasteBaseline):
    """The sum of two tastes.

    Attributes:
        share: Weight of the second.
    """

    def __init__(self, name: str, one: TasteBaseline, two: TasteBaseline) -> None:
        """Put two peers together."""
        self.name, self.one, self.two, self.share = name, one, two, 1.0
        self.grid = {"share": (0, 0.1, 0.3, 1, 3, 10, 30)}

    def fit(self, log: RatingLog, end: int) -> None:
        """Fit both."""
        self.one.fit(log, end)
        self.two.fit(log, end)

    def taste(self, histories: Histories) -> Scores:
        """Add both."""
        return np.asarray(self.one.taste(histories) + self.share * self.two.taste(histories))


class OnPopularity(TasteBaseline):
    """A taste on top of live popularity: the taste has to earn its weight.

    Attributes:
        weight: Of the taste, whose spread over films is brought to 1 beforehand; the
            logarithm of the decayed likes has 1.
        earn: The taste of somebody with n ratings counts n / (n + earn).
        half_life: Days after which a like counts half.
        small: Likes every film gets.
    """

    def __init__(self, base: TasteBaseline, live: PopularityBaseline) -> None:
        """Put a tuned peer on tuned popularity."""
        self.name = f"{base.name} + live popularity"
        self.base = base
        self.live = PopularityBaseline(half_life=live.half_life).changed("likes", live.likes)
        self.weight, self.earn = 0.5, 0.0
        self._spread = 1.0
        own = {
            "weight": (
                0,
                0.005,
                0.01,
                0.02,
                0.03,
                0.05,
                0.1,
                0.15,
                0.2,
                0.3,
                0.4,
                0.6,
                0.8,
                1.1,
                1.5,
                2,
                3,
                5,
            ),
            "small": (0.001, 0.01, 0.1, 0.3, 1, 3, 10, 30, 100),
            "half_life": HALF_LIVES,
            "likes": LIKES,
            "earn": (0, 1, 3, 10, 30),
        }
        first = next(iter(base.grid), "")  # its main setting; the rest of its fit stays as tuned
        again = {name for name in base.grid if name == first or name not in base.refits}
        self.grid = own | {name: base.grid[name] for name in base.grid if name in again}
        self.refits = base.refits
        self._kept: dict[tuple[int, int], Scores] = {}

    def setting(self, name: str) -> float:
        """Tell a value of the mix, of popularity or of the base."""
        owner = self.live if name in _OF_POPULARITY else self.base
        return owner.setting(name) if name not in ("weight", "earn") else super().setting(name)

    def changed(self, name: str, value: float) -> Self:
        """Change the mix, popularity or the base."""
        if name in ("weight", "earn"):
            return super().changed(name, value)
        if name in _OF_POPULARITY:
            return super().changed("live", self.live.changed(name, value))  # type: ignore[arg-type]
        other = super().changed("base", self.base.changed(name, value))  # type: ignore[arg-type]
        other._kept = {}
        return other

    def fit(self, log: RatingLog, end: int) -> None:
        """Fit both, and see how far the taste of some people spreads."""
        self._kept = {}
        self.base.fit(log, end)
        self.live.fit(log, end)
        past = log.first(end)
        some = np.flatnonzero(np.diff(past.starts))[:: past.users // MEASURED + 1]
        taste = self.base.taste(Histories.before(past, some, np.diff(past.starts)[some]))
        self._spread = float(taste.std()) + 1e-12

    def taste(self, histories: Histories) -> Scores:
        """Weigh the base's taste."""
        return self._weigh(self.base.taste(histories), histories)

    def _weigh(self, taste: Scores, histories: Histories) -> Scores:
        earned = histories.sizes / np.maximum(histories.sizes + self.earn, 1)
        return np.asarray(taste * (self.weight / self._spread * earned).astype(np.float32)[:, None])

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Add the taste of the histories to what is popular at the moment."""
        histories, which = replay.histories(part)
        key = (id(replay), part.start)
        taste = self._kept.get(key)
        if taste is None:
            taste = self.base.taste(histories)
            if len(self._kept) * taste.size < MEMORY:
                self._kept[key] = taste
        weighed = self._weigh(taste, histories)
        return np.asarray(self.live.scores(replay, part) + weighed[which])

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Add the taste to all likes."""
        return np.asarray(self.live.fold_scores(histories) + super().fold_scores(histories))

"""The rule movieloop began with: genres are coordinates, a like pulls, a dislike pushes."""

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import ONLY_SEEN, RatingLog
from movieloop.evaluation.baselines.baseline import TasteBaseline
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Scores
from movieloop.taste import Rates, bounding_box, learn_one

START = 0.6  # the lesson starts at 3 of 5
ONCE = Rates(floor=0.3, ceiling=0.3, push=1.0, seen=0.0)
RETRAIN_AFTER = 3


class GenreRule(TasteBaseline):
    """Pull and push in genre coordinates at a rate of .3, learned three opinions at a time."""

    name = "genre rule"

    def __init__(self, genres: NDArray[np.bool_]) -> None:
        """Take the genres as coordinates.

        Args:
            genres: Which movie has which, shape (movies, genres).
        """
        self._points = genres.astype(np.float64)
        self._box = bounding_box(np.vstack([self._points, np.full(genres.shape[1], START)]))

    def fit(self, log: RatingLog, end: int) -> None:
        """Learn nothing: the points are the genres."""

    def taste(self, histories: Histories) -> Scores:
        """Fold every history and measure the distances."""
        scores = np.empty((len(histories), len(self._points)), dtype=np.float32)
        for row in range(len(histories)):
            events = histories.events[histories.starts[row] : histories.starts[row + 1]]
            learned = len(events) // RETRAIN_AFTER * RETRAIN_AFTER
            profile = self._fold(histories.log, events[:learned].tolist())
            scores[row] = -np.abs(self._points - profile).sum(axis=1)
        return scores

    def _fold(self, log: RatingLog, events: list[int]) -> NDArray[np.float64]:
        profile = np.full(self._points.shape[1], START)
        for event in events:
            said = int(log.rating[event])
            rating = None if said == ONLY_SEEN else said
            point = self._points[log.movie[event]]
            profile = learn_one(profile, point, rating, rates=ONCE, box=self._box)
        return profile

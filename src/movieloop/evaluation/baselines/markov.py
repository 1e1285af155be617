"""A peer that knows what follows what: a fading Markov chain over films."""

import numpy as np
from scipy.sparse import coo_array  # type: ignore[import-untyped]

from movieloop.data.interactions import DISLIKED, LIKED, RatingLog
from movieloop.evaluation.baselines.baseline import TasteBaseline
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Scores

WINDOW = 40  # events back


class Markov(TasteBaseline):
    """Counts how often a like of one film followed another film, the nearer the more.

    Attributes:
        fade: What one later event leaves of an event's weight, in training and in histories.
        damp: Likes' share taken out: 0 = plain counts, 1 = counts over the film's likes.
        smooth: Added to a film's count before dividing by it.
        dislike: Weight of a dislike where a like has 1.
        seen: Weight of a film seen without an opinion.
        strict: 1 = count only films of earlier sittings, as the questions will; 0 = count all.
    """

    name = "fading Markov"
    refits = frozenset({"fade", "damp", "smooth", "dislike", "seen", "strict"})

    def __init__(self) -> None:
        """Start in the middle of the grid."""
        self.fade, self.damp, self.smooth = 0.9, 0.3, 10.0
        self.dislike, self.seen, self.strict = 0.5, 0.5, 1.0
        self.grid = {
            "strict": (0, 1),
            "fade": (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0),
            "damp": (0, 0.3, 0.5, 0.7),
            "smooth": (1, 10, 50, 200, 1000),
            "seen": (0, 0.5, 1),
            "dislike": (0, 0.5, 1),
        }

    def fit(self, log: RatingLog, end: int) -> None:
        """Count."""
        past = log.first(end)
        order, movie, rating = past.by_user, past.movie, past.rating
        said = np.where(rating == LIKED, 1, np.where(rating == DISLIKED, self.dislike, self.seen))
        known = (past.known if self.strict else past.position)[order]
        start = past.starts[past.user[order]]
        liked = rating[order] == LIKED
        size = len(past.movie_ids)
        square = np.zeros((size, size), dtype=np.float32)
        for lag in range(min(WINDOW, len(order))):
            place = start + known - 1 - lag
            have = np.flatnonzero(liked & (known > lag))
            source = order[place[have]]
            weight = said[source] * self.fade**lag
            pairs = (movie[source], movie[order[have]])
            square += coo_array((weight, pairs), shape=square.shape).astype(np.float32)
            if self.fade**lag < 0.01:  # noqa: PLR2004 - what is left no longer counts
                break
        likes = np.bincount(movie[rating == LIKED], minlength=size)
        square /= square.sum(axis=1, keepdims=True) + self.smooth
        self.square = square / np.maximum(likes, 1).astype(np.float32) ** self.damp

    def taste(self, histories: Histories) -> Scores:
        """Add up what follows the newest films."""
        known = histories.matrix(dislike=self.dislike, seen=self.seen, fade=self.fade)
        return np.asarray(known @ self.square)

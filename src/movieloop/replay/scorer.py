"""Points in a replay, exactly as they serve: the fold, the walls, the distance, live popularity.

>>> import numpy as np
>>> from movieloop.model.embeddings import Memory
>>> log = RatingLog.of(users="aab", movies=[7, 8, 9], ratings=[1, 1, 1], times=[0, 10**6, 2 * 10**6])
>>> space = Embeddings([7, 8, 9], [[1.0], [0.9], [0.0]], [0.0], (Memory("slow", 1),))
>>> Replay(log, 1, 2).ranks(EmbeddingScorer(space))  # who liked 7 is offered 8 before 9
array([1.])
"""  # noqa: E501

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.model.embeddings import Embeddings
from movieloop.model.kernels import Floats, scan
from movieloop.model.popularity import LivePopularity
from movieloop.replay.profiles import ReplayedProfiles
from movieloop.replay.replay import Replay, Scores


class EmbeddingScorer:
    """One version of the points as a scorer."""

    def __init__(self, space: Embeddings, *, name: str = "movieloop") -> None:
        """Prepare to answer.

        Args:
            space: The points.
            name: What tables call it.
        """
        self.name = name
        self._space = space
        self._log: RatingLog | None = None
        alive = space.half_life is not None
        self._size = space.points.shape[1] - alive
        taste = space.points[:, : self._size].astype(np.float32)
        self._columns = np.ascontiguousarray(taste.T)
        self._reach = np.abs(taste).sum(axis=1)

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Score all films of a log; one without a point comes last.

        Args:
            replay: The questions.
            part: Which of them, in order of time.

        Returns:
            The distance as it is served, turned around, shape (questions, movies).
        """
        if self._space.half_life is None:
            return -self._distances(replay, part)
        near = self.nearness(replay, part)  # which enters the log
        return np.asarray(
            near + np.log(self._popular.at(replay.time[part]) + self._space.smoothing)
        )

    def nearness(self, replay: Replay, part: slice) -> Floats:
        """Tell how much nearer every film is than from the origin, popularity left out.

        It grows with the weight of the points: points twice as far apart are twice as much nearer.

        Args:
            replay: The questions.
            part: Which of them, in order of time.

        Returns:
            Shape (questions, movies); no film without a point is near.
        """
        distances = self._distances(replay, part)
        return np.asarray(self._reach[self._profiles.rows] - distances)

    def _distances(self, replay: Replay, part: slice) -> Floats:
        """Measure how far every film of the log is; infinitely far without a point."""
        self._enter(replay.log)
        questions = range(part.start, part.stop)
        profiles = np.array([self._profiles.at(replay, question) for question in questions])
        here = np.ascontiguousarray(profiles[:, : self._size], dtype=np.float32)
        distances = np.empty((len(here), len(self._reach)), np.float32)
        scan(here, self._columns, distances)
        rows = self._profiles.rows
        if np.array_equal(rows, np.arange(len(self._reach))):
            return distances
        return np.where(rows >= 0, distances[:, rows], np.float32(np.inf))

    def _enter(self, log: RatingLog) -> None:
        """Begin a log: nobody is known, nothing is liked."""
        if self._log is log:
            return
        self._log = log
        self._profiles = ReplayedProfiles(self._space, log)
        self._popular = LivePopularity(log, half_life=self._space.half_life or 1.0, clock="likes")

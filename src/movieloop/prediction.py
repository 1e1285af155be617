"""What trained points would have recommended: taste and live popularity, as they are served.

>>> from movieloop.plans import Memory, Plan
>>> log = RatingLog.of(users="aab", movies=[7, 8, 9], ratings=[1, 1, 1],
...                    times=[0, 100_000, 150_000])
>>> plan = Plan("tiny", (Memory("slow", 1),), half_life=100.0)
>>> points = np.array([[1.0], [1.0], [-1.0]])
>>> prediction = Prediction(Trained(plan, log.movie_ids, points, np.zeros(1), 0.0), sitting=60)
>>> taste, known = prediction.parts(Replay(log, 1, 2, sitting=60), slice(0, 1))
>>> taste                                    # who likes 7 stands at 0.5: 8 is nearer, 9 farther
array([[ 0.5,  0.5, -0.5]], dtype=float32)
>>> np.exp(known)                            # 7 has been liked once, smoothing is 0.5
array([[1.5, 0.5, 0.5]])
"""

import numpy as np
from numpy.typing import NDArray

from movieloop.evaluation.replay import Replay, Scores
from movieloop.folding import ReplayedProfiles
from movieloop.kernels import Floats, scan
from movieloop.popularity import LivePopularity
from movieloop.ratings import RatingLog
from movieloop.training import Trained


class Prediction:
    """What trained points, live popularity and online learning say in a replay."""

    def __init__(self, trained: Trained, *, sitting: float = 60.0) -> None:
        """Prepare to answer.

        Args:
            trained: The points.
            sitting: Seconds of a pause after which a like counts for popularity.
        """
        self.name = "movieloop"
        self.trained = trained
        self._sitting = sitting
        self._taste = trained.points.astype(np.float32)
        self._space = trained.taste
        self._popular: tuple[RatingLog, LivePopularity] | None = None

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Score all films for some questions: the distance as it is served, turned around.

        Args:
            replay: The questions.
            part: Which of them, in order of time.

        Returns:
            Higher = better, shape (questions, movies).
        """
        taste, known = self.parts(replay, part)
        return np.asarray(known + taste)

    def parts(self, replay: Replay, part: slice) -> tuple[Floats, NDArray[np.float64]]:
        """Give the two parts of the scores; at another weight, taste counts times that.

        Args:
            replay: The questions.
            part: Which of them, in order of time.

        Returns:
            How much nearer every film is than from the origin, and its log popularity, both of
            shape (questions, movies).
        """
        if self._popular is None or self._popular[0] is not replay.log:
            half_life = self.trained.plan.half_life or 1.0
            popular = LivePopularity(
                replay.log, half_life=half_life, clock="likes", sitting=self._sitting
            )
            self._popular = (replay.log, popular)
            self._profiles = ReplayedProfiles(self._space, replay.log)
        likes = self._popular[1].at(replay.time[part])
        profiles = np.array(
            [self._profiles.at(replay, question) for question in range(part.start, part.stop)]
        )
        taste = np.empty((len(profiles), len(self._taste)), np.float32)
        scan(profiles.astype(np.float32), self._taste, taste)
        np.subtract(self.trained.reach.astype(np.float32), taste, out=taste)
        return taste, np.log(likes + self.trained.plan.smoothing)

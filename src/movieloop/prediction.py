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
from movieloop.kernels import Floats, fold, scan
from movieloop.plans import blocks_of, speeds_of
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
        # The walls of serving: the box that holds the movies and the newcomer.
        self._low = np.minimum(trained.points.min(axis=0), trained.start)
        self._high = np.maximum(trained.points.max(axis=0), trained.start)
        self._blocks = blocks_of(trained.plan.memories)
        self._speeds = speeds_of(trained.plan.memories)
        self._profiles: dict[int, tuple[int, int, NDArray[np.float64]]] = {}
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
            self._popular, self._profiles = (replay.log, popular), {}
        likes = self._popular[1].at(replay.time[part])
        profiles = np.array(
            [self._profile(replay, question) for question in range(part.start, part.stop)]
        )
        taste = np.empty((len(profiles), len(self._taste)), np.float32)
        scan(profiles.astype(np.float32), self._taste, taste)
        np.subtract(self.trained.reach.astype(np.float32), taste, out=taste)
        return taste, np.log(likes + self.trained.plan.smoothing)

    def _profile(self, replay: Replay, question: int) -> NDArray[np.float64]:
        """Fold what is new of a user's learned events."""
        user, known = int(replay.user[question]), int(replay.known[question])
        learned, likes, profile = self._profiles.get(user, (0, 0, self.trained.start))
        if learned > known:
            learned, likes, profile = 0, 0, self.trained.start
        if known > learned:
            new = replay.learned(question)[learned:]
            profile = profile.copy()
            likes = fold(
                profile,
                self.trained.points,
                replay.log.movie[new],
                replay.log.rating[new],
                likes,
                self._blocks,
                self._speeds,
                self._low,
                self._high,
            )
            self._profiles[user] = (known, likes, profile)
        return profile

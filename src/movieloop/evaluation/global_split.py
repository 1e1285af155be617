"""The protocol of most papers: one moment parts past and future for everybody.

Gusak et al. 2025, "Time to Split: Exploring Data Splitting Strategies for Offline Evaluation of
Sequential Recommenders" (RecSys), compares which films of the future to ask for: each person's
`first`, their `last`, or all of them one after the other, `successive`. Who is asked has a past.

>>> log = RatingLog.of(users="aabb" * 25, movies=range(100), ratings=[1] * 100, times=range(100))
>>> [len(GlobalSplit(log, target=target).test.events) for target in TARGETS]
[2, 10, 2]
"""

from typing import Literal, get_args

import numpy as np

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.time_split import MOST, SplitByTime
from movieloop.replay.metrics import ndcg
from movieloop.replay.replay import Replay, spread

Target = Literal["last", "successive", "first"]
TARGETS: tuple[Target, ...] = get_args(Target)
TEST, VALIDATION = 0.9, 0.8  # where they begin, as shares of the events


class GlobalSplit(SplitByTime):
    """Learn until one moment, ask for what people like after it."""

    headline = "ndcg10"

    def __init__(self, log: RatingLog, *, target: Target) -> None:
        """Cut the log.

        Args:
            log: Everybody's ratings.
            target: Which likes are asked for.
        """
        super().__init__(log, validation=VALIDATION, test=TEST)
        self.test = Replay(log, self.end, len(log), _asked(log, self.end, len(log), target))
        asked = spread(_asked(log, self.begin, self.end, target), MOST)
        self.validation = Replay(log, self.begin, self.end, asked)

    def judge(self, learner: Learner) -> float:
        """Ask for the likes of the validation slice.

        Args:
            learner: Who, practised.

        Returns:
            Their NDCG@10.
        """
        return ndcg(self.validation.ranks(learner))


def _asked(log: RatingLog, begin: int, end: int, target: Target) -> Ints:
    """Choose likes between two moments, of people with a past."""
    known = np.isin(log.user[begin:end], log.user[:begin])
    likes = begin + np.flatnonzero(known & (log.rating[begin:end] == LIKED))
    if target == "successive":
        return likes
    turned = likes if target == "first" else likes[::-1]
    return np.sort(turned[np.unique(log.user[turned], return_index=True)[1]])

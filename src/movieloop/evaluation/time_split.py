"""Three ways to ask the same of everybody: loop, holdout, next.

- **loop**, the headline: learn from the oldest 80 % of all ratings, replay the newest 20 %.
- **next**: leave out the last film each person liked, and ask for it.
- **holdout**: leave out a fifth of the people, fold in 80 % of their likes, find the others.

Each also has a validation slice, a step further in the past, on which peers are tuned:

>>> log = RatingLog.of(users="aabb" * 25, movies=range(100), ratings=[1] * 100, times=range(100))
>>> loop = Loop(log)
>>> loop.begin, loop.end, len(loop.test.events), len(loop.validation.events)
(72, 80, 20, 8)
"""

from typing import Protocol

import numpy as np

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.results import Result, of_replay
from movieloop.replay.metrics import hit_rate, ndcg
from movieloop.replay.replay import Replay, spread

TEST, VALIDATION = 0.8, 0.72  # where they begin, as shares of the events
MOST = 20_000  # validation questions, so that tuning stays quick


class Trial(Protocol):
    """A protocol on a data set.

    Attributes:
        headline: The figure scorers are compared by.
        live: Whether questions have a time.
    """

    headline: str
    live: bool

    def practise(self, learner: Learner) -> None:
        """Let it learn from what lies before the validation slice.

        Args:
            learner: Who.
        """

    def judge(self, learner: Learner) -> float:
        """Try it on the validation slice.

        Args:
            learner: Who, practised.

        Returns:
            How good it is, higher = better.
        """

    def measure(self, learner: Learner) -> Result:
        """Let it learn from all that lies before the test, then test it.

        Args:
            learner: Who.

        Returns:
            Its figures.
        """


class SplitByTime:
    """Learn until a moment, be asked about what follows it; practise a slice further in the past.

    Attributes:
        log: Everybody's ratings.
        begin: The first event of the validation slice.
        end: The first event of the test.
        test: What is asked in the end.
        validation: What is asked while settings are chosen.
    """

    headline: str
    live = True
    test: Replay
    validation: Replay

    def __init__(self, log: RatingLog, *, validation: float, test: float) -> None:
        """Cut the log.

        Args:
            log: Everybody's ratings.
            validation: Where its slice begins, as a share of the events.
            test: Where it begins.
        """
        self.log = log
        self.begin, self.end = int(len(log) * validation), int(len(log) * test)

    def practise(self, learner: Learner) -> None:
        """Let it learn what lies before the validation slice.

        Args:
            learner: Who.
        """
        learner.fit(self.log, self.begin)

    def measure(self, learner: Learner) -> Result:
        """Let it learn what lies before the test, and ask about what follows.

        Args:
            learner: Who.

        Returns:
            All figures but those of whole lists.
        """
        learner.fit(self.log, self.end)
        answers = self.test.answers(learner)
        past = self.log.first(self.end)
        return of_replay(
            learner.name, learner.kind, self.test, answers, past=past, headline=self.headline
        )


class Loop(SplitByTime):
    """Replay the newest fifth, predict, then learn."""

    headline = "hr10"

    def __init__(self, log: RatingLog) -> None:
        """Cut the log.

        Args:
            log: Everybody's ratings.
        """
        super().__init__(log, validation=VALIDATION, test=TEST)
        self.test = Replay(log, self.end, len(log))
        asked = np.arange(self.begin, self.end)
        asked = spread(asked[log.rating[asked] == LIKED], MOST)
        self.validation = Replay(log, self.begin, self.end, asked)

    def judge(self, learner: Learner) -> float:
        """Replay the validation slice, likes only.

        Args:
            learner: Who, practised.

        Returns:
            The share of liked films in the top 10.
        """
        return hit_rate(self.validation.ranks(learner))


class Next:
    """Leave out the last like of each person and ask for it."""

    headline = "ndcg10"
    live = True

    def __init__(self, log: RatingLog) -> None:
        """Leave out the last likes, and for the validation those before.

        Args:
            log: Everybody's ratings.
        """
        self.rest, asked = leave_last(log)
        self.test = Replay(log, 0, len(log), asked)
        self.earlier, asked = leave_last(self.rest)
        self.validation = Replay(self.rest, 0, len(self.rest), spread(asked, MOST))

    def practise(self, learner: Learner) -> None:
        """Let it learn all but the two last likes of each person.

        Args:
            learner: Who.
        """
        learner.fit(self.earlier, len(self.earlier))

    def judge(self, learner: Learner) -> float:
        """Ask for the last but one.

        Args:
            learner: Who, practised.

        Returns:
            Their NDCG@10.
        """
        return ndcg(self.validation.ranks(learner))

    def measure(self, learner: Learner) -> Result:
        """Let it learn all but the last like of each person, and ask for those.

        Args:
            learner: Who.

        Returns:
            The figures of ranks; nobody dislikes a film here.
        """
        learner.fit(self.rest, len(self.rest))
        answers = self.test.answers(learner)
        return of_replay(
            learner.name, learner.kind, self.test, answers, past=self.rest, headline=self.headline
        )


def leave_last(log: RatingLog) -> tuple[RatingLog, Ints]:
    """Cut every history just before its last like; people with one like keep it.

    >>> log = RatingLog.of(users="aabaa", movies=[7, 8, 7, 9, 6], ratings=[1, 1, 1, 1, 0],
    ...                    times=[0, 1, 2, 3, 4])
    >>> rest, asked = leave_last(log)
    >>> rest.movie_ids[rest.movie], log.movie_ids[log.movie[asked]]
    (array([7, 8, 7]), array([9]))

    Args:
        log: Everybody's ratings.

    Returns:
        What is left, and the likes to ask for, as events of `log`, oldest first.
    """
    likes = np.flatnonzero(log.rating == LIKED)
    many = np.bincount(log.user[likes], minlength=log.users) > 1
    last = np.full(log.users, len(log))
    last[log.user[likes]] = likes  # the last assignment to a person stays
    last[~many] = len(log)
    keep = np.arange(len(log)) < last[log.user]
    return log.part(keep), np.sort(last[many])

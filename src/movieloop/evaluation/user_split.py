"""The holdout protocol: people nobody has seen in training (Liang et al. 2018, Steck 2019).

Of ten people with five likes each two are held out for the test and two of the others for
the validation; four of their likes are folded in, one is to be found:

>>> log = RatingLog.of(users=[u for u in range(10) for _ in range(5)], movies=list(range(5)) * 10,
...                    ratings=[1] * 50, times=range(50))
>>> holdout = Holdout(log)
>>> holdout.test.histories.users, len(holdout.test.histories), holdout.test.relevant.sum(axis=1)
(2, 8, array([1, 1]))
"""

from dataclasses import dataclass, replace

import numpy as np

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.list_metrics import ListFigures, Truths
from movieloop.evaluation.results import Result
from movieloop.replay.metrics import interval

FEWEST = 5  # likes of a person held out
SHARE, FOLDED, PRACTICE = 0.2, 0.8, 0.2


@dataclass(frozen=True, eq=False)
class People:
    """People held out: what is folded in and what is to be found.

    Attributes:
        histories: The likes folded in; people are numbered anew.
        relevant: The films to be found, shape (people, movies).
        known: The films folded in, shape (people, movies).
    """

    histories: RatingLog
    relevant: Truths
    known: Truths

    def ask(self, learner: Learner) -> ListFigures:
        """Ask for everybody's list.

        Args:
            learner: Who answers.

        Returns:
            What the lists are worth.
        """
        return ListFigures.of(learner.fold_scores(self.histories), self.relevant, self.known)


class PeopleHeldOut:
    """Some people are held out for the test, of the others some for the validation.

    Attributes:
        people: Those of the test.
        practices: Those of the validation.
        learned: The events of everybody but those of the test.
        earlier: The events of everybody but both.
    """

    live = False

    def __init__(self, log: RatingLog, fit: Ints, generator: np.random.Generator) -> None:
        """Draw them.

        Args:
            log: Everybody's ratings.
            fit: Who may be drawn.
            generator: Draws.
        """
        order = generator.permutation(fit)
        tested = max(1, int(len(order) * SHARE))
        practised = max(1, int((len(order) - tested) * PRACTICE))
        self.people, self.practices = order[:tested], order[tested : tested + practised]
        self.learned = log.part(~np.isin(log.user, self.people))
        self.earlier = log.part(~np.isin(log.user, order[: tested + practised]))

    def practise(self, learner: Learner) -> None:
        """Let it learn from those held out neither for the test nor for the validation.

        Args:
            learner: Who.
        """
        learner.fit(self.earlier, len(self.earlier))


class Holdout(PeopleHeldOut):
    """Learn from some people, be tested on others."""

    headline = "ndcg100"

    def __init__(self, log: RatingLog, *, seed: int = 0) -> None:
        """Draw the people.

        Args:
            log: Everybody's ratings.
            seed: Of the drawing.
        """
        generator = np.random.default_rng(seed)
        likes = np.bincount(log.user[log.rating == LIKED], minlength=log.users)
        super().__init__(log, np.flatnonzero(likes >= FEWEST), generator)
        self.test = _people(log, self.people, generator)
        self.validation = _people(log, self.practices, generator)

    def judge(self, learner: Learner) -> float:
        """Ask for the lists of the people held out for the validation.

        Args:
            learner: Who, practised.

        Returns:
            Their mean NDCG@100.
        """
        return float(self.validation.ask(learner).ndcg(100).mean())

    def measure(self, learner: Learner) -> Result:
        """Let it learn from all others and ask for the lists of those held out.

        Args:
            learner: Who.

        Returns:
            The figures of whole lists.
        """
        learner.fit(self.learned, len(self.learned))
        found = self.test.ask(learner)
        values, people = found.ndcg(100), np.arange(len(found.wanted))
        return Result(
            learner.name,
            learner.kind,
            values,
            people,
            ndcg100=float(values.mean()),
            recall20=float(found.recall(20).mean()),
            recall50=float(found.recall(50).mean()),
            ci95=interval(values, people),
        )


def _people(log: RatingLog, people: Ints, generator: np.random.Generator) -> People:
    """Draw which likes of some people are folded in; the others are to be found."""
    number = np.full(log.users, -1)
    number[people] = np.arange(len(people))
    events = np.flatnonzero((number[log.user] >= 0) & (log.rating == LIKED))
    who, what = number[log.user[events]], log.movie[events]
    order = np.lexsort((generator.random(len(events)), who))
    place = np.arange(len(events)) - np.searchsorted(who[order], who[order])
    folded = np.empty(len(events), dtype=np.bool_)
    folded[order] = place < np.bincount(who)[who[order]] * FOLDED
    relevant = np.zeros((len(people), len(log.movie_ids)), dtype=np.bool_)
    known = relevant.copy()
    known[who[folded], what[folded]] = True
    relevant[who[~folded], what[~folded]] = True
    return People(_part(log, events[folded], number[log.user]), relevant & ~known, known)


def _part(log: RatingLog, events: Ints, users: Ints) -> RatingLog:
    return replace(log.part(events), user=users[events])

"""The group protocol: people who have never met watch something together; who likes it?

People nobody has seen in training are held out as in `user_split`: four of five likes are folded
in, the others are to be found. Pairs and fours of them are drawn, each rule makes a list of ten,
and the list is worth to each of them what it would be worth alone: NDCG@10. Of every group the
mean counts, and the one who is worst off.

>>> [rule.name for rule in RULES]
['mean profile', 'mean distance', 'least misery', 'least regret', 'turns']
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.errors import InvalidInput
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.list_metrics import Floats, ListFigures
from movieloop.evaluation.methods import Movieloop
from movieloop.evaluation.results import OfGroup, Result
from movieloop.evaluation.user_split import Holdout
from movieloop.model.turns import FAIRNESS, in_turns
from movieloop.taste import Matrix, manhattan_distance

SIZES = (2, 4)
GROUPS = 1_000
LIST = 10


class Asked(NamedTuple):
    """What a rule may look at.

    Attributes:
        profiles: Where the people stand, shape (people, d).
        points: Where the films stand that nobody of them has seen, shape (films, d).
        distances: Between them, shape (people, films).
    """

    profiles: Matrix
    points: Matrix
    distances: Matrix


class Rule(NamedTuple):
    """A way to choose films for several people.

    Attributes:
        name: What it is called.
        choose: Gives the columns of the ten films, in order.
    """

    name: str
    choose: Callable[[Asked], Sequence[int]]


def _least(figures: Callable[[Asked], Floats]) -> Callable[[Asked], Sequence[int]]:
    return lambda asked: np.argsort(figures(asked), kind="stable")[:LIST].tolist()


def _regret(asked: Asked) -> Floats:
    """How much farther a film is than the nearest, for whom that is most."""
    least = asked.distances.min(axis=1, keepdims=True)
    return np.asarray((asked.distances - least).max(axis=0))


RULES = (
    Rule("mean profile", _least(lambda a: manhattan_distance(a.profiles.mean(axis=0), a.points))),
    Rule("mean distance", _least(lambda a: np.asarray(a.distances.mean(axis=0)))),
    Rule("least misery", _least(lambda a: np.asarray(a.distances.max(axis=0)))),
    Rule("least regret", _least(_regret)),
    Rule("turns", lambda a: [f for f, _ in in_turns(a.distances, n=LIST, fairness=FAIRNESS)]),
)


class Groups(Holdout):
    """Learn from some people, let others watch together."""

    headline = "ndcg10"

    def __init__(self, log: RatingLog, *, seed: int = 0) -> None:
        """Draw the people, and who watches with whom.

        Args:
            log: Everybody's ratings.
            seed: Of the drawing.

        Raises:
            InvalidInput: There are too few people to make groups of.
        """
        people = np.bincount(log.user[log.rating == LIKED], minlength=log.users)
        if (people > 0).sum() < GROUPS // 100 * max(SIZES):
            raise InvalidInput("ratings", "There are too few people to make groups of.")
        super().__init__(log, seed=seed)
        random = np.random.default_rng(seed)
        count = len(self.test.relevant)
        self.groups: Mapping[int, list[list[int]]] = {
            size: [random.choice(count, size, replace=False).tolist() for _ in range(GROUPS)]
            for size in SIZES
        }

    def measure(self, learner: Learner) -> Result:
        """Let it learn from all others, and ask every rule for every group's list.

        Args:
            learner: Who: one of ours, as rules need points.

        Returns:
            The mean worth of the lists by turns, and the figures of all rules.
        """
        assert isinstance(learner, Movieloop)  # noqa: S101 - peers are not asked
        learner.fit(self.learned, len(self.learned))
        profiles, space = learner.profiles(self.test.histories), learner.space
        where = np.searchsorted(self.test.histories.movie_ids, space.movie_ids)
        distances = np.array([manhattan_distance(one, space.points) for one in profiles])
        found: list[OfGroup] = []
        worth = np.zeros((0, 0))
        for size, groups in self.groups.items():
            lists: dict[str, list[Floats]] = {rule.name: [] for rule in RULES}
            for group in groups:
                seen = np.any(self.test.known[group], axis=0)
                free = np.flatnonzero(~np.asarray(seen)[where])
                asked = Asked(profiles[group], space.points[free], distances[group][:, free])
                for rule in RULES:
                    top = where[free[list(rule.choose(asked))]]
                    lists[rule.name].append(self._worth(top, group))
            for name, values in lists.items():
                worth = np.array(values)
                worst = float(worth.min(axis=1).mean())
                found.append(OfGroup(name, size, worst, float(worth.mean())))
        values = worth.mean(axis=1)
        return Result(
            learner.name,
            learner.kind,
            values,
            np.arange(len(values)),
            ndcg10=float(values.mean()),
            groups=found,
        )

    def _worth(self, top: np.ndarray, group: Sequence[int]) -> Floats:
        """Tell what a list is worth to each."""
        relevant = self.test.relevant[group]
        tops = np.tile(top, (len(group), 1))
        hits = np.take_along_axis(relevant, tops, axis=1)
        return ListFigures(hits, relevant.sum(axis=1), tops).ndcg(LIST)

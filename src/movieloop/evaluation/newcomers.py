"""The newcomer protocol: somebody nobody knows taps a few films; what do they get?

A fifth of the people with enough likes are held out. Of each 1, 3, 5 and 10 likes are tapped, and
the list that follows is looked at: how many of its first ten films do they like, how many dislike,
and how many different films do all these lists hold together - a list that is the same for
everybody is easy to make, and nobody's own.

>>> log = RatingLog.of(users=[u for u in range(10) for _ in range(20)], movies=list(range(20)) * 10,
...                    ratings=[1] * 200, times=range(200))
>>> newcomers = Newcomers(log)
>>> len(newcomers.people), newcomers.taps(3).movie.shape, newcomers.learned.users
(2, (6,), 10)
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import DISLIKED, LIKED, Ints, RatingLog
from movieloop.errors import InvalidInput
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.list_metrics import ListFigures, Truths
from movieloop.evaluation.results import OfTaps, Result
from movieloop.evaluation.user_split import PeopleHeldOut
from movieloop.replay.metrics import interval

TAPS = (1, 3, 5, 10)
HEADLINE = 3
FEWEST = 15  # likes of a newcomer: ten to tap, five to find
FEWEST_PEOPLE = 5
LIST = 10


@dataclass(frozen=True, eq=False)
class Tapped:
    """Newcomers, their likes in the order in which they tap them, and all they like and dislike.

    Attributes:
        log: Where the likes are from.
        events: Likes of all of them, one person after the other, shape (people, TAPS[-1]).
        liked: What they like, shape (people, movies).
        disliked: What they dislike, same shape.
    """

    log: RatingLog
    events: Ints
    liked: Truths
    disliked: Truths

    def first(self, taps: int) -> RatingLog:
        """Give what is known of them after some taps.

        Args:
            taps: How many films each tapped.

        Returns:
            Their likes; people are numbered anew.
        """
        tapped = self.events[:, :taps]
        who = np.repeat(np.arange(len(tapped)), taps)
        return replace(self.log.part(tapped.ravel()), user=who)

    def ask(self, learner: Learner, taps: int) -> tuple[OfTaps, NDArray[np.float64]]:
        """Ask for everybody's list after some taps.

        Args:
            learner: Who answers.
            taps: How many films they tapped.

        Returns:
            What the lists are worth, and the share of each that is liked, shape (people,).
        """
        histories = self.first(taps)
        known = np.zeros_like(self.liked)
        known[histories.user, histories.movie] = True
        scores = learner.fold_scores(histories)
        likes = ListFigures.of(scores, self.liked & ~known, known)
        dislikes = ListFigures.of(scores, self.disliked & ~known, known)
        liked = likes.hits[:, :LIST].mean(axis=1)
        figures = OfTaps(
            liked10=float(liked.mean()),
            disliked10=float(dislikes.hits[:, :LIST].mean()),
            ndcg100=float(likes.ndcg(100).mean()),
            different=len(np.unique(likes.top[:, :LIST])),
        )
        return figures, liked


class Newcomers(PeopleHeldOut):
    """Learn from some people, welcome others."""

    headline = "liked10"

    def __init__(self, log: RatingLog, *, seed: int = 0) -> None:
        """Draw the people and what they tap.

        Args:
            log: Everybody's ratings.
            seed: Of the drawing.

        Raises:
            InvalidInput: Too few people like enough films.
        """
        generator = np.random.default_rng(seed)
        likes = np.flatnonzero((log.rating == LIKED) & log.first_time)
        count = np.bincount(log.user[likes], minlength=log.users)
        fit = np.flatnonzero(count >= FEWEST)
        if len(fit) < FEWEST_PEOPLE:
            raise InvalidInput(
                "ratings",
                f"{len(fit)} people like {FEWEST} films or more; newcomers are drawn from "
                f"{FEWEST_PEOPLE} at least.",
            )
        super().__init__(log, fit, generator)
        self.test = _tapped(log, self.people, generator)
        self.validation = _tapped(log, self.practices, generator)

    def taps(self, count: int) -> RatingLog:
        """Give what is known of the newcomers of the test after some taps.

        Args:
            count: How many films each tapped.

        Returns:
            Their likes; people are numbered anew.
        """
        return self.test.first(count)

    def judge(self, learner: Learner) -> float:
        """Welcome the people held out for the validation.

        Args:
            learner: Who, practised.

        Returns:
            How many of the ten films after three taps they like, 0 to 1.
        """
        return self.validation.ask(learner, HEADLINE)[0].liked10

    def measure(self, learner: Learner) -> Result:
        """Let it learn from all others and welcome those held out.

        Args:
            learner: Who.

        Returns:
            The figures after three taps, and those after each number of taps.
        """
        learner.fit(self.learned, len(self.learned))
        asked = {count: self.test.ask(learner, count) for count in TAPS}
        figures, liked = asked[HEADLINE]
        people = np.arange(len(liked))
        return Result(
            learner.name,
            learner.kind,
            liked,
            people,
            liked10=figures.liked10,
            disliked10=figures.disliked10,
            ndcg100=figures.ndcg100,
            ci95=interval(liked, people),
            taps={count: found for count, (found, _) in asked.items()},
        )


def _tapped(log: RatingLog, people: Ints, generator: np.random.Generator) -> Tapped:
    """Draw what some people tap, of all they like."""
    number = np.full(log.users, -1)
    number[people] = np.arange(len(people))
    asked = np.flatnonzero((number[log.user] >= 0) & log.first_time)
    shape = (len(people), len(log.movie_ids))
    liked, disliked = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for told, value in ((liked, LIKED), (disliked, DISLIKED)):
        events = asked[log.rating[asked] == value]
        told[number[log.user[events]], log.movie[events]] = True
    likes = asked[log.rating[asked] == LIKED]
    who = number[log.user[likes]]
    order = np.lexsort((generator.random(len(likes)), who))
    place = np.arange(len(likes)) - np.searchsorted(who[order], who[order])
    tapped = likes[order][place < TAPS[-1]].reshape(len(people), TAPS[-1])
    return Tapped(log, tapped, liked, disliked)

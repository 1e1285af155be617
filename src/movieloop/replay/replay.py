"""Predict, then learn: replay the newest ratings and ask where each film stood the moment before.

A *question* is a film somebody is about to like or dislike. A scorer scores all films for
that person at that moment, knowing only what was learned by then; films the person has rated
are out of the race, all others take part, ties count half:

>>> log = RatingLog.of(users=["ada", "bob", "ada", "ada"], movies=[7, 7, 8, 9],
...                    ratings=[1, 1, 1, 0], times=[0, 0, 100_000, 200_000])
>>> replay = Replay(log, first=2, last=4)
>>> class ByNumber:
...     name = "the lowest number wins"
...     def scores(self, replay, part):
...         return np.tile(-replay.log.movie_ids.astype(float), (part.stop - part.start, 1))
>>> replay.ranks(ByNumber())            # film 7 is rated, so 8 is first; then 9 is
array([1., 1.])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import LIKED, ONLY_SEEN, Ints, RatingLog
from movieloop.replay.histories import Histories

CHUNK = 256  # questions asked at once
QUESTIONS = 6000  # likes that choose how to train, or that judge, at most
Scores = NDArray[np.floating]
Ranks = NDArray[np.float64]


class Answers(NamedTuple):
    """What a scorer answered: `ranks`, shape (questions,), `top`, shape (questions, n)."""

    ranks: Ranks
    top: Ints


class Scorer(Protocol):
    """Whoever ranks films: movieloop itself, or a peer."""

    name: str

    def scores(self, replay: "Replay", part: slice) -> Scores:
        """Score all films for some questions, higher = better.

        Args:
            replay: The replay that asks.
            part: Which of its questions, in order of time.

        Returns:
            One score a film, shape (questions, movies).
        """


@dataclass(frozen=True, eq=False)
class Replay:
    """The events `first` to `last` of a log, asked one by one.

    Attributes:
        log: Everybody's ratings.
        first: The first event that is asked about.
        last: The event after the last one.
        asked: Only these events ask, oldest first; None for all from `first` to `last`.
    """

    log: RatingLog
    first: int
    last: int
    asked: Ints | None = None

    @cached_property
    def events(self) -> Ints:
        """The events that ask a question: likes and dislikes, shape (questions,)."""
        asked = np.arange(self.first, self.last) if self.asked is None else self.asked
        return np.asarray(asked[self.log.rating[asked] != ONLY_SEEN])

    @cached_property
    def known(self) -> Ints:
        """How many of the user's earlier events were learned by then, shape (questions,)."""
        return self.log.known[self.events]

    @cached_property
    def liked(self) -> NDArray[np.bool_]:
        """Whether the film was liked, shape (questions,)."""
        return np.asarray(self.log.rating[self.events] == LIKED)

    @cached_property
    def user(self) -> Ints:
        """Who was asked, shape (questions,)."""
        return self.log.user[self.events]

    @cached_property
    def target(self) -> Ints:
        """The row of the film asked about, shape (questions,)."""
        return self.log.movie[self.events]

    @cached_property
    def time(self) -> Ints:
        """When, in milliseconds since 1970, shape (questions,)."""
        return self.log.time[self.events]

    @cached_property
    def candidates(self) -> Ints:
        """How many films take part: those the user had not rated, shape (questions,)."""
        log = self.log
        before = np.concatenate([[0], np.cumsum(log.first_time[log.by_user])])
        start = log.starts[self.user]
        rated = before[start + log.position[self.events]] - before[start]
        again = ~log.first_time[self.events]  # the film asked about takes part all the same
        return np.asarray(len(log.movie_ids) - rated + again)

    def learned(self, question: int) -> Ints:
        """List what was learned of the user by then.

        Args:
            question: Its number.

        Returns:
            Events of the log, oldest first.
        """
        start = self.log.starts[self.user[question]]
        return self.log.by_user[start : start + self.known[question]]

    def opinions(self, question: int) -> Ints:
        """List what counted of it: one opinion a movie, the latest, at the time it was given.

        Args:
            question: Its number.

        Returns:
            Events of the log, oldest first, no movie twice.
        """
        learned = self.learned(question)
        return np.asarray(learned[self.log.replaced_at[learned] >= len(learned)])

    def histories(self, part: slice) -> tuple[Histories, Ints]:
        """Collect what was learned by then, once for all questions of a sitting.

        Args:
            part: Which questions.

        Returns:
            The different histories, and which of them each question has, shape (questions,).
        """
        both = np.stack([self.user[part], self.known[part]])
        (users, counts), which = np.unique(both, axis=1, return_inverse=True)
        return Histories.before(self.log, users, counts), which.ravel()

    def rated(self, question: int) -> Ints:
        """List the films the user had rated by then, learned or not.

        Args:
            question: Its number.

        Returns:
            Rows of movies; the film asked about is not among them.
        """
        event = self.events[question]
        start = self.log.starts[self.user[question]]
        rows = self.log.movie[self.log.by_user[start : start + self.log.position[event]]]
        return np.asarray(rows[rows != self.target[question]])

    def parts(self) -> Iterator[slice]:
        """Cut the questions into chunks.

        Yields:
            Slices of the questions, in order of time.
        """
        for start in range(0, len(self.events), CHUNK):
            yield slice(start, min(start + CHUNK, len(self.events)))

    def ranks(self, scorer: Scorer) -> Ranks:
        """Ask all questions.

        Args:
            scorer: Who answers.

        Returns:
            The rank of each film asked about among those the user had not rated, 1 = it
            would have been recommended next; ties count half; shape (questions,).
        """
        return self.answers(scorer, top=0).ranks

    def answers(self, scorer: Scorer, *, top: int = 10) -> Answers:
        """Ask all questions and keep what would have been recommended.

        Args:
            scorer: Who answers.
            top: How many films to keep a question.

        Returns:
            The ranks and the lists.
        """
        ranks = np.empty(len(self.events))
        lists = np.empty((len(self.events), top), dtype=np.int64)
        for part in self.parts():
            scores = np.array(scorer.scores(self, part))
            here = np.arange(part.stop - part.start)
            own = scores[here, self.target[part]].copy()
            before = self.log.position[self.events[part]]
            rated = Histories.before(self.log, self.user[part], before)
            scores[np.repeat(here, before), self.log.movie[rated.events]] = -np.inf
            scores[here, self.target[part]] = own
            better = (scores > own[:, None]).sum(axis=1)
            ties = (scores == own[:, None]).sum(axis=1) - 1
            ranks[part] = 1 + better + ties / 2
            if top:
                lists[part] = _best(scores, top)
        return Answers(ranks, lists)


def spread(asked: Ints, most: int) -> Ints:
    """Keep at most so many events, evenly spread over time, the first and the last among them.

    >>> spread(np.arange(100, 200), 4)
    array([100, 133, 166, 199])

    Args:
        asked: Events, oldest first.
        most: How many; 2 or more.

    Returns:
        Some of them, or all, oldest first.
    """
    if len(asked) <= most:
        return asked
    return np.asarray(asked[np.linspace(0, len(asked) - 1, most).astype(np.int64)])


def _best(scores: Scores, top: int) -> Ints:
    """Find the best columns of each row, best first; the lower one first where they tie."""
    found = np.sort(np.argpartition(-scores, min(top, scores.shape[1] - 1), axis=1)[:, :top])
    order = np.argsort(-np.take_along_axis(scores, found, axis=1), axis=1, kind="stable")
    return np.asarray(np.take_along_axis(found, order, axis=1))

"""The trainings a training is made of, and where they run: here, or by `ray_trainer` elsewhere.

An ensemble has voices, a choice has plans to try. None of them needs another, so whoever is handed
a list of them may train them in any order and wherever it likes; what comes out is the same.

>>> log = RatingLog.of(users=[u for u in range(40) for _ in range(4)],
...                    movies=[m for u in range(40) for m in ([1, 2, 3, 4] if u % 2 else [5, 6, 7, 8])],
...                    ratings=[1] * 160, times=[1000 * 300 * i for i in range(160)])
>>> from movieloop.model.embeddings import Memory
>>> plan = Hyperparameters("tiny", (Memory("slow", 2),), half_life=100.0, epochs=1)
>>> [one.points.shape for one in train_here([Member(log, plan), Member(log, plan, seed=1)])]
[(8, 2), (8, 2)]
"""  # noqa: E501

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.taste import Matrix
from movieloop.training.drawn_order import in_drawn_order
from movieloop.training.hyperparameters import Hyperparameters
from movieloop.training.train import Progress, Trained, train


@dataclass(frozen=True, eq=False)
class Member:
    """One training that needs no other.

    Attributes:
        log: Everybody's ratings.
        plan: How to train; its half_life must be set.
        end: Learn from events before this one only; all if None.
        seed: The same seed gives the same points.
        cuts: How many rows an epoch has, at most; None for as many as end in fair time.
        features: What is known of every movie beside ratings, shape (movies, features).
        checkpoint: A file to go on from after a kill; at the end it holds what came out, and
            whoever named it deletes it.
        drawn: Whether the likes are heard in a drawn order, the seed's, as if time meant nothing.
    """

    log: RatingLog
    plan: Hyperparameters
    end: int | None = None
    seed: int = 0
    cuts: int | None = None
    features: Matrix | None = None
    checkpoint: Path | None = None
    drawn: bool = False

    def train(self, progress: Progress | None = None) -> Trained:
        """Do it.

        Args:
            progress: Is told the share done, 0 to 1, and the loss so far.

        Returns:
            The points.

        Raises:
            TooLittleData: There are not enough likes, people or movies.
        """
        log, end = self.log, self.end
        if self.drawn:
            past = log if end is None else log.first(end)
            log, end = in_drawn_order(past, self.seed, neutral=self.plan.neutral), None
        return train(
            log,
            self.plan,
            end=end,
            seed=self.seed,
            progress=progress,
            checkpoint=self.checkpoint,
            keep=True,
            features=self.features,
            cuts=self.cuts,
        )


Trainer: TypeAlias = Callable[[Sequence[Member], Progress | None], list[Trained]]
"""Trains members wherever it likes; what comes out stands in their order."""


def train_here(members: Sequence[Member], progress: Progress | None = None) -> list[Trained]:
    """Train members in this process, one after the other.

    Args:
        members: What to train.
        progress: Is told the share of all of them done, 0 to 1, and the loss so far.

    Returns:
        Their points, in their order.

    Raises:
        TooLittleData: There are not enough likes, people or movies.
    """
    told = Shares(len(members), progress)
    return [member.train(told.of(number)) for number, member in enumerate(members)]


class Shares:
    """Adds up how far members are.

    >>> told = []
    >>> shares = Shares(2, lambda share, loss: told.append((share, loss)))
    >>> shares.of(0)(1.0, 5.0)
    >>> shares.of(1)(0.5, 6.0)
    >>> told
    [(0.5, 5.0), (0.75, 6.0)]
    """

    def __init__(self, members: int, progress: Progress | None) -> None:
        """Begin where none has begun.

        Args:
            members: How many there are.
            progress: Is told the share of all of them, and the loss of the one that was heard.
        """
        self._shares = np.zeros(members)
        self._progress = progress

    def of(self, member: int) -> Progress:
        """Give what one member is to tell.

        Args:
            member: Its place.

        Returns:
            Takes the share of it that is done, and its loss.
        """

        def tell(share: float, loss: float) -> None:
            self._shares[member] = share
            if self._progress is not None:
                self._progress(float(self._shares.mean()), loss)

        return tell

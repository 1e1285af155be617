"""What a peer is: something fitted once, asked often, and tuned over a grid of settings.

A peer sees the past only: `fit(log, end)` looks at no event from `end` on, and `scores` at no
more than `replay.histories` and the likes learned by the moment of the question. So it learns
of people online, as movieloop does: a history is folded in when it is asked about.
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, Protocol, Self

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay, Scores

Grid = Mapping[str, Sequence[float]]


class Learner(Protocol):
    """Whoever takes part in an evaluation, ours or a peer."""

    name: str
    kind: Literal["ours", "peer"]

    def fit(self, log: RatingLog, end: int) -> None:
        """Learn from the first `end` events of a log.

        Args:
            log: The events, oldest first.
            end: How many of them may be looked at.
        """

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Score all films for some questions.

        Args:
            replay: The questions.
            part: Which of them.

        Returns:
            Higher = better, shape (questions, movies).
        """

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Score all films for people never seen in training.

        Args:
            histories: What is known of them; the same movies as in `fit`.

        Returns:
            Higher = better, shape (users, movies).
        """


class Baseline(ABC):
    """A known method to compare with.

    Attributes:
        name: What tables call it.
        grid: The values to try for each setting, an attribute of the same name.
        refits: Which of these settings need a new `fit`.
    """

    name: str
    kind: Literal["ours", "peer"] = "peer"
    grid: Grid = MappingProxyType({})
    refits: frozenset[str] = frozenset()

    @abstractmethod
    def fit(self, log: RatingLog, end: int) -> None:
        """Learn from the first `end` events of a log.

        Args:
            log: The events, oldest first.
            end: How many of them may be looked at.
        """

    @abstractmethod
    def scores(self, replay: Replay, part: slice) -> Scores:
        """Score all films for some questions.

        Args:
            replay: The questions.
            part: Which of them.

        Returns:
            Higher = better, shape (questions, movies).
        """

    @abstractmethod
    def fold_scores(self, histories: RatingLog) -> Scores:
        """Score all films for people never seen in training.

        Args:
            histories: What is known of them; the same movies as in `fit`.

        Returns:
            Higher = better, shape (users, movies).
        """

    def setting(self, name: str) -> float:
        """Tell the value of a setting.

        Args:
            name: Its name, a key of `grid`.

        Returns:
            The value.
        """
        return float(getattr(self, name))

    def at_edge(self, name: str) -> bool:
        """Tell whether a tuned value might have gone on, had the grid.

        >>> from movieloop.evaluation.baselines.item_item import Ease
        >>> Ease().changed("ridge", 1e9).at_edge("ridge"), Ease().at_edge("ridge")
        (True, False)

        Args:
            name: One of the settings.

        Returns:
            Whether it is the lowest or highest value tried, and not 0 or 1, which end by nature.
        """
        value = self.setting(name)
        return value not in (0, 1) and not min(self.grid[name]) < value < max(self.grid[name])

    def changed(self, name: str, value: float) -> Self:
        """Make a copy with another value of a setting; what was fitted is shared.

        Args:
            name: The setting, a key of `grid`.
            value: Its value.

        Returns:
            The copy; it must be fitted anew if `name` is one of `refits`.
        """
        other = copy.copy(self)
        setattr(other, name, value)
        return other


class TasteBaseline(Baseline):
    """A peer that only looks at histories, so that one answer serves a whole sitting."""

    @abstractmethod
    def taste(self, histories: Histories) -> Scores:
        """Score all films for some histories.

        Args:
            histories: What the people have said.

        Returns:
            Higher = better, shape (histories, movies).
        """

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Score every different history once."""
        histories, which = replay.histories(part)
        return np.asarray(self.taste(histories)[which])

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Score the whole histories."""
        return self.taste(Histories.whole(histories))

"""Peers that know films by their neighbours: item-kNN and EASE.

Both learn one number for each pair of films and add up the rows of a history.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.baseline import TasteBaseline
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Scores

Square = NDArray[np.float32]
BLOCK = 256  # rows at once, so that they stay in the processor's cache
MOST_MOVIES = 15_000  # a square of float32 of this size has 900 MB
FADES = (1.0, 0.99, 0.97, 0.94, 0.9, 0.85, 0.75, 0.6)
OTHERS = (-0.2, 0.0, 0.2, 0.5, 1.0)


class ItemBaseline(TasteBaseline):
    """Sums of rows of a square of films.

    Attributes:
        dislike: Weight of a dislike where a like has 1, in training and in histories.
        seen: Weight of a film seen without an opinion.
        fade: What one later event leaves of an event's weight in a history.
    """

    def __init__(self) -> None:
        """Start with likes only, all alike."""
        self.dislike, self.seen, self.fade = 0.0, 0.0, 1.0
        self.square: Square = np.zeros((0, 0), dtype=np.float32)

    def taste(self, histories: Histories) -> Scores:
        """Add up the rows of a history."""
        known = histories.matrix(dislike=self.dislike, seen=self.seen, fade=self.fade)
        return np.asarray(known @ self.square)

    def training(self, log: RatingLog, end: int) -> "csr_array[np.float32]":
        """Make the matrix of people and films to learn from.

        Args:
            log: Everybody's ratings.
            end: How many events count.

        Returns:
            The weights, shape (users, movies).
        """
        past = Histories.whole(log.first(end))
        return past.matrix(dislike=self.dislike, seen=self.seen)


class ItemKnn(ItemBaseline):
    """Item-kNN: films liked by the same people, cosine with shrinkage.

    Attributes:
        shrink: Added to the norms' product, so that few common likes mean little.
        neighbours: How many neighbours of a film count.
    """

    name = "item-kNN"
    refits = frozenset({"shrink", "neighbours", "dislike", "seen"})

    def __init__(self) -> None:
        """Start in the middle of the grid."""
        super().__init__()
        self.shrink, self.neighbours = 20.0, 100.0
        self.grid = {
            "shrink": (0, 5, 20, 50, 100, 200, 500),
            "neighbours": (10, 20, 50, 100, 200, 1000, 15000),
            "seen": OTHERS,
            "dislike": OTHERS,
            "fade": FADES,
        }

    def fit(self, log: RatingLog, end: int) -> None:
        """Compare all pairs of films and keep the nearest."""
        people = self.training(log, end)
        square = (people.T @ people).toarray()
        norms = np.sqrt(square.diagonal())
        np.fill_diagonal(square, 0)
        for start in range(0, len(square), BLOCK):
            rows = square[start : start + BLOCK]
            rows /= np.outer(norms[start : start + BLOCK], norms) + np.float32(self.shrink + 1e-9)
        keep = int(self.neighbours)
        if keep < len(square):
            _keep_largest(square, keep)
        self.square = square.T  # the neighbours of the film to recommend


def _keep_largest(square: Square, keep: int) -> None:
    """Keep the largest numbers of every row; partition is slow on many zeros: leave them out."""
    for row in square:
        some = row[row != 0]
        if len(some) > keep:
            row[row < np.partition(some, len(some) - keep)[len(some) - keep]] = 0


class Ease(ItemBaseline):
    """EASE: the linear model that best rebuilds every film from the others (Steck 2019).

    Attributes:
        ridge: The penalty.
    """

    refits = frozenset({"ridge", "dislike", "seen"})

    def __init__(
        self,
        name: str = "EASE",
        *,
        ridges: Sequence[float] = (10, 30, 100, 300, 1e3, 3e3, 1e4, 3e4, 1e5),
        fading: bool = False,
    ) -> None:
        """Take likes only, or every rating and fade the old ones."""
        super().__init__()
        self.name = name
        self.ridge = 300.0
        if fading:
            self.fade, self.seen, self.dislike = 0.94, 0.5, 0.2
        rest = {"fade": FADES, "seen": OTHERS, "dislike": OTHERS} if fading else {}
        self.grid = {"ridge": ridges, **rest}

    def fit(self, log: RatingLog, end: int) -> None:
        """Solve for the square, only over films that were rated."""
        people = self.training(log, end)
        rated = np.flatnonzero(np.bincount(people.indices, minlength=people.shape[1]))
        self.square = np.zeros((people.shape[1],) * 2, dtype=np.float32)
        self.square[np.ix_(rated, rated)] = ease(people[:, rated], self.ridge)


def ease(people: "csr_array[np.float32]", ridge: float) -> Square:
    """Solve EASE in closed form.

    How it works:
        1. P is the inverse of X'X + ridge; where there are fewer people than films, of the
           smaller XX' + ridge instead (Woodbury).
        2. B = -P / diag(P), by columns, with 0 on the diagonal: no film explains itself.

    >>> likes = csr_array(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], dtype=np.float32))
    >>> ease(likes, ridge=1.0).round(2)
    array([[0.  , 0.67, 0.  ],
           [0.67, 0.  , 0.  ],
           [0.  , 0.  , 0.  ]], dtype=float32)

    Args:
        people: Weights, shape (users, movies).
        ridge: The penalty, above 0.

    Returns:
        What a row's film says about a column's film, shape (movies, movies).
    """
    users, movies = people.shape
    small = people @ people.T if users < movies else people.T @ people
    penalised = small.toarray() + ridge * np.eye(min(users, movies), dtype=np.float32)
    inverse = np.linalg.inv(penalised)
    if users < movies:
        inverse = (np.eye(movies, dtype=np.float32) - (people.T @ inverse) @ people) / ridge
    square = inverse / -inverse.diagonal()
    np.fill_diagonal(square, 0)
    return np.asarray(square, dtype=np.float32) + np.float32(0)

"""Figures of whole lists: how many of the films to find are in the top 20, 50 or 100.

One person has four films in the race; the second and the last are to be found, so the ideal
list has them at 1 and 2, this one at 1 and 3:

>>> found = ListFigures.of(scores=np.array([[0.1, 0.9, 0.5, 0.2]]),
...                        relevant=np.array([[False, True, False, True]]))
>>> found.recall(2), found.ndcg(4).round(3)       # (1 + 1/log2(4)) / (1 + 1/log2(3))
(array([0.5]), array([0.92]))
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from movieloop.data.interactions import Ints
from movieloop.replay.replay import Scores

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
LONGEST = 100


@dataclass(frozen=True, eq=False)
class ListFigures:
    """The top 100 of some people, and what of it was to be found.

    Attributes:
        hits: Whether the film at each place was to be found, shape (people, up to 100).
        wanted: How many films were to be found, shape (people,).
        top: The films at these places, rows of movies, shape (people, up to 100).
    """

    hits: Truths
    wanted: NDArray[np.int64]
    top: Ints

    @classmethod
    def of(
        cls, scores: Scores, relevant: Truths, known: Truths | None = None, *, seed: int = 0
    ) -> "ListFigures":
        """Sort the films of every person; a seeded shuffle decides ties.

        Args:
            scores: Higher = better, shape (people, movies).
            relevant: Films to be found, shape (people, movies).
            known: Films out of the race, shape (people, movies).
            seed: Of the shuffle.

        Returns:
            What the lists are worth.
        """
        shuffled = np.random.default_rng(seed).permutation(scores.shape[1])
        mixed = np.array(scores[:, shuffled], dtype=np.float64)
        if known is not None:
            mixed[known[:, shuffled]] = -np.inf
        order = np.argsort(-mixed, axis=1, kind="stable")[:, :LONGEST]
        top = shuffled[order]
        hits = np.take_along_axis(relevant, top, axis=1)
        return cls(hits, relevant.sum(axis=1), top)

    def recall(self, n: int) -> Floats:
        """Tell which share of the films to find is in the top n; n can be all there is.

        Args:
            n: How long the list is, up to 100.

        Returns:
            0 to 1, shape (people,).
        """
        return np.asarray(self.hits[:, :n].sum(axis=1) / np.maximum(np.minimum(n, self.wanted), 1))

    def ndcg(self, n: int) -> Floats:
        """Tell how high up they are: 1/log2(place + 1) each, over the ideal list's sum.

        Args:
            n: How long the list is, up to 100.

        Returns:
            0 to 1, shape (people,).
        """
        worth = 1 / np.log2(np.arange(2, n + 2))
        ideal = np.concatenate([[0], np.cumsum(worth)])[np.minimum(self.wanted, n)]
        gained = self.hits[:, :n] @ worth[: self.hits.shape[1]]
        return np.asarray(gained / np.maximum(ideal, 1e-12))


def coverage(top: Ints, movies: int) -> float:
    """Tell how much of the catalogue was ever recommended.

    >>> coverage(np.array([[0, 1], [1, 2]]), movies=6)
    0.5

    Args:
        top: The lists, rows of movies, shape (lists, n).
        movies: How many movies there are.

    Returns:
        A share.
    """
    return len(np.unique(top)) / movies


def novelty(top: Ints, likes: ArrayLike) -> float:
    """Tell how unusual the recommended films are: -log2 of their share of all likes.

    >>> novelty(np.array([[0], [1]]), likes=[5, 1])     # shares 6/8 and 2/8, one like more each
    1.207518749639422

    Args:
        top: The lists, rows of movies, shape (lists, n).
        likes: How many likes each movie has, shape (movies,).

    Returns:
        The mean in bits, higher = less known films; NaN without lists.
    """
    counts = np.asarray(likes, dtype=np.float64) + 1
    surprise = -np.log2(counts / counts.sum())
    return float(surprise[top].mean()) if top.size else float("nan")

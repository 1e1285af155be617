"""Which movies compete with the next likes: all of them, or a draw where there are many.

A softmax over 20,000 movies asks for the distance to every one of them, for every row. Most are
films few people ever choose, and say little. So each step draws rivals, popular ones more often,
and a rival drawn with the chance c stands for 1 / c movies: log(1 / c) is added to its score, and
the sum over the draw is right on average (Horvitz & Thompson 1952; for softmax Bengio & Senecal
2008).

>>> few = Rivals(np.array([90, 9, 0]), most=10, seed=0)
>>> few.draw(0)                                              # room for all: no draw, no correction
(array([0, 1, 2]), array([0., 0., 0.], dtype=float32))
>>> many = Rivals(np.arange(1000), most=100, seed=0)
>>> movies, correction = many.draw(0)
>>> bool(60 < len(movies) < 140), bool(correction[0] > correction[-1])       # rare ones count more
(True, True)
"""

import numpy as np
from numpy.typing import ArrayLike

from movieloop.data.interactions import Ints
from movieloop.model.kernels import Floats
from movieloop.taste import Vector

_FREE = 1.0  # likes every movie has, so that each has a chance


class Rivals:
    """Draws the rivals of each step."""

    def __init__(self, likes: ArrayLike, *, most: int, seed: int) -> None:
        """Give every movie its chance: in proportion to its likes, 1 at most.

        Args:
            likes: How many likes each movie has, shape (movies,).
            most: How many rivals a draw has, about.
            seed: The same seed and step give the same draw.
        """
        counted = np.asarray(likes, dtype=np.float64) + _FREE
        self._seed = seed
        self._chance = _chances(counted, most)
        self._correction = np.asarray(np.log(1 / self._chance), dtype=np.float32)

    def draw(self, step: int) -> tuple[Ints, Floats]:
        """Draw the rivals of a step.

        Args:
            step: Its number.

        Returns:
            Rows of movies in rising order, and what is added to their scores, both of shape
            (rivals,).
        """
        sure = self._chance >= 1
        if sure.all():
            return np.arange(len(sure)), self._correction
        dice = np.random.default_rng((self._seed, step)).random(len(sure))
        drawn = np.flatnonzero(dice < self._chance)
        return drawn, self._correction[drawn]


def _chances(weights: Vector, most: int) -> Vector:
    """Share out `most` chances in proportion to weights; nobody gets more than 1."""
    chances = np.ones(len(weights))
    rest = np.arange(len(weights)) if most < len(weights) else np.arange(0)
    while len(rest):
        share = weights[rest] * (most - (len(weights) - len(rest))) / weights[rest].sum()
        chances[rest] = np.minimum(share, 1.0)
        if (share <= 1).all():
            break
        rest = rest[share <= 1]  # the others are certain; what they leave is shared anew
    return chances

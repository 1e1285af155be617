"""Adam (Kingma & Ba 2015): walking down a gradient, each coordinate at a pace of its own.

A coordinate whose gradient keeps its sign walks quickly, one whose gradient wavers hardly moves.
The step falls along a cosine, and the points are averaged over the second half of the walk.

What a movie is made of: `points = shared + own`. All movies share one point; what is a movie's
own is held back (`reg`), so that few ratings move it little.

>>> walk = Adam(np.zeros((2, 1), np.float32), learning_rate=0.1, reg=0.0, steps=100)
>>> for _ in range(100):                                   # movies at 1 and 3; the start stays
...     walk.step(walk.points() - np.array([[1], [3], [0]], np.float32))
>>> walk.average().round().ravel()
array([1., 3., 0.], dtype=float32)
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from movieloop.model.kernels import Floats

_FORGET, _FORGET_SQUARE = np.float32(0.1), np.float32(0.01)
_SHARED_PACE = 0.3  # the shared point is pulled by all movies at once
_START_PACE = 3.0


class Adam:
    """The movies' own parts, the point they share, and the start, on their way."""

    def __init__(
        self,
        own: Floats,
        *,
        learning_rate: float,
        reg: float,
        steps: int,
        learns_start: bool = False,
    ) -> None:
        """Stand at the beginning.

        Args:
            own: Where the movies begin, shape (movies, d).
            learning_rate: The first step's length.
            reg: How strongly each movie is held at what all movies share (L2).
            steps: How many steps the walk will have.
            learns_start: Whether the start walks too.
        """
        self._learning_rate, self._reg, self._steps = learning_rate, np.float32(reg), steps
        self._values = np.vstack([own, np.zeros((2, own.shape[1]), np.float32)])
        self._mean = np.zeros_like(self._values)
        self._square = np.zeros_like(self._values)
        self._sum = np.zeros((len(own) + 1, own.shape[1]))
        self._pace = np.ones((len(self._values), 1), np.float32)
        self._pace[-2] = _SHARED_PACE
        self._pace[-1] = _START_PACE if learns_start else 0.0
        self.taken = 0

    def points(self) -> Floats:
        """Say where everything stands now.

        Returns:
            All movies and, in the last row, the start, shape (movies + 1, d).
        """
        points = self._values[:-2] + self._values[-2]
        return np.vstack([points, self._values[-1:]])

    def step(self, gradient: Floats) -> None:
        """Walk one step down the gradient of `points`.

        Args:
            gradient: Shape (movies + 1, d).
        """
        full = np.empty_like(self._values)
        np.multiply(self._values[:-2], self._reg, out=full[:-2])
        full[:-2] += gradient[:-1]
        full[-2] = gradient[:-1].sum(axis=0)
        full[-1] = gradient[-1]
        self.taken += 1
        self._mean += _FORGET * (full - self._mean)
        self._square += _FORGET_SQUARE * (full * full - self._square)
        falling = 0.5 * (1 + np.cos(np.pi * self.taken / self._steps))
        rate = (self._learning_rate * falling + 1e-4) / (1 - 0.9**self.taken)
        size = np.sqrt(self._square * np.float32(1 / (1 - 0.99**self.taken)))
        self._values -= self._pace * np.float32(rate) * self._mean / (size + np.float32(1e-6))
        if self.taken > self._steps / 2:
            self._sum += self.points()

    def average(self) -> Floats:
        """Average over the second half of the steps.

        Returns:
            Points as in `points`; those of now if the first half is not over.
        """
        summed = self.taken - self._steps // 2
        return (self._sum / summed).astype(np.float32) if summed > 0 else self.points()

    def state(self) -> Mapping[str, NDArray[np.generic]]:
        """Tell everything that is needed to walk on.

        >>> one, other = (Adam(np.zeros((2, 1), np.float32), learning_rate=0.1, reg=0.0, steps=9)
        ...               for _ in range(2))
        >>> one.step(np.ones((3, 1), np.float32))
        >>> other.restore(one.state())
        >>> other.taken, bool((one.points() == other.points()).all())
        (1, True)

        Returns:
            Arrays by name.
        """
        return {
            "values": self._values,
            "mean": self._mean,
            "square": self._square,
            "sum": self._sum,
            "taken": np.array(self.taken),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Go to where another walk was.

        Args:
            state: What its `state` told.
        """
        self._values, self._mean = state["values"].copy(), state["mean"].copy()
        self._square, self._sum = state["square"].copy(), state["sum"].copy()  # type: ignore[assignment]
        self.taken = int(state["taken"])

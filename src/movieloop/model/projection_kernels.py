"""Lays points of many dimensions out on a map so that neighbours stay neighbours.

The idea is that of UMAP (McInnes, Healy, Melville, 2018) in its simplest form: every film is tied
to its true nearest films; along the ties films attract each other, random others repel each other
a little, and the steps get smaller. It begins at the two main components, and everything is
seeded: one space always gives one map.
"""

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled

Doubles = NDArray[np.float64]
Rows = NDArray[np.int64]

_EPOCHS, _REPELLED = 240, 5
_A, _B = 1.58, 0.9  # the curve of attraction: films may come as near as 0.1


def begin(points: Doubles) -> Doubles:
    """Place every film by its two main components.

    >>> begin(np.array([[0.0, 0.0], [2.0, 0.0], [5.0, 0.1]])).round(0)[:, 0].tolist()
    [-9.0, -1.0, 10.0]

    Args:
        points: Shape (movies, d).

    Returns:
        Places, shape (movies, 2), from -10 to 10.
    """
    middle = points - points.mean(axis=0)
    _, vectors = np.linalg.eigh(middle.T @ middle)
    axes = vectors[:, -1:-3:-1] if points.shape[1] > 1 else np.array([[1.0, 0.0]])
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(2)])
    places = middle @ axes
    return np.asarray(10.0 * places / max(float(np.abs(places).max()), 1e-12))


@compiled(nogil=True)
def settle(places: Doubles, neighbours: Rows, seed: int) -> None:
    """Let neighbours attract and others repel each other until the map has settled.

    >>> places = np.array([[-1.0, 0.0], [1.0, 0.0], [9.0, 0.0]])
    >>> settle(places, np.array([[1], [0], [1]]), 0)
    >>> bool(np.isfinite(places).all())
    True

    Args:
        places: Is changed, shape (movies, 2).
        neighbours: The true nearest films of every film, shape (movies, k).
        seed: For the random others.
    """
    np.random.seed(seed)
    movies, k = neighbours.shape
    for epoch in range(_EPOCHS):
        step = 1.0 - epoch / _EPOCHS
        for i in range(movies):
            for n in range(k):
                j = neighbours[i, n]
                dx, dy = places[i, 0] - places[j, 0], places[i, 1] - places[j, 1]
                near = dx * dx + dy * dy
                if near > 0.0:
                    pull = -2.0 * _A * _B * near ** (_B - 1.0) / (1.0 + _A * near**_B)
                    px = min(max(pull * dx, -4.0), 4.0) * step
                    py = min(max(pull * dy, -4.0), 4.0) * step
                    places[i, 0] += px
                    places[i, 1] += py
                    places[j, 0] -= px
                    places[j, 1] -= py
            for _ in range(_REPELLED):
                j = np.random.randint(movies)
                if j == i:
                    continue
                dx, dy = places[i, 0] - places[j, 0], places[i, 1] - places[j, 1]
                near = dx * dx + dy * dy
                push = 2.0 * _B * k / _REPELLED / ((0.001 + near) * (1.0 + _A * near**_B))
                places[i, 0] += min(max(push * dx, -4.0), 4.0) * step
                places[i, 1] += min(max(push * dy, -4.0), 4.0) * step

"""Where training begins: an SVD of who liked what.

Films liked by the same people point the same way. Popular films are scaled down, else the first
coordinate would be popularity, which has its own. Found by random projections (Halko et al.
2011): multiply a few random vectors by the matrix again and again, and they turn to where it is
strongest.

>>> from movieloop.model.embeddings import Memory
>>> log = RatingLog.of(users=[u for u in range(10) for _ in "ab"],
...                    movies=[m for u in range(10) for m in ([1, 2] if u % 2 else [3, 4])],
...                    ratings=[1] * 20, times=range(20))
>>> random = np.random.default_rng(0)
>>> places = initial_points(log, Hyperparameters("tiny", (Memory("slow", 2),), spread=0.05), random)
>>> stack, apart = np.abs(places[0] - places[1]).sum(), np.abs(places[0] - places[2]).sum()
>>> bool(stack < apart)
True
"""

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.model.kernels import Floats
from movieloop.taste import Matrix
from movieloop.training.hyperparameters import Hyperparameters

_TURNS = 4
_SPARE = 8  # vectors more than asked for
_NOISE = 0.3


def initial_points(past: RatingLog, plan: Hyperparameters, rng: np.random.Generator) -> Floats:
    """Place the movies near the origin, those liked by the same people near each other.

    Args:
        past: The ratings.
        plan: How many coordinates, and how far from the origin.
        rng: Draws.

    Returns:
        Points, shape (movies, d).
    """
    likes = past.rating == LIKED
    shape = (past.users, len(past.movie_ids))
    pairs = (past.user[likes], past.movie[likes])
    matrix = csr_array((np.ones(int(likes.sum()), np.float32), pairs), shape=shape)
    matrix.data[:] = 1.0
    popularity = np.asarray(matrix.sum(axis=0)).ravel()
    matrix = csr_array(matrix.multiply(1 / np.sqrt(popularity + 10)[None, :]))
    sizes = [memory.size for memory in plan.memories]
    places = _factors(matrix, max(sizes), rng)
    places /= np.abs(places).mean() + 1e-12
    blocks = np.concatenate([places[:, :size] for size in sizes], axis=1) * plan.spread
    noise = rng.normal(size=blocks.shape) * plan.spread * _NOISE
    return np.asarray(blocks + noise, dtype=np.float32)


def _factors(matrix: csr_array, count: int, rng: np.random.Generator) -> Matrix:
    """Find the strongest directions of the columns, each as long as it is strong."""
    width = min(count + _SPARE, *matrix.shape)
    turned = rng.normal(size=(matrix.shape[1], width))
    for _ in range(_TURNS):
        turned = _upright(matrix.T @ (matrix @ turned))
    small = matrix @ turned
    strengths, directions = np.linalg.eigh(small.T @ small)
    order = np.argsort(-strengths)[:count]
    places = np.zeros((matrix.shape[1], count))
    strength = np.sqrt(np.maximum(strengths[order], 0.0))
    places[:, : len(order)] = turned @ directions[:, order] * strength
    return places


def _upright(columns: Matrix) -> Matrix:
    """Turn columns until they stand at right angles, all of length 1; what has none stays 0."""
    # A QR would do the same, but waits for all cores at every column, and they may be busy.
    squares, axes = np.linalg.eigh(columns.T @ columns)
    there = squares > squares[-1] * 1e-10
    lengths = np.sqrt(np.where(there, squares, 1.0))
    return np.asarray(columns @ (axes * there / lengths))

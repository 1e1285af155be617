"""The compiled inner loops of serving: scanning distances, folding histories.

What they compute is said plainly elsewhere, and tested against that: `scan` is
`taste.manhattan_distance`, `fold` is `taste.learn` to the last bit. Numba compiles them once and
keeps the result on disk.
"""

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled, prange

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


STRIP = 1024  # movies whose distances stay in the processor's first cache


@compiled()
def add_gaps(distances: Floats, column: Floats, here: float) -> None:
    """Add the gaps of one coordinate, from here to every movie, to their distances.

    >>> distances = np.zeros(2, np.float32)
    >>> add_gaps(distances, np.array([5, 1], np.float32), np.float32(3))
    >>> distances
    array([2., 2.], dtype=float32)

    Args:
        distances: Is added to, shape (movies,).
        column: Where the movies stand in that coordinate, shape (movies,).
        here: Where the profile stands.
    """
    for j in range(len(distances)):
        distances[j] += abs(here - column[j])


@compiled(parallel=True)
def scan(profiles: Floats, columns: Floats, out: Floats) -> None:
    """Measure the Manhattan distance of every profile to every movie.

    Coordinate by coordinate, many movies at once, so that every sum has one order: a compiler that
    may choose it does not always choose the same.

    >>> out = np.empty((1, 2), np.float32)
    >>> scan(np.array([[3, 3]], np.float32), np.array([[5, 0], [1, 5]], np.float32), out)
    >>> out
    array([[4., 5.]], dtype=float32)

    Args:
        profiles: Shape (profiles, d).
        columns: The movies' coordinates, shape (d, movies).
        out: Is filled, shape (profiles, movies).
    """
    for i in prange(len(profiles)):
        for first in range(0, columns.shape[1], STRIP):
            last = min(first + STRIP, columns.shape[1])
            strip = out[i, first:last]
            strip[:] = 0
            for d in range(len(columns)):
                add_gaps(strip, columns[d, first:last], profiles[i, d])


@compiled()
def rate_of(rating: int, likes: int, speed: NDArray[np.float64]) -> float:
    """Give the share of the way to a movie that an opinion moves a memory; below 0 = away.

    >>> rate_of(1, 0, np.array([0.0, 1.0, 0.5, 0.2, 1.0]))
    0.5

    Args:
        rating: 1 like, 0 dislike, -1 seen.
        likes: How many likes came before.
        speed: One row of `embeddings.speeds_of`.

    Returns:
        The signed rate.
    """
    rate = 1.0 / (likes + 1.0 + speed[4])
    rate = min(max(rate, speed[0]), speed[1])
    if rating == 0:
        return float(-rate * speed[2])
    return float(rate * speed[3] if rating == -1 else rate)


@compiled()
def fold(
    profile: NDArray[np.float64],
    points: NDArray[np.float64],
    movies: Ints,
    ratings: NDArray[np.int8],
    likes: int,
    blocks: Ints,
    speeds: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> int:
    """Fold a history into a profile, walls and all: `taste.learn`, compiled.

    >>> profile, points = np.zeros(1), np.array([[0.0], [4.0]])
    >>> fold(profile, points, np.array([1, 1]), np.array([1, 1], np.int8), 0, np.array([0, 1]),
    ...      np.array([[0.0, 1.0, 0.5, 0.2, 1.0]]), np.zeros(1), np.full(1, 4.0)), profile.round(2)
    (2, array([2.67]))

    Args:
        profile: Is moved, shape (d,).
        points: All movies, shape (movies, d).
        movies: The row of the movie of every event, oldest first.
        ratings: 1 like, 0 dislike, -1 seen, shape (events,).
        likes: How many likes `profile` has learned.
        blocks: See `embeddings.blocks_of`.
        speeds: See `embeddings.speeds_of`.
        low: The walls of dislikes, shape (d,).
        high: The walls on the other side.

    Returns:
        How many likes the profile has learned now.
    """
    for i in range(len(movies)):
        for k in range(len(speeds)):
            rate = rate_of(ratings[i], likes, speeds[k])
            for d in range(blocks[k], blocks[k + 1]):
                profile[d] += rate * (points[movies[i], d] - profile[d])
                if ratings[i] == 0:
                    profile[d] = min(max(profile[d], low[d]), high[d])
        if ratings[i] == 1:
            likes += 1
    return likes

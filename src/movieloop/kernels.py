"""The compiled inner loops: scanning distances, and the gradient training follows.

The only clever code of movieloop. What it computes is said plainly elsewhere, and tested
against that: `scan` is `taste.manhattan_distance`, `fold_weights` unrolls `taste.learn`, `fold`
is `taste.learn`, `gradients` is the derivative of the loss that `training` tells of. Numba
compiles them once and keeps the result on disk; rows are dealt to a fixed number of workers, so
sums do not depend on the machine's number of cores.
"""

import math
from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

WORKERS = 4  # buffers of partial sums; more than two cores share them too
_REST_LIMIT = 3.0  # the start's weight after many dislikes, where serving has its walls
_RULED_OUT = np.float32(-1e30)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@njit(parallel=True, fastmath=True, cache=True)
def scan(profiles: Floats, points: Floats, out: Floats) -> None:
    """Measure the Manhattan distance of every profile to every movie.

    >>> out = np.empty((1, 2), np.float32)
    >>> scan(np.array([[3, 3]], np.float32), np.array([[5, 1], [0, 5]], np.float32), out)
    >>> out
    array([[4., 5.]], dtype=float32)

    Args:
        profiles: Shape (profiles, d).
        points: Shape (movies, d).
        out: Is filled, shape (profiles, movies).
    """
    for i in prange(len(profiles)):
        for j in range(len(points)):
            distance = np.float32(0)
            for d in range(points.shape[1]):
                distance += abs(profiles[i, d] - points[j, d])
            out[i, j] = distance


@njit(cache=True)
def rate_of(rating: int, likes: int, speed: NDArray[np.float64]) -> float:
    """Give the share of the way to a movie that an opinion moves a memory; below 0 = away.

    >>> rate_of(1, 0, np.array([0.0, 1.0, 0.5, 0.2, 1.0]))
    0.5

    Args:
        rating: 1 like, 0 dislike, -1 seen.
        likes: How many likes came before.
        speed: One row of `plans.speeds_of`.

    Returns:
        The signed rate.
    """
    rate = 1.0 / (likes + 1.0 + speed[4])
    rate = min(max(rate, speed[0]), speed[1])
    if rating == 0:
        return float(-rate * speed[2])
    return float(rate * speed[3] if rating == -1 else rate)


@njit(cache=True)
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
        blocks: See `plans.blocks_of`.
        speeds: See `plans.speeds_of`.
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


@njit(cache=True)
def fold_weights(
    ratings: NDArray[np.int8],
    begin: int,
    end: int,
    speeds: NDArray[np.float64],
    weights: Floats,
    start_weight: Floats,
) -> None:
    """Unroll the fold of a history: a profile is a weighted sum of the movies and the start.

    Every opinion moves p to p + a (m - p), so its movie gets the weight a times all later
    (1 - a), and what is left belongs to the start. Walls are not part of it.

    >>> speeds = np.array([[0.0, 1.0, 0.5, 0.2, 1.0]])    # one slow memory
    >>> weights, start = np.empty((2, 1), np.float32), np.empty(1, np.float32)
    >>> fold_weights(np.array([1, 1], np.int8), 0, 2, speeds, weights, start)
    >>> weights.T.round(2), start.round(2)                          # three alike
    (array([[0.33, 0.33]], dtype=float32), array([0.33], dtype=float32))

    Args:
        ratings: 1 like, 0 dislike, -1 seen.
        begin: The history's first event in `ratings`.
        end: The event after its last.
        speeds: See `plans.speeds_of`.
        weights: Is filled, shape (events or more, memories).
        start_weight: Is filled, shape (memories,).
    """
    likes = 0
    for i in range(begin, end):
        for k in range(len(speeds)):
            weights[i - begin, k] = rate_of(ratings[i], likes, speeds[k])
        if ratings[i] == 1:
            likes += 1
    for k in range(len(speeds)):
        rest = 1.0
        for i in range(end - begin - 1, -1, -1):
            rate = weights[i, k]
            weights[i, k] = rate * rest
            rest = min(rest * (1.0 - rate), _REST_LIMIT)
        start_weight[k] = rest


@njit(parallel=True, fastmath=True, cache=True)
def gradients(
    points: Floats,
    blocks: Ints,
    speeds: NDArray[np.float64],
    movies: Ints,
    ratings: NDArray[np.int8],
    begins: Ints,
    cuts: Ints,
    ends: Ints,
    targets: int,
    popularity: Floats,
    moment: Ints,
    out: Floats,
    losses: NDArray[np.float64],
) -> None:
    """Add up the loss of a batch of rows and its gradient.

    How it works, for one row, that is one history cut in two:
        1. The profile is the fold of the events before the cut.
        2. A movie scores its log popularity minus (distance to the profile - distance to the
           origin); rated movies are out.
        3. The loss is the cross-entropy between softmax(scores) and the next likes, unless
           they were rated before.
        4. Its gradient flows to the points, and through the profile to the points it was
           folded from and to the start.

    Args:
        points: All movies, and the start in the last row, shape (movies + 1, d).
        blocks: See `plans.blocks_of`.
        speeds: See `plans.speeds_of`.
        movies: The row of the movie of every event, users one after the other.
        ratings: The rating of every event.
        begins: Each row's first event.
        cuts: The event each row is cut before.
        ends: The event after each row's last one.
        targets: How many of the next likes are to be found.
        popularity: Log popularity at some moments, shape (moments, movies).
        moment: Which of these moments each row is at.
        out: Is filled with partial gradients, shape (WORKERS, movies + 1, d).
        losses: Is filled with partial losses, shape (WORKERS,).
    """
    count, size, memories = points.shape[0] - 1, points.shape[1], len(speeds)
    longest = 1
    for row in range(len(cuts)):
        longest = max(longest, cuts[row] - begins[row])
    for worker in prange(WORKERS):
        gradient = out[worker]
        gradient[:] = 0
        reach, spent = np.zeros(count, np.float32), np.zeros(count, np.float32)
        for j in range(count):
            for d in range(size):
                reach[j] += abs(points[j, d])
        profile, pulled = np.empty(size, np.float32), np.empty(size, np.float32)
        scores = np.empty(count, np.float32)
        wanted = np.empty(targets, np.int64)
        weights = np.empty((longest, memories), np.float32)
        start_weight = np.empty(memories, np.float32)
        total = 0.0
        for row in range(worker, len(cuts), WORKERS):
            begin, cut = begins[row], cuts[row]
            fold_weights(ratings, begin, cut, speeds, weights, start_weight)
            for k in range(memories):
                for d in range(blocks[k], blocks[k + 1]):
                    profile[d] = start_weight[k] * points[count, d]
            for h in range(begin, cut):
                for k in range(memories):
                    weight, movie = weights[h - begin, k], movies[h]
                    for d in range(blocks[k], blocks[k + 1]):
                        profile[d] += weight * points[movie, d]
            for j in range(count):
                distance = np.float32(0)
                for d in range(size):
                    distance += abs(profile[d] - points[j, d])
                scores[j] = popularity[moment[row], j] - distance + reach[j]
            for h in range(begin, cut):
                scores[movies[h]] = _RULED_OUT
            found = 0
            for q in range(cut, ends[row]):
                if ratings[q] == 1 and scores[movies[q]] > _RULED_OUT and found < targets:
                    wanted[found] = movies[q]
                    found += 1
            if found == 0:
                continue
            best = _RULED_OUT
            for j in range(count):
                best = max(best, scores[j])
            mass = np.float32(0)
            for j in range(count):
                scores[j] = math.exp(scores[j] - best)
                mass += scores[j]
            for i in range(found):
                total -= math.log(scores[wanted[i]] / mass + 1e-30) / found
            # scores become the derivative of -loss by score: target minus probability
            for j in range(count):
                scores[j] *= -1 / mass
            for i in range(found):
                scores[wanted[i]] += np.float32(1.0 / found)
            pulled[:] = 0
            for j in range(count):
                slope = scores[j]
                if abs(slope) < 1e-5:  # noqa: PLR2004 - too small to move anything
                    continue
                spent[j] += slope
                for d in range(size):
                    side = slope if profile[d] > points[j, d] else -slope
                    pulled[d] += side
                    gradient[j, d] -= side
            for h in range(begin, cut):
                for k in range(memories):
                    weight, movie = weights[h - begin, k], movies[h]
                    for d in range(blocks[k], blocks[k + 1]):
                        gradient[movie, d] += weight * pulled[d]
            for k in range(memories):
                for d in range(blocks[k], blocks[k + 1]):
                    gradient[count, d] += start_weight[k] * pulled[d]
        for j in range(count):  # the distance to the origin grows with the point
            for d in range(size):
                gradient[j, d] -= spent[j] if points[j, d] > 0 else -spent[j]
        losses[worker] = total


def warm(functions: tuple[Any, ...] = (scan,)) -> None:
    """Load the compiled code, so that the first user does not wait for it.

    Args:
        functions: Which to call once.
    """
    tiny = np.zeros((1, 1), np.float32)
    for function in functions:
        function(tiny, tiny, np.empty((1, 1), np.float32))

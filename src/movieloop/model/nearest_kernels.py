"""The compiled half of `search`: differences of bytes, and the rows that can still win.

What `search` explains and proves is only computed here; `differences` makes the innermost sum.
Numba compiles each width once and keeps the result on disk.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled
from movieloop.model.nearest_sad import CHUNK, differences_of

__all__ = ["BLOCK", "CHUNK", "ROUNDING", "contenders", "encode", "exact", "nearer", "scores_of"]

BLOCK = 64  # rows that share a minimum
ROUNDING = 1e-12  # the share by which two sums of the same doubles may differ, with room
_MOST = 2**31 - 1

Bytes = NDArray[np.uint8]
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int32]
Rows = NDArray[np.int64]


@cache
def scores_of(width: int) -> Callable[..., None]:
    """Make the kernel that scores all rows of `width` bytes.

    The kernel takes codes of shape (movies, width), those of the profiles, shape (profiles, width),
    the frozen coordinate of every movie and of every profile in steps. It fills the scores, shape
    (profiles, movies), and the lowest score of every block of rows, shape (profiles, blocks). A
    block is read once for all profiles.

    >>> codes = np.zeros((2, 32), np.uint8)
    >>> codes[1, :3] = 5, 1, 2
    >>> scores, lowest, at = np.empty((1, 2), np.int32), np.empty((1, 1), np.int32), np.int32([0])
    >>> scores_of(32)(codes, codes[:1], np.array([3, 0], np.int32), at, scores, lowest)
    >>> scores, lowest
    (array([[3, 8]], dtype=int32), array([[3]], dtype=int32))

    Args:
        width: Bytes a row, a multiple of CHUNK.

    Returns:
        The kernel.
    """
    differences = differences_of(width)

    @compiled(nogil=True)
    def scores_of_rows(
        codes: Bytes, profiles: Bytes, frozen: Ints, at: Ints, scores: Ints, lowest: Ints
    ) -> None:
        rows = len(codes)
        for block in range(lowest.shape[1]):
            for who in range(len(profiles)):
                stand, profile, least = at[who], profiles[who], np.int32(_MOST)
                # Unsigned row numbers spare the check for negative ones.
                for i in range(
                    np.uint64(block * BLOCK), np.uint64(min(block * BLOCK + BLOCK, rows))
                ):
                    score = np.int32(
                        differences(codes, i, profile) + np.int32(abs(np.int32(frozen[i] - stand)))
                    )
                    scores[who, i] = score
                    least = min(least, score)
                lowest[who, block] = least

    return scores_of_rows


@compiled(nogil=True, fastmath=True)
def exact(profile: Doubles, points: Doubles, row: int) -> float:
    """Add up one distance in double precision, coordinate by coordinate.

    >>> exact(np.array([3.0, 3.0]), np.array([[5.0, 1.0]]), 0)
    4.0

    Args:
        profile: Shape (d,).
        points: Shape (movies, d).
        row: Which movie.

    Returns:
        The distance; its last bits depend on the order of the sum.
    """
    distance = 0.0
    for d in range(points.shape[1]):
        distance += abs(points[row, d] - profile[d])
    return distance


@compiled(nogil=True)
def _replace_top(heap: NDArray[Any], rows: Rows, value: float, row: int) -> None:
    """Put a value, and its row, in the place of the largest one of a heap, largest first."""
    hole, size = 0, len(heap)
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] > heap[child]:
            child += 1
        if heap[child] <= value:
            break
        heap[hole], rows[hole] = heap[child], rows[child]
        hole = child
    heap[hole], rows[hole] = value, row


@compiled(nogil=True)
def encode(
    profile: Doubles, low: Doubles, high: Doubles, step: float, codes: Bytes
) -> tuple[float, float]:
    """Code a profile, moved within the range of the movies.

    >>> codes = np.zeros(2, np.uint8)
    >>> encode(np.array([7.0, 1.2]), np.zeros(2), np.array([5.0, 5.0]), 0.5, codes), codes
    ((2.0, 0.19999999999999996), array([10,  2], dtype=uint8))

    Args:
        profile: Shape (d,) or longer.
        low: The lowest value of every coordinate, shape (d,).
        high: The highest.
        step: The size of one step.
        codes: Is filled, shape (d,) or longer.

    Returns:
        How far the profile was moved, and by how much its codes are off in all.
    """
    moved, error = 0.0, 0.0
    for d in range(len(low)):
        inside = min(max(profile[d], low[d]), high[d])
        code = np.rint((inside - low[d]) / step)
        codes[d] = np.uint8(code)
        moved += abs(profile[d] - inside)
        error += abs(inside - (low[d] + code * step))
    return moved, error


@compiled(nogil=True)
def contenders(
    profile: Doubles,
    points: Doubles,
    allowed: Flags,
    scores: Ints,
    lowest: Ints,
    n: int,
    moved: float,
    step: float,
    reach: float,
    found: Rows,
) -> int:
    """Find the rows that can be among the n nearest.

    How it works:
        1. A heap finds the n allowed rows of the lowest scores; blocks above them are skipped.
        2. They are measured: the n nearest of all are no farther than the farthest of them,
           and that rules out nearly all other rows by their score.
        3. The rest is measured too. Who is, but for the last bits, no farther than the n-th
           nearest is a contender.

    >>> points = np.array([[5.0], [1.0], [3.0]])
    >>> scores, found = np.array([2, 2, 0], np.int32), np.empty(3, np.int64)
    >>> count = contenders(np.array([3.1]), points, np.ones(3, np.bool_), scores,
    ...                    np.zeros(1, np.int32), 2, 0.0, 1.0, 0.5, found)
    >>> found[:count]                             # row 1 is 2.1 away, row 0 only 1.9
    array([0, 2])

    Args:
        profile: Shape (d,).
        points: Shape (movies, d).
        allowed: Which rows may be found, shape (movies,).
        scores: How far every row is, roughly, in steps.
        lowest: The lowest score of every block.
        n: How many are asked for, 1 or more.
        moved: What every distance has on top of its score.
        step: What one step is worth.
        reach: By how much a distance may differ from `moved + step * score`.
        found: Is filled with rows in ascending order, shape (movies,).

    Returns:
        How many rows were found: n, a few more, or all that are allowed.
    """
    rows = len(scores)
    heap, holders = np.full(n, _MOST, np.int32), np.full(n, -1, np.int64)
    for block in range(len(lowest)):
        if lowest[block] < heap[0]:
            for i in range(block * BLOCK, min(block * BLOCK + BLOCK, rows)):
                if scores[i] < heap[0] and allowed[i]:
                    _replace_top(heap, holders, scores[i], i)
    farthest = 0.0
    for j in range(n):
        farthest = max(farthest, exact(profile, points, holders[j]) if holders[j] >= 0 else np.inf)
    limit = np.int32(min((farthest - moved + reach) / step + 1.0, _MOST))
    count = 0
    for block in range(len(lowest)):
        if lowest[block] <= limit:
            for i in range(np.uint64(block * BLOCK), np.uint64(min(block * BLOCK + BLOCK, rows))):
                found[count] = i
                count += (scores[i] <= limit) & allowed[i]
    nearest, measured = np.full(n, np.inf), np.empty(count, np.float64)
    for j in range(count):
        measured[j] = exact(profile, points, found[j])
        if measured[j] < nearest[0]:
            _replace_top(nearest, holders, measured[j], found[j])
    kept = 0
    for j in range(count):
        if measured[j] <= nearest[0] * (1.0 + ROUNDING):
            found[kept] = found[j]
            kept += 1
    return kept


@compiled(nogil=True)
def nearer(
    profile: Doubles,
    points: Doubles,
    allowed: Flags,
    scores: Ints,
    lowest: Ints,
    distance: float,
    moved: float,
    step: float,
    reach: float,
    level: Rows,
) -> tuple[int, int]:
    """Count the rows nearer than a distance; tell which are too close to call.

    >>> points, level = np.array([[5.0], [1.0], [3.0]]), np.empty(3, np.int64)
    >>> nearer(np.array([3.0]), points, np.ones(3, np.bool_), np.array([2, 2, 0], np.int32),
    ...        np.zeros(1, np.int32), 2.0, 0.0, 1.0, 0.5, level), level[:2]
    ((1, 2), array([0, 1]))

    Args:
        profile: Shape (d,).
        points: Shape (movies, d).
        allowed: Which rows count, shape (movies,).
        scores: How far every row is, roughly, in steps.
        lowest: The lowest score of every block.
        distance: The distance to compare with.
        moved: What every distance has on top of its score.
        step: What one step is worth.
        reach: By how much a distance may differ from `moved + step * score`.
        level: Is filled with the rows too close to call, shape (movies,).

    Returns:
        How many rows are nearer for certain, and how many are too close to call.
    """
    count, equal = 0, 0
    low, high = (distance - moved - reach) / step, (distance - moved + reach) / step
    for block in range(len(lowest)):
        if lowest[block] > high:
            continue
        for i in range(block * BLOCK, min(block * BLOCK + BLOCK, len(scores))):
            if scores[i] > high or not allowed[i]:
                continue
            if scores[i] < low:
                count += 1
                continue
            far = exact(profile, points, i)
            if far < distance * (1.0 - ROUNDING):
                count += 1
            elif far <= distance * (1.0 + ROUNDING):
                level[equal] = i
                equal += 1
    return count, equal

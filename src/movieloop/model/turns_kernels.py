"""The compiled half of `turns`: the films somebody may pick, in two walks over all of them."""

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled
from movieloop.model.nearest_kernels import BLOCK, ROUNDING

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int32]
Rows = NDArray[np.int64]


@compiled(nogil=True)
def _figure(scores: Ints, who: int, place: int, own: float, others: float) -> float:
    """Weigh somebody's score of one film, or of the best of a block, and everybody's."""
    total = 0.0
    for other in range(len(scores)):
        total += scores[other, place]
    return float(own * scores[who, place] + others * total)


@compiled(nogil=True)
def pickable(
    scores: Ints,
    lowest: Ints,
    allowed: Flags,
    n: int,
    fairness: float,
    apart: Doubles,
    found: Rows,
) -> int:
    """Find the films that may be among the n first of anybody.

    How it works:
        1. The n lowest figures of everybody are kept, in order; hardly a film comes among them.
        2. Whatever is no farther than somebody's n-th by more than may be wrong is found.
        3. The lowest scores of a block bound the figures of its films from below, so both walks
           pass over nearly all blocks.

    >>> scores, found = np.array([[1, 2, 9], [9, 3, 9]], np.int32), np.empty(3, np.int64)
    >>> count = pickable(scores, scores.min(axis=1, keepdims=True), np.ones(3, np.bool_), 1, 1.0,
    ...                  np.full(2, 0.1), found)
    >>> found[:count]
    array([0, 1])

    Args:
        scores: How far every film is from everybody, roughly, in steps, shape (people, films).
        lowest: The lowest score of every block of films, shape (people, blocks).
        allowed: Which films may be picked, shape (films,).
        n: How many are picked, 1 or more.
        fairness: How much the own score counts, 0 to 1; the rest counts the mean.
        apart: By how many steps two figures of somebody may be wrong together, shape (people,).
        found: Is filled with rows in ascending order, shape (films,).

    Returns:
        How many rows were found.
    """
    people, films = scores.shape
    others = (1.0 - fairness) / people
    limits = np.full(people, np.inf)
    nearest = np.full((people, n), np.inf)
    for block in range(lowest.shape[1]):
        if not _any_within(lowest, block, fairness, others, limits):
            continue
        for film in range(block * BLOCK, min(block * BLOCK + BLOCK, films)):
            if not allowed[film]:
                continue
            for who in range(people):
                figure = _figure(scores, who, film, fairness, others)
                if figure < nearest[who, n - 1]:
                    place = n - 1
                    while place > 0 and nearest[who, place - 1] > figure:
                        nearest[who, place] = nearest[who, place - 1]
                        place -= 1
                    nearest[who, place] = figure
                    limits[who] = nearest[who, n - 1]
    for who in range(people):
        limits[who] = limits[who] * (1.0 + ROUNDING) + apart[who]
    count = 0
    for block in range(lowest.shape[1]):
        if not _any_within(lowest, block, fairness, others, limits):
            continue
        for film in range(block * BLOCK, min(block * BLOCK + BLOCK, films)):
            found[count] = film
            count += allowed[film] and _any_within(scores, film, fairness, others, limits)
    return count


@compiled(nogil=True)
def _any_within(scores: Ints, place: int, own: float, others: float, limits: Doubles) -> bool:
    """Tell whether a film, or the best of a block, may be within anybody's limit."""
    for who in range(len(scores)):
        if _figure(scores, who, place, own, others) <= limits[who]:
            return True
    return False

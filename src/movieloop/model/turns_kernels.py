"""The compiled half of `turns`: the films somebody may pick, in two walks over all of them."""

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]


@compiled(nogil=True)
def pickable(
    rough: Doubles, allowed: Flags, n: int, fairness: float, apart: Doubles, found: Rows
) -> int:
    """Find the films that may be among the n first of anybody.

    How it works:
        1. The n lowest figures of everybody are kept, in order; hardly a film comes among them.
        2. Whatever is no farther than somebody's n-th by more than may be wrong is found.

    >>> rough, found = np.array([[1.0, 2.0, 9.0], [9.0, 2.5, 9.0]]), np.empty(3, np.int64)
    >>> count = pickable(rough, np.ones(3, np.bool_), 1, 1.0, np.full(2, 0.1), found)
    >>> found[:count]
    array([0, 1])

    Args:
        rough: How far every film is from everybody, roughly, shape (people, films).
        allowed: Which films may be picked, shape (films,).
        n: How many are picked, 1 or more.
        fairness: How much the own distance counts, 0 to 1; the rest counts the mean.
        apart: By how much two figures of somebody may be wrong together, shape (people,).
        found: Is filled with rows in ascending order, shape (films,).

    Returns:
        How many rows were found.
    """
    people, films = rough.shape
    lowest = np.full((people, n), np.inf)
    shared = np.empty(films)
    for film in range(films):
        total = 0.0
        for who in range(people):
            total += rough[who, film]
        shared[film] = (1.0 - fairness) * total / people
        if not allowed[film]:
            continue
        for who in range(people):
            figure = fairness * rough[who, film] + shared[film]
            if figure < lowest[who, n - 1]:
                place = n - 1
                while place > 0 and lowest[who, place - 1] > figure:
                    lowest[who, place] = lowest[who, place - 1]
                    place -= 1
                lowest[who, place] = figure
    count = 0
    for film in range(films):
        near = False
        for who in range(people):
            figure = fairness * rough[who, film] + shared[film]
            near |= figure <= lowest[who, n - 1] + apart[who]
        found[count] = film
        count += near and allowed[film]
    return count

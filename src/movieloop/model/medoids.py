"""The several tastes of one person: the films that stand best for all they like.

A *medoid* is the member of a group that is nearest to all others of it; k of them divide the likes
into k groups (k-medoids by building and swapping, Kaufman and Rousseeuw, *Finding Groups in Data*,
1990), by Manhattan distance.

>>> likes = np.array([[0.0], [0.2], [0.1], [5.0], [5.2]])
>>> found = Medoids.of(likes, k=2)
>>> found.rows.tolist(), found.sizes.tolist()       # the film in the middle of each group
([2, 3], [3, 2])
>>> found.reach.round(2).tolist()                   # half of its likes are as near as that
[0.1, 0.2]
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from movieloop.taste import Matrix, Rows, Vector, manhattan_distance

MOST = 4  # groups
LOOKED_AT = 200  # likes; the newest say who somebody is
_ALONE = 0.7  # how far a like without company reaches, as a share of the way to the next medoid
_ROUNDS = 20


@dataclass(frozen=True, eq=False)
class Medoids:
    """Likes in groups, the largest first.

    Attributes:
        rows: Which likes are the medoids, shape (k,).
        reach: How far from its medoid a film still is of the group: as far as the nearer half of
            its other likes; for a like without company .7 of the way to the next medoid; 0 where
            there is neither. Shape (k,).
        sizes: How many likes each group has, shape (k,).
    """

    rows: Rows
    reach: Vector
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, likes: Matrix, *, k: int = MOST) -> Self:
        """Divide likes into groups.

        How it works:
            1. Build: take the like that is nearest to all, then always the one that shortens the
               ways of all likes to their nearest medoid most.
            2. Swap: as long as another like in a medoid's place shortens them further, make the
               best swap.

        Args:
            likes: Points of liked films, the newest last, shape (likes, d); only the newest 200
                count.
            k: How many groups at most, 1 or more.

        Returns:
            The groups; fewer than k where fewer films are liked or some stand at one point.
        """
        first = max(0, len(likes) - LOOKED_AT)
        far = _distances(likes[first:])
        chosen = _swapped(far, _built(far, k))
        if not chosen:
            return cls(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))
        ways = far[chosen]
        group = np.argmin(ways, axis=0)
        sizes = np.bincount(group, minlength=len(chosen))
        reach = np.zeros(len(chosen))
        for i, medoid in enumerate(chosen):
            company = ways[i][(group == i) & (ways[i] > 0.0)]
            others = [far[medoid, other] for other in chosen if other != medoid]
            if len(company):
                reach[i] = np.median(company)
            elif others:
                reach[i] = _ALONE * min(others)
        order = np.argsort(-sizes, kind="stable")
        return cls(first + np.array(chosen)[order], reach[order], sizes[order])


def _distances(points: Matrix) -> Matrix:
    if not len(points):
        return np.zeros((0, 0))
    return np.stack([manhattan_distance(point, points) for point in points])


def _built(far: Matrix, k: int) -> list[int]:
    chosen: list[int] = []
    way = np.full(len(far), np.inf)
    while len(chosen) < min(k, len(far)):
        sums = np.minimum(way, far).sum(axis=1)
        best = int(np.argmin(sums))
        if chosen and sums[best] >= way.sum():
            break  # every other like stands where a medoid stands
        chosen.append(best)
        way = np.minimum(way, far[best])
    return chosen


def _swapped(far: Matrix, chosen: list[int]) -> list[int]:
    for _ in range(_ROUNDS if chosen else 0):
        tries = []
        for place in range(len(chosen)):
            rest = chosen[:place] + chosen[place + 1 :]
            without = far[rest].min(axis=0) if rest else np.full(len(far), np.inf)
            sums = np.minimum(without, far).sum(axis=1)
            tries.append((float(sums.min()), place, int(np.argmin(sums))))
        cost, place, best = min(tries)
        if cost >= far[chosen].min(axis=0).sum() - 1e-12:
            break
        chosen[place] = best
    return chosen

"""A list for several people: they take turns.

The mean of the distances forgets whoever is unlike the others, and the smallest largest distance -
"least misery" - finds films that nobody likes much: docs/learning.md has figures. So everybody has
a turn in each round, and picks the film with the smallest

    fairness * own distance + (1 - fairness) * mean distance of all

With fairness 0 that is one list by the mean, with 1 everybody thinks of themselves. In a round
whoever's pick costs the group least goes first, so the first film is the one to watch together.

>>> distances = np.array([[1.0, 2.0, 5.0, 9.0],
...                       [9.0, 5.0, 2.5, 1.0]])
>>> in_turns(distances, n=3, fairness=0.5)       # film 1 for the first, film 3 for the second ...
[(1, 0), (3, 1), (2, 1)]
>>> in_turns(distances, n=2, fairness=1.0)
[(0, 0), (3, 1)]
"""

from collections.abc import Sequence

import numpy as np

from movieloop.model.codes import LOST
from movieloop.model.nearest import Mask, Scores
from movieloop.taste import Matrix, Rows, Vector, manhattan_distance

FAIRNESS = 0.5  # what was measured; the doors offer it by default


def in_turns(distances: Matrix, *, n: int, fairness: float) -> list[tuple[int, int]]:
    """Let people pick films in turns.

    Args:
        distances: How far each film is from each person, shape (people, films).
        n: How many films, 0 or more.
        fairness: How much the own distance counts in a turn, 0 to 1; the rest counts the mean.

    Returns:
        (film, who picked it) pairs, in order: n of them, or as many as there are films. Of two
        films at one distance the lower one is picked, of two people the first goes first.
    """
    mean = distances.mean(axis=0)
    orders = np.argsort(weighed(distances, fairness), axis=1, kind="stable").tolist()
    picked: dict[int, int] = {}
    waiting: list[int] = []
    while len(picked) < min(n, distances.shape[1]):
        waiting = waiting or list(range(len(distances)))
        picks = [next(film for film in orders[who] if film not in picked) for who in waiting]
        turn = min(range(len(waiting)), key=lambda i: mean[picks[i]])
        picked[picks[turn]] = waiting.pop(turn)
    return list(picked.items())


def weighed(distances: Matrix, fairness: float) -> Matrix:
    """Weigh the own distance and everybody's mean.

    Args:
        distances: Shape (people, films).
        fairness: 0 to 1.

    Returns:
        By what each person picks, shape (people, films).
    """
    return np.asarray(fairness * distances + (1 - fairness) * distances.mean(axis=0))


def candidates(scores: Scores | None, *, n: int, fairness: float, allowed: Mask) -> Rows:
    """Find all films that somebody may pick, without measuring the others.

    How it works: scores say how far every film is from everybody, give or take a known reach. So
    they say the same of what is picked by; a film that is farther than the n-th by more than both
    reaches is picked by nobody.

    Args:
        scores: How far every film is from everybody, roughly; None where nothing can tell.
        n: How many films will be picked, 1 or more.
        fairness: 0 to 1.
        allowed: Which films may be picked, shape (films,).

    Returns:
        Rows in ascending order, those of the n first films of everybody among them.
    """
    if scores is None:
        return np.flatnonzero(allowed)
    from movieloop.model.turns_kernels import pickable  # noqa: PLC0415 - compiled, so on demand

    reach = np.array(scores.reach)[:, None]
    lost = LOST * (1 + max(scores.moved))
    apart = (2 * weighed(reach, fairness)[:, 0] + lost) / scores.step
    found = np.empty(len(allowed), np.int64)
    count = pickable(scores.scores, scores.lowest, allowed, n, fairness, apart, found)
    return found[:count]


def measured(profiles: Sequence[Vector], points: Matrix) -> Matrix:
    """Measure how far some films are from everybody.

    Args:
        profiles: The people's points, each of shape (d,).
        points: The films', shape (films, d).

    Returns:
        Shape (people, films).
    """
    return np.array([manhattan_distance(profile, points) for profile in profiles])

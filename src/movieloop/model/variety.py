"""Variety: a list that stays near the profile and has something of each of the person's tastes.

The profile of somebody who loves westerns and musicals stands between them, and the films nearest
to it are neither. So a film of a taste that the list has nothing of yet gets a head start: the
trade-off of Carbonell and Goldstein's *maximal marginal relevance* (1998), where what is covered
takes the place of what is repeated.

>>> films = np.array([[0.0], [0.1], [0.2], [3.0]])         # three alike, one of another kind
>>> distances = np.array([1.0, 1.1, 1.2, 1.5])
>>> tastes, reach = np.array([[0.0], [3.0]]), np.array([0.5, 0.5])
>>> varied(films, distances, tastes, reach, n=2, variety=0.0).tolist()
[0, 1]
>>> varied(films, distances, tastes, reach, n=2, variety=1.0).tolist()
[0, 3]
"""

import numpy as np

from movieloop.taste import Matrix, Rows, Vector, manhattan_distance

CANDIDATES = 300  # the nearest films that are chosen from, at least
_SPREAD = 100  # a head start of 1 brings the hundredth film to the first place


def varied(
    films: Matrix,
    distances: Vector,
    tastes: Matrix,
    reach: Vector,
    *,
    n: int,
    variety: float,
) -> Rows:
    """Choose n films that are near, with something of each taste.

    How it works:
        1. The nearest film comes first, as always.
        2. A film is of a taste if it stands within the taste's reach.
        3. The film with the least distance comes next, where for every taste that it is the first
           of, `variety` times the gap between the first and the hundredth film is taken off.

    Args:
        films: Points of the candidates without popularity, the nearest to the profile first,
            shape (candidates, d).
        distances: How far each is from the profile, shape (candidates,).
        tastes: Where the tastes are: `Medoids.rows` of the liked films' points, shape (tastes, d).
        reach: How far each reaches, shape (tastes,).
        n: How many films to choose.
        variety: 0 = the order of the distances, exactly; 1 = each taste as soon as it can.

    Returns:
        Places in `films`, in the order of choice.
    """
    n = min(n, len(films))
    if variety == 0.0 or n == 0 or not len(tastes):
        return np.arange(n)
    of_taste = covers(films, tastes, reach)
    start = variety * float(distances[min(_SPREAD, len(distances)) - 1] - distances[0])
    chosen = [0]
    missing = ~of_taste[:, 0]
    left = distances.astype(np.float64)
    left[0] = np.inf
    while len(chosen) < n:
        best = int(np.argmin(left - start * of_taste[missing].sum(axis=0)))
        chosen.append(best)
        left[best] = np.inf
        missing &= ~of_taste[:, best]
    return np.array(chosen)


def covers(films: Matrix, tastes: Matrix, reach: Vector) -> np.ndarray:
    """Tell which films are of which taste.

    >>> covers(np.array([[0.0], [2.0]]), np.array([[0.1]]), np.array([0.5])).tolist()
    [[True, False]]

    Args:
        films: Points, shape (films, d).
        tastes: Where the tastes are, shape (tastes, d).
        reach: How far each reaches, shape (tastes,).

    Returns:
        Truths, shape (tastes, films).
    """
    ways = [manhattan_distance(taste, films) for taste in tastes]
    return np.stack(ways) <= reach[:, None] if ways else np.zeros((0, len(films)), np.bool_)

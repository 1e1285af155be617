"""The idea: your taste is a point, feedback moves it, the nearest movies are next.

Five films stand in a space of three coordinates - action, romance, sci-fi:

>>> movies = np.array([
...     [5.0, 1.0, 0.0],   # Die Hard
...     [0.0, 5.0, 1.0],   # The Notebook
...     [3.0, 0.0, 5.0],   # Blade Runner
...     [2.0, 4.0, 0.0],   # Titanic
...     [4.0, 1.0, 4.0],   # The Matrix
... ])

A newcomer's profile is a point of the same space, and the distance between two points is
counted as a taxi drives in Manhattan: block by block, one coordinate after the other. To
Die Hard it is |3-5| + |3-1| + |3-0| = 7.

>>> profile = np.array([3.0, 3.0, 3.0])
>>> manhattan_distance(profile, movies)
array([7., 7., 5., 5., 4.])

The nearest movie is the recommendation: row 4, The Matrix. A **like pulls** the profile
toward the movie, by a share (the *rate*, here 0.3) of the gap in every coordinate:

>>> profile = pull(profile, movies[4], rate=0.3)
>>> profile
array([3.3, 2.4, 3.3])

A **dislike pushes** it away by the same share, but never out of the box that holds all
movies - otherwise two hundred dislikes would throw a profile to 10^22:

>>> box = bounding_box(movies)
>>> profile = push(profile, movies[1], rate=0.3, box=box)   # The Notebook
>>> profile.round(2)
array([4.29, 1.62, 3.99])

Which films are near now, the two rated ones left out?

>>> rows, distances = nearest(profile, movies, n=2, exclude=[4, 1])
>>> rows, distances.round(2)
(array([2, 0]), array([3.92, 5.32]))

Blade Runner. That is the whole recommender. **Learning a history** is doing this for one
opinion after the other (`learn`). Only the rate remains to be chosen. A constant rate of 0.3
lives in the present: after ten more films the first has faded to 3 %. The rate 1/(n+1) for
the n-th like weighs all of them alike, the starting point included, so the profile is their
average. movieloop uses both, each in coordinates of its own, as slow and fast *memories*:
`rate = 1/(n+1)`, never below the coordinate's floor and never above its ceiling. With a
*patience* of k the starting point weighs as much as k likes: `rate = 1/(n+k)`.

This file knows NumPy and nothing else. A profile is a vector of shape (d,), movies are a
matrix of shape (movies, d), everything is float64.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Rating: TypeAlias = int | None

LIKE: Rating = 1
DISLIKE: Rating = 0
SEEN: Rating = None


class Box(NamedTuple):
    """The smallest box that holds all movies: the walls no push can cross."""

    low: Vector
    high: Vector


class Rates(NamedTuple):
    """How fast every coordinate learns; each field has shape (d,) or is one number for all.

    The rate of a like is `1/(n+patience)`, n counting this like too, held between `floor`
    and `ceiling`. A dislike moves by that rate times `push`, a film seen without an opinion
    by that rate times `seen`. A ceiling of 0 freezes a coordinate.
    """

    floor: Vector | float = 0.0
    ceiling: Vector | float = 1.0
    push: Vector | float = 0.5
    seen: Vector | float = 0.2
    patience: Vector | float = 1.0

    def after(self, likes: int | NDArray[np.int64]) -> Vector:
        """Give the rate of the next opinion: 1/(likes+1+patience), between floor and ceiling.

        >>> Rates(floor=np.array([0.0, 0.15, 0.5])).after(likes=8)
        array([0.1 , 0.15, 0.5 ])

        Args:
            likes: How many likes were learned before this opinion, 0 or more.

        Returns:
            The rate of every coordinate, shape (d,) (or () if floor and ceiling are numbers).
        """
        return np.clip(1.0 / (likes + 1 + self.patience), self.floor, self.ceiling)


def manhattan_distance(profile: Vector, movies: Matrix) -> Vector:
    """Count the blocks between a profile and each movie: add the gaps of all coordinates.

    >>> manhattan_distance(np.array([3.0, 3.0, 3.0]), np.array([[5.0, 1.0, 0.0]]))
    array([7.])

    Args:
        profile: The user's point, shape (d,).
        movies: One point, shape (d,), or many, shape (movies, d).

    Returns:
        The distances, 0 or more, lower = better, shape (movies,) (or () for one point).
    """
    return np.asarray(np.abs(movies - profile).sum(axis=-1))


def pull(profile: Vector, movie: Vector, rate: Vector | float) -> Vector:
    """Move a profile toward a liked movie: find the gap, walk `rate` of it.

    >>> pull(np.array([3.0, 3.0, 3.0]), np.array([5.0, 1.0, 0.0]), rate=0.3)
    array([3.6, 2.4, 2.1])

    Args:
        profile: The user's point, shape (d,).
        movie: The liked movie's point, shape (d,).
        rate: Share of the gap to walk, 0 (stay) to 1 (land on the movie); one number, or
            one a coordinate.

    Returns:
        A new point, shape (d,), never farther from the movie; the inputs are not changed.
    """
    return profile + rate * (movie - profile)


def push(profile: Vector, movie: Vector, rate: Vector | float, box: Box) -> Vector:
    """Move a profile away from a disliked movie: walk the gap backwards, stop at the walls.

    >>> box = Box(np.zeros(3), np.full(3, 5.0))
    >>> push(np.array([3.0, 3.0, 3.0]), np.array([0.0, 5.0, 1.0]), rate=0.3, box=box)
    array([3.9, 2.4, 3.6])
    >>> push(np.array([4.5, 3.0, 3.0]), np.array([0.0, 5.0, 1.0]), rate=0.3, box=box)
    array([5. , 2.4, 3.6])

    Args:
        profile: The user's point inside the box, shape (d,).
        movie: The disliked movie's point, shape (d,).
        rate: Share of the gap to walk, 0 or more; one number, or one a coordinate.
        box: The walls, coordinate by coordinate.

    Returns:
        A new point inside the box, shape (d,), never nearer to the movie.
    """
    return np.clip(profile - rate * (movie - profile), box.low, box.high)


def learn_one(
    profile: Vector,
    movie: Vector,
    rating: Rating,
    *,
    rates: Rates,
    box: Box,
    likes: int | NDArray[np.int64] = 0,
) -> Vector:
    """Learn one opinion: pull for a like, push for a dislike, pull gently for a seen film.

    >>> box = Box(np.zeros(2), np.full(2, 5.0))
    >>> learn_one(np.array([3.0, 3.0]), np.array([5.0, 1.0]), LIKE, rates=Rates(), box=box)
    array([4., 2.])
    >>> learn_one(np.array([3.0, 3.0]), np.array([5.0, 1.0]), DISLIKE, rates=Rates(), box=box)
    array([2.5, 3.5])

    Args:
        profile: The user's point, shape (d,), or several profiles, shape (profiles, d).
        movie: The movie's point, shape (d,).
        rating: LIKE (1), DISLIKE (0) or SEEN (None).
        rates: How fast every coordinate learns.
        box: The walls that stop a push.
        likes: How many likes the profile has learned; for several profiles shape (profiles, 1).

    Returns:
        The moved profile, same shape.
    """
    rate = rates.after(likes)
    if rating == LIKE:
        return pull(profile, movie, rate)
    if rating == DISLIKE:
        return push(profile, movie, rate * rates.push, box)
    return pull(profile, movie, rate * rates.seen)


def learn(
    profile: Vector,
    opinions: Iterable[tuple[Vector, Rating]],
    *,
    rates: Rates,
    box: Box,
    likes: int = 0,
) -> Vector:
    """Fold a history of opinions into a profile, oldest first.

    How it works:
        1. Every opinion is learned by `learn_one`, at the rate of the moment.
        2. Only likes are counted, so only likes slow down the rates.

    The lesson's constant rate of 0.3, then the running average of the product's slow memory:

    >>> die_hard, matrix = np.array([5.0, 1.0, 0.0]), np.array([4.0, 1.0, 4.0])
    >>> start, box = np.array([3.0, 3.0, 3.0]), Box(np.zeros(3), np.full(3, 5.0))
    >>> lesson = Rates(floor=0.3, ceiling=0.3, push=1.0, seen=0.0)
    >>> learn(start, [(die_hard, LIKE), (matrix, LIKE)], rates=lesson, box=box)
    array([3.72, 1.98, 2.67])
    >>> learn(start, [(die_hard, LIKE), (matrix, LIKE)], rates=Rates(), box=box).round(2)
    array([4.  , 1.67, 2.33])

    Args:
        profile: Where to begin, shape (d,): a newcomer's start, or the profile as it stood
            after earlier opinions.
        opinions: (movie point, rating) pairs in the order they were given; the rating is
            LIKE (1), DISLIKE (0) or SEEN (None).
        rates: How fast every coordinate learns.
        box: The walls that stop a push.
        likes: How many likes `profile` has already learned.

    Returns:
        The learned profile, shape (d,). Learning in two portions gives the same point as in
        one, to the last bit, if `likes` is handed on.
    """
    for movie, rating in opinions:
        profile = learn_one(profile, movie, rating, rates=rates, box=box, likes=likes)
        likes += rating == LIKE
    return profile


def nearest(
    profile: Vector, movies: Matrix, n: int, exclude: Sequence[int] | Rows = ()
) -> tuple[Rows, Vector]:
    """Find the n nearest movies: measure all distances, sort, leave out the excluded.

    >>> movies = np.array([[5.0, 1.0], [0.0, 5.0], [3.0, 0.0]])
    >>> nearest(np.array([3.0, 3.0]), movies, n=2, exclude=[0])
    (array([2, 1]), array([3., 5.]))

    Args:
        profile: The user's point, shape (d,).
        movies: All points, shape (movies, d).
        n: How many to find, 0 or more; fewer are returned when fewer are left.
        exclude: Rows never to return, for example those already rated.

    Returns:
        The rows, nearest first (of two at the same distance the lower row first), and their
        distances, both of shape (found,).
    """
    distances = manhattan_distance(profile, movies)
    order = np.argsort(distances, kind="stable")
    if len(exclude):
        order = order[~np.isin(order, np.asarray(exclude, dtype=np.intp))]
    rows = order[:n]
    return rows, distances[rows]


def bounding_box(movies: Matrix) -> Box:
    """Find the box that holds all movies: the lowest and highest value of each coordinate.

    >>> bounding_box(np.array([[5.0, 1.0], [0.0, 5.0], [3.0, 0.0]]))
    Box(low=array([0., 0.]), high=array([5., 5.]))

    Args:
        movies: All points, shape (movies, d), at least one movie.

    Returns:
        The box, each wall of shape (d,).
    """
    return Box(movies.min(axis=0), movies.max(axis=0))

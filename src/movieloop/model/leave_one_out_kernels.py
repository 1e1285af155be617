"""The compiled loops behind exact accounts; `leave_one_out` says what they do."""

import numpy as np
from numpy.typing import NDArray

from movieloop.model.compiling import compiled, prange
from movieloop.model.kernels import Ints, fold, rate_of

Doubles = NDArray[np.float64]

_STEEP = 1e5  # what comes after multiplies a coordinate by more: fold it instead of composing
_SLACK = 1e-9  # of a distance: less than that, and rounding decides


@compiled(nogil=True)
def copy(profile: Doubles, into: Doubles) -> None:
    """Copy a profile: `into[:] = profile` would do the same, and take seconds to compile.

    >>> into = np.zeros(2)
    >>> copy(np.array([1.0, 2.0]), into), into
    (None, array([1., 2.]))

    Args:
        profile: Shape (d,).
        into: Is filled, shape (d,).
    """
    for d in range(len(profile)):
        into[d] = profile[d]


@compiled(nogil=True)
def fold_each(
    start: Doubles,
    points: Doubles,
    movies: Ints,
    ratings: NDArray[np.int8],
    blocks: Ints,
    speeds: Doubles,
    low: Doubles,
    high: Doubles,
    out: Doubles,
) -> None:
    """Fold a history without each of its opinions, one by one: `kernels.fold` for each of them.

    >>> points, out = np.array([[4.0], [0.0]]), np.empty((2, 1))
    >>> fold_each(np.zeros(1), points, np.array([0, 1]), np.array([1, 1], np.int8),
    ...           np.array([0, 1]), np.array([[0.0, 1.0, 0.5, 0.2, 1.0]]), np.zeros(1),
    ...           np.full(1, 4.0), out)
    >>> out.T
    array([[0., 2.]])

    Args:
        start: The newcomer's profile, shape (d,).
        points: All movies, shape (movies, d).
        movies: The row of the movie of every opinion, oldest first, no movie twice.
        ratings: 1 like, 0 dislike, -1 seen, shape (opinions,).
        blocks: See `embeddings.blocks_of`.
        speeds: See `embeddings.speeds_of`.
        low: The walls of dislikes, shape (d,).
        high: The walls on the other side.
        out: Is filled, shape (opinions, d).
    """
    likes = 0
    for who in range(len(movies)):
        copy(start, out[who])
    for i in range(len(movies)):
        point = points[movies[i]]
        for k in range(len(speeds)):
            rate = rate_of(ratings[i], likes, speeds[k])
            rate_less = rate_of(ratings[i], max(likes - 1, 0), speeds[k])
            for who in range(len(movies)):
                # Who left out a like that came before has learned one like less.
                share = rate_less if who < i and ratings[who] == 1 else rate
                profile = out[who]
                if who == i:
                    continue
                for d in range(blocks[k], blocks[k + 1]):
                    profile[d] += share * (point[d] - profile[d])
                if ratings[i] == 0:
                    for d in range(blocks[k], blocks[k + 1]):
                        profile[d] = min(max(profile[d], low[d]), high[d])
        if ratings[i] == 1:
            likes += 1


@compiled(nogil=True)
def leave_each_out(
    start: Doubles,
    points: Doubles,
    movies: Ints,
    ratings: NDArray[np.int8],
    blocks: Ints,
    speeds: Doubles,
    low: Doubles,
    high: Doubles,
    out: Doubles,
) -> None:
    """Do what `fold_each` does, in time that grows with the length of the history only.

    How it works:
        1. Forward: keep the profile before each opinion.
        2. Backward: keep, for each coordinate, what all later opinions do to it, as one step
           x -> clip(slope x + shift, floor, ceiling). Once as they are, for an opinion that is no
           like, and once with one like less, for a like: without it all later rates are higher.
        3. Where later dislikes make that step too steep for doubles, fold what comes after.

    >>> points, out = np.array([[4.0], [0.0]]), np.empty((2, 1))
    >>> leave_each_out(np.zeros(1), points, np.array([0, 1]), np.array([1, 1], np.int8),
    ...                np.array([0, 1]), np.array([[0.0, 1.0, 0.5, 0.2, 1.0]]), np.zeros(1),
    ...                np.full(1, 4.0), out)
    >>> out.T
    array([[0., 2.]])

    Args:
        start: The newcomer's profile, shape (d,).
        points: All movies, shape (movies, d).
        movies: The row of the movie of every opinion, oldest first, no movie twice.
        ratings: 1 like, 0 dislike, -1 seen, shape (opinions,).
        blocks: See `embeddings.blocks_of`.
        speeds: See `embeddings.speeds_of`.
        low: The walls of dislikes, shape (d,).
        high: The walls on the other side.
        out: Is filled, shape (opinions, d).
    """
    count, size = len(movies), len(start)
    before = np.empty((count + 1, size))
    likes_before = np.zeros(count + 1, np.int64)
    copy(start, before[0])
    for i in range(count):
        copy(before[i], before[i + 1])
        likes_before[i + 1] = fold(
            before[i + 1], points, movies[i : i + 1], ratings[i : i + 1], likes_before[i],
            blocks, speeds, low, high,
        )  # fmt: skip
    slope, shift = np.ones((2, size)), np.zeros((2, size))
    floor, ceiling = np.full((2, size), -np.inf), np.full((2, size), np.inf)
    for i in range(count - 1, -1, -1):
        less = 1 if ratings[i] == 1 else 0
        steep = False
        for d in range(size):
            value = slope[less, d] * before[i, d] + shift[less, d]
            out[i, d] = min(max(value, floor[less, d]), ceiling[less, d])
            steep = steep or slope[less, d] > _STEEP
        if steep:
            _fold_rest(
                i, before, points, movies, ratings, likes_before[i], blocks, speeds, low, high, out
            )
        for less in range(2):
            likes = max(likes_before[i] - less, 0)
            for k in range(len(speeds)):
                rate = rate_of(ratings[i], likes, speeds[k])
                for d in range(blocks[k], blocks[k + 1]):
                    a, b = slope[less, d], shift[less, d]
                    bottom, top = floor[less, d], ceiling[less, d]
                    if ratings[i] == 0:  # this step ends at the walls
                        floor[less, d] = min(max(a * low[d] + b, bottom), top)
                        ceiling[less, d] = min(max(a * high[d] + b, bottom), top)
                    slope[less, d] = a * (1.0 - rate)
                    shift[less, d] = a * rate * points[movies[i], d] + b


@compiled(nogil=True)
def _fold_rest(
    i: int,
    before: Doubles,
    points: Doubles,
    movies: Ints,
    ratings: NDArray[np.int8],
    likes: int,
    blocks: Ints,
    speeds: Doubles,
    low: Doubles,
    high: Doubles,
    out: Doubles,
) -> None:
    """Fold what comes after one opinion; it ends early where it meets the way with that opinion."""
    profile = out[i]
    copy(before[i], profile)
    for j in range(i + 1, len(movies)):
        likes = fold(
            profile, points, movies[j : j + 1], ratings[j : j + 1], likes, blocks, speeds, low, high
        )
        if ratings[i] != 1:  # the rates are the same: where the ways meet they stay together
            same = True
            for d in range(len(profile)):
                if profile[d] != before[j + 1, d]:
                    same = False
                    break
            if same:
                copy(before[-1], profile)
                return


@compiled(parallel=True, nogil=True)
def ranks_near(
    profiles: Doubles,
    here: Doubles,
    points: Doubles,
    competing: Ints,
    distances: Doubles,
    row: int,
    also: Ints,
    ranks: Ints,
) -> None:
    """Count which place a movie has for profiles near one whose distances are known.

    >>> points, ranks = np.array([[0.0], [1.0]]), np.empty(1, np.int64)
    >>> ranks_near(np.array([[0.2]]), np.zeros(1), points, np.array([0, 1]), np.array([0.0, 1.0]),
    ...            1, np.array([-1]), ranks), ranks
    (None, array([2]))

    Args:
        profiles: Shape (profiles, d).
        here: The point all distances are known of, shape (d,).
        points: All movies, shape (movies, d).
        competing: The movies that compete, nearest to `here` first.
        distances: Their distances to it.
        row: The movie asked about.
        also: A movie that competes too, one a profile, -1 for none.
        ranks: Is filled, shape (profiles,); 0 where rounding decides.
    """
    for i in prange(len(profiles)):
        profile = profiles[i]
        moved, own = 0.0, 0.0
        for d in range(len(here)):
            moved += abs(profile[d] - here[d])
            own += abs(profile[d] - points[row, d])
        slack = _SLACK * (1.0 + own + moved)
        first = np.searchsorted(distances, own - moved - slack)
        nearer, unsure = first, False
        for c in range(first, len(competing) + 1):
            if c < len(competing):
                j = competing[c]
                if distances[c] > own + moved + slack:
                    continue
            else:
                j = also[i]
            if j < 0 or j == row:
                continue
            distance = 0.0
            for d in range(len(here)):
                distance += abs(profile[d] - points[j, d])
            if distance == own:
                nearer += 1 if j < row else 0
            elif distance < own:
                nearer += 1
            unsure = unsure or (distance != own and abs(distance - own) < slack)
        ranks[i] = 0 if unsure else nearer + 1

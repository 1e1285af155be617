"""Why a movie stands where it stands: exact accounts, by replaying the history.

A Manhattan distance is a sum over coordinates, so the share of every memory is exact. What a
rating did is exact too: fold the history again without it and look where the movie stands
then. All these replays are made at once: row i of a matrix of profiles leaves out opinion i.

A short history is simply folded once for every opinion. In a long one that would be thousands of
folds of thousands of opinions, so it is done in two walks: one forward, which knows the profile
before each opinion, one backward, which knows what everything after it does to a profile. Each
opinion moves a coordinate x to clip(a x + b, low, high), and such steps one after the other are
again one such step.

>>> import numpy as np
>>> from movieloop.model.embeddings import Memory
>>> space = Embeddings(np.array([7, 8]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2),
...                    (Memory("genres", 1), Memory("era", 1)))
>>> profile = space.learn([(7, 1), (8, 1)])
>>> contributions(space, profile, row=0)           # how far is movie 7?
{'genres': 0.66..., 'era': 0.33...}
>>> without_each(space, [(7, 1), (8, 1)])          # without the first, without the second
array([[0. , 0.5],
       [0.5, 0. ]])
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movieloop.data.feedback import Feedback
from movieloop.model.embeddings import Embeddings, blocks_of, speeds_of
from movieloop.model.fold_in import opinions, refold
from movieloop.taste import Matrix, Rating, Vector, manhattan_distance

_LONG = 64  # opinions from which on two walks are so much quicker that rounding is paid for it


@dataclass(frozen=True, eq=False, slots=True)
class Replays:
    """A history without each of its opinions.

    Attributes:
        feedback: The opinions that count and are about a movie with a point, oldest first.
        profiles: The profile without each, shape (opinions, d).
    """

    feedback: Sequence[Feedback]
    profiles: Matrix


def contributions(embeddings: Embeddings, profile: Vector, *, row: int) -> dict[str, float]:
    """Split a distance into the shares of the memories; they sum to the distance.

    Args:
        embeddings: The space.
        profile: The user's point, shape (d,).
        row: The movie.

    Returns:
        The share of every memory, 0 or more, by name.
    """
    point = embeddings.points[row]
    return {
        name: float(manhattan_distance(profile[block], point[block]))
        for name, block in embeddings.blocks.items()
    }


def without_each(embeddings: Embeddings, given: Sequence[tuple[int, Rating]]) -> Matrix:
    """Fold a history once for every opinion, leaving that one out.

    How it works, where the history is short:
        1. One profile an opinion, all at the start.
        2. Every opinion moves all profiles but its own, at the rate each of them has earned:
           a profile that left out a like has learned one like less.

    Args:
        embeddings: The space.
        given: (movie id, rating) pairs, oldest first, no movie twice, movies with a point only.

    Returns:
        The profiles, shape (opinions, d). Row i equals the fold without opinion i: to the bit for
        up to 64 opinions, to rounding (some 1e-10) beyond.
    """
    from movieloop.model.leave_one_out_kernels import fold_each, leave_each_out  # noqa: PLC0415 - compiled, so on demand

    without = leave_each_out if len(given) > _LONG else fold_each
    rows = np.array([embeddings.row_of[movie_id] for movie_id, _ in given], np.int64)
    said = np.array([-1 if rating is None else rating for _, rating in given], np.int8)
    profiles = np.empty((len(given), len(embeddings.start)))
    without(
        embeddings.start, embeddings.points, rows, said,
        blocks_of(embeddings.memories), speeds_of(embeddings.memories), *embeddings.box, profiles,
    )  # fmt: skip
    return profiles


def replays(embeddings: Embeddings, learned: Sequence[Feedback]) -> Replays:
    """Give, for every opinion that counts, the profile without that feedback.

    A film rated twice is the special case: without the later opinion the earlier one counts
    again, so those histories are folded one by one.

    With a batch size N above 1 the account is of what was learned: the rest of the batch stays
    learned. An undo would leave the batch unfilled, and the profile waiting for its next item.

    Args:
        embeddings: The space.
        learned: The feedback the profile has learned, oldest first.

    Returns:
        The opinions on movies with a point, and the profile without each.
    """
    counting = [item for item in opinions(learned) if item.movie_id in embeddings.row_of]
    profiles = without_each(embeddings, [(item.movie_id, item.rating) for item in counting])
    times = Counter(item.movie_id for item in learned)
    for row, item in enumerate(counting):
        if times[item.movie_id] > 1:
            rest = [other for other in learned if other.feedback_id != item.feedback_id]
            profiles[row] = refold(embeddings, rest, len(rest)).profile
    return Replays(counting, profiles)


def ranks_for(
    profiles: Matrix,
    here: Vector,
    points: Matrix,
    *,
    row: int,
    allowed: NDArray[np.bool_],
    also: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Count which place a movie has for many profiles that are all near one.

    A profile that moved by so much has moved no distance by more (the triangle inequality), so
    only the movies about as far away as the one asked about are measured.

    >>> points = np.array([[0.0], [1.0], [2.0], [9.0]])
    >>> everything = np.ones(4, bool)
    >>> ranks_for(np.array([[0.1], [1.9]]), np.array([1.0]), points, row=1, allowed=everything,
    ...           also=np.array([-1, -1]))
    array([2, 2])

    Args:
        profiles: Shape (profiles, d).
        here: A point near all of them, shape (d,).
        points: All movies, shape (movies, d).
        row: The movie; it takes part even if it is not allowed.
        allowed: The movies it competes with, shape (movies,).
        also: A movie that competes too, one a profile, -1 for none, shape (profiles,).

    Returns:
        Its places, 1 = the nearest, shape (profiles,); of two at one distance the lower row is
        first. 0 where rounding decides, and only a full measurement can tell.
    """
    from movieloop.model.leave_one_out_kernels import ranks_near  # noqa: PLC0415 - compiled, so on demand

    competing = np.flatnonzero(allowed)
    distances = manhattan_distance(here, points[competing])
    order = np.argsort(distances, kind="stable")
    ranks = np.zeros(len(profiles), np.int64)
    ranks_near(profiles, here, points, competing[order], distances[order], row, also, ranks)
    return ranks

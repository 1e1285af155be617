"""Why a movie stands where it stands: exact accounts, by replaying the history.

A Manhattan distance is a sum over coordinates, so the share of every memory is exact. What a
rating did is exact too: fold the history again without it and look where the movie stands
then. All these replays are made at once: row i of a matrix of profiles leaves out opinion i.

>>> import numpy as np
>>> from movieloop.embeddings import Memory
>>> space = Embeddings(np.array([7, 8]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2),
...                    (Memory("genres", 1), Memory("era", 1)))
>>> profile = space.learn([(7, 1), (8, 1)])
>>> contributions(space, profile, row=0)           # how far is movie 7?
{'genres': 0.66..., 'era': 0.33...}
>>> without_each(space, [(7, 1), (8, 1)])          # without the first, without the second
array([[0. , 0.5],
       [0.5, 0. ]])
"""

from collections.abc import Sequence

import numpy as np

from movieloop.embeddings import Embeddings
from movieloop.history import Feedback, opinions, refold
from movieloop.taste import LIKE, Matrix, Rating, Vector, learn_one, manhattan_distance


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

    How it works:
        1. One profile an opinion, all at the start.
        2. Every opinion moves all profiles but its own, at the rate each of them has earned:
           a profile that left out a like has learned one like less.

    Args:
        embeddings: The space.
        given: (movie id, rating) pairs, oldest first, movies with a point only.

    Returns:
        The profiles, shape (opinions, d); row i equals the fold without opinion i to the bit.
    """
    profiles = np.tile(embeddings.start, (len(given), 1))
    likes = np.zeros((len(given), 1), dtype=np.int64)
    for i, (movie_id, rating) in enumerate(given):
        own, own_likes = profiles[i].copy(), likes[i].copy()
        profiles = learn_one(
            profiles,
            embeddings.points[embeddings.row_of[movie_id]],
            rating,
            rates=embeddings.rates,
            box=embeddings.box,
            likes=likes,
        )
        likes += rating == LIKE
        profiles[i], likes[i] = own, own_likes
    return profiles


def replays(embeddings: Embeddings, learned: Sequence[Feedback]) -> list[tuple[Feedback, Vector]]:
    """Give, for every opinion that counts, the profile without that feedback.

    A film rated twice is the special case: without the later opinion the earlier one counts
    again, so those histories are folded one by one.

    With a batch size N above 1 the account is of what was learned: the rest of the batch stays
    learned. An undo would leave the batch unfilled, and the profile waiting for its next item.

    Args:
        embeddings: The space.
        learned: The feedback the profile has learned, oldest first.

    Returns:
        (feedback, profile without it) for every opinion on a movie with a point.
    """
    counting = [item for item in opinions(learned) if item.movie_id in embeddings.row_of]
    profiles = without_each(embeddings, [(item.movie_id, item.rating) for item in counting])
    times = {item.movie_id: 0 for item in learned}
    for item in learned:
        times[item.movie_id] += 1
    answer: list[tuple[Feedback, Vector]] = []
    for item, profile in zip(counting, profiles, strict=True):
        if times[item.movie_id] == 1:
            answer.append((item, profile))
        else:
            rest = [other for other in learned if other.feedback_id != item.feedback_id]
            answer.append((item, refold(embeddings, rest, len(rest)).profile))
    return answer

"""Whether a dislike is obeyed: the disliked film is farther off, and its neighbours go with it.

A film that was rated is not recommended again, whatever its distance. This measures what the push
does: does the profile stand farther from the film than before, and from the ten films like it?

>>> Obedience(dislikes=4, farther=1.0, neighbours=0.75).neighbours
0.75
"""

from dataclasses import dataclass

import numpy as np

from movieloop.data.interactions import LIKED
from movieloop.model.embeddings import POPULARITY, Embeddings
from movieloop.replay.profiles import ReplayedProfiles
from movieloop.replay.replay import Replay, spread
from movieloop.taste import DISLIKE, Vector, manhattan_distance

MOST = 2_000  # dislikes
NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class Obedience:
    """What dislikes did.

    Attributes:
        dislikes: How many were looked at.
        farther: Share after which the profile stood no nearer to the disliked film, in taste.
        neighbours: Share after which it stood farther from the ten films nearest to it, on average.
    """

    dislikes: int
    farther: float
    neighbours: float


def measure(replay: Replay, space: Embeddings) -> Obedience | None:
    """Let the disliked films of a replay be learned one by one.

    Args:
        replay: The questions.
        space: The points that serve.

    Returns:
        What the dislikes did; None where nobody disliked a film that has a point.
    """
    asked = replay.events[~replay.liked]
    if not len(asked):
        return None
    some = Replay(replay.log, replay.first, replay.last, spread(asked, MOST))
    taste = slice(None, -1 if POPULARITY in space.blocks else None)
    points = space.points[:, taste]
    profiles = ReplayedProfiles(space, some.log)
    moved = []
    for question in range(len(some.events)):
        row = int(profiles.rows[some.target[question]])
        if row < 0:
            continue
        before = profiles.at(some, question)
        said = some.opinions(question)
        likes = int((some.log.rating[said] == LIKED).sum())
        after, _ = space.fold(
            np.array([row]), np.array([DISLIKE], np.int8), profile=before, likes=likes
        )
        moved.append(_moved(points, row, before[taste], after[taste]))
    if not moved:
        return None
    farther, neighbours = np.array(moved).mean(axis=0)
    return Obedience(len(moved), float(farther), float(neighbours))


def _moved(points: Vector, row: int, before: Vector, after: Vector) -> tuple[bool, bool]:
    """Tell whether a film is no nearer now, and whether the films like it are farther."""
    near = np.argsort(manhattan_distance(points, points[row]), kind="stable")[1 : NEIGHBOURS + 1]
    gone = manhattan_distance(points[row], after) >= manhattan_distance(points[row], before)
    group = manhattan_distance(points[near], after) - manhattan_distance(points[near], before)
    return bool(gone), bool(group.mean() > 0)

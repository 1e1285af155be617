"""Blind comparison: does learning find more of what somebody likes than not learning does?

People like what is on their screen, so likes of a list prove nothing about it. Here two lists are
mixed and nobody is told which film comes from which: the nearest to the profile as it learns, and a
rival's, plain popularity or the profile as it was after the first ratings. They draft like captains
of two teams, a coin deciding who picks first in each round (team-draft interleaving, Radlinski,
Kurup and Joachims 2008). Who does not care which film is whose likes as many of both.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     shown = loop.blind("ada")
...     answer = loop.add_feedback("ada", shown.movies[0].movie_id, 1, blind=shown.as_of)
...     [(one.against, one.wins + one.losses) for one in loop.users.progress("ada").blind]
[('popularity', 1), ('frozen', 0)]

The coins are drawn from who asks and what they have said so far. So nothing of a list has to be
kept: when a film of it is rated, in the same transaction, the list is drawn again.
"""

import hashlib
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from movieloop.data.feedback import FROZEN_AFTER, Feedback
from movieloop.model.fold_in import refold
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.user_state import UserWithLog

SIZE = 12  # films of a list; even, so that both sides have as many
LEARNING, RIVAL = "learning", "rival"
POPULARITY, FROZEN = "popularity", "frozen"


class Drafted(NamedTuple):
    """A mixed list.

    Attributes:
        rival: Whom learning is compared with.
        side_of: Whose pick each row is, in the order of the list.
    """

    rival: str
    side_of: dict[int, str]


def draft(space: Snapshot, user: UserWithLog, user_id: str) -> Drafted:
    """Mix the nearest films with a rival's.

    How it works:
        1. A coin chooses the rival; somebody with few ratings has no frozen profile yet.
        2. Each round a coin chooses who picks first; each picks the best film of its list that
           has not been picked.

    Args:
        space: The live space.
        user: The user.
        user_id: Their id, of which the coins are drawn.

    Returns:
        The list, up to `SIZE` films; the same for as long as the user says nothing.
    """
    seed = hashlib.sha256(f"{user.log_end[0]}:{user_id}".encode()).digest()
    coins = Random(seed)  # noqa: S311 - chance, not secrecy
    rival = POPULARITY if coins.random() < 0.5 or user.given <= FROZEN_AFTER else FROZEN  # noqa: PLR2004
    lists = {
        LEARNING: _nearest(space, user, user.live[: user.checkpoint.learned]),
        RIVAL: space.most_popular(n=2 * SIZE, mask=user.unseen).tolist()
        if rival == POPULARITY
        else _nearest(space, user, user.live[:FROZEN_AFTER]),
    }
    side_of: dict[int, str] = {}
    for _ in range(SIZE // 2):
        sides = (LEARNING, RIVAL) if coins.random() < 0.5 else (RIVAL, LEARNING)  # noqa: PLR2004
        for side in sides:
            pick = next((row for row in lists[side] if row not in side_of), None)
            if pick is not None:
                side_of[pick] = side
    return Drafted(rival, side_of)


def drafted_by(
    space: Snapshot, user: UserWithLog, user_id: str, *, row: int | None, as_of: int
) -> tuple[str, str] | None:
    """Tell whose pick a film was when it was rated.

    Args:
        space: The live space.
        user: The user as they are before the rating.
        user_id: Their id.
        row: The film.
        as_of: When the list was drawn: `log_end` of then.

    Returns:
        The rival and the side; None if the film was not in the list, or something has been said
        since: which list was on the screen cannot be told any more.
    """
    if row is None or user.log_end[0] != as_of:
        return None
    drafted = draft(space, user, user_id)
    side = drafted.side_of.get(row)
    return None if side is None else (drafted.rival, side)


def _nearest(space: Snapshot, user: UserWithLog, learned: Sequence[Feedback]) -> list[int]:
    profile = (
        user.profile
        if len(learned) == user.checkpoint.learned
        else refold(space.embeddings, learned, len(learned)).profile
    )
    rows: list[int] = space.nearest(profile, n=2 * SIZE, mask=user.unseen)[0].tolist()
    return rows

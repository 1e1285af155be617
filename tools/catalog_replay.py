"""Measure the points as they will be used: predict, then learn, event after event.

The first 80 % of the ratings (by time) make the points. The rest is replayed in order:
when somebody likes a film, we note where it stood in their list a moment before, among all
films of the catalogue that they had not rated. A rating teaches only after its user has
paused for more than a minute, so nobody profits from the order in which a page was rated.

requires: numpy, and movieloop itself
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catalog_sources import DISLIKE, LIKE, Rating
from movieloop.model.embeddings import Embeddings
from movieloop.taste import manhattan_distance

Array = NDArray[np.float64]
PAUSE = 60
BUCKETS = (0, 1, 2, 5, 10, 20, 50)


@dataclass(slots=True)
class Viewer:
    """One user during the replay: the profile, what they rated, what waits to be learned."""

    profile: Array
    likes: int = 0
    learned: int = 0
    last: int = 0
    rated: set[int] = field(default_factory=set)
    waiting: list[Rating] = field(default_factory=list)


def opinion(score: int) -> int | None:
    """Turn 0 to 10 into like (1), dislike (0) or seen without an opinion (None).

    >>> [opinion(score) for score in (9, 7, 3)]
    [1, None, 0]
    """
    return 1 if score >= LIKE else 0 if score <= DISLIKE else None


def split(ratings: list[Rating], share: float, seed: int) -> tuple[list[Rating], list[Rating]]:
    """Cut the ratings in two by time; ratings of the same second are shuffled first."""
    rng = np.random.default_rng(seed)
    ties = rng.permutation(len(ratings))
    order = sorted(range(len(ratings)), key=lambda i: (ratings[i].time, ties[i]))
    cut = int(len(order) * share)
    return [ratings[i] for i in order[:cut]], [ratings[i] for i in order[cut:]]


def chance_above(score: Array, row: int, allowed: NDArray[np.bool_], n: int) -> float:
    """Chance that `row` stands among the n lowest scores when ties are broken at random.

    >>> chance_above(np.array([1.0, 2.0, 2.0, 3.0]), 1, np.ones(4, dtype=bool), n=2)
    0.5

    Args:
        score: Lower is better, shape (films,).
        row: The film in question.
        allowed: Which films compete, `row` among them.
        n: How long the list is.

    Returns:
        1 where it certainly stands in the list, 0 where it certainly does not.
    """
    before = int((score[allowed] < score[row]).sum())
    ties = int((score[allowed] == score[row]).sum())
    return float(np.clip((n - before) / ties, 0.0, 1.0))


def replay(
    space: Embeddings,
    past: list[Rating],
    future: list[Rating],
    rivals: dict[str, Array],
    among: NDArray[np.bool_] | None = None,
) -> dict[str, object]:
    """Replay `future` and count how many likes stood in the top ten a moment before.

    Args:
        space: Points made from `past` alone.
        past: What the users had already said; it is folded in before the replay begins.
        future: The events to predict.
        rivals: Fixed orders to compare with, lower = better, each of shape (films,).
        among: Which films are listed and counted, shape (films,); all if None. The others
            still teach.

    Returns:
        For each order its HR@10, HR@10 by opinions learned, and the share of disliked films
        that stood in the top ten.
    """
    viewers: defaultdict[int, Viewer] = defaultdict(lambda: Viewer(space.start))
    hits: dict[str, list[float]] = {name: [] for name in ("movieloop", *rivals)}
    shown: dict[str, list[float]] = {name: [] for name in hits}
    learned: list[int] = []
    listed = np.ones(len(space.points), dtype=bool) if among is None else among
    for at, event in enumerate([*past, *future]):
        viewer = viewers[event.user]
        if event.time - viewer.last > PAUSE:
            _learn(space, viewer)
        viewer.last = event.time
        if event.movie_id not in space.row_of or event.movie_id in viewer.rated:
            continue
        row, rating = space.row_of[event.movie_id], opinion(event.score)
        if at >= len(past) and rating is not None and listed[row]:
            allowed = listed.copy()
            allowed[[space.row_of[m] for m in viewer.rated]] = False
            ours = manhattan_distance(viewer.profile, space.points)
            for name, order in {"movieloop": ours, **rivals}.items():
                (hits if rating else shown)[name].append(chance_above(order, row, allowed, 10))
            if rating:
                learned.append(viewer.learned)
        viewer.rated.add(event.movie_id)
        viewer.waiting.append(event)
    return {
        "likes_replayed": len(learned),
        "hr_at_10": {name: round(float(np.mean(x)), 4) for name, x in hits.items()},
        "disliked_in_top_10": {name: round(float(np.mean(x)), 4) for name, x in shown.items()},
        "hr_at_10_by_opinions_learned": {name: _by_bucket(x, learned) for name, x in hits.items()},
    }


def _learn(space: Embeddings, viewer: Viewer) -> None:
    said = [(event.movie_id, opinion(event.score)) for event in viewer.waiting]
    if said:
        viewer.profile = space.learn(said, profile=viewer.profile, likes=viewer.likes)
        viewer.likes += sum(rating == 1 for _, rating in said)
        viewer.learned += len(said)
        viewer.waiting.clear()


def _by_bucket(hits: list[float], learned: list[int]) -> dict[str, float]:
    bucket = np.searchsorted(BUCKETS, learned, side="right") - 1
    value = np.array(hits)
    return {
        f"{low}+": round(float(value[bucket == i].mean()), 4)
        for i, low in enumerate(BUCKETS)
        if (bucket == i).any()
    }

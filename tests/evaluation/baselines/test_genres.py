"""The rule movieloop began with, against the arithmetic of one like and one dislike."""

import numpy as np
import pytest

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.genres import RETRAIN_AFTER, START, GenreRule
from movieloop.replay.histories import Histories

GENRES = np.array([[True, False], [False, True], [True, True]])


def taste(*ratings: int | None) -> np.ndarray:
    """Score the three films for somebody who rated the first one again and again."""
    count = len(ratings)
    log = RatingLog.of(["ada"] * count, [0] * count, ratings, range(count), movie_ids=range(3))
    return GenreRule(GENRES).taste(Histories.whole(log))[0]


def test_nothing_is_learned_before_three_opinions() -> None:
    start = -np.abs(GENRES - START).sum(axis=1)
    assert RETRAIN_AFTER == 3
    assert taste(1, 1) == pytest.approx(start)


def test_likes_pull_by_a_third_of_the_way_each() -> None:
    profile = np.full(2, START)
    for _ in range(3):
        profile += 0.3 * (GENRES[0] - profile)
    assert taste(1, 1, 1) == pytest.approx(-np.abs(GENRES - profile).sum(axis=1), rel=1e-5)


def test_seen_moves_nothing() -> None:
    assert taste(None, None, None) == pytest.approx(-np.abs(GENRES - START).sum(axis=1))


def test_a_dislike_pushes_away() -> None:
    assert taste(0, 0, 0)[0] < taste(1, 1)[0] < taste(1, 1, 1)[0]

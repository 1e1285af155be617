"""A replay scores films as they are served, also where the log and the space know other films."""

import numpy as np
import pytest

from movieloop.data.interactions import RatingLog
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.model.popularity import LivePopularity
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.taste import manhattan_distance

HOUR = 3_600_000
MEMORIES = (Memory("slow", 2),)


def space_of(movie_ids: list[int], *, alive: bool) -> Embeddings:
    """Points that depend on nothing but the movie, with living popularity or without."""
    points = np.array([np.random.default_rng(movie).normal(size=2) for movie in movie_ids])
    if not alive:
        return Embeddings(movie_ids, points, np.zeros(2), MEMORIES)
    bare = Embeddings(
        movie_ids,
        np.hstack([points, np.zeros((len(points), 1))]),
        np.zeros(3),
        (*MEMORIES, Memory.popularity()),
        half_life=10.0,
    )
    return bare.with_popularity(np.zeros(len(points)))


@pytest.mark.parametrize("alive", [True, False])
@pytest.mark.parametrize(
    "movie_ids", [[7, 8, 9, 10], [10, 9, 8, 7], [7, 9], [9], [6, 7, 8, 9, 10, 11], [8, 9, 12, 13]]
)
def test_films_are_scored_by_their_number_wherever_their_point_is(
    movie_ids: list[int], alive: bool
) -> None:
    log = RatingLog.of("abab", [7, 8, 9, 10], [1, 1, 1, 1], [0, HOUR, 2 * HOUR, 3 * HOUR])
    replay = Replay(log, 2, 4)
    space = space_of(movie_ids, alive=alive)
    scores = EmbeddingScorer(space).scores(replay, slice(0, 2))
    assert scores.shape == (2, 4)
    missing = ~np.isin(log.movie_ids, movie_ids)
    assert np.isneginf(scores[:, missing]).all() and np.isfinite(scores[:, ~missing]).all()
    there = np.flatnonzero(~missing)
    rows = [movie_ids.index(movie) for movie in log.movie_ids[there].tolist()]
    points = space.points[rows, :2]
    popular = LivePopularity(log, half_life=10.0, clock="likes").at(replay.time)[:, there]
    for question, movie in enumerate([7, 8]):
        profile = space.learn([(movie, 1)] if movie in movie_ids else [])[:2]
        expected = -manhattan_distance(profile, points)
        if alive:
            expected += np.abs(points).sum(axis=1) + np.log(popular[question] + space.smoothing)
        np.testing.assert_allclose(scores[question, there], expected, rtol=1e-5)

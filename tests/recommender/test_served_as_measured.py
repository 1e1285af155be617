"""What is measured is what is served: a replay and a live service give the same ranks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from movieloop import Movie, MovieLoop
from movieloop.data.interactions import LIKED, ONLY_SEEN, RatingLog
from movieloop.recommender import live_model
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.training.hyperparameters import CANDIDATES, Hyperparameters
from movieloop.training.train import train
from tests.training.two_tastes import MINUTE, two_tastes

FILMS = 40


def log() -> RatingLog:
    """Two tastes with seen films, dislikes and changes of mind; everybody pauses after each."""
    random, world = np.random.default_rng(1), two_tastes(people=30, films=FILMS, events=12)
    ratings = world.rating.astype(int)
    ratings[random.random(len(ratings)) < 0.1] = ONLY_SEEN
    movies = world.movie.copy()
    for event in np.flatnonzero(random.random(len(movies)) < 0.1):
        earlier = np.flatnonzero(world.user[:event] == world.user[event])
        if len(earlier):
            movies[event] = movies[earlier[0]]
    said = [None if rating == ONLY_SEEN else rating for rating in ratings.tolist()]
    times = np.arange(len(movies)) * 2 * MINUTE
    ids = world.movie_ids
    return RatingLog.of(
        [f"u{user}" for user in world.user], ids[movies], said, times, movie_ids=ids
    )


@pytest.mark.parametrize("plan", CANDIDATES, ids=lambda plan: plan.name)
def test_a_live_service_ranks_as_the_replay_does(
    plan: Hyperparameters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_model, "FOLLOW_EVERY", 0)  # a service looks once a second
    whole = log()
    half = len(whole) // 2
    quick = replace(plan, half_life=60.0, epochs=2, voices=1)
    trained = train(whole.first(half), quick)
    space = trained.embeddings(np.zeros(len(whole.movie_ids)))
    replay = Replay(whole, half, len(whole))
    expected = replay.ranks(EmbeddingScorer(space))
    assert len(np.unique(expected)) > 10

    films = [Movie(int(i), f"Film {i}", 2000, ("Drama",)) for i in whole.movie_ids]
    asked = {int(event): question for question, event in enumerate(replay.events)}
    served = np.full(len(asked), np.nan)
    with MovieLoop.open(tmp_path / "live.db", films=(films, space.to_bytes(), "trained")) as loop:
        for event in range(len(whole)):
            user, row = f"u{whole.user[event]}", int(whole.movie[event])
            movie, rating = int(whole.movie_ids[row]), int(whole.rating[event])
            if event in asked and whole.first_time[event]:
                listed = loop.recommend(user, n=FILMS).recommendations
                served[asked[event]] = 1 + [film.movie_id for film in listed].index(movie)
            loop.add_feedback(user, movie, None if rating == ONLY_SEEN else rating)
    there = ~np.isnan(served)
    assert there.sum() > 50
    assert (whole.rating[replay.events[there]] == LIKED).any()
    ties = expected[there] % 1 != 0
    np.testing.assert_array_equal(served[there][~ties], expected[there][~ties])

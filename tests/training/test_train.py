"""Training learns what there is to learn, gives finite points, and can be killed."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.errors import TooLittleData
from movieloop.replay.replay import Replay
from movieloop.taste import manhattan_distance
from movieloop.training.train import Trained, train
from tests.training.two_tastes import MINUTE, TINY, scorer, two_tastes


@pytest.fixture(scope="module")
def log() -> RatingLog:
    return two_tastes()


@pytest.fixture(scope="module")
def trained(log: RatingLog) -> Trained:
    return train(log, TINY)


class EarlierLikes:
    """All likes so far, whoever asks."""

    name = "popularity"

    def scores(self, replay: Replay, part: slice) -> np.ndarray:
        end = replay.first
        liked = replay.log.movie[:end][replay.log.rating[:end] == LIKED]
        counts = np.bincount(liked, minlength=len(replay.log.movie_ids))
        return np.tile(counts.astype(float), (part.stop - part.start, 1))


def test_it_learns_a_world_of_two_tastes(log: RatingLog) -> None:
    end = int(0.8 * len(log))
    replay = Replay(log, end, len(log))
    ranks = replay.ranks(scorer(train(log, TINY, end=end)))
    popular = replay.ranks(EarlierLikes())
    assert (ranks[replay.liked] <= 5).mean() > 1.4 * (popular[replay.liked] <= 5).mean()
    assert np.median(ranks[~replay.liked]) > np.median(popular[~replay.liked])


def test_who_likes_even_films_gets_even_films(trained: Trained) -> None:
    space = trained.embeddings(np.ones(40))  # equally popular
    for taste in (0, 1):
        fan = space.learn([(movie, 1) for movie in range(taste, 12, 2)])
        nearest = np.argsort(manhattan_distance(fan, space.points))
        assert (nearest[:14] % 2 == taste).all()


def test_the_same_seed_gives_the_same_bytes(log: RatingLog, trained: Trained) -> None:
    again = train(log, TINY)
    assert again.points.tobytes() == trained.points.tobytes()
    assert again.loss == trained.loss
    assert train(log, TINY, seed=1).points.tobytes() != trained.points.tobytes()


def test_what_comes_after_the_end_changes_nothing(log: RatingLog) -> None:
    end = int(0.7 * len(log))
    rating = log.rating.copy()
    rating[end:] = 1 - np.maximum(rating[end:], 0)
    movie = log.movie.copy()
    movie[end:] = (movie[end:] + 1) % 40
    other = RatingLog(log.user, movie, rating, log.time, log.movie_ids)
    once, again = train(log, TINY, end=end), train(other, TINY, end=end)
    assert once.points.tobytes() == again.points.tobytes()
    assert once.points.tobytes() == train(log.first(end), TINY).points.tobytes()


def test_the_loss_falls_and_progress_is_told(log: RatingLog) -> None:
    told: list[tuple[float, float]] = []
    train(log, TINY, progress=lambda share, loss: told.append((share, loss)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert told[-1][1] < told[0][1]


def test_a_newcomer_at_the_origin_sees_the_most_popular_films(trained: Trained) -> None:
    likes = np.random.default_rng(0).permutation(40).astype(float)
    space = trained.embeddings(likes)
    assert not space.start.any()
    distances = manhattan_distance(space.start, space.points)
    assert np.argsort(distances).tolist() == np.argsort(-likes).tolist()
    assert (space.points[:, -1] >= 0).all()


def test_a_learned_start_moves(log: RatingLog) -> None:
    lively = train(log, replace(TINY, learns_start=True))
    assert lively.start.any()
    assert (lively.embeddings(np.zeros(40)).points[:, -1] >= 0).all()


def test_less_weight_shrinks_the_points(log: RatingLog, trained: Trained) -> None:
    half = train(log, replace(TINY, weight=0.5))
    np.testing.assert_allclose(half.points, 0.5 * trained.points)


def liking(users: list[int], movies: list[int], rating: int = 1, step: int = MINUTE) -> RatingLog:
    times = [step * event for event in range(len(users))]
    return RatingLog.of(users, movies, [rating] * len(users), times)


@pytest.mark.parametrize(
    ("world", "says"),
    [
        (liking([], []), "50 likes; there are 0"),
        (liking([0] * 10, list(range(10))), "50 likes; there are 10"),
        (liking([0] * 60, list(range(60))), "5 people who liked something; there are 1"),
        (liking(list(range(60)), [7] * 60), "5 movies that were liked; there are 1"),
        (liking([u // 10 for u in range(100)], list(range(10)) * 10, 0), "50 likes; there are 0"),
    ],
    ids=["nothing", "ten likes", "one person", "one film", "all dislikes"],
)
def test_too_little_is_refused_politely(world: RatingLog, says: str) -> None:
    with pytest.raises(TooLittleData, match=says) as refused:
        train(world, TINY)
    assert "Rate or import more." in str(refused.value)


@pytest.mark.parametrize("learns_start", [False, True])
@pytest.mark.parametrize("step", [MINUTE, 10 * MINUTE, 0], ids=["a page", "all likes", "one time"])
def test_odd_worlds_give_finite_points(step: int, learns_start: bool) -> None:
    world = liking([u // 8 for u in range(80)], [(e * 7) % 11 for e in range(80)], step=step)
    trained = train(world, replace(TINY, learns_start=learns_start))
    assert np.isfinite(trained.points).all()
    assert np.isfinite(trained.start).all()
    assert np.isfinite(trained.embeddings(np.zeros(11)).points).all()


def test_extreme_plans_stay_finite(log: RatingLog) -> None:
    wild = replace(TINY, learning_rate=50.0, half_life=1e-3, smoothing=1e-6, spread=100.0)
    assert np.isfinite(train(log, wild).points).all()


def test_a_history_of_dislikes_stays_finite() -> None:
    log = two_tastes(people=30)
    hater = np.full(400, 30)
    many = RatingLog.of(
        np.concatenate([log.user, hater]),
        np.concatenate([log.movie, np.arange(400) % 40]),
        [*log.rating.tolist(), *([0] * 399), 1],
        np.concatenate([log.time, np.arange(400) * 10 * MINUTE]),
        movie_ids=range(40),
    )
    assert np.isfinite(train(many, TINY).points).all()

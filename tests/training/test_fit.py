"""Fitting chooses by the past alone, prefers calm, and predicts what is served."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop.data.interactions import RatingLog
from movieloop.errors import TooLittleData
from movieloop.model.popularity import LivePopularity
from movieloop.replay.rank_kernels import mixed_ranks, popular_ranks, rated_before
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.taste import manhattan_distance
from movieloop.training import fit as fitting
from movieloop.training import selection as choosing
from movieloop.training import train as training
from movieloop.training.fit import fit
from movieloop.training.hyperparameters import CANDIDATES
from movieloop.training.selection import HALF_LIVES, choose_half_life, clearly, newest
from movieloop.training.train import Trained, train
from tests.training.two_tastes import MINUTE, TINY, two_tastes

LIVELY = replace(TINY, name="livelier", learning_rate=0.02, freshness=0.5)


@pytest.fixture(scope="module")
def log() -> RatingLog:
    return two_tastes(people=90)


class Served:
    """The distance as the server computes it, one question at a time."""

    name = "served"

    def __init__(self, trained: training.Trained) -> None:
        self.trained = trained

    def scores(self, replay: Replay, part: slice) -> np.ndarray:
        half_life = self.trained.plan.half_life or 1.0
        live = LivePopularity(replay.log, half_life=half_life, clock="likes")
        rows = []
        for question in range(part.start, part.stop):
            space = self.trained.embeddings(live.at([replay.time[question]])[0])
            learned = replay.learned(question)
            said = [None if r < 0 else r for r in replay.log.rating[learned].tolist()]
            movies = replay.log.movie_ids[replay.log.movie[learned]].tolist()
            # Popularity moves the points, so the walls of the taste coordinates do not.
            profile = space.learn(zip(movies, said, strict=True))
            rows.append(-manhattan_distance(profile, space.points))
        return np.array(rows)


class Popular:
    """Live popularity, the plain way."""

    name = "popularity"

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life

    def scores(self, replay: Replay, part: slice) -> np.ndarray:
        live = LivePopularity(replay.log, half_life=self.half_life, clock="likes")
        return live.at(replay.time[part])


def scorer(trained: Trained) -> EmbeddingScorer:
    return EmbeddingScorer(trained.embeddings(np.zeros(len(trained.movie_ids))))


@pytest.mark.parametrize("learns_start", [False, True])
def test_a_prediction_ranks_as_serving_does(log: RatingLog, learns_start: bool) -> None:
    end = int(0.8 * len(log))
    trained = train(log, replace(TINY, learns_start=learns_start), end=end)
    replay = Replay(log, end, len(log))
    predicted, served = replay.ranks(scorer(trained)), replay.ranks(Served(trained))
    assert np.isfinite(predicted).all()
    assert (predicted == served).mean() > 0.99  # float32 may turn two films around that tie


@given(st.integers(0, 1000))
@settings(max_examples=10, deadline=None)
def test_compiled_ranks_are_those_of_the_replay(seed: int) -> None:
    world = two_tastes(people=12, films=15, events=8, seed=seed)
    replay = Replay(world, 20, len(world))
    half_lives = np.array([0.05, 7.0, 300.0])
    expected = [replay.ranks(Popular(half_life)) for half_life in half_lives]
    np.testing.assert_array_equal(popular_ranks(replay, half_lives), expected)


@pytest.mark.parametrize("weight", [1.0, 0.3])
def test_ranks_at_a_weight_are_those_of_weighed_points(log: RatingLog, weight: float) -> None:
    end = int(0.8 * len(log))
    whole, weighed = (train(log, TINY.weighing(w), end=end) for w in (1.0, weight))
    replay = Replay(log, end, len(log))
    everything = slice(0, len(replay.events))
    taste, known = scorer(whole).parts(replay, everything)
    ranks = np.empty((1, len(replay.events)))
    mixed_ranks(
        taste, known, np.array([weight]), replay.target, *rated_before(replay), ranks
    )  # fmt: skip
    assert (ranks[0] == replay.ranks(scorer(weighed))).mean() > 0.99


def test_a_film_rated_twice_is_struck_out_once() -> None:
    times = [0, 1, 2, 3, 4, 5 * MINUTE]
    world = RatingLog.of("bbbaaa", [1, 2, 3, 1, 1, 2], [1] * 6, times)
    replay = Replay(world, 5, 6)
    assert popular_ranks(replay, np.array([100.0])) == replay.ranks(Popular(100.0))


def test_it_chooses_trains_and_tells(log: RatingLog) -> None:
    told: list[str] = []
    fitted = fit(log, plans=(TINY, LIVELY), say=lambda what, share: told.append(what))
    assert fitted.trained.plan.half_life is not None
    assert [choice.name for choice in fitted.choices[-4:]] == [
        f"{name}, weight {weight:g}" for name in ("tiny", "livelier") for weight in (1, 0.6)
    ]
    assert all(0 <= c.hit_rate <= 1 and 0 < c.gain <= 1 for c in fitted.choices)
    assert any(what.startswith("training, loss") for what in told)
    again = fit(log, plans=(TINY, LIVELY))
    assert again.trained.points.tobytes() == fitted.trained.points.tobytes()


def test_only_the_past_is_looked_at(log: RatingLog) -> None:
    end = int(0.8 * len(log))
    turned = RatingLog(
        log.user, log.movie, np.where(np.arange(len(log)) < end, log.rating, 0).astype(np.int8),
        log.time, log.movie_ids,
    )  # fmt: skip
    once, again = (fit(world, end=end, plans=(TINY,)) for world in (log, turned))
    assert once.choices == again.choices
    assert once.trained.points.tobytes() == again.trained.points.tobytes()


def test_where_little_is_known_the_calm_plan_is_taken() -> None:
    small = two_tastes(people=15, events=10)
    fitted = fit(small)
    assert fitted.trained.plan.name == "calm"
    assert np.isfinite(fitted.trained.points).all()


def test_nothing_to_learn_from_is_refused() -> None:
    with pytest.raises(TooLittleData, match="there are 0"):
        fit(RatingLog.of([], [], [], [], movie_ids=[7]))


def test_fast_worlds_get_a_short_half_life() -> None:
    random = np.random.default_rng(0)
    events = np.arange(4000)
    fashion = (events // 400 * 5 + random.integers(0, 5, 4000)) % 50  # five new films each week
    world = RatingLog.of(events % 200, fashion, [1] * 4000, events * 10 * MINUTE)
    half_life, choices = choose_half_life(newest(world, 3000))
    assert half_life < 1000
    assert len(choices) == len(HALF_LIVES)
    steady = random.choice(50, 4000, p=np.arange(1, 51) / 1275)
    world = RatingLog.of(events % 200, steady, [1] * 4000, events * 10 * MINUTE)
    assert choose_half_life(newest(world, 3000))[0] > 1000


def test_a_lucky_person_is_no_clear_win() -> None:
    user = np.repeat(np.arange(50), 10)
    nothing, lucky, everybody = np.zeros(500), np.zeros(500), np.zeros(500)
    lucky[:10] = 1.0
    everybody[::10] = 0.1
    assert not clearly(nothing, nothing, user)
    assert not clearly(lucky, nothing, user)
    assert clearly(everybody, nothing, user)
    assert not clearly(nothing, everybody, user)


def test_the_calm_plan_stays_unless_another_wins(
    log: RatingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "clearly", lambda figures, others, user: False)
    plan = fit(log, plans=(TINY, LIVELY)).trained.plan
    assert (plan.name, plan.weight) == ("tiny", 1.0)
    monkeypatch.setattr(choosing, "clearly", lambda figures, others, user: True)
    plan = fit(log, plans=(TINY, LIVELY)).trained.plan
    assert (plan.name, plan.weight) == ("livelier", 0.6)


def test_a_killed_fit_goes_on_where_it_was(
    log: RatingLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(what: str, share: float) -> None:
        if what.startswith("training") and share > 0.5:
            raise Killed

    monkeypatch.setattr(training, "SAVED_EVERY", 0.0)
    whole, file = fit(log, plans=(TINY, LIVELY)), tmp_path / "fit.npz"
    with pytest.raises(Killed):
        fit(log, plans=(TINY, LIVELY), checkpoint=file, say=die)
    monkeypatch.setattr(fitting, "choose_plan", None)  # nothing is chosen again
    resumed = fit(log, plans=(TINY, LIVELY), checkpoint=file)
    assert resumed.choices == whole.choices
    assert resumed.trained.plan == whole.trained.plan
    assert resumed.trained.points.tobytes() == whole.trained.points.tobytes()
    assert list(tmp_path.iterdir()) == []


def test_the_plans_go_from_calm_to_lively() -> None:
    assert [plan.name for plan in CANDIDATES] == ["calm", "attentive", "lively"]
    assert [len(plan.memories) for plan in CANDIDATES] == [1, 2, 3]
    assert not CANDIDATES[0].learns_start

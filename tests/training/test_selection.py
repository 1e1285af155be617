"""Choosing among plans and half-lives: chance is allowed for, and the calm plan is preferred."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.model.content import Content
from movieloop.model.embeddings import Memory
from movieloop.replay.replay import Replay
from movieloop.training import selection as choosing
from movieloop.training.fit import fit
from movieloop.training.selection import HALF_LIVES, choose_half_life, clearly, newest, stands
from tests.training.two_tastes import LIVELY, MINUTE, TINY, two_tastes


@pytest.fixture(scope="module")
def log() -> RatingLog:
    return two_tastes(people=90)


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
    assert plan.name == "tiny"
    monkeypatch.setattr(choosing, "clearly", lambda figures, others, user: True)
    plan = fit(log, plans=(TINY, LIVELY)).trained.plan
    assert plan.name == "livelier"


def test_a_livelier_plan_must_win_in_hits_too(
    log: RatingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_in_gain(figures: np.ndarray, others: np.ndarray, user: np.ndarray) -> bool:
        return set(np.unique(figures)) - {0.0, 1.0} != set()

    monkeypatch.setattr(choosing, "clearly", only_in_gain)
    assert fit(log, plans=(TINY, LIVELY)).trained.plan.name == "tiny"


def test_who_falls_behind_live_popularity_does_not_stand(log: RatingLog) -> None:
    replay = newest(log, int(0.9 * len(log)))
    count = len(replay.events)
    popular = np.where(np.arange(count) % 2, 1.0, 99.0)
    assert stands(popular, popular, replay)
    assert stands(np.ones(count), popular, replay)
    assert not stands(np.full(count, 99.0), popular, replay)
    # More hits in all, but clearly fewer for those of whom little is known.
    known = replay.known < np.median(replay.known)
    few, many = np.where(known, 99.0, 1.0), np.where(known, 1.0, 99.0)
    narrow = Replay(log, replay.first, replay.last, replay.events[known])
    assert not stands(few[known], many[known], narrow)


def test_what_films_are_about_counts_where_it_tells_something(log: RatingLog) -> None:
    likes = log.rating == LIKED
    camps = np.zeros((log.users, len(log.movie_ids)))
    np.add.at(camps, (log.user[likes], log.movie[likes]), 1.0)
    split = np.linalg.svd(camps - camps.mean(axis=0))[2][:1].T * 10
    memories = (Memory("genres", 1),)
    telling, silent = Content(split, memories), Content(split * 0, memories)
    plan = fit(log, plans=(TINY,), content=silent).plan
    assert plan.content == 0
    fitted = fit(log, plans=(replace(TINY, epochs=1, learning_rate=1e-6),), content=telling)
    assert fitted.plan.content > 0
    first, beside = TINY.voices * len(TINY.memories), TINY.voices * TINY.embedding_size
    assert fitted.trained.plan.memories[first].name == "genres"
    genres = fitted.trained.points[:, beside : beside + 1]
    np.testing.assert_allclose(genres, split * fitted.plan.content)


def test_chosen_after_training_the_half_life_that_taught_stays_known(log: RatingLog) -> None:
    fitted = fit(log, plans=(TINY,))
    plan = fitted.plan
    assert plan.taught_at is not None
    assert plan.half_life in (plan.taught_at, plan.taught_at / 2)
    assert fitted.trained.embeddings(np.ones(len(log.movie_ids))).half_life == plan.half_life

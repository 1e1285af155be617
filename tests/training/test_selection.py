"""Choosing among plans and half-lives: chance is allowed for, and the calm plan is preferred."""

import numpy as np
import pytest

from movieloop.data.interactions import RatingLog
from movieloop.training import selection as choosing
from movieloop.training.fit import fit
from movieloop.training.selection import HALF_LIVES, choose_half_life, clearly, newest
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
    assert (plan.name, plan.weight) == ("tiny", 1.0)
    monkeypatch.setattr(choosing, "clearly", lambda figures, others, user: True)
    plan = fit(log, plans=(TINY, LIVELY)).trained.plan
    assert (plan.name, plan.weight) == ("livelier", 0.6)

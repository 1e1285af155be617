"""Compiled ranks are those of the replay."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop.data.interactions import RatingLog
from movieloop.model.popularity import LivePopularity
from movieloop.replay.rank_kernels import mixed_ranks, popular_ranks, rated_before
from movieloop.replay.replay import Replay
from movieloop.training.train import train
from tests.training.two_tastes import MINUTE, TINY, Popular, scorer, two_tastes


@pytest.fixture(scope="module")
def log() -> RatingLog:
    return two_tastes(people=90)


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
    whole, weighed = (train(log, replace(TINY, weight=w), end=end) for w in (1.0, weight))
    replay = Replay(log, end, len(log))
    everything = slice(0, len(replay.events))
    taste = scorer(whole).nearness(replay, everything)
    popular = LivePopularity(log, half_life=whole.plan.half_life, clock="likes")
    known = np.log(popular.at(replay.time) + whole.plan.smoothing)
    ranks, nothing = np.empty((2, len(replay.events))), np.zeros_like(taste)
    rest = (replay.target, *rated_before(replay))
    mixed_ranks(taste, nothing, known, np.array([[weight, 0.0]]), *rest, ranks[:1])
    mixed_ranks(nothing, taste, known, np.array([[0.0, weight]]), *rest, ranks[1:])
    np.testing.assert_array_equal(ranks[0], ranks[1])
    assert (ranks[0] == replay.ranks(scorer(weighed))).mean() > 0.99


def test_a_film_rated_twice_is_struck_out_once() -> None:
    times = [0, 1, 2, 3, 4, 5 * MINUTE]
    world = RatingLog.of("bbbaaa", [1, 2, 3, 1, 1, 2], [1] * 6, times)
    replay = Replay(world, 5, 6)
    assert popular_ranks(replay, np.array([100.0])) == replay.ranks(Popular(100.0))

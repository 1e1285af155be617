"""What is popular, and chance: the two every other figure must be compared with."""

import numpy as np

from movieloop.data.interactions import LIKED
from movieloop.evaluation.baselines.popularity import PopularityBaseline, RandomBaseline
from movieloop.replay.rank_kernels import popular_ranks
from movieloop.replay.replay import Replay
from tests.small_logs import small_data

LOG = small_data().log
END = int(0.8 * len(LOG))
DAY = 24 * 3600 * 1000


def test_without_a_half_life_it_counts_the_likes_learned_by_then() -> None:
    replay = Replay(LOG, END, len(LOG))
    popular = PopularityBaseline()
    popular.fit(LOG, END)
    scores = popular.scores(replay, slice(0, 5))
    for question in range(5):
        known = (LOG.rating == LIKED) & (LOG.learned_at <= replay.time[question])
        counts = np.bincount(LOG.movie[known], minlength=len(LOG.movie_ids))
        np.testing.assert_allclose(scores[question], np.log(counts + popular.small), rtol=1e-4)


def test_a_short_half_life_prefers_what_is_liked_now() -> None:
    replay = Replay(LOG, END, len(LOG))
    days = (LOG.time[-1] - LOG.time[0]) / DAY
    short, long = (PopularityBaseline("p", half_life) for half_life in (days / 50, days * 50))
    for learner in (short, long):
        learner.fit(LOG, END)
    last = slice(len(replay.events) - 1, len(replay.events))
    recent = np.bincount(LOG.movie[-80:][LOG.rating[-80:] == LIKED], minlength=len(LOG.movie_ids))
    now, ever = (np.corrcoef(recent, np.exp(learner.scores(replay, last)[0]))[0, 1]
                 for learner in (short, long))  # fmt: skip
    assert now > ever


def test_chance_is_the_same_twice_and_another_for_another_seed() -> None:
    replay = Replay(LOG, END, len(LOG))
    first, again, other = (RandomBaseline(seed).scores(replay, slice(0, 4)) for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()
    assert (first.argmax(axis=1) == other.argmax(axis=1)).sum() < 4


def test_half_lives_in_likes_are_those_of_the_choice() -> None:
    replay = Replay(LOG, END, len(LOG))
    by_likes = PopularityBaseline(tuned=True).changed("likes", 100.0)
    ranks = replay.ranks(by_likes)
    expected = popular_ranks(replay, np.array([100.0]))[0]
    assert (ranks == expected).mean() > 0.97  # what is left of old likes ties with nothing here
    assert (ranks != replay.ranks(PopularityBaseline())).any()

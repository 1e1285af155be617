"""Mixtures are ranked as the space they become would rank: nothing is approximated."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop.data.interactions import LIKED
from movieloop.model.content import Content
from movieloop.model.embeddings import Memory
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.training.hyperparameters import BESIDE
from movieloop.training.mixing import SHARES, Mixture, ranks_beside, ranks_mixed
from movieloop.training.selection import newest
from movieloop.training.side_by_side import beside_content, beside_timeless
from movieloop.training.timeless import train_timeless
from movieloop.training.train import Trained, train
from tests.training.two_tastes import TINY, two_tastes

LOG = two_tastes(people=60)
CUT = int(0.9 * len(LOG))


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(LOG, replace(TINY, half_life=400.0, taught_at=400.0), end=CUT)


@pytest.fixture(scope="module")
def timeless() -> Trained:
    return train_timeless(LOG.first(CUT), replace(BESIDE, voices=1, epochs=1))


@pytest.fixture(scope="module")
def content() -> Content:
    points = np.random.default_rng(5).normal(size=(len(LOG.movie_ids), 3))
    return Content(points, (Memory("genres", 3),))


def served(trained: Trained, replay: Replay) -> np.ndarray:
    """The ranks of the space itself, popularity alive."""
    likes = np.bincount(LOG.movie[LOG.rating == LIKED], minlength=len(LOG.movie_ids))
    return replay.ranks(EmbeddingScorer(trained.embeddings(likes.astype(float))))


def test_a_mixture_ranks_as_what_it_becomes(trained: Trained, content: Content) -> None:
    replay = newest(LOG, CUT)
    mixture = Mixture(0.6, 1.4, 1.0)
    (ranks,) = ranks_mixed(trained, replay, content, [mixture])
    plan = replace(trained.plan, weight=0.6, content=1.4)
    weighed = replace(trained, plan=plan, points=trained.points * 0.6, start=trained.start * 0.6)
    assert (ranks == served(beside_content(weighed, content), replay)).mean() > 0.98


def test_a_share_beside_ranks_as_what_it_becomes(
    trained: Trained, timeless: Trained, content: Content
) -> None:
    replay = newest(LOG, CUT)
    plan = replace(trained.plan, weight=0.6, content=1.4)
    shares = ranks_beside(trained, timeless, plan, replay, content)
    assert shares.shape == (len(SHARES), len(replay.events))
    for share, ranks in zip(SHARES, shares, strict=True):
        mixed = replace(plan, timeless=share)
        weighed = replace(
            trained, plan=mixed, points=trained.points * 0.6, start=trained.start * 0.6
        )
        whole = beside_timeless(beside_content(weighed, content), timeless)
        assert (ranks == served(whole, replay)).mean() > 0.98

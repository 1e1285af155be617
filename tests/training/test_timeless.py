"""Where time means nothing, only who likes what counts."""

from dataclasses import replace

import numpy as np

from movieloop.data.interactions import DISLIKED, LIKED, ONLY_SEEN
from movieloop.training.drawn_order import in_drawn_order
from movieloop.training.hyperparameters import TIMELESS
from movieloop.training.timeless import train_timeless
from tests.training.two_tastes import two_tastes

LOG = two_tastes(people=60)
PLAN = replace(TIMELESS, voices=2, epochs=1)


def test_likes_are_shuffled_and_nothing_else_stays() -> None:
    drawn = in_drawn_order(LOG, 0)
    likes = LOG.rating == LIKED
    assert (drawn.rating == LIKED).all()
    before = sorted(zip(LOG.user[likes].tolist(), LOG.movie[likes].tolist(), strict=True))
    assert sorted(zip(drawn.user.tolist(), drawn.movie.tolist(), strict=True)) == before
    assert drawn.movie.tolist() != LOG.movie[likes].tolist()
    assert drawn.movie.tolist() != in_drawn_order(LOG, 1).movie.tolist()
    assert drawn.movie.tolist() == in_drawn_order(LOG, 0).movie.tolist()


def test_films_without_an_opinion_teach_like_likes_others_in_each_voice() -> None:
    log = replace(LOG, rating=np.where(LOG.rating == LIKED, LIKED, ONLY_SEEN).astype(np.int8))
    likes, neutral = (log.rating == LIKED).sum(), (log.rating == ONLY_SEEN).sum()
    drawn = [in_drawn_order(log, voice, neutral=0.5) for voice in (0, 1)]
    for one in drawn:
        assert (one.rating == LIKED).all()
        assert likes + 0.3 * neutral < len(one) < likes + 0.7 * neutral
    assert len(in_drawn_order(log, 0)) == likes
    assert len(in_drawn_order(log, 0, neutral=1.0)) == len(log)
    assert sorted(drawn[0].movie.tolist()) != sorted(drawn[1].movie.tolist())


def test_every_like_is_a_sitting_of_its_own() -> None:
    drawn = in_drawn_order(LOG, 0)
    np.testing.assert_array_equal(drawn.known, drawn.position)


def test_dislikes_and_times_teach_nothing() -> None:
    one = train_timeless(LOG, PLAN).points
    kept = LOG.part(LOG.rating != DISLIKED)
    np.testing.assert_array_equal(one, train_timeless(kept, PLAN).points)
    later = replace(kept, time=kept.time * 2)
    np.testing.assert_array_equal(one, train_timeless(later, PLAN).points)


def test_two_tastes_come_apart() -> None:
    trained = train_timeless(LOG, replace(PLAN, epochs=8))
    likes = np.zeros((LOG.users, len(LOG.movie_ids)))
    told = LOG.rating == LIKED
    np.add.at(likes, (LOG.user[told], LOG.movie[told]), 1.0)
    together = np.corrcoef(likes.T)
    apart = np.abs(trained.points[:, None] - trained.points[None]).sum(axis=2)
    pairs = np.triu_indices(len(apart), 1)
    assert np.corrcoef(together[pairs], -apart[pairs])[0, 1] > 0.4

"""Promises kept live and promises of a replay group people alike."""

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.data.ranks import BUCKET_FROM, BUCKETS, bucket_of
from movieloop.replay.metrics import by_known


@pytest.mark.parametrize("before", range(120))
def test_a_bucket_is_named_after_what_is_in_it(before: int) -> None:
    name = bucket_of(before)
    low, _, high = name.removesuffix("+").partition("-")
    assert int(low) <= before
    assert name == BUCKETS[-1] or before <= int(high or low)
    assert by_known([1.0], [before])[name] == (1.0, 1)


def test_the_live_curve_counts_as_a_replay_does(loop: MovieLoop) -> None:
    films = loop.movies.search(limit=BUCKET_FROM[-1] + 5).movies
    ranks = [loop.add_feedback("ada", film.movie_id, 1).rank_before for film in films]
    ranks += [loop.add_feedback("bob", film.movie_id, 1).rank_before for film in films[:7]]
    known = [*range(len(films)), *range(7)]
    expected = by_known(np.array(ranks, dtype=float), known)
    curve = loop.users.everybody().after
    assert [(item.ratings_before, item.hit_rate, item.likes) for item in curve] == [
        (name, *expected[name]) for name in BUCKETS
    ]

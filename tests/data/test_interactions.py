"""Everybody's ratings as columns: in order, and of known films."""

import pytest

from movieloop.data.interactions import RatingLog


def test_the_order_of_our_own_log_stands_within_a_millisecond() -> None:
    ours = RatingLog.of("aaaa", [4, 3, 2, 1], [1] * 4, [5] * 4, order=[10, 11, 12, 13])
    assert ours.movie_ids[ours.movie].tolist() == [4, 3, 2, 1]
    files = {
        tuple(RatingLog.of("aaaa", [4, 3, 2, 1], [1] * 4, [5] * 4, seed=seed).movie.tolist())
        for seed in range(20)
    }
    assert len(files) > 5


def test_an_unknown_movie_is_refused_not_mistaken_for_its_neighbour() -> None:
    for movie in (6, 8, 10):
        with pytest.raises(ValueError, match=f"movie {movie} is not in movie_ids"):
            RatingLog.of("a", [movie], [1], [0], movie_ids=[7, 9])
    with pytest.raises(ValueError, match="not in movie_ids"):
        RatingLog.of("a", [1], [1], [0], movie_ids=[])

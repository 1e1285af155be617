"""Rivals are drawn by how much they are liked, and counted for those that are not."""

import numpy as np
import pytest

from movieloop.training.rivals import Rivals

LIKES = np.random.default_rng(0).zipf(1.5, 5000).clip(0, 10**4) - 1


def test_all_take_part_where_there_is_room() -> None:
    movies, correction = Rivals(LIKES, most=len(LIKES), seed=0).draw(7)
    assert movies.tolist() == list(range(len(LIKES)))
    assert not correction.any()


@pytest.mark.parametrize("most", [1, 50, 500, 4999])
def test_a_draw_has_about_as_many_as_it_may(most: int) -> None:
    rivals = Rivals(LIKES, most=most, seed=0)
    sizes = [len(rivals.draw(step)[0]) for step in range(200)]
    assert np.mean(sizes) == pytest.approx(most, rel=0.15)
    assert np.all(np.diff(rivals.draw(3)[0]) > 0)


def test_counted_by_its_correction_a_draw_stands_for_all() -> None:
    rivals, worth = Rivals(LIKES, most=500, seed=0), np.sqrt(LIKES + 1.0)
    sums = []
    for step in range(500):
        movies, correction = rivals.draw(step)
        sums.append((worth[movies] * np.exp(correction)).sum())
    assert np.mean(sums) == pytest.approx(worth.sum(), rel=0.02)


def test_the_most_liked_are_certain_and_the_others_more_often_the_more_they_are_liked() -> None:
    rivals, seen = Rivals(LIKES, most=500, seed=0), np.zeros(len(LIKES))
    for step in range(300):
        seen[rivals.draw(step)[0]] += 1
    assert seen[LIKES.argmax()] == 300
    assert seen[LIKES > 50].mean() > 3 * seen[LIKES == 0].mean() > 0


def test_a_step_has_one_draw_and_the_next_step_another() -> None:
    one, other = Rivals(LIKES, most=500, seed=0), Rivals(LIKES, most=500, seed=0)
    assert one.draw(5)[0].tolist() == other.draw(5)[0].tolist()
    assert one.draw(5)[0].tolist() != one.draw(6)[0].tolist()
    assert one.draw(5)[0].tolist() != Rivals(LIKES, most=500, seed=1).draw(5)[0].tolist()


def test_nobody_is_liked() -> None:
    movies, _ = Rivals(np.zeros(1000), most=100, seed=0).draw(0)
    assert 60 < len(movies) < 140

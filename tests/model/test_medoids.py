"""Groups of likes: as good as trying all, on points where that can be tried."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from movieloop.model.medoids import LOOKED_AT, Medoids


def cost(points: np.ndarray, chosen: list[int] | tuple[int, ...]) -> float:
    return float(sum(min(abs(point - points[i]).sum() for i in chosen) for point in points))


@given(some.integers(0, 10_000), some.integers(2, 9), some.integers(1, 3))
def test_no_swap_of_one_medoid_shortens_the_ways(seed: int, likes: int, k: int) -> None:
    points = np.random.default_rng(seed).normal(size=(likes, 3))
    chosen = Medoids.of(points, k=k).rows.tolist()
    found = cost(points, chosen)
    for place in range(len(chosen)):
        for other in range(likes):
            assert found <= cost(points, [*chosen[:place], other, *chosen[place + 1 :]]) + 1e-9


def test_clear_groups_are_found_as_by_trying_everything() -> None:
    random = np.random.default_rng(3)
    middles = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])
    points = np.concatenate([middle + random.normal(size=(6, 2)) for middle in middles])
    best = min(combinations(range(len(points)), 4), key=lambda chosen: cost(points, chosen))
    found = Medoids.of(points)
    assert cost(points, found.rows.tolist()) == pytest.approx(cost(points, best))
    assert found.sizes.tolist() == [6, 6, 6, 6]


def test_a_like_without_company_reaches_a_part_of_the_way_to_the_next() -> None:
    found = Medoids.of(np.array([[0.0], [10.0]]))
    assert found.reach.tolist() == pytest.approx([7.0, 7.0])
    assert Medoids.of(np.array([[1.0]])).reach.tolist() == [0.0]


def test_nothing_liked_and_one_film_again_and_again() -> None:
    assert Medoids.of(np.zeros((0, 5))).rows.tolist() == []
    same = Medoids.of(np.ones((7, 2)))
    assert same.rows.tolist() == [0] and same.sizes.tolist() == [7]


def test_of_thousands_of_likes_the_newest_count() -> None:
    old, new = np.zeros((3000, 1)), np.full((LOOKED_AT, 1), 5.0)
    found = Medoids.of(np.concatenate([old, new]))
    assert found.rows.min() >= 3000

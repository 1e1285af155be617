"""The layout of the map: seeded, finite, and neighbours end up beside each other."""

import numpy as np

from movieloop.model.projection_kernels import begin, settle


def two_clouds() -> np.ndarray:
    random = np.random.default_rng(0)
    points = random.normal(size=(60, 8))
    points[30:] += 6.0
    return points


def nearest(points: np.ndarray, k: int = 5) -> np.ndarray:
    far = np.abs(points[:, None] - points[None]).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    return np.argsort(far, axis=1)[:, :k]


def test_two_clouds_stay_apart_and_neighbours_together() -> None:
    points = two_clouds()
    places, neighbours = begin(points), nearest(points)
    settle(places, neighbours, 1)
    assert np.isfinite(places).all()
    tied = np.linalg.norm(places[:, None] - places[neighbours], axis=2).mean()
    anybody = np.linalg.norm(places[:, None] - places[None], axis=2).mean()
    assert tied < anybody / 3
    assert (nearest(places, 1)[:30] < 30).all() and (nearest(places, 1)[30:] >= 30).all()


def test_one_seed_gives_one_map() -> None:
    points = two_clouds()
    maps = []
    for seed in (7, 7, 8):
        places = begin(points)
        settle(places, nearest(points), seed)
        maps.append(places)
    assert maps[0].tobytes() == maps[1].tobytes() != maps[2].tobytes()


def test_films_that_all_stand_at_one_place_break_nothing() -> None:
    places = begin(np.ones((5, 3)))
    settle(places, np.array([[1], [2], [3], [4], [0]]), 0)
    assert np.isfinite(places).all()

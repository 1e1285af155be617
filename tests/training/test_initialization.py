"""Training begins at a factorization of the likes: NumPy's SVD finds the same directions."""

import numpy as np
from scipy.sparse import csr_array

from movieloop.data.interactions import LIKED
from movieloop.training.initialization import _factors, initial_points
from tests.training.two_tastes import TINY, two_tastes


def test_the_factors_are_those_of_an_svd() -> None:
    random = np.random.default_rng(3)
    # Three strong directions and some noise, so that the strongest are clear.
    strong = random.normal(size=(60, 3)) * (9, 6, 4) @ random.normal(size=(3, 30))
    matrix = strong + 0.1 * random.normal(size=(60, 30))
    _, strengths, directions = np.linalg.svd(matrix)
    expected = directions[:3].T * strengths[:3]
    found = _factors(csr_array(matrix), 3, random)
    np.testing.assert_allclose(np.abs(found), np.abs(expected), rtol=1e-4, atol=1e-3)


def test_films_of_one_taste_begin_together() -> None:
    log = two_tastes()
    points = initial_points(log, TINY, np.random.default_rng(0))
    assert points.shape == (40, TINY.embedding_size) and points.dtype == np.float32
    far = np.abs(points[:, None] - points[None]).sum(axis=2)
    even = np.arange(40) % 2 == 0
    same = far[np.ix_(even, even)].mean() + far[np.ix_(~even, ~even)].mean()
    assert same / 2 < far[np.ix_(even, ~even)].mean()


def test_a_world_smaller_than_its_space_has_points_all_the_same() -> None:
    log = two_tastes(people=3, films=4, events=3)
    assert (log.rating == LIKED).any()
    assert np.isfinite(initial_points(log, TINY, np.random.default_rng(0))).all()

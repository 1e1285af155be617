"""The search answers the same without its intrinsic."""

import numpy as np

from movieloop.model import nearest as search_module
from movieloop.model.nearest import NearestMovies
from tests.model.brute_rank import brute_rank


def test_without_the_compiler_the_answers_are_the_same(monkeypatch):
    points = np.random.default_rng(3).normal(size=(200, 6))
    allowed = np.arange(200) % 3 > 0
    compiled = NearestMovies(points).nearest(points[5], n=9, allowed=allowed)
    monkeypatch.setattr(search_module, "_compiled", lambda: None)
    plain = NearestMovies(points)
    np.testing.assert_array_equal(compiled[0], plain.nearest(points[5], n=9, allowed=allowed)[0])
    assert plain.rank(points[5], row=80, allowed=allowed) == brute_rank(
        points[5], points, 80, allowed
    )

"""The map of the smallest spaces."""

import numpy as np

from movieloop.model.projection import SIZE, Projection


def test_maps_of_the_smallest_spaces():
    assert Projection.of(np.zeros((1, 3))).places.tolist() == [[SIZE // 2, SIZE // 2]]
    assert np.isfinite(Projection.of(np.zeros((3, 1))).places).all()


def test_films_on_one_point_stand_in_one_place() -> None:
    points = np.random.default_rng(0).normal(size=(60, 4))
    twice = np.vstack([points, points[:20]])
    laid = Projection.of(twice)
    np.testing.assert_array_equal(laid.places[60:], laid.places[:20])
    assert len(np.unique(laid.places, axis=0)) > 50

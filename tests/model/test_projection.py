"""The map of the smallest spaces."""

import numpy as np

from movieloop.model.projection import SIZE, Projection


def test_maps_of_the_smallest_spaces():
    assert Projection.of(np.zeros((1, 3))).places.tolist() == [[SIZE // 2, SIZE // 2]]
    assert np.isfinite(Projection.of(np.zeros((3, 1))).places).all()

"""The compiled walks find what comparing everything finds."""

import numpy as np
import pytest

from movieloop.model.turns import weighed
from movieloop.model.turns_kernels import pickable


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [1, 7, 80])
def test_it_finds_what_comparing_everything_finds(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    rough, allowed = random.random((3, 60)), random.random(60) < 0.7
    apart, found = random.random(3) / 20, np.empty(60, np.int64)
    count = pickable(rough, allowed, n, 0.4, apart, found)
    keys = weighed(rough, 0.4)
    nth = np.sort(np.where(allowed, keys, np.inf), axis=1)[:, min(n, 60) - 1]
    nth = np.where(n > allowed.sum(), np.inf, nth)
    near = (keys <= (nth + apart)[:, None]).any(axis=0) & allowed
    assert found[:count].tolist() == np.flatnonzero(near).tolist()

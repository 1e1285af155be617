"""The compiled walks find what comparing everything finds."""

import numpy as np
import pytest

from movieloop.model.nearest_kernels import BLOCK
from movieloop.model.turns import weighed
from movieloop.model.turns_kernels import pickable

FILMS = 5 * BLOCK - 7


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [1, 7, 80, FILMS])
def test_it_finds_what_comparing_everything_finds(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(0, 900, (3, FILMS)).astype(np.int32)
    scores[:, FILMS // 2 :] += 500  # blocks to pass over
    lowest = np.minimum.reduceat(scores, np.arange(0, FILMS, BLOCK), axis=1)
    allowed = random.random(FILMS) < random.choice([0.05, 0.7])
    apart, found = random.random(3) * 20, np.empty(FILMS, np.int64)
    count = pickable(scores, lowest, allowed, n, 0.4, apart, found)
    keys = weighed(scores, 0.4)
    nth = np.sort(np.where(allowed, keys, np.inf), axis=1)[:, n - 1]
    near = (keys <= (nth + apart)[:, None]).any(axis=0) & allowed
    assert found[:count].tolist() == np.flatnonzero(near).tolist()

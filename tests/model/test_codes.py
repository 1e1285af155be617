"""Codes lose no more than they say."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from movieloop.model.codes import coded

POINTS = some.arrays(np.float64, st.tuples(st.integers(1, 40), st.integers(1, 9)),
                     elements=st.floats(-1e6, 1e6))  # fmt: skip


@given(POINTS)
@settings(max_examples=200, deadline=None)
def test_a_movie_decoded_is_no_farther_off_than_the_blur(points: np.ndarray) -> None:
    codes = coded(points, chunk=4)
    if codes is None:
        assert (np.ptp(points, axis=0) < 1e-300).all()
        return
    size = points.shape[1]
    decoded = codes.low + codes.step * codes.codes[:, :size]
    assert np.abs(decoded - points).sum(axis=1).max() <= codes.blur
    assert codes.codes.shape[1] % 4 == 0 and not codes.codes[:, size:].any()


def test_what_cannot_be_told_apart_has_no_codes() -> None:
    assert coded(np.ones((3, 2)), chunk=4) is None
    assert coded(np.ones((3, 0)), chunk=4) is None
    assert coded(np.array([[0.0], [1e308 * 10]]), chunk=4) is None


def test_many_rows_are_coded_in_portions_and_alike() -> None:
    random = np.random.default_rng(1)
    points = random.normal(size=(10_000, 3))
    whole, part = coded(points, chunk=4), coded(points, chunk=32)
    assert whole is not None and part is not None
    assert (whole.codes[:, :3] == part.codes[:, :3]).all() and part.codes.shape == (10_000, 32)
    assert whole.codes.min() == 0 and whole.codes.max() == 255

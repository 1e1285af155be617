"""The loops under the exact search: what they rule out can never have been among the nearest."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop.model.nearest_kernels import BLOCK, contenders, encode, exact, nearer

ROWS, WIDTH, STEP = 2 * BLOCK + 20, 6, 0.25


def made(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, float]:
    """Points, a profile, who is allowed, rough scores, and by how much those may be wrong."""
    random = np.random.default_rng(seed)
    points = random.integers(-4, 5, (ROWS, WIDTH)).astype(float)  # many ties
    profile = random.normal(size=WIDTH) * 3
    far = np.abs(points - profile).sum(axis=1)
    wrong = random.uniform(-0.9, 0.9, ROWS) * STEP
    scores = np.rint((far + wrong) / STEP).astype(np.int32)
    return points, profile, random.random(ROWS) < 0.7, scores, 1.5 * STEP


def lowest_of(scores: np.ndarray) -> np.ndarray:
    """The lowest score of every block."""
    return np.minimum.reduceat(scores, np.arange(0, ROWS, BLOCK))


@given(st.integers(0, 10_000), st.integers(1, 12))
@settings(max_examples=200, deadline=None)
def test_the_nearest_are_among_the_contenders(seed: int, n: int) -> None:
    points, profile, allowed, scores, reach = made(seed)
    found = np.empty(ROWS, np.int64)
    count = contenders(
        profile, points, allowed, scores, lowest_of(scores), n, 0.0, STEP, reach, found
    )  # fmt: skip
    far = np.where(allowed, np.abs(points - profile).sum(axis=1), np.inf)
    best = [row for row in np.argsort(far, kind="stable")[:n].tolist() if allowed[row]]
    assert set(best) <= set(found[:count].tolist())
    assert allowed[found[:count]].all()


@given(st.integers(0, 10_000), st.integers(0, ROWS - 1))
@settings(max_examples=200, deadline=None)
def test_nobody_nearer_is_forgotten(seed: int, row: int) -> None:
    points, profile, allowed, scores, reach = made(seed)
    level = np.empty(ROWS, np.int64)
    distance = exact(profile, points, row)
    count, equal = nearer(
        profile, points, allowed, scores, lowest_of(scores), distance, 0.0, STEP, reach, level
    )  # fmt: skip
    far = np.array([exact(profile, points, i) for i in range(ROWS)])
    close = np.isclose(far, distance, rtol=1e-9, atol=0) & allowed
    assert set(level[:equal].tolist()) == set(np.flatnonzero(close).tolist())
    assert count == (allowed & (far < distance) & ~close).sum()


@given(st.lists(st.floats(-50, 50), min_size=WIDTH, max_size=WIDTH))
def test_a_code_is_no_farther_off_than_it_says(values: list[float]) -> None:
    low, high = np.zeros(WIDTH), np.full(WIDTH, 10.0)
    profile, codes = np.array(values), np.zeros(WIDTH, np.uint8)
    moved, error = encode(profile, low, high, 10.0 / 255, codes)
    inside = np.clip(profile, low, high)
    assert moved == np.abs(profile - inside).sum()
    np.testing.assert_allclose(np.abs(inside - codes * (10.0 / 255)).sum(), error, atol=1e-9)
    assert error <= WIDTH * 5.0 / 255 + 1e-9

"""Compiled leave-one-out folds and ranks are those of plain loops."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop.model.embeddings import Embeddings, Memory
from movieloop.model.leave_one_out import ranks_for, without_each
from movieloop.model.nearest import NearestMovies
from movieloop.taste import Rating


def direct(space: Embeddings, given: list[tuple[int, Rating]]) -> np.ndarray:
    return np.array([space.learn(given[:i] + given[i + 1 :]) for i in range(len(given))])


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 10**6),
    st.integers(65, 160),
    st.sampled_from([(0.6, 0.2, 0.2), (0.05, 0.95, 0.0), (0.0, 1.0, 0.0), (0.4, 0.6, 0.0)]),
    st.sampled_from([0.5, 1.0, 3.0]),
)
def test_a_long_history_without_each_opinion(
    seed: int, count: int, said: tuple[float, float, float], push: float
) -> None:
    """Two walks give what thousands of folds give, walls and steep pushes included."""
    random = np.random.default_rng(seed)
    memories = (
        Memory("slow", 3, push=push, patience=4.0),
        Memory("fast", 2, floor=0.3, ceiling=1.0, push=push, seen=1.0),
        Memory.popularity(),
    )
    space = Embeddings(
        np.arange(200), random.normal(size=(200, 6)), random.normal(size=6) / 3, memories
    )
    movies = random.permutation(200)[:count].tolist()
    given = [(movie, [1, 0, None][random.choice(3, p=said)]) for movie in movies]
    np.testing.assert_allclose(without_each(space, given), direct(space, given), atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([0.001, 0.1, 5.0]), st.booleans())
def test_ranks_for_many_profiles_near_one(seed: int, apart: float, ties: bool) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(150, 4))
    if ties:
        points[::3] = points[0]  # many films at one place
    here = random.normal(size=4)
    profiles = here + apart * random.normal(size=(30, 4))
    allowed = random.random(150) < 0.7
    also = np.where(random.random(30) < 0.5, random.integers(0, 150, 30), -1)
    also = np.where(allowed[also], -1, also)
    row = int(random.integers(150))
    ranks = ranks_for(profiles, here, points, row=row, allowed=allowed, also=also)
    search = NearestMovies(points)
    for profile, rank, more in zip(profiles, ranks.tolist(), also.tolist(), strict=True):
        competing = allowed.copy()
        if more >= 0:
            competing[more] = True
        expected = search.rank(profile, row=row, allowed=competing)
        assert rank in (0, expected)
    assert (ranks > 0).mean() > 0.9

"""The exact search answers what measuring everything answers, whatever one throws at it."""

import threading

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from movieloop.model.nearest import NearestMovies
from movieloop.taste import nearest
from tests.model.brute_rank import brute_rank


def agrees(points, profile, allowed, n, *, frozen):
    search = NearestMovies(points, frozen=frozen)
    rows, distances = search.nearest(profile, n=n, allowed=allowed)
    wanted = nearest(profile, points, n, exclude=np.flatnonzero(~allowed))
    np.testing.assert_array_equal(rows, wanted[0])
    np.testing.assert_array_equal(distances, wanted[1])
    for row in {0, len(points) // 2, len(points) - 1}:
        rank = search.rank(profile, row=row, allowed=allowed)
        assert rank == brute_rank(profile, points, row, allowed)


numbers = st.one_of(
    st.integers(-3, 3).map(float),  # many ties
    st.floats(-1e3, 1e3),
    st.floats(-1e12, 1e12),
    st.floats(-1e-12, 1e-12),
    st.sampled_from([0.0, -0.0, 5e-324, 1e-300, 1e18, -1e18]),
)


@st.composite
def questions(draw):
    movies, size = draw(st.integers(1, 150)), draw(st.integers(1, 70))
    scale = draw(st.sampled_from([1.0, 1e-9, 1e9, 3.7]))
    points = draw(some.arrays(np.float64, (movies, size), elements=numbers, fill=st.just(1.0)))
    profile = draw(some.arrays(np.float64, size, elements=numbers))
    allowed = draw(some.arrays(np.bool_, movies, fill=st.just(True)))
    return points * scale, profile, allowed, draw(st.integers(0, movies + 3)), draw(st.booleans())


@settings(deadline=None, max_examples=400)  # the first call compiles
@given(questions())
@example((np.zeros((130, 3)), np.zeros(3), np.ones(130, bool), 10, False))  # all tied
@example((np.ones((70, 1)), np.array([9.0]), np.ones(70, bool), 3, True))  # popularity alone
@example((np.array([[-1e18], [1.0]]), np.zeros(1), np.ones(2, bool), 0, False))  # far from 0
@example((np.array([[1e18, 3.0], [1e18, 1.0]]), np.ones(2), np.ones(2, bool), 2, False))
def test_it_equals_brute_force(question):
    points, profile, allowed, n, frozen = question
    agrees(points, profile, allowed, n, frozen=frozen)


@pytest.mark.parametrize("size", [2, 31, 32, 33, 64, 151])
def test_it_equals_brute_force_on_crowds(size):
    random = np.random.default_rng(size)
    middles = random.normal(size=(20, size))
    points = middles[random.integers(0, 20, 3000)] + 0.3 * random.normal(size=(3000, size))
    points[:, -1] = random.exponential(5.0, 3000) ** 3  # a long tail of the unpopular
    points[random.integers(0, 3000, 600)] = points[7]  # many at one place
    for _ in range(10):
        profile = points[random.integers(3000)] + random.normal(size=size)
        profile[-1] = random.choice([0.0, 50.0, -3.0])
        allowed = random.random(3000) < 0.9
        winners, _ = nearest(profile, points, 40)
        allowed[winners] = random.random() < 0.5  # or the true winners may not be found
        agrees(points, profile, allowed, 10, frozen=bool(random.integers(2)))


@pytest.mark.parametrize("huge", [1e6, 1e12, 1e300])
def test_huge_popularity_makes_nothing_coarse_or_wrong(huge):
    random = np.random.default_rng(1)
    points = random.normal(size=(500, 8))
    points[:, -1] = 0.0
    points[::7, -1] = huge
    agrees(points, random.normal(size=8), np.ones(500, bool), 450, frozen=True)


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("far", [1e3, 1e9, 1e17, 1e300, 1.7e308])
def test_a_profile_far_outside_has_the_neighbours_it_has(far):
    points = np.random.default_rng(2).normal(size=(300, 5))
    agrees(points, np.full(5, far), np.ones(300, bool), 20, frozen=False)


def test_nothing_allowed_gives_nothing():
    rows, distances = NearestMovies(np.eye(4)).nearest(np.zeros(4), n=3, allowed=np.zeros(4, bool))
    assert rows.shape == distances.shape == (0,)


def test_codes_serve_again_when_only_popularity_has_changed():
    random = np.random.default_rng(4)
    before, after = random.normal(size=(2, 400, 9))
    after[:, :-1] = before[:, :-1]
    profile, allowed = random.normal(size=9), np.ones(400, bool)
    search = NearestMovies(after, frozen=True, like=NearestMovies(before, frozen=True))
    np.testing.assert_array_equal(
        search.nearest(profile, n=12, allowed=allowed)[0], nearest(profile, after, 12)[0]
    )


def test_many_threads_do_not_disturb_each_other():
    random = np.random.default_rng(5)
    points, allowed = random.normal(size=(2000, 20)), np.ones(2000, bool)
    search, wrong = NearestMovies(points), []

    def ask(seed):
        for profile in np.random.default_rng(seed).normal(size=(200, 20)):
            found, _ = search.nearest(profile, n=5, allowed=allowed)
            if found.tolist() != nearest(profile, points, 5)[0].tolist():
                wrong.append(seed)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong

"""Decayed likes are followed step by step, and equal to what a fresh count gives."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop import MovieLoop
from movieloop.model.popularity import LivePopularity
from movieloop.recommender.live_popularity import LiveLikes
from movieloop.recommender.retrain import read_log
from movieloop.store import ImportedFeedback, open_store
from tests.recommender.test_retrain import FILMS, open_small

IDS = np.array([film.movie_id for film in FILMS])


@pytest.fixture(scope="module")
def shared() -> Iterator[MovieLoop]:
    with open_store(":memory:") as store, open_small(store.path.with_name("likes.db")) as loop:
        yield loop


def fresh(loop: MovieLoop, half_life: float) -> np.ndarray:
    likes = LiveLikes(IDS, half_life)
    with loop.store.read() as session:
        likes.follow(session)
    return likes.counts


def told(movie: int, created_at: int, key: int, user: str = "old") -> ImportedFeedback:
    return ImportedFeedback(user, movie, 1, f"{key}", created_at)


STEPS = st.one_of(
    st.tuples(st.just("like"), st.integers(1, 12)),
    st.tuples(st.just("dislike"), st.integers(1, 12)),
    st.tuples(st.just("undo"), st.integers(0, 30)),
    st.tuples(st.just("import"), st.integers(0, 10**12)),
    st.tuples(st.just("forget"), st.integers(0, 2)),
    st.tuples(st.just("look"), st.just(0)),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(STEPS, max_size=40), st.sampled_from([0.7, 3.0, 50.0]), st.integers(0, 10**9))
def test_following_equals_counting_anew(
    shared: MovieLoop, steps: list[tuple[str, int]], half_life: float, mark: int
) -> None:
    loop = shared
    likes = LiveLikes(IDS, half_life)
    given_ids: list[int] = []
    for number, (kind, value) in enumerate(steps):
        user = f"{mark} {value % 3}"
        if kind in ("like", "dislike"):
            answer = loop.add_feedback(user, value, 1 if kind == "like" else 0)
            given_ids.append(answer.feedback_id)
        elif kind == "undo" and given_ids:
            loop.undo(given_ids.pop(value % len(given_ids)))
        elif kind == "import":
            late = [told(1 + value % 12, value, number * 2 + i, f"{mark} 9") for i in range(2)]
            loop.store.write(lambda session, late=late: session.append_imported(late))
        elif kind == "forget":
            gone = {item.feedback_id for item in loop.users.history(f"{mark} {value}").feedback}
            loop.forget(f"{mark} {value}")
            given_ids = [number for number in given_ids if number not in gone]
        elif kind == "look":
            with loop.store.read() as session:
                likes.follow(session)
            np.testing.assert_allclose(likes.counts, fresh(loop, half_life), atol=1e-9)
    with loop.store.read() as session:
        likes.follow(session)
        assert not likes.follow(session), "nothing is new"
    np.testing.assert_allclose(likes.counts, fresh(loop, half_life), atol=1e-9)
    for number in range(10):
        loop.forget(f"{mark} {number}")


def test_the_count_is_that_of_training(shared: MovieLoop) -> None:
    rng = np.random.default_rng(0)
    many = [
        told(int(movie), 1_000_000 * i, i, "everybody")
        for i, movie in enumerate(rng.integers(1, 40, 300))
    ]
    shared.store.write(lambda session: session.append_imported(many))
    log = read_log(shared.store).ratings
    expected = LivePopularity(log, half_life=40.0, clock="likes").at([log.time[-1] + 10**9])[0]
    np.testing.assert_allclose(fresh(shared, 40.0), expected, rtol=1e-9)
    shared.forget("everybody")


def test_a_reader_of_an_earlier_moment_brings_nothing_twice(shared: MovieLoop) -> None:
    """The one that made likes count twice: a slow reader follows after a quick one."""
    loop, likes = shared, LiveLikes(IDS, 100.0)
    with loop.store.read() as early:
        early.last_feedback_id()  # its moment begins
        for person in range(20):
            loop.add_feedback(f"fan {person}", 7, 1)
        with loop.store.read() as late:
            likes.follow(late)
        counted = likes.counts
        assert not likes.follow(early)
        np.testing.assert_array_equal(likes.counts, counted)
        with loop.store.read() as late:
            assert not likes.follow(late)
    np.testing.assert_array_equal(likes.counts, counted)
    np.testing.assert_allclose(counted, fresh(loop, 100.0), atol=1e-12)
    loop.forget("fan 3")
    with loop.store.read() as late:
        assert likes.follow(late)
    np.testing.assert_allclose(likes.counts, fresh(loop, 100.0), atol=1e-12)
    for person in range(20):
        loop.forget(f"fan {person}")


def test_an_undo_reads_two_rows_not_the_log(
    shared: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = shared
    many = [told(1 + i % 40, 1000 * i, i, "crowd") for i in range(3000)]
    loop.store.write(lambda session: session.append_imported(many))
    likes = LiveLikes(IDS, 500.0)
    with loop.store.read() as session:
        likes.follow(session)
    counted: list[int] = []
    count = LiveLikes._counted

    def watched(self: LiveLikes, some: np.ndarray) -> np.ndarray:
        counted.append(len(some))
        return count(self, some)

    monkeypatch.setattr(LiveLikes, "_counted", watched)
    loop.undo(loop.add_feedback("ada", 5, 1).feedback_id)
    regretted = loop.add_feedback("ada", 6, 1).feedback_id
    for person in range(10):
        loop.add_feedback(f"p{person}", 7, 1)
    loop.undo(regretted)
    with loop.store.read() as session:
        assert likes.follow(session)
    assert sum(counted) < 50, "only what stands after it was counted anew"
    np.testing.assert_allclose(likes.counts, fresh(loop, 500.0), rtol=1e-9)
    loop.forget("crowd")


def test_far_half_lives_stay_finite() -> None:
    likes = LiveLikes(np.array([1, 2]), 0.5)
    likes._replace(0, [np.arange(5000), np.arange(5000), np.arange(5000) % 2])
    assert np.isfinite(likes.counts).all() and math.isclose(likes.counts.max(), 16 / 15)

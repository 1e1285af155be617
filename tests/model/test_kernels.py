"""The compiled loops against the plain rule."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from movieloop.model.embeddings import Memory, blocks_of, speeds_of
from movieloop.model.kernels import fold, scan
from movieloop.taste import Box, Rates, bounding_box, learn, manhattan_distance
from movieloop.training.kernels import rates_and_rests

SHARE = st.floats(0, 1, width=32)
MEMORIES = st.builds(
    Memory,
    name=st.just("some"),
    size=st.integers(1, 3),
    floor=SHARE,
    ceiling=SHARE,
    push=SHARE,
    seen=SHARE,
    patience=st.floats(0.5, 20, width=32),
)
EVERYWHERE = Box(np.array(-np.inf), np.array(np.inf))


@given(st.data(), st.integers(1, 5), st.integers(1, 20), st.integers(1, 40))
@settings(max_examples=40, deadline=None)  # the first call compiles
def test_scan_is_the_manhattan_distance(
    data: st.DataObject, profiles: int, movies: int, size: int
) -> None:
    numbers = st.floats(-100, 100, width=32)
    here = data.draw(arrays(np.float32, (profiles, size), elements=numbers))
    there = data.draw(arrays(np.float32, (movies, size), elements=numbers))
    out = np.empty((profiles, movies), np.float32)
    scan(here, np.ascontiguousarray(there.T), out)
    for profile, distances in zip(here.astype(float), out, strict=True):
        expected = manhattan_distance(profile, there.astype(float))
        np.testing.assert_allclose(distances, expected, rtol=1e-5, atol=1e-4)


@settings(deadline=None)
@given(
    st.lists(MEMORIES, min_size=1, max_size=3),
    st.lists(st.sampled_from([1, 0, -1]), max_size=25),
    st.integers(0, 10),
)
def test_rates_and_rests_unroll_the_rule(
    memories: list[Memory], ratings: list[int], begin: int
) -> None:
    random = np.random.default_rng(len(ratings))
    movies, start = random.normal(size=(len(ratings), 4)), random.normal(size=4)
    steps = np.empty((max(len(ratings), 1), len(memories)), np.float32)
    rests = np.empty((len(ratings) + 1, len(memories)), np.float32)
    log = np.array([1] * begin + ratings, np.int8)  # somebody else's events come before
    never = np.full(len(log), len(log))
    rates_and_rests(log, never, begin, len(log), speeds_of(memories), steps, rests)
    weights, start_weight = steps[: len(ratings)] * rests[1:], rests[0]
    said = [None if rating < 0 else rating for rating in ratings]
    for k, memory in enumerate(memories):
        rates = Rates(memory.floor, memory.ceiling, memory.push, memory.seen, memory.patience)
        assume(_stays_inside(memory, ratings))
        exact = learn(start, zip(movies, said, strict=True), rates=rates, box=EVERYWHERE)
        unrolled = weights[:, k] @ movies + start_weight[k] * start
        np.testing.assert_allclose(unrolled, exact, rtol=1e-4, atol=1e-4)


def _stays_inside(memory: Memory, ratings: list[int]) -> bool:
    """Whether dislikes never weigh so much that serving would have met its walls."""
    likes, moved = 0, []
    for rating in ratings:
        rate = float(np.clip(1 / (likes + 1 + memory.patience), memory.floor, memory.ceiling))
        moved.append(1 - rate * {1: 1.0, 0: -memory.push, -1: memory.seen}[rating])
        likes += rating == 1
    return bool(np.cumprod(moved[::-1]).max(initial=1.0) < 3)


@given(
    st.lists(MEMORIES, min_size=1, max_size=3),
    st.lists(st.sampled_from([1, 0, -1]), max_size=40),
    st.integers(0, 5),
)
@settings(deadline=None)
def test_fold_is_the_rule_walls_and_all(
    memories: list[Memory], ratings: list[int], likes: int
) -> None:
    random = np.random.default_rng(len(ratings))
    blocks = blocks_of(memories)
    points, start = random.normal(size=(6, blocks[-1])), random.normal(size=blocks[-1])
    movies = random.integers(0, 6, len(ratings))
    box = bounding_box(np.vstack([points, start]))
    profile = start.copy()
    said = [None if rating < 0 else rating for rating in ratings]
    counted = fold(
        profile,
        points,
        movies,
        np.array(ratings, np.int8),
        likes,
        blocks,
        speeds_of(memories),
        *box,
    )
    rates = Rates(
        *(
            np.repeat([getattr(memory, name) for memory in memories], np.diff(blocks))
            for name in Rates._fields
        )
    )
    opinions = zip(points[movies], said, strict=True)
    exact = learn(start, opinions, rates=rates, box=box, likes=likes)
    np.testing.assert_array_equal(profile, exact)  # to the last bit
    assert counted == likes + ratings.count(1)

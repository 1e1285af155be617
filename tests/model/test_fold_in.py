"""From log to profile: whatever happened on the way, only the log counts, to the bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from movieloop.data.feedback import Feedback
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.model.fold_in import Checkpoint, batched, catch_up, opinions, refold
from movieloop.taste import DISLIKE, LIKE, SEEN, Rating

# A shared machine may stall for a moment; that is no failure.
fair = settings(deadline=None, max_examples=80)
RATING = st.sampled_from([LIKE, DISLIKE, SEEN])
NOBODY_KNOWS = 99
MOVIE = st.sampled_from([1, 2, 3, 4, 5, 6, NOBODY_KNOWS])
N = st.integers(1, 5)

POINTS = np.random.default_rng(6).normal(size=(6, 5))
MEMORIES = (Memory("slow", 2), Memory("fast", 2, floor=0.4, push=0.9), Memory.popularity())
SPACE = Embeddings(np.arange(1, 7), POINTS, np.zeros(5), MEMORIES, version=1)
OTHER = Embeddings(np.arange(1, 7), POINTS[::-1], np.zeros(5), MEMORIES, version=2)

Log = list[Feedback]


def log(*said: tuple[int, Rating]) -> Log:
    return [Feedback(number, *opinion) for number, opinion in enumerate(said, start=1)]


def told(checkpoint: Checkpoint) -> tuple[object, ...]:
    """Everything a checkpoint holds, comparable to the bit."""
    return (
        checkpoint.profile.tobytes(),
        checkpoint.version,
        checkpoint.learned,
        checkpoint.likes,
        checkpoint.last_feedback_id,
    )


@st.composite
def lives(draw: DrawFn) -> list[Log]:
    """How a user's live log looks after each of their ratings and undos."""
    states: list[Log] = [[]]
    steps = st.tuples(st.booleans(), MOVIE, RATING, st.integers(0, 100))
    for number, (undo, movie, rating, which) in enumerate(draw(st.lists(steps, max_size=25)), 1):
        live = list(states[-1])
        if undo and live:
            live.pop(which % len(live))
        else:
            live.append(Feedback(number, movie, rating))
        states.append(live)
    return states


# --- only the log counts ---------------------------------------------------------------------


@fair
@given(lives(), N, st.data())
def test_catching_up_at_any_moments_equals_a_refold_to_the_bit(
    states: list[Log], n: int, data: st.DataObject
) -> None:
    visited = data.draw(st.lists(st.booleans(), min_size=len(states), max_size=len(states)))
    checkpoint = None
    for live, visit in zip(states, visited, strict=True):
        if visit:
            checkpoint = catch_up(SPACE, live, checkpoint, retrain_after=n)
            assert told(checkpoint) == told(refold(SPACE, live, batched(len(live), n)))


@fair
@given(lives(), st.data())
def test_another_batch_size_or_another_space_in_between_changes_nothing(
    states: list[Log], data: st.DataObject
) -> None:
    checkpoint = None
    for live in states:
        n, space = data.draw(N), data.draw(st.sampled_from([SPACE, OTHER]))
        checkpoint = catch_up(space, live, checkpoint, retrain_after=n)
        assert told(checkpoint) == told(refold(space, live, batched(len(live), n)))


@fair
@given(lives(), N)
def test_retracting_equals_never_having_rated(states: list[Log], n: int) -> None:
    checkpoint = None
    for live in states:
        checkpoint = catch_up(SPACE, live, checkpoint, retrain_after=n)
    innocent = log(*((item.movie_id, item.rating) for item in states[-1]))
    never = refold(SPACE, innocent, batched(len(innocent), n))
    assert checkpoint is not None
    assert checkpoint.profile.tobytes() == never.profile.tobytes()
    assert (checkpoint.learned, checkpoint.likes) == (never.learned, never.likes)


@fair
@given(lives(), N)
def test_learned_is_whole_batches_and_the_rest_waits(states: list[Log], n: int) -> None:
    live = states[-1]
    checkpoint = catch_up(SPACE, live, None, retrain_after=n)
    assert checkpoint.learned % n == 0
    assert 0 <= len(live) - checkpoint.learned < n
    learned = live[: checkpoint.learned]
    assert checkpoint.last_feedback_id == (learned[-1].feedback_id if learned else 0)


def test_with_nothing_new_the_same_checkpoint_comes_back() -> None:
    live = log((1, LIKE), (2, DISLIKE), (3, LIKE), (4, LIKE))
    checkpoint = catch_up(SPACE, live[:3], None, retrain_after=3)
    assert catch_up(SPACE, live, checkpoint, retrain_after=3) is checkpoint


def test_new_points_refold_the_whole_log() -> None:
    live = log((1, LIKE), (2, DISLIKE))
    old = catch_up(SPACE, live, None, retrain_after=1)
    new = catch_up(OTHER, live, old, retrain_after=1)
    assert new.version == 2
    assert new.profile.tolist() == OTHER.learn([(1, LIKE), (2, DISLIKE)]).tolist()
    assert new.profile.tolist() != old.profile.tolist()


# --- one opinion a movie ---------------------------------------------------------------------


@fair
@given(st.lists(st.tuples(MOVIE, RATING), max_size=20))
def test_of_every_movie_the_latest_opinion_counts_at_its_time(
    said: list[tuple[int, Rating]],
) -> None:
    live = log(*said)
    latest = {item.movie_id: item.feedback_id for item in live}
    counting = [item.feedback_id for item in opinions(live)]
    assert counting == sorted(latest.values())


@fair
@given(st.integers(1, 6), st.integers(1, 8))
def test_a_repeated_like_never_pulls_twice(movie: int, times: int) -> None:
    once = refold(SPACE, log((movie, LIKE)), 1)
    repeated, checkpoint = log(*[(movie, LIKE)] * times), None
    for count in range(1, times + 1):
        checkpoint = catch_up(SPACE, repeated[:count], checkpoint, retrain_after=1)
        assert checkpoint.profile.tolist() == once.profile.tolist()
        assert (checkpoint.learned, checkpoint.likes) == (count, 1)


def test_a_change_of_mind_counts_at_its_latest_time() -> None:
    live = log((1, LIKE), (2, LIKE), (1, DISLIKE))
    assert refold(SPACE, live, 2).profile.tolist() == SPACE.learn([(1, 1), (2, 1)]).tolist()
    changed = refold(SPACE, live, 3)
    assert changed.profile.tolist() == SPACE.learn([(2, LIKE), (1, DISLIKE)]).tolist()
    assert changed.profile.tolist() != SPACE.learn([(1, DISLIKE), (2, LIKE)]).tolist()
    assert changed.likes == 1


def test_taking_a_change_of_mind_back_brings_the_first_opinion_back() -> None:
    live = log((1, LIKE), (2, LIKE), (1, DISLIKE))
    checkpoint = catch_up(SPACE, live, None, retrain_after=1)
    back = catch_up(SPACE, live[:2], checkpoint, retrain_after=1)
    assert told(back) == told(refold(SPACE, live[:2], 2))


def test_a_pending_change_of_mind_leaves_the_learned_opinion_alone() -> None:
    live = log((1, LIKE), (2, LIKE), (1, DISLIKE))
    checkpoint = catch_up(SPACE, live, None, retrain_after=2)
    assert checkpoint.profile.tolist() == SPACE.learn([(1, LIKE), (2, LIKE)]).tolist()


def test_a_movie_without_a_point_fills_a_batch_but_teaches_nothing() -> None:
    live = log((NOBODY_KNOWS, LIKE), (1, LIKE))
    checkpoint = catch_up(SPACE, live, None, retrain_after=2)
    assert (checkpoint.learned, checkpoint.likes) == (2, 1)
    assert checkpoint.profile.tolist() == SPACE.learn([(1, LIKE)]).tolist()


@pytest.mark.parametrize(
    ("count", "n", "learned"), [(0, 3, 0), (2, 3, 0), (3, 3, 3), (7, 3, 6), (5, 1, 5), (1, 100, 0)]
)
def test_only_whole_batches_are_learned(count: int, n: int, learned: int) -> None:
    assert batched(count, n) == learned

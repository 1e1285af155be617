"""One fold: what serves, what is replayed and what training learns from are the same profile."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop.data.feedback import Feedback
from movieloop.data.interactions import RatingLog
from movieloop.model.embeddings import Embeddings, Memory, blocks_of, speeds_of
from movieloop.model.fold_in import catch_up, refold
from movieloop.replay.profiles import ReplayedProfiles
from movieloop.replay.replay import Replay
from movieloop.taste import LIKE, learn, manhattan_distance
from movieloop.training.examples import TrainingExamples
from movieloop.training.kernels import WORKERS, gradients

MOVIES = 6
MEMORIES = (
    Memory("slow", 2, push=1.0, patience=2.0),
    Memory("fast", 2, floor=0.4, push=3.0, seen=1.0),  # dislikes reach the walls
)
RATINGS = st.sampled_from([1, 1, 1, 0, 0, None])


class Event(NamedTuple):
    user: int
    movie: int
    rating: int | None
    pause: int  # seconds; 0 = in the same millisecond


EVENTS = st.lists(
    st.builds(
        Event, st.integers(0, 2), st.integers(0, MOVIES), RATINGS, st.sampled_from([0, 1, 90])
    ),
    min_size=1,
    max_size=40,
)


def world(
    events: list[Event], session_gap: float = 60.0
) -> tuple[RatingLog, Embeddings, dict[int, list[Feedback]]]:
    """The log, a space that lacks the last movie, and everybody's feedback as the store has it."""
    times = np.cumsum([event.pause * 1000 for event in events])
    users, movies, ratings, _ = zip(*events, strict=True)
    log = RatingLog.of(
        users, movies, ratings, times, movie_ids=range(MOVIES + 1), order=range(len(events)),
        session_gap=session_gap,
    )  # fmt: skip
    random = np.random.default_rng(len(events))
    space = Embeddings(
        np.arange(MOVIES), random.normal(size=(MOVIES, 4)), random.normal(size=4) / 4, MEMORIES
    )
    served: dict[int, list[Feedback]] = {}
    for number, (event, time) in enumerate(zip(events, times.tolist(), strict=True), start=1):
        items = served.setdefault(event.user, [])
        items.append(Feedback(number, event.movie, event.rating, time))
    return log, space, served


@settings(deadline=None)
@given(EVENTS, st.sampled_from([0.0, 60.0]))
def test_a_replay_folds_what_serving_folds(events: list[Event], sitting: float) -> None:
    log, space, served = world(events, sitting)
    names = np.unique([str(event.user) for event in events]).tolist()
    replay = Replay(log, 0, len(log))
    profiles = ReplayedProfiles(space, log)
    for question in range(len(replay.events)):
        user = served[int(names[replay.user[question]])]
        known = int(replay.known[question])
        expected = refold(space, user, known).profile
        np.testing.assert_array_equal(profiles.at(replay, question), expected)
    # In any order, too: a question about the past after one about the present.
    for question in reversed(range(len(replay.events))):
        user = served[int(names[replay.user[question]])]
        expected = refold(space, user, int(replay.known[question])).profile
        np.testing.assert_array_equal(profiles.at(replay, question), expected)


@settings(deadline=None)
@given(EVENTS)
def test_learning_bit_by_bit_folds_the_same(events: list[Event]) -> None:
    _, space, served = world(events)
    for live in served.values():
        checkpoint = None
        for count in range(len(live) + 1):
            checkpoint = catch_up(space, live[:count], checkpoint, retrain_after=1)
            whole = refold(space, live, count)
            np.testing.assert_array_equal(checkpoint.profile, whole.profile)
            assert checkpoint.likes == whole.likes


@settings(deadline=None)
@given(EVENTS)
def test_training_learns_from_the_profile_that_serves(events: list[Event]) -> None:
    """The loss of a row is that of the served profile, whatever was repeated or pushed away."""
    log, _, served = world([event._replace(movie=event.movie % MOVIES) for event in events])
    log = log.of_movies(np.arange(MOVIES + 1) < MOVIES)
    random = np.random.default_rng(1)
    points = random.normal(size=(MOVIES + 1, 4)).astype(np.float32)
    space = Embeddings(np.arange(MOVIES), points[:-1], points[-1], MEMORIES)
    cuts = TrainingExamples.of(log)
    users = sorted(served, key=str)
    popularity = np.zeros((1, MOVIES), np.float32)
    for place in cuts.places.tolist():
        out, losses = np.empty((WORKERS, *points.shape), np.float32), np.empty(WORKERS)
        row = np.array([place])
        gradients(
            points, blocks_of(MEMORIES), speeds_of(MEMORIES), cuts.movie, cuts.rating,
            cuts.begins[row], row, cuts.ends[row], cuts.replaced, 1, popularity,
            np.zeros(1, np.int64), np.arange(MOVIES), np.zeros(MOVIES, np.float32), out, losses,
        )  # fmt: skip
        user = int(log.user[log.by_user[place]])
        live, known = served[users[user]], place - int(cuts.begins[place])
        profile = refold(space, live, known).profile
        rated = {item.movie_id for item in live[:known]}
        wanted = next(
            (i.movie_id for i in live[known:] if i.rating == LIKE and i.movie_id not in rated), None
        )
        if wanted is None:
            assert losses.sum() == 0
            continue
        scores = np.abs(space.points).sum(axis=1) - manhattan_distance(profile, space.points)
        scores[list(rated)] = -np.inf
        loss = np.log(np.exp(scores).sum()) - scores[wanted]
        assert losses.sum() == pytest.approx(loss, rel=1e-3, abs=1e-4)


@settings(deadline=None)
@given(EVENTS)
def test_the_compiled_fold_is_the_textbook_to_the_last_bit(events: list[Event]) -> None:
    _, space, _ = world(events)
    told = [(e.movie, e.rating) for e in events if e.movie < MOVIES]
    rows = np.array([movie for movie, _ in told], np.int64)
    ratings = np.array([-1 if rating is None else rating for _, rating in told], np.int8)
    profile, likes = space.fold(rows, ratings)
    plain = learn(
        space.start,
        ((space.points[movie], rating) for movie, rating in told),
        rates=space.rates,
        box=space.box,
    )
    np.testing.assert_array_equal(profile, plain)
    assert likes == sum(rating == LIKE for _, rating in told)


def test_a_like_said_twice_pulls_once_in_a_replay_too() -> None:
    """.667 against .5: the case this was found by."""
    log = RatingLog.of("aaa", [7, 7, 8], [1, 1, 1], [0, 10**6, 2 * 10**6])
    space = Embeddings([7, 8], [[1.0], [0.0]], [0.0], (Memory("slow", 1),))
    assert ReplayedProfiles(space, log).at(Replay(log, 2, 3), 0).tolist() == [0.5]

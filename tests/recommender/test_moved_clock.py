"""Somebody sets the clock back an hour, or forward a day: nothing stands still, nothing is lost."""

import time
from collections.abc import Callable

import pytest

from movieloop import MovieLoop
from movieloop.recommender import live_model
from movieloop.store import LONGEST_LEASE
from tests.recommender.test_live_model import films, points

HOUR = 3_600  # seconds
Move = Callable[[float], None]


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    real, moved = time.time_ns, [0.0]
    monkeypatch.setattr(time, "time_ns", lambda: real() + int(moved[0] * 1e9))

    def by(seconds: float) -> None:
        moved[0] += seconds

    return by


@pytest.fixture
def living() -> MovieLoop:
    """A loop whose popularity follows everybody's likes."""
    loop = MovieLoop.open(":memory:", films=(films(30), points(30).to_bytes(), "living"))
    assert loop.live.space().likes is not None
    return loop


@pytest.mark.parametrize("seconds", [-HOUR, 24 * HOUR])
def test_popularity_follows_all_the_same(
    living: MovieLoop, move: Move, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    with living:
        living.add_feedback("ada", 7, 1)
        first = living.live.space().likes
        move(seconds)
        for user in ("bob", "eve", "joe"):
            living.add_feedback(user, 7, 1)
        monkeypatch.setattr(live_model, "FOLLOW_EVERY", 0)  # a second is over
        later = living.live.space().likes
        assert first is not None and later is not None
        assert later.sum() > first.sum() + 2


def test_what_one_said_stays_in_order_and_can_be_undone(lesson: MovieLoop, move: Move) -> None:
    lesson.add_feedback("ada", "Titanic", 1)
    move(-HOUR)
    lesson.add_feedback("ada", "Die Hard", 1)
    last = lesson.add_feedback("ada", "Titanic", 0)
    titles = [item.title for item in lesson.users.history("ada").feedback]
    assert titles == ["Titanic", "Die Hard", "Titanic"]
    lesson.undo(last.feedback_id)
    assert [item.rating for item in lesson.users.history("ada").feedback] == [1, 1]


def test_a_lease_of_the_time_before_holds_for_nobody(lesson: MovieLoop, move: Move) -> None:
    """Else nobody could train until the clock has caught up."""
    store = lesson.store
    assert store.write(lambda session: session.take_lease("training", "one", LONGEST_LEASE))
    assert not store.write(lambda session: session.take_lease("training", "two", LONGEST_LEASE))
    move(-HOUR)
    with store.read() as session:
        assert not session.lease_held("training")
    assert store.write(lambda session: session.take_lease("training", "two", LONGEST_LEASE))
    assert not store.write(lambda session: session.take_lease("training", "one", LONGEST_LEASE))

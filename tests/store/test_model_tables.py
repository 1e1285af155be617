"""Versions, what they have learned from, and leases that only one may hold."""

import pytest

from movieloop import MovieLoop
from movieloop.store import Session
from movieloop.store.model_tables import TrainedOn
from tests.opinions import tell


def held(loop: MovieLoop, holder: str, milliseconds: int = 60_000) -> bool:
    return loop.store.write(lambda session: session.take_lease("training", holder, milliseconds))


def test_a_lease_is_anothers_only_after_it_has_run_out(lesson: MovieLoop) -> None:
    assert held(lesson, "one")
    assert held(lesson, "one")  # kept
    assert not held(lesson, "two")
    lesson.store.write(lambda session: session.give_lease_back("training", "two"))
    assert not held(lesson, "two")
    assert held(lesson, "one", -1)
    assert held(lesson, "two")
    lesson.store.write(lambda session: session.give_lease_back("training", "two"))
    with lesson.store.read() as session:
        assert not session.lease_held("training")


def test_a_version_remembers_what_it_was_measured_at_and_has_seen(lesson: MovieLoop) -> None:
    last = tell(lesson, "ada", ("Titanic", 1), ("Die Hard", 0))[-1]
    with lesson.store.read() as session:
        assert session.live_trained_on() is None
        assert session.feedback_since_training() == 2
    scores, seen = {"hr10": 0.25}, TrainedOn(last=last, until=123, forgets=0)
    lesson.store.write(lambda session: session.set_scores(1, scores, seen))
    tell(lesson, "ada", ("The Matrix", 1))
    with lesson.store.read() as session:
        assert session.live_trained_on() == seen
        assert session.versions()[0].scores == scores
        assert session.feedback_since_training() == 1
        assert not session.forgotten_since_training()
    lesson.forget("ada")
    with lesson.store.read() as session:
        assert session.forgotten_since_training()


def test_changes_of_likes_tell_an_undo_and_a_change_of_mind(lesson: MovieLoop) -> None:
    first, second = tell(lesson, "ada", ("Titanic", 1), ("Titanic", 0))

    def counted(session: Session) -> list[tuple[int, int | None]]:
        return sorted((row[1], row[2]) for row in session.ratings())

    with lesson.store.read() as session:
        titanic = session.live_feedback("ada")[0].movie_id
        assert counted(session) == [(titanic, 0), (titanic, 1)]
        assert session.last_feedback_id() == second
    lesson.undo(second)
    with lesson.store.read() as session:
        assert counted(session) == [(titanic, 1)]
        assert session.last_feedback_id() > second > first
        assert list(session.like_changes(session.last_feedback_id())) == []


def test_before_the_first_promotion_there_was_none(lesson: MovieLoop) -> None:
    with lesson.store.read() as session:
        assert session.promoted_before() is None
        (version,) = session.versions()
    assert version.live and version.version == 1
    with pytest.raises(AttributeError):
        version.live = False  # type: ignore[misc]

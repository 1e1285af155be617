"""The log: stamped in order, retracted once."""

import sqlite3
from contextlib import closing

import pytest

from movieloop import MovieLoop
from movieloop.errors import FeedbackNotFound, StoreError


@pytest.mark.sqlite
def test_feedback_is_never_stamped_earlier_than_the_last(
    lesson: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = 4_000_000_000_000
    with monkeypatch.context() as clock_is_ahead:
        clock_is_ahead.setattr("movieloop.store.feedback_tables.now_ms", lambda: tomorrow)
        first = lesson.add_feedback("ada", "Titanic", 1).feedback_id
    second = lesson.add_feedback("ada", "Die Hard", 0).feedback_id
    other = lesson.add_feedback("bob", "Die Hard", 0).feedback_id
    lesson.undo(first)
    with closing(sqlite3.connect(lesson.store.path)) as log:
        stamps = dict(
            log.execute("SELECT coalesce(retracts, -feedback_id), created_at FROM feedback")
        )
    assert stamps.pop(-other) < tomorrow
    assert stamps == {-first: tomorrow, -second: tomorrow, first: tomorrow}


@pytest.mark.sqlite
def test_feedback_is_retracted_once_only(lesson: MovieLoop) -> None:
    given = lesson.add_feedback("ada", "Titanic", 1).feedback_id
    with lesson.store.read() as session:
        (feedback,) = session.live_feedback("ada")
    lesson.undo(given)
    with pytest.raises(FeedbackNotFound, match="undone before"):
        lesson.undo(given)
    with pytest.raises(StoreError, match="UNIQUE"):
        lesson.store.write(lambda session: session.append_retraction("ada", feedback))

"""The log: stamped in order, retracted once, forgotten to the last byte."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.errors import FeedbackNotFound, StoreError
from movieloop.model.fold_in import refold
from movieloop.recommender.doctor import examine, examine_file
from movieloop.store import ImportedFeedback


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


@pytest.mark.sqlite
def test_forgetting_leaves_no_bytes_in_the_folder(lesson: MovieLoop) -> None:
    def folder() -> bytes:
        files = lesson.store.path.parent.glob("movieloop.db*")
        return b"".join(file.read_bytes() for file in files)

    for number in range(40):
        for user in ("ada-lovelace", "charles-babbage"):
            key = f"key-{number}-of-{user}"
            last = lesson.add_feedback(user, 1 + number % 5, 1, idempotency_key=key)
    lesson.undo(last.feedback_id - 1)
    assert b"ada-lovelace" in folder()
    assert lesson.forget("ada-lovelace").deleted_feedback == 41
    assert b"ada-lovelace" not in folder()
    assert b"charles-babbage" in folder()


def test_threads_that_teach_one_user_lose_nothing(loop: MovieLoop) -> None:
    movie_ids = [movie.movie_id for movie in loop.live.space().catalog.movies[:200]]

    def teach(worker: int) -> list[int]:
        mine = movie_ids[worker * 25 : (worker + 1) * 25]
        return [loop.add_feedback("ada", movie_id, movie_id % 2).feedback_id for movie_id in mine]

    with ThreadPoolExecutor(8) as threads:
        acknowledged = list(chain.from_iterable(threads.map(teach, range(8))))
    with loop.store.read() as session:
        live, stored = session.live_feedback("ada"), session.checkpoint("ada")
    assert [item.feedback_id for item in live] == sorted(acknowledged)
    assert {item.movie_id: item.rating for item in live} == {id_: id_ % 2 for id_ in movie_ids}
    folded = refold(loop.live.space().embeddings, live, len(live))
    assert stored is not None
    np.testing.assert_array_equal(stored.profile, folded.profile)
    assert (stored.learned, stored.likes) == (200, folded.likes)
    assert [*examine_file(loop), *examine(loop, ["ada"])] == []


@pytest.mark.parametrize("user", ["ada", "eve", "nobody"])
def test_what_is_looked_up_at_once_is_what_the_questions_answer(
    lesson: MovieLoop, user: str
) -> None:
    lesson.add_feedback("ada", "Titanic", 1)
    told = [ImportedFeedback("ada", 1, 1, "import:1", created_at=4_000_000_000_000)]
    lesson.store.write(lambda session: session.append_imported(told))  # newer than the profile
    lesson.add_feedback("eve", "Titanic", 0)
    with lesson.store.read() as asked, lesson.store.read() as looked:
        looked.look_up(user)
        for _ in range(2):  # from what was looked up, then from the tables
            assert looked.live_state() == asked.live_state()
            one, other = looked.standing(user), asked.standing(user)
            assert (one is None) == (other is None) == (user != "eve")
            if one is not None and other is not None:
                assert (one.given, one.rated, one.log_id) == (
                    other.given,
                    other.rated,
                    other.log_id,
                )
                assert one.checkpoint.profile.tobytes() == other.checkpoint.profile.tobytes()
        assert looked.number_of(user) == asked.number_of(user)

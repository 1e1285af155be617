"""Profiles: what is kept of them is what the log folds to, however it is asked for."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.model.fold_in import refold
from movieloop.recommender.doctor import examine, examine_file
from movieloop.store import ImportedFeedback


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

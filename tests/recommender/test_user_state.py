"""Where somebody stands is read beside their profile; it is always what their log says."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop import MovieLoop
from movieloop.data.feedback import Feedback
from movieloop.model.fold_in import pack_rows, unpack_rows
from movieloop.recommender.doctor import examine, repair
from movieloop.recommender.user_state import UserState, UserWithLog
from movieloop.store import ImportedFeedback, Session, open_store
from tests.recommender.test_live_model import films, points, version
from tests.recommender.test_retrain import open_small

STEPS = st.lists(
    st.tuples(st.sampled_from(["say", "say", "say", "undo", "import"]), st.integers(1, 45),
              st.sampled_from([1, 0, None])),
    max_size=25,
)  # fmt: skip


@pytest.fixture(scope="module")
def shared() -> Iterator[MovieLoop]:
    with open_store(":memory:") as store, open_small(store.path.with_name("users.db")) as loop:
        loop.store.write(lambda session: session.add_movie(films(45)[44]))  # without a point
        yield loop


def whole(loop: MovieLoop, user_id: str) -> UserWithLog:
    with loop.store.read() as session:
        return UserWithLog.read(
            session, loop.live.at(session), user_id, retrain_after=loop.retrain_after
        )


def quick(loop: MovieLoop, user_id: str) -> UserState:
    with loop.store.read() as session:
        return UserState.of(
            session, loop.live.at(session), user_id, retrain_after=loop.retrain_after
        )


def same(one: UserState, other: UserState) -> None:
    np.testing.assert_array_equal(one.profile, other.profile)
    np.testing.assert_array_equal(one.unseen, other.unseen)
    assert (one.given, one.pending) == (other.given, other.pending)
    assert one.checkpoint.likes == other.checkpoint.likes
    assert one.checkpoint.last_feedback_id == other.checkpoint.last_feedback_id
    assert one.log_end == other.log_end


@settings(deadline=None, max_examples=60)
@given(STEPS, st.sampled_from([1, 1, 3]), st.integers(0, 10**9))
def test_where_somebody_stands_is_what_their_log_says(
    shared: MovieLoop, steps: list[tuple[str, int, int | None]], n: int, mark: int
) -> None:
    loop, user = shared, f"u{mark}"
    loop.states.retrain_after = n
    for number, (kind, movie, rating) in enumerate(steps):
        movie_id = movie if movie <= 40 or movie == 45 else 1
        if kind == "say":
            with loop.store.read() as session:
                space = loop.live.at(session)
                before = UserState.of(session, space, user, retrain_after=n)
                imagined = before.saying(
                    session, space, user, Feedback(0, movie_id, rating), retrain_after=n
                )
            loop.add_feedback(user, movie_id, rating)
            told = quick(loop, user)
            np.testing.assert_array_equal(told.profile, imagined.profile)
            np.testing.assert_array_equal(told.unseen, imagined.unseen)
        elif kind == "undo":
            given_ids = [item.feedback_id for item in loop.users.history(user).feedback]
            if given_ids:
                loop.undo(given_ids[movie % len(given_ids)])
        else:
            old = [ImportedFeedback(user, movie_id, rating, f"{number}", 1000 * movie)]
            loop.store.write(
                lambda session, old=old: (
                    session.append_imported(old), session.drop_profiles([user])
                )
            )  # fmt: skip
        same(quick(loop, user), whole(loop, user))
    assert list(examine(loop, [user])) == []
    loop.forget(user)
    loop.states.retrain_after = 1


def watched_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    live_feedback = Session.live_feedback

    def watched(self: Session, user_id: str) -> list[Feedback]:
        read.append(user_id)
        return live_feedback(self, user_id)

    monkeypatch.setattr(Session, "live_feedback", watched)
    return read


def test_recommending_and_learning_do_not_read_the_log(
    lesson: MovieLoop, loop: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop.add_feedback("ada", "Alien", 1)
    read = watched_reads(monkeypatch)
    loop.add_feedback("ada", "Heat", 0)
    loop.add_feedback("ada", "Aliens", None)
    loop.recommend("ada")
    loop.preview("ada", "Titanic", 1)
    loop.onboarding("ada")
    loop.users.taste("ada")
    assert read == []
    loop.add_feedback("ada", "Alien", 0)  # a change of mind: the log knows what it replaces
    assert read == ["ada"]


def test_what_had_to_be_read_once_is_kept(loop: MovieLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("Alien", "Heat", "Aliens"):
        loop.add_feedback("ada", title, 1)
    loop.store.write(lambda session: session.drop_profiles(["ada"]))
    read = watched_reads(monkeypatch)
    first = loop.recommend("ada")
    loop.store.write(lambda session: None)  # the writer has done what waited
    seen = len(read)
    assert seen > 0
    assert loop.recommend("ada") == first
    assert len(read) == seen
    loop.recommend("nobody we know")
    loop.store.write(lambda session: None)
    assert loop.users.list() == ["ada"], "asking creates nobody"


def test_a_promotion_is_refolded_once(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = points(30).with_popularity(np.ones(30))
    with MovieLoop.open(database, films=(films(50), base.to_bytes(), "one")) as loop:
        for movie in range(1, 20):
            loop.add_feedback("ada", movie, movie % 2)
        version(loop, points(50, d=5).with_popularity(np.ones(50)), "two")
        loop.models.promote(2)
        read = watched_reads(monkeypatch)
        first = loop.recommend("ada")
        assert first.embeddings_version == 2
        loop.store.write(lambda session: None)
        seen = len(read)
        assert loop.recommend("ada").recommendations == first.recommendations
        assert len(read) == seen
        same(quick(loop, "ada"), whole(loop, "ada"))


@pytest.mark.sqlite
def test_rows_of_an_older_movieloop_are_not_trusted(loop: MovieLoop, database: Path) -> None:
    """One that knows nothing of what is kept beside a profile writes into the same file."""
    loop.add_feedback("ada", "Alien", 1)
    alien, heat = (loop.movies.get(title).movie_id for title in ("Alien", "Heat"))
    connection = sqlite3.connect(database)
    connection.execute(
        "INSERT INTO feedback (user_number, movie_id, rating, created_at) "
        f"SELECT user_number, {heat}, 1, MAX(created_at) FROM feedback"
    )
    connection.commit()
    connection.close()
    same(quick(loop, "ada"), whole(loop, "ada"))
    assert quick(loop, "ada").given == 2
    assert {alien, heat}.isdisjoint(
        film.movie_id for film in loop.recommend("ada", n=50).recommendations
    )


@pytest.mark.sqlite
def test_the_doctor_finds_and_mends_what_is_kept_beside(loop: MovieLoop, database: Path) -> None:
    loop.add_feedback("ada", "Alien", 1)
    loop.add_feedback("ada", "Heat", 1)
    assert list(examine(loop, ["ada"])) == []
    connection = sqlite3.connect(database)
    connection.execute("UPDATE profiles SET rated = 'n'")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(database)
    connection.execute("UPDATE profiles SET rated = x'6e'")
    connection.commit()
    connection.close()
    assert [finding.user_id for finding in examine(loop, ["ada"])] == ["ada"]
    repair(loop, "ada")
    assert list(examine(loop, ["ada"])) == []
    same(quick(loop, "ada"), whole(loop, "ada"))


@given(st.lists(st.booleans(), max_size=400))
def test_packed_rows_come_back(marked: list[bool]) -> None:
    rows = np.array(marked, np.bool_)
    np.testing.assert_array_equal(unpack_rows(pack_rows(rows), len(rows)), rows)


@given(st.binary(max_size=60), st.integers(0, 300))
def test_bytes_of_anything_else_are_refused(data: bytes, rows: int) -> None:
    found = unpack_rows(data, rows)
    assert found is None or found.shape == (rows,)

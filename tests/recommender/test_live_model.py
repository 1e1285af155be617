"""What is served is one record: a version, its films, its points and its likes, of one moment."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.errors import MapNotReady, StoreUnusable
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.snapshot import Snapshot
from movieloop.store import Session

SIZES = (30, 50)


def films(count: int, word: str = "Film") -> list[Movie]:
    return [
        Movie(i, f"{word} {i}", 2000, ("Drama",), popularity=99 - i) for i in range(1, count + 1)
    ]


def points(count: int, *, alive: bool = True, d: int = 3) -> Embeddings:
    random = np.random.default_rng(count)
    memories = (Memory("any", d), Memory.popularity())
    places = np.hstack([random.normal(size=(count, d)), np.zeros((count, 1))])
    return Embeddings(
        np.arange(1, count + 1), places, np.zeros(d + 1), memories,
        half_life=50.0 if alive else None,
    )  # fmt: skip


def version(loop: MovieLoop, space: Embeddings, name: str) -> int:
    return loop.store.write(
        lambda session: session.save_embeddings(space.to_bytes(), digest=name, origin=name)
    )


@pytest.fixture
def two(database: Path) -> Iterator[MovieLoop]:
    """Versions 1 and 2: of different films, other coordinates, both with living popularity."""
    base = points(SIZES[0]).with_popularity(np.ones(SIZES[0]))
    with MovieLoop.open(database, films=(films(SIZES[1]), base.to_bytes(), "one")) as loop:
        assert version(loop, points(SIZES[1], d=5).with_popularity(np.ones(SIZES[1])), "two") == 2
        for person in range(40):
            loop.add_feedback(f"u{person}", 1 + person % 30, 1)
        yield loop


def check(space: Snapshot) -> None:
    """Everything in a record is of one version."""
    count = SIZES[space.embeddings.version - 1]
    assert len(space.embeddings.movie_ids) == len(space.movies) == count
    assert space.likes is None or len(space.likes) == count
    found, _ = space.nearest(space.embeddings.start, n=5, mask=space.unseen(()))
    assert len(found) == 5


def test_a_slow_reader_before_a_promotion_and_quick_ones_after_it(two: MovieLoop) -> None:
    """In every order each gets the version of its own moment, and popularity is that version's."""
    model = LiveModel(two.store)
    with two.store.read() as early:
        assert early.live_state().version == 1  # its moment begins
        two.models.promote(2)
        with two.store.read() as late:
            for session in (late, early, late, early, early, late):
                model.look_again()
                space = model.at(session)
                assert space.embeddings.version == session.live_state().version
                check(space)
                assert space.likes is not None and space.likes.sum() > 0
    np.testing.assert_allclose(model.space().likes[:30], LiveModel(two.store).space().likes[:30])


def test_a_promotion_between_reading_and_following(two: MovieLoop, monkeypatch) -> None:
    """The version changes while a thread is about to follow the likes of the old one."""
    model = LiveModel(two.store)
    model.space()
    reached, go = threading.Event(), threading.Event()
    erasures = Session.erasures

    def slowly(self: Session) -> int:
        if threading.current_thread().name == "slow":
            reached.set()
            assert go.wait(10)
        return erasures(self)

    monkeypatch.setattr(Session, "erasures", slowly)
    model.look_again()
    got: list[Snapshot] = []
    slow = threading.Thread(target=lambda: got.append(model.space()), name="slow")
    slow.start()
    assert reached.wait(10)
    two.models.promote(2)
    waiting = threading.Thread(target=lambda: got.append(model.space()), name="quick")
    waiting.start()
    go.set()
    slow.join(10)
    waiting.join(10)
    for space in [*got, model.space()]:
        check(space)
    assert sorted(space.embeddings.version for space in got) == [1, 2]


def test_readers_never_fail_while_versions_change(two: MovieLoop) -> None:
    stop, wrong, read = threading.Event(), [], [0]

    def reader(user: str) -> None:
        while not stop.is_set():
            try:
                two.live.look_again()
                answer = two.recommend(user)
                check(two.live.space())
                assert len(answer.recommendations) == 10
                read[0] += 1
            except Exception as error:
                wrong.append(repr(error))
                return

    threads = [threading.Thread(target=reader, args=(f"u{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(40):
        two.models.promote(1 + turn % 2)
        two.add_feedback(f"v{turn}", 1 + turn % 30, 1)
    stop.set()
    for thread in threads:
        thread.join(30)
    assert wrong == [] and read[0] > 40


def test_another_title_keeps_what_depends_on_points(two: MovieLoop) -> None:
    before = two.live.space()
    search, directions = before.search, before.directions
    chart = two.live.map_of(before)
    renamed = [Movie(m.movie_id, f"The {m.title}", m.year, m.genres, None, m.popularity)
               for m in films(SIZES[1])]  # fmt: skip
    two.store.write(lambda session: session.save_movies(renamed))
    after = two.live.space()
    assert after.catalog.find("The Film 3").movie_id == 3
    assert after.movies[2].title == "The Film 3"
    assert after.search._codes is search._codes
    assert after.directions is directions
    assert two.live.map_of(after) is chart
    assert after.likes is not None, "and what everybody likes is not forgotten"


def test_another_genre_changes_what_directions_mean(two: MovieLoop) -> None:
    two.models.promote(2)
    directions = two.live.space().directions
    other = [Movie(m.movie_id, m.title, m.year, ("Horror",) if m.movie_id < 20 else m.genres)
             for m in films(SIZES[1])]  # fmt: skip
    two.store.write(lambda session: session.save_movies(other))
    assert two.live.space().directions is not directions
    assert "Horror" in two.live.space().directions.names


def test_what_was_rolled_back_is_never_served(two: MovieLoop) -> None:
    """A catalogue that was read inside a transaction that failed must not be kept."""

    def join_and_fail(session: Session) -> None:
        session.add_movie(Movie(900, "Never", 2001))
        two.live.at(session, follow=False)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        two.store.write(join_and_fail)
    two.store.write(lambda session: session.add_movie(Movie(901, "Really", 2001)))
    titles = {movie.title for movie in two.live.space().catalog.movies}
    assert "Really" in titles and "Never" not in titles


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE movies SET genres = 'no json' WHERE movie_id = 3",
        "UPDATE movies SET genres = '{}' WHERE movie_id = 3",
        "UPDATE movies SET genres = '[1]' WHERE movie_id = 3",
        "UPDATE movies SET title = x'00ff' WHERE movie_id = 3",
        "UPDATE movies SET year = 'soon' WHERE movie_id = 3",
        "UPDATE movies SET popularity = 'much' WHERE movie_id = 3",
        "UPDATE embeddings SET points = zeroblob(100)",
        "UPDATE embeddings SET points = 'text'",
    ],
)
def test_only_real_damage_is_called_damage(two: MovieLoop, database: Path, damage: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute(damage)
    connection.commit()
    connection.close()
    with pytest.raises(StoreUnusable, match=r"is damaged \(.*Restore a copy"):
        LiveModel(two.store).space()


def test_a_bug_is_not_called_damage(two: MovieLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("a bug of ours")

    monkeypatch.setattr("movieloop.recommender.live_model.Catalog", broken)
    with pytest.raises(TypeError, match="a bug of ours"):
        LiveModel(two.store).space()


@pytest.mark.sqlite
def test_a_point_of_a_film_that_is_gone_is_damage(two: MovieLoop, database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("DELETE FROM feedback WHERE movie_id = 3")
    connection.execute("DELETE FROM movies WHERE movie_id = 3")
    connection.commit()
    connection.close()
    with pytest.raises(StoreUnusable, match="a point of film 3, which is gone"):
        LiveModel(two.store).space()


def test_the_map_is_laid_out_once_and_kept_with_its_version(
    two: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = two.live.map_of(two.live.space())
    for thread in threading.enumerate():
        if thread.name == "movieloop-map":
            thread.join()
    monkeypatch.setattr("movieloop.recommender.live_model.Projection.of", None)  # never again
    again = LiveModel(two.store).map_of(two.live.space(), wait=False)
    np.testing.assert_array_equal(again.places, first.places)
    assert again.kept == first.kept


def test_nobody_waits_for_a_large_map(two: MovieLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    from movieloop.model.projection import Projection
    from movieloop.recommender import live_model

    go, laid = threading.Event(), []
    real = Projection.of

    def slowly(taste: np.ndarray) -> Projection:
        laid.append(1)
        assert go.wait(20)
        return real(taste)

    monkeypatch.setattr(live_model, "_SMALL", 0)
    monkeypatch.setattr("movieloop.recommender.live_model.Projection.of", slowly)
    model = LiveModel(two.store)
    space = model.space()
    for _ in range(45):
        with pytest.raises(MapNotReady, match="version 1 is being laid out"):
            model.map_of(space, wait=False)
    assert len(laid) == 1
    assert len(two.recommend("u1").recommendations) == 10, "recommending goes on"
    go.set()
    assert len(model.map_of(space).places) == SIZES[0]

"""Films that join are placed at once, and move with their first likes."""

from pathlib import Path

import numpy as np
import pytest

from movieloop import Movie, MovieLoop
from movieloop.recommender.doctor import examine
from tests.opinions import tell

GHIBLI = ("Spirited Away", "My Neighbor Totoro", "Princess Mononoke")
ROBOT = Movie(
    0, "The Robot's Way Home", 2026, ("Animation", "Family"), about="A robot and a dog go home."
)
UNKNOWN = Movie(0, "A Title Only", 2026)


def titles(loop: MovieLoop, movie_id: int, n: int = 8) -> list[str]:
    return [film.title for film in loop.movies.similar(movie_id, n=n).similar]


def test_a_film_is_found_and_recommended_at_once(loop: MovieLoop) -> None:
    before = loop.recommend("ada", n=5).recommendations
    number = loop.movies.add(ROBOT)
    assert loop.movies.search("robots way home").movies[0].movie_id == number
    near = loop.movies.similar(number, n=10).similar
    assert sum("Animation" in film.genres for film in near) >= 8
    assert loop.recommend("ada", n=5).recommendations == before  # nobody is pushed aside
    tell(loop, "bob", *((film.movie_id, 1) for film in near[:5]))
    assert number in [film.movie_id for film in loop.recommend("bob", n=100).recommendations]


def test_a_film_of_which_only_the_title_is_known_waits(loop: MovieLoop) -> None:
    number = loop.movies.add(UNKNOWN)
    assert loop.live.space().row(number) is None
    assert loop.movies.similar(number).similar == []
    loop.add_feedback("ada", number, 1)
    assert list(examine(loop, ["ada"])) == []


def test_first_likes_move_a_film_toward_those_who_like_it(loop: MovieLoop) -> None:
    number = loop.movies.add(ROBOT)

    def place() -> np.ndarray:
        space = loop.live.space()
        return space.embeddings.points[space.row(number)]

    def distance() -> float:
        return float(np.abs(place() - np.array(loop.users.profile("a").profile))[:-1].sum())

    tell(loop, "a", *((title, 1) for title in GHIBLI))
    before, far = place(), distance()
    for user in "bcde":
        tell(loop, user, *((title, 1) for title in GHIBLI), (number, 1))
    assert distance() < far
    assert list(examine(loop, loop.users.list())) == []
    after = place()
    loop.add_feedback("f", number, 0)  # a dislike, and a fifth like: between the steps
    tell(loop, "g", (number, 1))
    assert (place() == after).all() and (after != before).any()


def test_a_like_taken_back_does_not_count(loop: MovieLoop) -> None:
    number = loop.movies.add(ROBOT)
    first = loop.add_feedback("a", number, 1)
    moved = loop.live.space().embeddings.points[-1].copy()
    loop.undo(first.feedback_id)
    loop.add_feedback("b", number, 1)
    assert (loop.live.space().embeddings.points[-1] == moved).all()  # one liker, as before


def test_who_rated_a_waiting_film_learns_it_once_it_is_placed(loop: MovieLoop) -> None:
    number = loop.movies.add(UNKNOWN)
    loop.add_feedback("ada", number, 1)
    before = loop.users.profile("ada").profile
    known = Movie(number, UNKNOWN.title, 2026, ("Horror",), directors=("Ridley Scott",))
    loop.store.write(lambda session: session.save_movies([known]))
    assert loop.movies.place_waiting() == [number]
    assert loop.users.profile("ada").profile != before
    assert list(examine(loop, ["ada"])) == []
    assert number not in [film.movie_id for film in loop.recommend("ada", n=100).recommendations]


def test_other_processes_and_restarts_see_the_same_place(
    loop: MovieLoop, database: Path, famous: object
) -> None:
    with MovieLoop.open(database, films=famous) as other:
        other.recommend("ada")
        number = loop.movies.add(ROBOT)
        points = [one.live.space().embeddings.points for one in (loop, other)]
        assert (points[0] == points[1]).all()
        assert other.live.space().is_placed(number)
    assert loop.map.chart().movie_ids[-1] == number  # and it has a place on the map
    with MovieLoop.open(database, films=famous) as again:
        assert (again.live.space().embeddings.points == points[0]).all()


def test_a_version_that_goes_live_gets_the_films_that_joined_before(loop: MovieLoop) -> None:
    number = loop.movies.add(ROBOT)
    space = loop.live.space()
    bare = loop.store.write(
        lambda session: session.save_embeddings(
            space.embeddings.to_bytes(), digest="other", origin="test"
        )
    )
    loop.models.promote(bare)
    assert loop.live.space().row(number) is not None
    loop.models.rollback()
    assert loop.live.space().row(number) is not None


def test_a_space_of_five_films_places_nothing(lesson: MovieLoop) -> None:
    number = lesson.movies.add(Movie(0, "New", 2026, ("Action",)))
    assert lesson.live.space().row(number) is None


@pytest.mark.parametrize("rating", [0, None])
def test_only_likes_move_films(loop: MovieLoop, rating: int | None) -> None:
    number = loop.movies.add(ROBOT)
    before = loop.live.space().embeddings.points[-1].copy()
    loop.add_feedback("ada", number, rating)
    assert (loop.live.space().embeddings.points[-1] == before).all()

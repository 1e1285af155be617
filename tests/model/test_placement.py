"""Films nobody has rated stand where their content says."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop import Embeddings, Movie
from movieloop.data import packaged_films
from movieloop.model.placement import Placement
from movieloop.model.themes import packaged_themes

HIDDEN = 60


@pytest.fixture(scope="module")
def packaged() -> tuple[list[Movie], Embeddings]:
    movies, points, _ = packaged_films()
    space = Embeddings.from_bytes(points)
    by_id = {movie.movie_id: movie for movie in movies}
    return [by_id[number] for number in space.movie_ids.tolist()], space


@pytest.fixture(scope="module")
def hidden(packaged: tuple[list[Movie], Embeddings]) -> list[int]:
    return np.random.default_rng(0).permutation(len(packaged[0]))[:HIDDEN].tolist()


@pytest.fixture(scope="module")
def placement(packaged: tuple[list[Movie], Embeddings], hidden: list[int]) -> Placement:
    movies, space = packaged
    rest = np.setdiff1d(np.arange(len(movies)), hidden)
    known = replace(space, movie_ids=space.movie_ids[rest], points=space.points[rest])
    return Placement([movies[row] for row in rest], known, packaged_themes())


def ranks(space: Embeddings, points: dict[int, np.ndarray]) -> np.ndarray:
    """Rank the true place of each film among all, seen from where it was placed."""
    found = []
    for row, point in points.items():
        gap = np.abs(space.points - point)[:, :-1].sum(axis=1)
        found.append(int((gap < gap[row]).sum()) + 1)
    return np.array(found)


def test_hidden_films_are_placed_near_their_true_points(
    packaged: tuple[list[Movie], Embeddings], hidden: list[int], placement: Placement
) -> None:
    movies, space = packaged
    points = {row: placement.place(movies[row]) for row in hidden}
    assert np.median(ranks(space, points)) <= 20  # of some eleven thousand
    about = {row: space.points[row, space.blocks["themes"]] for row in hidden}
    told = {row: placement.place(movies[row], about[row]) for row in hidden}
    assert np.median(ranks(space, told)) <= 3


def test_genre_and_decade_alone_say_less_but_something(
    packaged: tuple[list[Movie], Embeddings], hidden: list[int], placement: Placement
) -> None:
    movies, space = packaged
    bare = {
        row: placement.place(Movie(0, "", movies[row].year, movies[row].genres)) for row in hidden
    }
    assert np.median(ranks(space, bare)) < len(movies) / 8


def test_no_placed_film_is_nearer_to_all_than_films_are(
    packaged: tuple[list[Movie], Embeddings], hidden: list[int], placement: Placement
) -> None:
    movies, space = packaged
    middle = space.points.mean(axis=0)
    true = np.abs(space.points - middle)[:, :-1].sum(axis=1)
    for row in hidden:
        point = placement.place(movies[row])
        assert 0.8 * true.mean() < np.abs(point - middle)[:-1].sum() < 1.2 * true.mean()
        low, high = space.box
        assert (point >= low).all() and (point <= high).all()


def test_too_little_is_known_of_a_film_with_a_title_only(placement: Placement) -> None:
    assert placement.place(Movie(1, "Nothing", 2030)) is None
    assert placement.place(Movie(1, "Odd", 2030, ("Gardening",))) is None
    assert placement.place(Movie(1, "Unknown", 2030, directors=("Nobody At All",))) is None
    assert placement.place(Movie(1, "Nolan's", 2030, directors=("Christopher Nolan",))) is not None


def test_a_film_is_as_far_out_as_films_as_well_known(
    packaged: tuple[list[Movie], Embeddings], placement: Placement
) -> None:
    _, space = packaged
    column = space.points[:, space.blocks["popularity"]].ravel()

    def stands(popularity: int) -> float:
        film = Movie(1, "New", 2026, ("Drama",), popularity=popularity)
        return float(placement.place(film)[space.blocks["popularity"]][0])

    assert stands(0) == pytest.approx(np.median(column), abs=0.1)
    assert column.min() <= stands(10_000) < stands(1_000) < stands(100) <= column.max()

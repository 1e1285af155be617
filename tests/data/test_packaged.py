"""The films that come with the program, each with a point among its kind."""

from collections.abc import Sequence

import numpy as np
import pytest

from movieloop import Embeddings, Movie, MovieLoop
from movieloop.data import Catalog, normalised, packaged_films


@pytest.fixture(scope="module")
def points() -> Embeddings:
    """Their points."""
    return Embeddings.from_bytes(packaged_films()[1])


def labels(movies: Sequence[Movie]) -> list[str]:
    return [movie.label for movie in movies]


def test_every_packaged_film_is_one_film(packaged: Catalog) -> None:
    movies = packaged_films()[0]
    assert len(packaged.by_id) == len(movies)
    for number in ("imdb_id", "tmdb_id", "wikidata_id"):
        known = [getattr(movie, number) for movie in movies if getattr(movie, number)]
        assert len(set(known)) == len(known) > 0
    assert all(movie.title.strip() == movie.title and movie.title for movie in movies)
    assert all(movie.genres and len(set(movie.genres)) == len(movie.genres) for movie in movies)
    assert all(movie.year is None or 1880 < movie.year < 2100 for movie in movies)
    assert 15 <= len(packaged.genres) <= 30


def test_every_packaged_film_is_found_by_its_label_and_its_unambiguous_name(
    packaged: Catalog,
) -> None:
    for movie in packaged.movies:
        same = [
            film for film in packaged.by_title[normalised(movie.title)] if film.year == movie.year
        ]
        assert packaged.find(movie.label) is max(same, key=lambda film: film.popularity)
        assert packaged.find(packaged.unambiguous(movie)) is movie


@pytest.mark.parametrize(
    ("label", "among"),
    [
        ("Die Hard (1988)", 500),
        ("The Notebook (2004)", 500),
        ("Blade Runner (1982)", 500),
        ("Titanic (1997)", 500),
        ("The Matrix (1999)", 500),
        ("The Godfather (1972)", 500),
        ("Psycho (1960)", 500),
        ("Spirited Away (2001)", 500),
        ("Casablanca (1942)", 1500),
        ("The Wizard of Oz (1939)", 1500),
    ],
)
def test_films_everybody_knows_are_among_the_best_known(
    packaged: Catalog, label: str, among: int
) -> None:
    assert packaged.find(label.rsplit(" (", 1)[0]).label == label
    assert label in labels(packaged.movies[:among])


def test_every_packaged_film_has_a_point(packaged: Catalog, points: Embeddings) -> None:
    assert set(points.row_of) == set(packaged.by_id)
    assert all(np.ptp(points.points, axis=0) > 0)  # no coordinate is the same for all


def test_the_better_known_a_film_the_nearer_it_stands_to_the_mainstream(
    packaged: Catalog, points: Embeddings
) -> None:
    column = points.blocks["popularity"]
    rows = [points.row_of[movie.movie_id] for movie in packaged.movies]
    obscurity = points.points[rows, column].ravel()
    assert points.start[column].tolist() == [0.0] and obscurity.min() == obscurity[0] == 0.0
    tenths = [tenth.mean() for tenth in np.array_split(obscurity, 10)]
    assert tenths == sorted(tenths)


def test_films_of_a_kind_are_neighbours(loop: MovieLoop) -> None:
    for title, neighbour in (
        ("Toy Story", "Toy Story 2"),
        ("The Godfather", "The Godfather Part II"),
        ("Alien", "Aliens"),
        ("Spirited Away", "My Neighbor Totoro"),
        ("Before Sunrise", "Before Sunset"),
        ("Star Wars", "The Empire Strikes Back"),
        ("Iron Man", "Iron Man 2"),
    ):
        answer = loop.movies.similar(title, n=10)
        assert neighbour in [film.title for film in answer.similar]
        assert answer.movie.movie_id not in [film.movie_id for film in answer.similar]
        distances = [film.distance for film in answer.similar]
        assert distances == sorted(distances)

"""Which film is meant: the number decides, then title and year; nothing is guessed."""

import pytest

from movieloop.data import Catalog, Movie, packaged_films
from movieloop.importers.formats import FilmFacts
from movieloop.importers.formats.titles import split_title
from movieloop.importers.matching import Match, Matcher

FILMS = Catalog(
    [
        Movie(120338, "Titanic", 1997, imdb_id="tt0120338", popularity=900),
        Movie(46435, "Titanic", 1953, imdb_id="tt0046435", popularity=12),
        Movie(133093, "The Matrix", 1999, imdb_id="tt0133093", popularity=800),
        Movie(114369, "Se7en", 1995, imdb_id="tt0114369", popularity=700),
        Movie(116191, "Emma", 1996, imdb_id="tt0116191", popularity=9),
        Movie(9_000_000_000, "Emma", 1996),
        Movie(9_000_000_001, "Nobody Knows When"),
        Movie(211915, "Amélie", 2001, imdb_id="tt0211915", popularity=500),
        Movie(5, "Fast & Furious", 2009, popularity=5),
        Movie(6, "Pinocchio", 2019),
        Movie(7, "Pinocchio", 2021),
    ]
)
MATCHER = Matcher(FILMS.movies)


def found(name: str, imdb_id: str | None = None) -> list[int]:
    title, year, also = split_title(name)
    match = MATCHER.match(FilmFacts("x", title, year, imdb_id, also=also))
    return [movie.movie_id for movie in match.movies]


@pytest.mark.parametrize(
    ("name", "movie_ids"),
    [
        ("Titanic (1997)", [120338]),
        ("Titanic (1953)", [46435]),
        ("titanic (1954)", [46435]),
        ("Titanic", [120338]),
        ("Titanic (2012)", []),
        ("Matrix, The (1999)", [133093]),
        ("The  MATRIX (2000)", [133093]),
        ("Matrix (1999)", [133093]),
        ("Seven (a.k.a. Se7en) (1995)", [114369]),
        ("Fabelhafte Welt der Amelie, Die (Amelie) (2001)", [211915]),
        ("Amelie (2001)", [211915]),
        ("Fast and Furious (2009)", [5]),
        ("Nobody Knows When (1980)", [9_000_000_001]),
        ("Emma (1996)", [116191, 9_000_000_000]),
        ("Pinocchio (2020)", [6, 7]),
        ("...", []),
        ("", []),
    ],
)
def test_films_without_a_number(name: str, movie_ids: list[int]) -> None:
    assert found(name) == movie_ids


def test_the_number_decides() -> None:
    assert found("Anything (1900)", "tt0133093") == [133093]
    assert found("", "tt0133093") == [133093]
    assert found("The Matrix (1999)", "tt0000009") == []
    assert found("Emma (1996)", "tt0118308") == [9_000_000_000]


def test_a_film_that_is_added_is_found() -> None:
    matcher = Matcher([])
    assert matcher.match(FilmFacts("x", "Dune", 2021)).film is None
    dune = Movie(1160419, "Dune", 2021, imdb_id="tt1160419")
    matcher.add(dune)
    assert matcher.match(FilmFacts("x", "Dune", 2021)) == Match([dune])
    assert matcher.match(FilmFacts("x", "", imdb_id="tt1160419")) == Match([dune])


def test_every_packaged_film_is_found_by_its_own_title_and_year() -> None:
    movies = packaged_films()[0]
    matcher = Matcher(movies)
    for movie in movies:
        assert movie in matcher.match(FilmFacts("x", movie.title, movie.year)).movies
        flipped = movie.title.partition(" ")
        if flipped[0] in ("The", "A") and flipped[2]:
            title, _, _ = split_title(f"{flipped[2]}, {flipped[0]}")
            assert movie in matcher.match(FilmFacts("x", title, movie.year)).movies, title

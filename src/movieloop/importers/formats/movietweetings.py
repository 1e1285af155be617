"""MovieTweetings: ratings people tweeted from IMDb, `user::IMDb number::0-10::seconds`.

    ratings.dat   1::0054890::9::1381945744
    movies.dat    0054890::Fanfaren der Liebe (1951)::Comedy

movies.dat may be missing: the IMDb number says which film it is.
"""

import re
from collections.abc import Iterator

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.numbered import people_rows
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts, Row
from movieloop.importers.formats.tables import split_lines, with_lines
from movieloop.importers.formats.titles import genres_of, split_title
from movieloop.importers.formats.values import imdb_id_of

UNDERSTOOD = "MovieTweetings (ratings.dat, IMDb numbers and 0 to 10 points)"
_RATING = re.compile(r"\d{1,9}::\d{7,9}::(?:10|\d)::\d+")
_FILM = re.compile(r"\d{7,9}::.+\(\d{4}\)::[^:]*")


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise MovieTweetings by the look of its lines: seven digits for the film.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    found = with_lines(bundle, _RATING)
    if not found:
        return None
    ratings = found[0]
    movies = with_lines(bundle, _FILM, beside=ratings)
    return Dataset(
        "movietweetings" if bundle.single else bundle.name,
        "MovieTweetings",
        lambda: _rows(bundle, ratings, movies[:1]),
        bundle,
    )


def _rows(bundle: Bundle, ratings: str, movies: list[str]) -> Iterator[Row]:
    films: dict[str, FilmFacts | None] = {}
    for name in movies:
        for found in split_lines(bundle, name, "::", width=3):
            if not isinstance(found, BadRow):
                number, title, genres = found[1][0], "::".join(found[1][1:-1]), found[1][-1]
                films[number] = _film(number, title, genres)

    def film_of(number: str) -> FilmFacts | None:
        if number not in films:
            films[number] = _film(number)
        return films[number]

    lines = split_lines(bundle, ratings, "::", width=4)
    return people_rows(lines, film_of, opinion=from_ten)


def _film(number: str, title: str = "", genres: str = "") -> FilmFacts | None:
    """Put a film together; None if its number is no IMDb number."""
    imdb_id = imdb_id_of(number)
    if imdb_id is None:
        return None
    name, year, also = split_title(title)
    return FilmFacts(f"imdb:{imdb_id}", name, year, imdb_id, genres=genres_of(genres), also=also)

"""From the rows of a file to the columns of an evaluation.

Rows are what `movieloop.importers.formats` reads; two films and a genre they share:

>>> from movieloop.importers.formats import FilmFacts, RatingRow
>>> alien, heat = FilmFacts("1", "Alien", genres=("Horror",)), FilmFacts("2", "Heat")
>>> data = collect([RatingRow(1, "ada", alien, 1, 10), RatingRow(2, "ada", heat, None, 20),
...                 RatingRow(3, "bob", heat, 0, None)], name="two films")
>>> len(data.log), data.log.movie_ids, data.undated, data.genres.tolist()
(2, array([0, 1]), 1, [[True], [False]])
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import SESSION_GAP, RatingLog
from movieloop.data.movie import Movie
from movieloop.errors import InvalidInput
from movieloop.importers.formats import FilmFacts
from movieloop.model.content import packaged_rows

FEWEST = 100  # ratings


@dataclass(frozen=True, eq=False)
class Data:
    """Ratings to evaluate on.

    Attributes:
        name: What the data set is called.
        log: Everybody's ratings.
        genres: Which movie has which, shape (movies, genres); None if nobody knows.
        undated: How many ratings were left out because they have no date.
        films: What the file tells of every film; empty if it tells nothing.
    """

    name: str
    log: RatingLog
    genres: NDArray[np.bool_] | None = None
    undated: int = 0
    films: Sequence[Movie] = ()

    def of_films(self, keep: NDArray[np.bool_]) -> "Data":
        """Keep some films.

        Args:
            keep: One truth a film.

        Returns:
            Smaller data.
        """
        genres = None if self.genres is None else self.genres[keep]
        films = [film for film, kept in zip(self.films, keep, strict=False) if kept]
        return replace(self, log=self.log.of_movies(keep), genres=genres, films=films)

    def with_films(self, fewest: int) -> "Data":
        """Keep the films with enough ratings.

        >>> log = RatingLog.of(users="abc", movies=[7, 7, 8], ratings=[1, 1, 1], times=[0, 1, 2])
        >>> Data("three", log).with_films(2).log.movie_ids
        array([7])

        Args:
            fewest: Ratings a film must have.

        Returns:
            Smaller data.
        """
        return self.of_films(
            np.bincount(self.log.movie, minlength=len(self.log.movie_ids)) >= fewest
        )


def among_packaged(data: Data) -> Data:
    """Keep the films that come with movieloop, so that its packaged points can take part.

    Args:
        data: The ratings.

    Returns:
        Smaller data; the same where fewer than half of the ratings are of such films.
    """
    if not data.films:
        return data
    known = packaged_rows(data.films) >= 0
    return data.of_films(known) if 2 * known[data.log.movie].sum() >= len(data.log) else data


def collect(
    rows: Iterable[Any], *, name: str, session_gap: float = SESSION_GAP, seed: int = 0
) -> Data:
    """Turn rows into columns; rows that are no rating or have no date are left out.

    Args:
        rows: What a reader of `movieloop.importers.formats` yields.
        name: What the data set is called.
        session_gap: Seconds of a pause that end a sitting.
        seed: Of the shuffling of equal times.

    Returns:
        The data.
    """
    numbers: dict[str, int] = {}
    films: list[Movie] = []
    users: list[str] = []
    movies: list[int] = []
    ratings: list[int | None] = []
    times: list[int] = []
    undated = 0
    for row in rows:
        if not hasattr(row, "film"):
            continue
        if row.rated_at is None:
            undated += 1
            continue
        film: FilmFacts = row.film
        if film.key not in numbers:
            number = numbers[film.key] = len(numbers)
            films.append(
                Movie(number, film.title, film.year, film.genres, film.imdb_id, 0, film.tmdb_id)
            )
        users.append(row.user or "")
        movies.append(numbers[film.key])
        ratings.append(row.rating)
        times.append(row.rated_at)
    log = RatingLog.of(users, movies, ratings, times, session_gap=session_gap, seed=seed)
    return Data(name, log, _truths([film.genres for film in films]), undated, films)


def check(data: Data) -> None:
    """Refuse data nothing can be said about.

    Args:
        data: The ratings.

    Raises:
        InvalidInput: There are too few, or they are of one person only.
    """
    if len(data.log) < FEWEST or data.log.users < 2:  # noqa: PLR2004 - one person is nobody
        raise InvalidInput(
            "ratings",
            f"{data.name} has {len(data.log):,} dated ratings of {data.log.users:,} people "
            f"(without a date: {data.undated:,}). An evaluation needs {FEWEST} of 2 or more.",
        )


def _truths(genres: list[tuple[str, ...]]) -> NDArray[np.bool_] | None:
    names = sorted({name for names in genres for name in names})
    if not names:
        return None
    return np.array([[name in own for name in names] for own in genres], dtype=np.bool_)

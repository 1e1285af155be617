"""MovieLens as it came before: 1M and 10M with `::` between the columns, 100K with tabs and bars.

    ratings.dat  1::1193::5::978300760          u.data  196  242  3  881250949
    movies.dat   1193::One Flew ... (1975)::Drama    u.item  242|Kolya (1996)|24-Jan-1997||...|0|0|1

The text is Latin-1 and without a header, so files are told by the look of their lines. Beside
u.data stand parts of it (u1.base ...) that look the same; the largest file is the whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import refuse
from movieloop.importers.formats.numbered import people_rows
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts
from movieloop.importers.formats.tables import split_lines, with_lines
from movieloop.importers.formats.titles import genres_of, split_title

UNDERSTOOD = "MovieLens 1M and 10M (ratings.dat with movies.dat) and 100K (u.data with u.item)"
# An IMDb number has 7 digits, a MovieLens number at most 6.
_DAT = re.compile(r"\d{1,9}::\d{1,6}::[0-5](?:\.\d+)?::\d+")
_DAT_FILM = re.compile(r"\d{1,6}::.+\(\d{4}\)::[^:]*")
_TABS = re.compile(r"\d+\t\d+\t[0-5](?:\.\d+)?\t\d+")
_BARS_FILM = re.compile(r"\d+\|[^|]*\|[^|]*\|[^|]*\|[^|]*(?:\|[01]){19}")
_FLAGS = (
    "", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
    "Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi",
    "Thriller", "War", "Western",
)  # fmt: skip


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise the older MovieLens sets by the look of their lines.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.

    Raises:
        InvalidInput: The ratings are there, but nothing tells which films they are about.
    """
    for shape in _SHAPES:
        found = with_lines(bundle, shape.rating)
        if found:
            return _dataset(bundle, shape, found[0])
    return None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the two files of a set look like, and how its films are read."""

    rating: re.Pattern[str]
    film: re.Pattern[str]
    separator: str
    films: Callable[[Bundle, str], dict[str, FilmFacts]]
    usual: str


def _dataset(bundle: Bundle, shape: _Shape, ratings: str) -> Dataset:
    movies = with_lines(bundle, shape.film, beside=ratings)
    if not movies:
        refuse(
            f"{bundle.called} names films by number only. Give the folder or zip that holds "
            f"{shape.usual} too."
        )
    return Dataset(
        bundle.name,
        "MovieLens (older format)",
        lambda: people_rows(
            split_lines(bundle, ratings, shape.separator, width=4),
            shape.films(bundle, movies[0]).get,
        ),
        bundle,
    )


def _dat_films(bundle: Bundle, name: str) -> dict[str, FilmFacts]:
    """Read `number::title (year)::genre|genre`."""
    films = {}
    for found in split_lines(bundle, name, "::", width=3):
        if not isinstance(found, BadRow):
            key, title, genres = found[1][0], "::".join(found[1][1:-1]), found[1][-1]
            films[key] = _film(key, title, genres)
    return films


def _bars_films(bundle: Bundle, name: str) -> dict[str, FilmFacts]:
    """Read `number|title (year)|released|video|url|flag|flag ...`."""
    films = {}
    for found in split_lines(bundle, name, "|", width=5 + len(_FLAGS)):
        if not isinstance(found, BadRow):
            key, title, flags = found[1][0], found[1][1], found[1][5:]
            genres = [name for name, flag in zip(_FLAGS, flags, strict=False) if flag == "1"]
            films[key] = _film(key, "" if title == "unknown" else title, "|".join(genres))
    return films


def _film(key: str, title: str, genres: str) -> FilmFacts:
    name, year, also = split_title(title)
    return FilmFacts(f"movielens:{key}", name, year, genres=genres_of(genres), also=also)


_SHAPES = (
    _Shape(_DAT, _DAT_FILM, "::", _dat_films, "movies.dat"),
    _Shape(_TABS, _BARS_FILM, "\t", _bars_films, "u.item"),
)

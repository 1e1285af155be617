"""What films are about, as coordinates: the packaged blocks that were made without ratings.

Genres, themes, makers, places and era of the packaged films stand beside whatever is learned from
ratings, as one more member of the ensemble: Manhattan distances add up. A film that is not
packaged stands where its facts place it, or, if too little is known, at the origin, from which
nothing draws it nearer to anybody.

>>> from movieloop.data import packaged_films
>>> films = packaged_films()[0][:2]
>>> content = content_of([films[1], Movie(7, "Nobody knows"), films[0]])
>>> [memory.name for memory in content.memories]
['genres', 'themes', 'people', 'places', 'era']
>>> bool(content.points[0].any()), bool(content.points[1].any())
(True, False)
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from movieloop.data import Movie, packaged_films, packaged_words
from movieloop.data.interactions import Ints
from movieloop.data.titles import title_key
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.model.placement import Placement, enough_known
from movieloop.model.themes import Themes, packaged_themes
from movieloop.taste import Matrix

BLOCKS = ("genres", "themes", "people", "places", "era")


class Content(NamedTuple):
    """What films are about.

    Attributes:
        points: Where they stand, the origin if nothing is known, shape (movies, c).
        memories: The blocks of these coordinates.
    """

    points: Matrix
    memories: tuple[Memory, ...]

    @property
    def known(self) -> int:
        """Of how many films something is known."""
        return int(self.points.any(axis=1).sum())


def content_of(movies: Sequence[Movie | None]) -> Content:
    """Find what films are about.

    How it works:
        1. A film is a packaged one if a number of IMDb or Wikidata says so, or where it has
           neither, title and year.
        2. Another film of which enough is told is placed by its facts.

    Args:
        movies: The film of every row, None where nothing is known.

    Returns:
        The content of these rows.
    """
    space, _, placement, words = _packaged()
    columns = np.concatenate([np.arange(*_ends(space, name)) for name in BLOCKS])
    points = np.zeros((len(movies), len(columns)))
    for row, (movie, found) in enumerate(zip(movies, packaged_rows(movies), strict=True)):
        if found >= 0:
            points[row] = space.points[found, columns]
        elif movie is not None and enough_known(movie):
            placed = placement.place(movie, words.of(movie.about))
            points[row] = 0.0 if placed is None else placed[columns]
    memories = tuple(memory for memory in space.memories if memory.name in BLOCKS)
    return Content(points, memories)


def in_rows(movie_ids: Ints, movies: Iterable[Movie]) -> list[Movie | None]:
    """Put films into the order of rows.

    >>> in_rows(np.array([7, 8]), [Movie(9, "Alien"), Movie(7, "Heat")])[1] is None
    True

    Args:
        movie_ids: The film of every row.
        movies: What is known of films, in any order.

    Returns:
        The film of every row, None where nothing is known.
    """
    films = {movie.movie_id: movie for movie in movies}
    return [films.get(number) for number in movie_ids.tolist()]


def packaged_rows(movies: Sequence[Movie | None]) -> Ints:
    """Find films among the packaged ones.

    >>> packaged_rows([packaged_films()[0][5], None, Movie(7, "Nobody knows", 2020)]).tolist()
    [5, -1, -1]

    Args:
        movies: The films, None where nothing is known.

    Returns:
        The row of the packaged points of each, -1 if it is not among them.
    """
    rows = _packaged()[1]
    return np.array(
        [
            -1 if movie is None else next((rows[n] for n in _names(movie) if n in rows), -1)
            for movie in movies
        ],
        dtype=np.int64,
    )


@cache
def _packaged() -> tuple[Embeddings, dict[object, int], Placement, Themes]:
    films, packed, _ = packaged_films()
    space = Embeddings.from_bytes(packed)
    ordered = sorted(films, key=lambda film: space.row_of[film.movie_id])
    rows: dict[object, int] = {}
    for film in ordered:
        for name in (*_numbers(film), (title_key(film.title), film.year)):
            rows.setdefault(name, space.row_of[film.movie_id])
    return (
        space,
        rows,
        Placement(ordered, space, packaged_themes()),
        Themes.from_bytes(packaged_words()),
    )


def _names(movie: Movie) -> Iterator[object]:
    """Give what a film may be known by; a title only where no number can say otherwise."""
    numbers = list(_numbers(movie))
    yield from numbers
    if not numbers and movie.year is not None:
        yield title_key(movie.title), movie.year


def _numbers(movie: Movie) -> Iterator[object]:
    if movie.imdb_id:
        yield "imdb", movie.imdb_id
    if movie.wikidata_id:
        yield "wikidata", movie.wikidata_id


def _ends(space: Embeddings, name: str) -> tuple[int, int]:
    block = space.blocks[name]
    return block.start, block.stop

"""What is known of a film before anybody rates it: genres and decade, as numbers.

>>> films = [Movie(1, "Alien", 1979, ("Horror", "Sci-Fi")), Movie(2, "Heat", 1995, ("Crime",))]
>>> features_of([2, 1, 3], films)           # Crime, Horror, Sci-Fi, 1970s, 1990s
array([[1. , 0. , 0. , 0. , 1. ],
       [0. , 0.5, 0.5, 1. , 0. ],
       [0. , 0. , 0. , 0. , 0. ]])

Row 3 is a film the catalogue does not know.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from movieloop.data.catalog import Movie
from movieloop.taste import Matrix


def features_of(movie_ids: ArrayLike, movies: Iterable[Movie]) -> Matrix:
    """Write genres and decades as features, in the order training has the movies.

    >>> features_of([1], [Movie(1, "Alien", 1979, ("Horror",))])
    array([[1., 1.]])

    Args:
        movie_ids: The movie of every row.
        movies: The films that are known, in any order.

    Returns:
        A column for every genre, in which a film's genres share 1, and one for every decade,
        shape (movies, genres + decades); a row of zeros where nothing is known.
    """
    known = {movie.movie_id: movie for movie in movies}
    rows = [known.get(movie_id) for movie_id in np.asarray(movie_ids).tolist()]
    genres = sorted({genre for movie in rows if movie for genre in movie.genres})
    decades = sorted({movie.year // 10 for movie in rows if movie and movie.year is not None})
    features = np.zeros((len(rows), len(genres) + len(decades)))
    for row, movie in enumerate(rows):
        if movie is None:
            continue
        for genre in movie.genres:
            features[row, genres.index(genre)] = 1 / len(movie.genres)
        if movie.year is not None:
            features[row, len(genres) + decades.index(movie.year // 10)] = 1.0
    return features

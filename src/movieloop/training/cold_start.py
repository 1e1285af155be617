"""Films with few ratings: what is known of them otherwise, and how far their points are believed.

Before anybody rates a film, its genres and decade are known, as numbers:

>>> films = [Movie(1, "Alien", 1979, ("Horror", "Sci-Fi")), Movie(2, "Heat", 1995, ("Crime",))]
>>> features_of([2, 1, 3], films)           # Crime, Horror, Sci-Fi, 1970s, 1990s
array([[1. , 0. , 0. , 0. , 1. ],
       [0. , 0.5, 0.5, 1. , 0. ],
       [0. , 0. , 0. , 0. , 0. ]])

Row 3 is a film the catalogue does not know.

Training moves every movie, also one that three people have rated. Its point is believed in the
measure of its likes, and what is missing is guessed: from its metadata, by a ridge regression
from features to points (Hoerl & Kennard 1970), else from where the movies people like now
stand. So a film nobody has rated yet stands where films of its kind stand:

>>> points = np.array([[1.0], [1.2], [-1.0], [-0.8], [0.0]])     # two crime films, two comedies
>>> crime, comedy = [1.0, 0.0], [0.0, 1.0]
>>> features = np.array([crime, crime, comedy, comedy, crime])   # and a new crime film
>>> shrink_rare_items(points, likes=np.array([90, 90, 90, 90, 0]), now=np.ones(5), trust=10.0,
...          features=features).round(1).ravel()
array([ 1. ,  1.2, -1. , -0.8,  0.7])
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from movieloop.data.movie import Movie
from movieloop.taste import Matrix, Vector

_RIDGE = 1.0  # doubt about what a feature means, counted in movies


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


def shrink_rare_items(
    points: Matrix,
    *,
    likes: ArrayLike,
    now: Vector,
    trust: float,
    features: Matrix | None = None,
) -> Matrix:
    """Draw movies with few likes to where movies like them stand.

    How it works:
        1. Every movie is believed by likes / (likes + trust).
        2. A guess is made for each: the typical movie people like now, and what its features
           say it differs from that.
        3. The point is a mix of its own place and the guess.

    Args:
        points: As trained, shape (movies, d).
        likes: How many likes each movie was trained on, shape (movies,).
        now: Decayed likes of every movie at the end, shape (movies,).
        trust: Likes after which a movie stands half-way.
        features: What is known of every movie, shape (movies, features); None if nothing is.

    Returns:
        The points, shape (movies, d).
    """
    counted = np.asarray(likes, dtype=np.float64)
    own = (counted / (counted + trust))[:, None]
    typical = now @ points / max(float(now.sum()), 1e-12)
    guess = typical + (0.0 if features is None else _told(points - typical, own, features))
    return np.asarray(own * points + (1 - own) * guess)


def _told(points: Matrix, own: Matrix, features: Matrix) -> Matrix:
    """Regress points on features, each movie weighing as much as it is believed."""
    weighed = features.T * own.ravel()
    doubt = _RIDGE * np.eye(features.shape[1])
    told = np.linalg.solve(weighed @ features + doubt, weighed @ points)
    return np.asarray(features @ told)

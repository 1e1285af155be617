"""Spaces and databases of any size for the benchmarks: made up, seeded, in clusters like films."""

import numpy as np

from movieloop.data import Catalog, Movie
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.recommender.snapshot import Snapshot

GENRES = ("Drama", "Comedy", "Action", "Horror", "Western")


def points(movies: int, size: int, *, seed: int = 0) -> np.ndarray:
    """Make up points in fifty clusters, the last coordinate popularity with a long tail.

    Args:
        movies: How many.
        size: How many coordinates.
        seed: The same seed gives the same.

    Returns:
        Points, shape (movies, size).
    """
    random = np.random.default_rng(seed)
    middles = random.normal(size=(50, size))
    made = 0.3 * (
        middles[random.integers(50, size=movies)] + 0.5 * random.normal(size=(movies, size))
    )
    made[:, -1] = 2.0 * random.exponential(size=movies)
    return made.astype(np.float32).astype(np.float64)


def films(movies: int) -> list[Movie]:
    """Make up films.

    Args:
        movies: How many.

    Returns:
        The films.
    """
    return [
        Movie(i, f"Film {i}", 1930 + i % 90, (GENRES[i % 5],), popularity=movies - i)
        for i in range(1, movies + 1)
    ]


def embeddings(movies: int, size: int) -> Embeddings:
    """Make up embeddings of one slow memory and popularity.

    Args:
        movies: How many movies.
        size: How many coordinates.

    Returns:
        The embeddings.
    """
    made = points(movies, size)
    start = made.mean(axis=0)
    start[-1] = 0.0
    memories = (Memory("slow", size - 1), Memory.popularity())
    return Embeddings(np.arange(1, movies + 1), made, start, memories)


def space(movies: int, size: int) -> Snapshot:
    """Make up a space.

    Args:
        movies: How many movies.
        size: How many coordinates.

    Returns:
        The space.
    """
    return Snapshot(Catalog(films(movies)), embeddings(movies, size))


def profiles(of: Snapshot, count: int, *, seed: int = 1) -> list[np.ndarray]:
    """Make up profiles between films, as people's are.

    Args:
        of: The space.
        count: How many.
        seed: The same seed gives the same.

    Returns:
        The profiles.
    """
    random = np.random.default_rng(seed)
    stand = of.embeddings.points
    made = [
        (stand[random.integers(len(stand))] + stand[random.integers(len(stand))]) / 2
        for _ in range(count)
    ]
    for profile in made:
        profile[-1] = 0.0
    return made

"""A loop of forty films and people who like the even ones: small enough to train in a test."""

from pathlib import Path

import numpy as np

from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.store import ImportedFeedback

FILMS = [Movie(number, f"Film {number}", 2000, popularity=50 - number) for number in range(1, 41)]


def open_small(database: Path, films: list[Movie] = FILMS) -> MovieLoop:
    """Films that stand anywhere: half of them are one taste, half another."""
    points = np.random.default_rng(0).random((len(films), 4))
    space = Embeddings(
        np.array([film.movie_id for film in films]), points, np.full(4, 0.5), (Memory("any", 4),)
    )
    return MovieLoop.open(database, films=(films, space.to_bytes(), "some films"))


def tell(
    loop: MovieLoop,
    people: int = 120,
    likes: int = 12,
    *,
    who: str = "u",
    since: int = 1_600_000_000_000,
    every: int = 60,
    films: int = 40,
) -> None:
    """People like odd films, or even ones, some minutes apart."""
    rng = np.random.default_rng(1)
    told = []
    for person in range(people):
        liked = rng.permutation(np.arange(1 + person % 2, films + 1, 2))[:likes]
        for number, movie_id in enumerate(liked.tolist()):
            moment = since + (number * people + person) * 60_000 * every
            name = f"{who}{person}"
            told.append(ImportedFeedback(name, movie_id, 1, f"{name}-{number}", moment))
    loop.store.write(lambda session: session.append_imported(told))

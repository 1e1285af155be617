"""Putting films and their points into a database, once."""

import hashlib
from collections.abc import Sequence

from movieloop.catalog import Movie
from movieloop.store import Session


def install_films(session: Session, movies: Sequence[Movie], points: bytes, origin: str) -> None:
    """Put the films and their points into the database, unless they are there.

    Newer packaged points take the place of older ones, never of points trained here.

    Args:
        session: An open transaction that writes.
        movies: The films.
        points: What `Embeddings.to_bytes` packed.
        origin: Where both come from, for people.
    """
    digest = hashlib.sha256(points + repr(list(movies)).encode()).hexdigest()
    if session.version_of(digest) is None:
        session.save_movies(movies)
        version = session.save_embeddings(points, digest=digest, origin=origin)
        if session.live_trained_on() is None:
            session.promote(version)

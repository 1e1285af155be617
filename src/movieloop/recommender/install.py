"""Putting films and their points into a database, once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple

from movieloop.data import Movie
from movieloop.store import Session


def install_films(
    session: Session,
    movies: Sequence[Movie],
    points: bytes,
    origin: str,
    *,
    chart: tuple[bytes, float] | None = None,
) -> None:
    """Put the films and their points into the database, unless they are there.

    Newer packaged points take the place of older ones, never of points trained here.

    Args:
        session: An open transaction that writes.
        movies: The films.
        points: What `Embeddings.to_bytes` packed.
        origin: Where both come from, for people.
        chart: The map of these points, if it was laid out before: what `Projection.to_bytes`
            packed, and the share of true neighbours it keeps.
    """
    digest = digest_of_films(movies, points)
    version = session.version_of(digest)
    if version is None:
        # Until version 0.1 the digest was made of what Python happens to print.
        printed = hashlib.sha256(points + repr(list(movies)).encode()).hexdigest()
        version = session.version_of(printed)
        if version is not None:
            session.rename_version(version, digest)
    if version is None:
        session.save_movies(movies)
        version = session.save_embeddings(points, digest=digest, origin=origin)
        if session.live_trained_on() is None:
            session.promote(version)
    if chart is not None and session.map_of(version) is None:
        session.save_map(version, *chart)


def digest_of_films(movies: Sequence[Movie], points: bytes) -> str:
    """Make a short text that differs wherever films or points differ.

    >>> digest_of_films([Movie(7, "Alien", 1979)], b"")[:8]
    'c7c8de09'

    Args:
        movies: The films; their order counts.
        points: What `Embeddings.to_bytes` packed.

    Returns:
        64 hexadecimal digits, the same in every version of Python and movieloop.
    """
    digest = hashlib.sha256(points)
    for movie in movies:
        digest.update(json.dumps(astuple(movie), ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()

"""A plain list of recommendations written as JSON at once: what a film never changes is kept.

Filling ten models and letting each write itself costs more than finding the ten films. What is
written here is, byte for byte, what `Recommendations` would write.
"""

from pydantic_core import to_json

from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.user_state import UserState

_END = b',"already_rated":false,"because":[]}'


def recommendations_json(space: Snapshot, user: UserState, user_id: str, *, n: int) -> bytes | None:
    """Write the nearest unseen movies of a user.

    Args:
        space: The live space.
        user: Where they stand.
        user_id: What they are called.
        n: How many movies, 1 or more.

    Returns:
        What `Recommendations` would write, in UTF-8; None where nothing unseen is left.
    """
    rows, distances = space.nearest(user.profile, n=n, mask=user.unseen)
    if not len(rows):
        return None
    films = [_film(space, row) for row in rows.tolist()]
    far = [to_json(distance) for distance in distances.tolist()]
    entries = [film + distance + _END for (film, _), distance in zip(films, far, strict=True)]
    return b"".join(
        (
            b'{"user_id":', to_json(user_id),
            b',"recommended_movie":', films[0][1],
            b',"similarity_score":', far[0],
            b',"user_profile":', to_json(user.profile.tolist()),
            b',"recommendations":[', b",".join(entries),
            b'],"embeddings_version":', to_json(space.embeddings.version), b"}",
        )
    )  # fmt: skip


def _film(space: Snapshot, row: int) -> tuple[bytes, bytes]:
    """Write the beginning of a film's entry, and the name it is recommended by."""
    known = space.written_films.get(row)
    if known is None:
        movie = space.movies[row]
        told = {
            "movie_id": movie.movie_id,
            "title": movie.title,
            "year": movie.year,
            "genres": list(movie.genres),
            "owned": movie.owned_since is not None,
        }
        name = to_json(space.catalog.unambiguous(movie))
        known = space.written_films[row] = (to_json(told)[:-1] + b',"distance":', name)
    return known

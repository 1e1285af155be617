"""What was stored, read back: SQLite keeps no checksums, so a bit that a disk turned shows here.

>>> from movieloop.data import Movie
>>> stored_movie(Catalog([Movie(7, "Alien", 1979)]), 7).title
'Alien'
"""

from datetime import UTC, datetime

from movieloop.data import Catalog, Movie
from movieloop.errors import MovieNotFound, StoreUnusable

_WHAT_TO_DO = "`movieloop doctor` says where; restore a backup."


def stored_movie(catalog: Catalog, movie_id: int) -> Movie:
    """Find the movie of something stored; films never leave the catalogue.

    Args:
        catalog: The films.
        movie_id: The stored number.

    Returns:
        The movie.

    Raises:
        StoreUnusable: There is none, so the number, or the film's, is damaged.
    """
    try:
        return catalog.get(movie_id)
    except MovieNotFound:
        raise StoreUnusable(
            f"The database is damaged: something is stored of film {movie_id}, which does not "
            f"exist. {_WHAT_TO_DO}"
        ) from None


def moment(created_at: int) -> datetime:
    """Turn stored milliseconds into a date and time.

    >>> moment(1_500).isoformat()
    '1970-01-01T00:00:01.500000+00:00'

    Args:
        created_at: Milliseconds since 1970, UTC.

    Returns:
        The moment, with its time zone.

    Raises:
        StoreUnusable: It is no moment a calendar knows.
    """
    try:
        return datetime.fromtimestamp(created_at / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        raise StoreUnusable(
            f"The database is damaged: {created_at} is stored as a moment. {_WHAT_TO_DO}"
        ) from None

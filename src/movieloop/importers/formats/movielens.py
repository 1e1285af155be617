"""MovieLens as it comes today: a folder or zip with ratings.csv, movies.csv and links.csv.

    userId,movieId,rating,timestamp        movieId,title,genres       movieId,imdbId,tmdbId
    1,1,4.0,964982703                      1,Toy Story (1995),...     1,0114709,862

The files are told by their columns. links.csv may be missing, then films are known by title
and year; movies.csv may be missing if links.csv is there.
"""

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import refuse
from movieloop.importers.formats.numbered import people_rows
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts
from movieloop.importers.formats.tables import table, with_columns
from movieloop.importers.formats.titles import genres_of, split_title
from movieloop.importers.formats.values import imdb_id_of, tmdb_id_of, whole

UNDERSTOOD = "MovieLens (the folder or zip with ratings.csv and movies.csv)"
_RATINGS = ("userid", "movieid", "rating", "timestamp")


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise MovieLens by the columns userId, movieId and rating.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.

    Raises:
        InvalidInput: The ratings are there, but nothing tells which films they are about.
    """
    found = with_columns(bundle, *_RATINGS[:3])
    if not found:
        return None
    ratings = found[0]
    movies = with_columns(bundle, "movieid", "title", beside=ratings)
    links = with_columns(bundle, "movieid", "imdbid", beside=ratings)
    if not movies and not links:
        refuse(
            f"{bundle.called} names films by number only. Give the folder or zip that holds "
            "movies.csv too."
        )
    return Dataset(
        bundle.name,
        "MovieLens",
        lambda: people_rows(
            table(bundle, ratings, _RATINGS), _films(bundle, movies[:1], links[:1]).get
        ),
        bundle,
    )


def _films(bundle: Bundle, movies: list[str], links: list[str]) -> dict[str, FilmFacts]:
    """Read which film each number means; a line that cannot be read leaves its film out."""
    ids: dict[str, tuple[str | None, int | None]] = {}
    for name in links:
        for found in table(bundle, name, ("movieid", "imdbid", "tmdbid")):
            if not isinstance(found, BadRow):
                key, imdb, tmdb = found[1]
                ids[whole(key)] = (imdb_id_of(whole(imdb)), tmdb_id_of(tmdb))
    films = {key: FilmFacts(f"movielens:{key}", "", None, *ids[key]) for key in ids}
    for name in movies:
        for found in table(bundle, name, ("movieid", "title", "genres")):
            if not isinstance(found, BadRow):
                key, title, genres = found[1]
                key = whole(key)
                name_, year, also = split_title(title)
                imdb_id, tmdb_id = ids.get(key, (None, None))
                films[key] = FilmFacts(
                    f"movielens:{key}", name_, year, imdb_id, tmdb_id, genres_of(genres), also
                )
    return films

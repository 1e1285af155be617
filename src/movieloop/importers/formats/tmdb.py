"""TMDB: the CSV file of the ratings of one's own account.

    TMDb ID,IMDb ID,Type,Name,Release Date,...,Rating,Your Rating,Date Rated
    603,tt0133093,movie,The Matrix,1999-03-30,...,8.2,9,2021-03-05T10:00:00Z

"Rating" is everybody's, "Your Rating" one's own. Series and films without a rating of one's
own - the watchlist has the same columns - are passed over.
"""

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import from_iso
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.formats.rows import Dataset, FilmFacts, RatingRow, Row, SkippedRow
from movieloop.importers.formats.tables import each, table, with_columns
from movieloop.importers.formats.titles import clean
from movieloop.importers.formats.values import decimal, imdb_id_of, tmdb_id_of, year_of

UNDERSTOOD = "TMDB (the CSV file of your account's ratings)"
_COLUMNS = ("tmdb id", "imdb id", "type", "name", "release date", "your rating", "date rated")


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise TMDB's ratings by the columns TMDb ID and Your Rating.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    found = with_columns(bundle, "tmdb id", "name", "your rating")
    if not found:
        return None
    return Dataset(
        "tmdb",
        "TMDB account ratings",
        lambda: each(table(bundle, found[0], _COLUMNS), _row),
        bundle.share,
    )


def _row(line: int, values: list[str]) -> Row:
    number, imdb, kind, name, released, points, rated = values
    if kind.lower() not in ("", "movie"):
        return SkippedRow(line, "not a film but a series or an episode")
    if not points:
        return SkippedRow(line, "without a rating")
    tmdb_id, imdb_id = tmdb_id_of(number), imdb_id_of(imdb)
    if tmdb_id is None and imdb_id is None:
        raise ValueError(f"{number[:40]!r} is no TMDB number")
    film = FilmFacts(f"tmdb:{tmdb_id or imdb_id}", clean(name), year_of(released), imdb_id, tmdb_id)
    return RatingRow(line, None, film, from_ten(decimal(points)), from_iso(rated))

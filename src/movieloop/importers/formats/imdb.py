"""IMDb: the CSV file of one's own ratings.

    Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,...,Year,...
    tt0133093,9,2021-03-05,The Matrix,The Matrix,https://...,Movie,8.7,...,1999,...

Older files have no "Original Title" and write "movie". IMDb lists have the same columns; their
films without a rating are passed over. So are series, episodes and games.
"""

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import from_iso
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.formats.rows import Dataset, FilmFacts, RatingRow, Row, SkippedRow
from movieloop.importers.formats.tables import each, table, with_columns
from movieloop.importers.formats.titles import clean, genres_of
from movieloop.importers.formats.values import decimal, imdb_id_of, year_of

UNDERSTOOD = "IMDb (the CSV file of your ratings)"
_COLUMNS = (
    "const", "your rating", "date rated", "title", "original title", "title type", "year", "genres",
)  # fmt: skip
_FILM_TYPES = {"", "movie", "film", "featurefilm", "tvmovie", "short", "tvshort", "video"}


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise IMDb's ratings by the columns Const and Your Rating.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    found = with_columns(bundle, "const", "your rating", "title")
    if not found:
        return None
    return Dataset(
        "imdb",
        "IMDb ratings",
        lambda: each(table(bundle, found[0], _COLUMNS), _row),
        bundle.share,
    )


def _row(line: int, values: list[str]) -> Row:
    const, points, rated, title, original, kind, year, genres = values
    if kind.lower().replace(" ", "").replace("-", "") not in _FILM_TYPES:
        return SkippedRow(line, "not a film but a series, an episode or a game")
    if not points:
        return SkippedRow(line, "without a rating")
    imdb_id = imdb_id_of(const)
    if imdb_id is None:
        raise ValueError(f"{const[:40]!r} is no IMDb id")
    film = FilmFacts(
        f"imdb:{imdb_id}",
        clean(title),
        year_of(year),
        imdb_id,
        genres=genres_of(genres, ","),
        also=(clean(original),) if original and original != title else (),
    )
    return RatingRow(line, None, film, from_ten(decimal(points)), from_iso(rated))

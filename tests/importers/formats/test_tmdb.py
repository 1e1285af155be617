"""Files of TMDB: what they say, and what makes no sense in them."""

from pathlib import Path

from movieloop.importers.formats import RatingRow
from tests.importers.importable import (
    bad,
    put,
    rows,
    skipped,
)


def test_tmdb(tmp_path: Path) -> None:
    header = (
        "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,"
        "Date Rated"
    )
    lines = [
        "603,tt0133093,movie,The Matrix,1999-03-30,,,8.2,9,2021-03-05T10:00:00Z",
        "1396,tt0903747,tv,Breaking Bad,2008-01-20,,,8.9,10,2021-03-05T10:00:00Z",
        "949,tt0113277,movie,Heat,1995-12-15,,,7.9,,2021-03-05T10:00:00Z",
        ",,movie,Nothing,,,,7.9,9,",
    ]
    file = put(tmp_path / "x.csv", "\n".join([header, *lines]))
    (matrix,) = [row for row in rows(file) if isinstance(row, RatingRow)]
    assert (matrix.film.tmdb_id, matrix.film.imdb_id, matrix.film.label, matrix.rating) == (
        603, "tt0133093", "The Matrix (1999)", 1,
    )  # fmt: skip
    assert skipped(file) == ["not a film but a series or an episode", "without a rating"]
    assert bad(file) == [(5, "'' is no TMDB number")]

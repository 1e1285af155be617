"""Rows that cannot be read are numbered, and stop nothing."""

from pathlib import Path

from movieloop.importers.formats import RatingRow
from tests.importers.importable import (
    MOVIELENS,
    bad,
    put_all,
    rows,
    skipped,
)


def test_bad_rows_are_numbered_and_stop_nothing(tmp_path: Path) -> None:
    lines = [
        "userId,movieId,rating,timestamp",
        "1,1,4.0,964982703",
        "1,1,6.0,964982703",
        "1,1,nan,964982703",
        "1,1,good,964982703",
        "1,1,4.0",
        "1,99,4.0,964982703",
        ",1,4.0,964982703",
        "1,1,4.0,-5",
        "1,1,4.0,99999999999",
        "1,1,4.0,1e400",
        '1,1,"4.0,964982703',
        "",
        "2,1,4.0,964982703",
    ]
    found = put_all(tmp_path, {**MOVIELENS, "ratings.csv": "\n".join(lines)})
    assert [row.line for row in rows(found) if isinstance(row, RatingRow)] == [2, 6, 9, 10, 11, 14]
    undated = [row.undated for row in rows(found) if isinstance(row, RatingRow)]
    assert undated == ["", "", "-5", "99999999999", "1e400", ""]
    assert skipped(found) == ["without a rating"]  # nan
    assert bad(found) == [
        (3, "6 is no number of stars from 0 to 5"),
        (5, "'good' is no number"),
        (7, "film '99' is not among the films"),
        (8, "it names no person"),
        (12, "its quotes do not fit"),
    ]

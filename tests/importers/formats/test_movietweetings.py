"""Files of MovieTweetings: what they say, and what makes no sense in them."""

from pathlib import Path

from movieloop.importers.formats import sniff
from tests.importers.importable import (
    put,
    put_all,
    told,
)


def test_movietweetings_counts_to_ten_and_needs_no_titles(tmp_path: Path) -> None:
    lines = "1::0133093::9::1381945744\n1::1408101::6::1382400295\n2::0133093::1::1381620027\n"
    file = put(tmp_path / "ratings.dat", lines)
    assert sniff(file).name == "movietweetings"
    assert told(file) == [("tt0133093", 1), ("tt1408101", None), ("tt0133093", 0)]


def test_movietweetings_with_titles(tmp_path: Path) -> None:
    folder = put_all(
        tmp_path / "latest",
        {
            "ratings.dat": "1::0133093::9::1381945744\n1::1408101::6::1382400295\n",
            "movies.dat": "0133093::The Matrix (1999)::Action|Sci-Fi\n",
            "users.dat": "1::139564917\n",
        },
    )
    assert sniff(folder).format == "MovieTweetings"
    assert told(folder) == [("The Matrix (1999)", 1), ("tt1408101", None)]

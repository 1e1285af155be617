"""Tables in any encoding, with any delimiter, however damaged their lines are."""

from pathlib import Path

import pytest

from movieloop.importers.formats import RatingRow
from tests.importers.formats.handed_in import RATINGS
from tests.importers.importable import (
    LETTERBOXD,
    bad,
    put,
    rows,
    told,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_and_line_endings(tmp_path: Path, encoding: str, ending: str) -> None:
    lines = [f"{LETTERBOXD},Rating", "2021-03-01,Amélie,2001,x,4.5", "2021-03-02,Café,,x,2", ""]
    file = put(tmp_path / "x.csv", ending.join(lines).encode(encoding))
    assert told(file) == [("Amélie (2001)", 1), ("Café", 0)]


def test_a_latin_1_letter_at_the_end_of_a_line_stays(tmp_path: Path) -> None:
    file = put(tmp_path / "x.csv", "Date,Title\n3/5/21,Café\n".encode("latin-1"))
    assert told(file) == [("Café", None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_have_changed_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = RATINGS.replace(",", delimiter)
    assert told(put(tmp_path / "x.csv", text)) == [("Alien (1979)", 1)]


def test_a_gigantic_line_is_one_bad_row(tmp_path: Path) -> None:
    giant = "2021-03-01," + "x" * 3_000_000 + ",1979,x,4.5\n"
    file = put(tmp_path / "x.csv", RATINGS + giant + RATINGS.splitlines()[1])
    assert [type(row) is RatingRow for row in rows(file)] == [False, True]
    assert bad(file) == [(3, "x.csv: the line is longer than 1 MiB")]


def test_a_quote_that_never_ends_costs_one_row(tmp_path: Path) -> None:
    file = put(tmp_path / "x.csv", RATINGS + '2021-03-01,"Cats,2019,x,1\n2021-03-01,Heat,1995,x,1')
    assert bad(file) == [(3, "x.csv: its quotes do not fit")]
    assert len(rows(file)) == 3

"""A file in the code page of some country is read in the one in which its titles are films."""

from pathlib import Path

import pytest

from movieloop import Movie
from movieloop.importers.code_pages import read_with_the_best
from movieloop.importers.formats import RatingRow, sniff
from movieloop.importers.matching import Matcher
from tests.importers.importable import LETTERBOXD, put

TITLES = {
    "cp1254": "Kış Uykusu", "cp1251": "Сталкер", "cp1250": "Pociąg", "cp1253": "Κυνόδοντας",
    "cp932": "七人の侍", "cp949": "기생충", "cp1252": "Amélie", "mac_roman": "Ça va",
}  # fmt: skip
MATCHER = Matcher(Movie(i, title, 2000) for i, title in enumerate(TITLES.values(), start=1))


@pytest.mark.parametrize("page", TITLES)
def test_the_code_page_that_finds_films_wins(tmp_path: Path, page: str) -> None:
    text = f"{LETTERBOXD},Rating\n2021-03-01,{TITLES[page]},2000,x,4.5\n2021-03-01,Plain,2000,x,4\n"
    dataset = sniff(put(tmp_path / "ratings.csv", text.encode(page)))
    rows = [row for row in read_with_the_best(dataset, MATCHER) if isinstance(row, RatingRow)]
    assert rows[0].film.title == TITLES[page]
    (note,) = dataset.bundle.notes()
    assert note.startswith("ratings.csv: not UTF-8, read as ")


def test_where_no_title_is_known_it_is_western_and_said_so(tmp_path: Path) -> None:
    text = f"{LETTERBOXD},Rating\n2021-03-01,Unbekannt für alle,2000,x,4.5\n"
    dataset = sniff(put(tmp_path / "ratings.csv", text.encode("cp1252")))
    (row,) = read_with_the_best(dataset, MATCHER)
    assert isinstance(row, RatingRow) and row.film.title == "Unbekannt für alle"
    assert "Windows-1252" in dataset.bundle.notes()[0]


def test_utf_8_needs_no_guess_and_no_note(tmp_path: Path) -> None:
    dataset = sniff(put(tmp_path / "r.csv", f"{LETTERBOXD},Rating\n2021-03-01,Amélie,2001,x,4\n"))
    read_with_the_best(dataset, MATCHER)
    assert dataset.bundle.notes() == ()

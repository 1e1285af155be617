"""Files of IMDb: what they say, and what makes no sense in them."""

from pathlib import Path

from movieloop.importers.formats import RatingRow
from tests.importers.importable import (
    bad,
    put,
    rows,
    skipped,
    told,
)

IMDB_NEW = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,"
    "Runtime (mins),Year,Genres,Num Votes,Release Date,Directors"
)
IMDB_OLD = IMDB_NEW.replace("Original Title,", "")


def test_imdb(tmp_path: Path) -> None:
    lines = [
        IMDB_NEW,
        'tt0245429,9,2021-03-01,Spirited Away,"Sen to Chihiro",u,Movie,8.6,125,2001,'
        '"Animation, Adventure",800000,2001-07-20,"Miyazaki, Hayao"',
        "tt0903747,10,2021-03-02,Breaking Bad,Breaking Bad,u,TV Series,9.5,45,2008,Drama,1,,",
        "tt0078748,5,2021-03-03,Alien,Alien,u,movie,8.5,117,1979,Horror,1,1979-05-25,R. S.",
        "tt0113277,,2021-03-03,Heat,Heat,u,movie,8.5,117,1995,Crime,1,,",
        "nm0000001,5,2021-03-03,Fred,Fred,u,movie,8.5,117,1995,Crime,1,,",
        "tt0113277,11,2021-03-03,Heat,Heat,u,movie,8.5,117,1995,Crime,1,,",
    ]
    file = put(tmp_path / "ratings.csv", "\r\n".join(lines))
    films = [row for row in rows(file) if isinstance(row, RatingRow)]
    assert [(row.film.label, row.rating) for row in films] == [
        ("Spirited Away (2001)", 1),
        ("Alien (1979)", 0),
    ]
    assert films[0].film.imdb_id == "tt0245429"
    assert films[0].film.also == ("Sen to Chihiro",)
    assert films[0].film.genres == ("Animation", "Adventure")
    assert skipped(file) == [
        "not a film but a series, an episode or a game",
        "without a rating",
    ]
    assert [line for line, _ in bad(file)] == [6, 7]


def test_imdb_of_former_years_in_latin_1(tmp_path: Path) -> None:
    line = "tt0211915,8,2012-03-01,Amélie,u,movie,8.3,122,2001,Comedy,1,2001-04-25,J"
    file = put(tmp_path / "x.csv", f"{IMDB_OLD}\n{line}\n".encode("latin-1"))
    assert told(file) == [("Amélie (2001)", 1)]

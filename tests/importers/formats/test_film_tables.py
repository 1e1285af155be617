"""Tables of one person's films, in the dialects of many services and in anybody's own."""

from pathlib import Path

import pytest

from movieloop.importers.formats import RatingRow, sniff
from movieloop.importers.formats.kinds import OTHER
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
    matrix, nothing = [row for row in rows(file) if isinstance(row, RatingRow)]
    assert (matrix.film.tmdb_id, matrix.film.imdb_id, matrix.film.label, matrix.rating) == (
        603, "tt0133093", "The Matrix (1999)", 1,
    )  # fmt: skip
    assert (nothing.film.label, nothing.film.tmdb_id) == ("Nothing", None)
    assert skipped(file) == [OTHER, "without a rating"]


@pytest.mark.parametrize(
    ("text", "source", "films"),
    [
        (
            "rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,season_number,rating\n"
            "2024-03-04T10:00:00Z,movie,Alien,1979,8.5,1,tt0078748,348,,9\n",
            "Trakt export", [("Alien (1979)", 1)],
        ),
        (
            "tmdbID,imdbID,Title,Year,Rating10,WatchedDate,Rewatch,Tags,Review\n"
            "348,tt0078748,Alien,1979,3,2021-03-01,false,,\n949,,Heat,1995,,2021-03-02,false,,\n",
            "Letterboxd import file", [("Alien (1979)", 0), ("Heat (1995)", None)],
        ),
        (
            "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n"
            "1214,0078748,348,4.5,4.07,Alien (1979)\n",
            "MovieLens account ratings", [("Alien (1979)", 1)],
        ),
        (
            "SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,TMDB,IMDB\n"
            "1,Alien,movie,1979,completed,,2021-03-01,9,348,tt0078748\n"
            "2,Heat,movie,1995,plantowatch,,,,949,tt0113277\n",
            "Simkl export", [("Alien (1979)", 1)],
        ),
        (
            "media_id,source,media_type,title,image,season_number,score,status,end_date\n"
            "348,tmdb,movie,Alien,x,,8.5,Completed,2021-03-01\n"
            "1399,tmdb,tv,Dark,x,,9,Completed,2021-03-01\n"
            "949,tmdb,movie,Heat,x,,,Planning,\n",
            "Yamtrack export", [("Alien (1979)".replace(" (1979)", ""), 1)],
        ),
        (
            "title,year,tmdbId,imdbId,userRating\nAlien,1979,348,tt0078748,4\n",
            "Movary export", [("Alien (1979)", 0)],  # 4 of 10
        ),
        (
            "Название;Оригинальное название;Год;Моя оценка;Дата\nЧужой;Alien;1979;9;05.03.2021\n",
            "Kinopoisk ratings", [("Чужой (1979)", 1)],
        ),
        ("title,year,rating\nAlien,1979,5\nHeat,1995,1\n", "table of films",
         [("Alien (1979)", 1), ("Heat (1995)", 0)]),
        ("title,year,rating\nAlien,1979,9\nHeat,1995,1\n", "table of films",
         [("Alien (1979)", 1), ("Heat (1995)", 0)]),
        ("Title\tYear\tScore\nAlien\t1979\t85\nHeat\t1995\t61\n", "table of films",
         [("Alien (1979)", 1), ("Heat (1995)", None)]),
        ("film,opinion\nAlien (1979),like\nHeat (1995),dislike\nJaws (1975),seen\n",
         "table of films",
         [("Alien (1979)", 1), ("Heat (1995)", 0), ("Jaws (1975)", None)]),
        ("title,year,stars\nAlien,1979,★★★★½\nHeat,1995,★★\n", "table of films",
         [("Alien (1979)", 1), ("Heat (1995)", 0)]),
        ("name|year|rating\nAlien|1979|8/10\nHeat|1995|2/10\n", "table of films",
         [("Alien (1979)", 1), ("Heat (1995)", 0)]),
        ("title,year,date\nAlien,1979,5/3/2021\n", "table of films", [("Alien (1979)", None)]),
        ("sep=;\ntitle;year;rating\nAlien;1979;4,5\n", "table of films", [("Alien (1979)", 1)]),
    ],
)  # fmt: skip
def test_a_table_is_read_in_its_dialect(
    tmp_path: Path, text: str, source: str, films: list[tuple[str, int | None]]
) -> None:
    file = put(tmp_path / "films.csv", text)
    assert sniff(file).format == source
    found = [row for row in rows(file) if isinstance(row, RatingRow)]
    assert [(row.film.label, row.rating) for row in found] == films
    assert bad(file) == []


def test_imdb_before_2017_dates_in_words(tmp_path: Path) -> None:
    text = (
        '"position","const","created","modified","description","Title","Title type","Directors",'
        '"You rated","IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date '
        '(month/day/year)","URL"\n'
        '"1","tt0113277","Sun Mar  1 00:00:00 2015","","","Heat","Feature Film","M","9","8.2",'
        '"170","1995","crime, drama","1","1995-12-15","u"\n'
    )
    (row,) = [r for r in rows(put(tmp_path / "r.csv", text)) if isinstance(r, RatingRow)]
    assert (row.film.imdb_id, row.rating, row.rated_at) == ("tt0113277", 1, 1_425_168_000_000)


def test_the_watchlist_beside_the_ratings_does_not_hide_them(tmp_path: Path) -> None:
    put(
        tmp_path / "ratings.csv",
        f"{IMDB_NEW}\ntt0113277,10,2021-12-31,Heat,Heat,u,Movie,8,1,1995,C,1,,X\n",
    )
    wishes = "".join(
        f"tt{i:07},,,Film {i},Film {i},u,Movie,8,1,1995,C,1,,X\n" for i in range(1, 40)
    )
    put(tmp_path / "WATCHLIST.csv", f"{IMDB_NEW}\n{wishes}")
    assert [row.film.title for row in rows(tmp_path) if isinstance(row, RatingRow)] == ["Heat"]


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_empty_cells_at_the_end_may_be_missing_or_too_many(tmp_path: Path, cut: int) -> None:
    cells = ["tt0078748", "9", "2021-03-01", "Alien", "Alien", "u", "Movie", "8.5", "117", "1979"]
    row = ",".join([*cells, "Horror", "1", "", ""][: 14 - cut])
    for line in (row, f"{row},,,"):
        assert told(put(tmp_path / "r.csv", f"{IMDB_NEW}\n{line}\n")) == [("Alien (1979)", 1)]


def test_a_row_that_was_cut_off_is_no_opinion(tmp_path: Path) -> None:
    file = put(tmp_path / "r.csv", f"{IMDB_NEW}\ntt0078748,9,2021-0")
    assert bad(file) == [(2, "it has 3 columns, the header has 14")]

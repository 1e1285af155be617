"""Files one person gets of their own account: Letterboxd, IMDb, Trakt, Netflix, TMDB."""

from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.formats import BadRow, RatingRow, sniff
from movieloop.importers.formats.dates import from_iso
from movieloop.importers.formats.local_dates import date_reader
from tests.importers.importable import (
    LETTERBOXD,
    as_json,
    bad,
    put,
    put_all,
    rows,
    skipped,
    told,
    trakt,
    zipped,
)


def moments(path: Path) -> list[str]:
    """Give the days on which films were rated."""
    days = {from_iso(f"2021-{month:02}-{day:02}"): f"{month}/{day}"
            for month in range(1, 13) for day in range(1, 29)}  # fmt: skip
    return [days[row.rated_at] for row in rows(path) if isinstance(row, RatingRow)]


def letterboxd(header: str, *lines: str) -> str:
    return "\n".join([header, *lines])


EXPORT = {
    "ratings.csv": letterboxd(
        f"{LETTERBOXD},Rating",
        "2021-03-01,Alien,1979,https://boxd.it/1,4.5",
        '2021-03-02,"Me, Myself & Irene",2000,https://boxd.it/2,2',
        "2021-03-03,Cats,2019,https://boxd.it/3,1",
    ),
    "watched.csv": letterboxd(
        LETTERBOXD,
        "2021-02-01,Alien,1979,https://boxd.it/1",
        "2021-02-02,Heat,1995,https://boxd.it/4",
        "2021-02-02,Nameless,,https://boxd.it/5",
    ),
    "likes/films.csv": letterboxd(LETTERBOXD, "2021-03-09,Cats,2019,https://boxd.it/3"),
    "diary.csv": letterboxd(
        f"{LETTERBOXD},Rating,Rewatch,Tags,Watched Date",
        "2021-05-01,Alien,1979,https://boxd.it/9,4.5,Yes,,2021-01-05",
        "2021-05-01,Alien,1979,https://boxd.it/8,3,,,2021-01-02",
    ),
    "reviews.csv": f"{LETTERBOXD},Rating,Rewatch,Review,Tags,Watched Date\n",
    "watchlist.csv": letterboxd(LETTERBOXD, "2021-03-01,Dune,2021,https://boxd.it/6"),
    "profile.csv": "Date Joined,Username,Email Address\n2021-01-01,ada,ada@example.org\n",
    "deleted/ratings.csv": letterboxd(f"{LETTERBOXD},Rating", "2021-03-01,Gone,1979,x,4.5"),
    "orphaned/diary.csv": letterboxd(f"{LETTERBOXD},Rating", "2021-03-01,Lost,1979,x,4.5"),
}


def test_letterboxd_gives_one_row_a_film(tmp_path: Path) -> None:
    found = zipped(tmp_path / "letterboxd.zip", EXPORT)
    assert sniff(found).format == "Letterboxd export"
    assert dict(told(found)) == {
        "Alien (1979)": 1,
        "Heat (1995)": None,
        "Nameless": None,
        "Me, Myself & Irene (2000)": 0,
        "Cats (2019)": 1,  # a heart beats one star
    }
    assert len(rows(found)) == 5


def test_letterboxd_is_dated_by_the_diary_if_it_can_be(tmp_path: Path) -> None:
    found = put_all(tmp_path, EXPORT)
    assert moments(found) == ["1/5", "2/2", "2/2", "3/2", "3/9"]


def test_letterboxd_never_reads_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put_all(tmp_path, EXPORT)
    opened: list[str] = []
    honest = Path.open

    def watched(self: Path, *arguments: object, **options: object) -> object:
        opened.append(self.relative_to(folder).as_posix())
        return honest(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", watched)
    assert len(rows(folder)) == 5
    assert "ratings.csv" in opened
    assert {name for name in opened if "profile" in name or "deleted" in name} == set()


def test_a_single_letterboxd_file_is_read_if_it_is_no_watchlist(tmp_path: Path) -> None:
    assert len(told(put(tmp_path / "x.csv", EXPORT["ratings.csv"]))) == 3
    assert told(put(tmp_path / "y.csv", EXPORT["diary.csv"])) == [("Alien (1979)", None)]
    with pytest.raises(InvalidInput, match="may be a watchlist"):
        sniff(put(tmp_path / "watched.csv", EXPORT["watched.csv"]))


def test_letterboxd_says_in_which_file_a_bad_row_stands(tmp_path: Path) -> None:
    lines = ("2021-03-01,,1979,x,4.5", "soon,Alien,1979,x,4.5", "2021-03-01,Alien,1979,x,9")
    file = put(tmp_path / "r.csv", letterboxd(f"{LETTERBOXD},Rating", *lines))
    assert bad(file) == [
        (2, "r.csv: it names no film"),
        (3, "r.csv: 'soon' is no date such as 2021-03-05"),
        (4, "r.csv: 9 is no number of stars from 0 to 5"),
    ]


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


def test_trakt_in_both_layouts(tmp_path: Path) -> None:
    rated = as_json(
        trakt("Alien", 1979, rated_at="2021-03-01T10:00:00.000Z", rating=9),
        trakt("Cats", 2019, rated_at="2021-03-01T10:00:00.000Z", rating=3),
    )
    watched = as_json(trakt("Heat", 1995, plays=2, last_watched_at="2021-03-02T10:00:00.000Z"))
    shows = as_json({"rated_at": "2021-03-01T10:00:00.000Z", "rating": 9, "show": {}})
    wished = as_json(trakt("Dune", 2021, listed_at="2021-03-02T10:00:00.000Z"))
    flat = {
        "ratings-movies.json": rated,
        "watched-movies-1.json": watched,
        "ratings-shows.json": shows,
        "lists-watchlist.json": wished,
        "empty.json": "[]",
    }
    nested = {f"trakt/user/{name}": text for name, text in flat.items()}
    expected = [("Alien (1979)", 1), ("Cats (2019)", 0), ("Heat (1995)", None)]
    assert told(zipped(tmp_path / "flat.zip", flat)) == expected
    assert told(zipped(tmp_path / "nested.zip", nested)) == expected
    assert told(put(tmp_path / "one.json", rated)) == expected[:2]


def test_trakt_entries_that_make_no_sense(tmp_path: Path) -> None:
    when = {"rated_at": "2021-03-01T10:00:00.000Z"}
    file = put(
        tmp_path / "x.json",
        as_json(
            trakt("Alien", 1979, **when, rating=9),
            7,
            {"movie": [], **when},
            trakt("", 1979, **when, rating=9),
            trakt("Alien", 1979, **when, rating=99),
            trakt("Alien", 1979, **when, rating=True),
            trakt("Alien", 1979, rated_at="never", rating=9),
            trakt("Al\ud800ien", 1979, **when, rating=9),
        ),
    )
    assert [line for line, _ in bad(file)] == [2, 3, 4, 5, 6, 7]
    assert [row.film.title for row in rows(file) if isinstance(row, RatingRow)] == [
        "Alien",
        "Al ien",
    ]


def test_a_trakt_file_cut_short_is_refused_when_it_is_read(tmp_path: Path) -> None:
    whole = as_json(*[trakt("Alien", 1979, rated_at="2021-03-01", rating=9)] * 3)
    with pytest.raises(InvalidInput, match="no whole JSON"):
        rows(put(tmp_path / "x.json", whole[:-20]))


NETFLIX = {
    "CONTENT_INTERACTION/ViewingActivity.csv": "\n".join(
        [
            "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,"
            "Device Type,Bookmark,Latest Bookmark,Country",
            "Ada,2021-03-05 20:00:00,01:50:00,,Heat,,TV,x,x,GB",
            "Ada,2021-03-05 20:00:00,00:50:00,,Dark: Season 1: Secrets,,TV,x,x,GB",
            "Ada,2021-03-05 20:00:00,00:01:00,,Dune (Trailer),TRAILER,TV,x,x,GB",
            "Ada,2021-03-05 20:00:00,00:05:00,,Cats,,TV,x,x,GB",
            "Ada,2021-03-05 20:00:00,01:05:00,Autoplayed: user action: None;,Alien,,TV,x,x,GB",
            "Bob,2021-03-05 20:00:00,01:30:00,,Kill Bill: Vol. 1,,TV,x,x,GB",
            "Bob,2021-03-05 20:00:00,soon,,Alien,,TV,x,x,GB",
        ]
    ),
    "CONTENT_INTERACTION/Ratings.csv": "\n".join(
        [
            "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,"
            "Event Utc Ts,Region View Date",
            "Ada,Alien,thumb,,3,TV,2021-03-06 20:00:00,",
            "Ada,Cats,thumb,,1,TV,2021-03-06 20:00:00,",
            "Ada,Dark,thumb,,2,TV,2021-03-06 20:00:00,",
            "Ada,Heat,star,4,,TV,2021-03-06 20:00:00,",
            "Ada,Heat,thumb,,7,TV,2021-03-06 20:00:00,",
        ]
    ),
    "CONTENT_INTERACTION/ViewingHistory.csv": 'Title,Date\n"Heat","3/5/21"\n',
    "ACCOUNT/AccountDetails.csv": "First Name,Email\nAda,ada@example.org\n",
}


def test_netflix_as_the_whole_export(tmp_path: Path) -> None:
    found = zipped(tmp_path / "netflix-report.zip", NETFLIX)
    films = [row for row in rows(found) if isinstance(row, RatingRow)]
    assert [(row.user, row.film.label, row.rating) for row in films] == [
        ("Ada", "Heat", None),
        ("Bob", "Kill Bill: Vol. 1", None),
        ("Ada", "Alien", 1),
        ("Ada", "Cats", 0),
    ]
    assert skipped(found) == [
        "not a film but a series",
        "not a film but a trailer or an extra",
        "watched for under 10 minutes",
        "watched for under 10 minutes",
        "not a film but a series",
        "without a thumb",
    ]
    assert [line for line, _ in bad(found)] == [8, 6]


@pytest.mark.parametrize(
    ("title", "film"),
    [
        ("Kill Bill: Vol. 2", True),
        ("Mission: Impossible", True),
        ("Harry Potter and the Deathly Hallows: Part 2", True),
        ("The Crown: Season 2: Misadventure", False),
        ("Money Heist: Part 3: Episode 1", False),
        ("Unorthodox: Limited Series: Part 1", False),
        ("Dark: Staffel 1: Geheimnisse", False),
    ],
)
def test_netflix_series_are_told_by_their_season(tmp_path: Path, title: str, film: bool) -> None:
    (row,) = rows(put(tmp_path / "x.csv", f'Title,Date\n"{title}","3/5/21"\n'))
    assert isinstance(row, RatingRow) == film


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["4/13/21", "3/4/21"], ["4/13", "3/4"]),
        (["13/04/2021", "04/03/2021"], ["4/13", "3/4"]),
        (["13.04.21", "4.3.21"], ["4/13", "3/4"]),
        (["2021-04-13", "2021-03-04"], ["4/13", "3/4"]),
        (["04/05/2021", "05/03/2021"], ["5/4", "3/5"]),
        (["3/4/21"], ["3/4"]),
        (["4.3.21"], ["3/4"]),
    ],
)
def test_netflix_dates_follow_the_country_of_the_account(
    tmp_path: Path, dates: list[str], days: list[str]
) -> None:
    lines = "".join(f'"Film {date}","{date}"\n' for date in dates)
    assert moments(put(tmp_path / "x.csv", f"Title,Date\n{lines}")) == days


def test_a_netflix_date_that_is_none_is_a_bad_row(tmp_path: Path) -> None:
    lines = "Title,Date\nHeat,3/5/21\nAlien,99/99/99\nCats,\nDune,3/5/2999\n"
    file = put(tmp_path / "x.csv", lines)
    assert bad(file) == [
        (3, "'99/99/99' is no date such as 12/31/21"),
        (5, "it is dated in the future"),
    ]
    assert date_reader([])("") is None


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


@pytest.mark.parametrize("thumb", ["1e999", "-1e999", "nan", "1.5", "4", "9" * 400, "up"])
def test_a_thumb_that_is_none_is_a_bad_row(tmp_path: Path, thumb: str) -> None:
    lines = (
        "Profile Name,Title Name,Thumbs Value,Event Utc Ts\n"
        f"Ada,Heat,{thumb},2021-03-05 10:00:00\nAda,Alien,2,2021-03-05 10:00:00\n"
    )
    found = list(sniff(put(tmp_path / "Ratings.csv", lines)).rows())
    assert isinstance(found[0], BadRow) and isinstance(found[1], RatingRow)

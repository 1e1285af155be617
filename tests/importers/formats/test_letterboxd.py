"""Files of Letterboxd: what they say, and what makes no sense in them."""

from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.formats import RatingRow, WishRow, sniff
from tests.importers.importable import (
    LETTERBOXD,
    bad,
    moments,
    put,
    put_all,
    rows,
    told,
    zipped,
)


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
    said = [row for row in rows(found) if isinstance(row, RatingRow)]
    assert {row.film.label: row.rating for row in said} == {
        "Alien (1979)": 1,
        "Heat (1995)": None,
        "Nameless": None,
        "Me, Myself & Irene (2000)": 0,
        "Cats (2019)": 1,  # a heart beats one star
    }
    (wish,) = [row for row in rows(found) if isinstance(row, WishRow)]
    assert wish.film.label == "Dune (2021)"
    assert len(rows(found)) == 6


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
    assert len(rows(folder)) == 6
    assert "ratings.csv" in opened
    assert {name for name in opened if "profile" in name or "deleted" in name} == set()


def test_a_single_letterboxd_file_is_read_if_it_is_no_watchlist(tmp_path: Path) -> None:
    assert len(told(put(tmp_path / "x.csv", EXPORT["ratings.csv"]))) == 3
    assert told(put(tmp_path / "y.csv", EXPORT["diary.csv"])) == [("Alien (1979)", 1)]
    with pytest.raises(InvalidInput, match="may be a watchlist"):
        sniff(put(tmp_path / "watched.csv", EXPORT["watched.csv"]))


def test_letterboxd_says_in_which_file_a_bad_row_stands(tmp_path: Path) -> None:
    lines = ("2021-03-01,,1979,x,4.5", "soon,Alien,1979,x,4.5", "2021-03-01,Alien,1979,x,9")
    file = put(tmp_path / "r.csv", letterboxd(f"{LETTERBOXD},Rating", *lines))
    assert bad(file) == [
        (2, "r.csv: it names no film"),
        (4, "r.csv: 9 is no number of stars from 0 to 5"),
    ]

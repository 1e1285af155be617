"""Files of Netflix: what they say, and what makes no sense in them."""

from pathlib import Path

import pytest

from movieloop.importers.formats import BadRow, RatingRow, sniff
from tests.importers.importable import (
    bad,
    moments,
    put,
    rows,
    skipped,
    zipped,
)

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
        ("Ada", "Heat", 1),  # four stars
    ]
    assert skipped(found) == [
        "not a film but a series",
        "not a film but a trailer or an extra",
        "watched for under 10 minutes",
        "watched for under 10 minutes",
        "not a film but a series",
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


def test_what_was_watched_counts_though_nobody_can_read_the_date(tmp_path: Path) -> None:
    lines = "Title,Date\nHeat,3/5/21\nAlien,99/99/99\nCats,\nDune,3/5/2999\n"
    file = put(tmp_path / "x.csv", lines)
    found = [(row.film.title, row.undated) for row in rows(file) if isinstance(row, RatingRow)]
    assert found == [("Heat", ""), ("Alien", "99/99/99"), ("Cats", ""), ("Dune", "3/5/2999")]


@pytest.mark.parametrize("thumb", ["1e999", "-1e999", "1.5", "4", "9" * 400, "up"])
def test_a_thumb_that_is_none_is_a_bad_row(tmp_path: Path, thumb: str) -> None:
    lines = (
        "Profile Name,Title Name,Thumbs Value,Event Utc Ts\n"
        f"Ada,Heat,{thumb},2021-03-05 10:00:00\nAda,Alien,2,2021-03-05 10:00:00\n"
    )
    found = list(sniff(put(tmp_path / "Ratings.csv", lines)).rows())
    assert isinstance(found[0], BadRow) and isinstance(found[1], RatingRow)

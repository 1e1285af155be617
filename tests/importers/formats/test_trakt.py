"""Files of Trakt: what they say, and what makes no sense in them."""

from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.formats import RatingRow, WishRow
from movieloop.importers.formats.kinds import OTHER
from tests.importers.importable import (
    as_json,
    bad,
    put,
    rows,
    skipped,
    told,
    trakt,
    zipped,
)


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
    for name, files in (("flat.zip", flat), ("nested.zip", nested)):
        found = [row for row in rows(zipped(tmp_path / name, files)) if isinstance(row, RatingRow)]
        assert [(row.film.label, row.rating) for row in found] == expected
        assert skipped(tmp_path / name) == [OTHER]
        wishes = [row for row in rows(tmp_path / name) if isinstance(row, WishRow)]
        assert [wish.film.label for wish in wishes] == ["Dune (2021)"]
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
    assert [line for line, _ in bad(file)] == [2, 3, 4, 5, 6]
    assert [row.film.title for row in rows(file) if isinstance(row, RatingRow)] == [
        "Alien",
        "Alien",  # dated "never"
        "Al ien",
    ]


def test_a_trakt_file_cut_short_is_refused_when_it_is_read(tmp_path: Path) -> None:
    whole = as_json(*[trakt("Alien", 1979, rated_at="2021-03-01", rating=9)] * 3)
    with pytest.raises(InvalidInput, match="no whole JSON"):
        rows(put(tmp_path / "x.json", whole[:-20]))

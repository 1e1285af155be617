"""Simkl's backup: films with what they were given, series passed over."""

import json
from pathlib import Path

from movieloop.importers.formats import RatingRow, WishRow, sniff
from movieloop.importers.formats.kinds import OTHER
from tests.importers.importable import bad, put, rows, skipped

ALIEN = {"title": "Alien", "year": 1979, "ids": {"simkl": 1, "imdb": "tt0078748"}}


def test_films_of_every_status(tmp_path: Path) -> None:
    entries = [
        {"user_rating": 9, "user_rated_at": "2021-03-04T10:00:00Z", "status": "completed",
         "last_watched_at": "2021-03-01T10:00:00Z", "movie": ALIEN},
        {"user_rating": None, "last_watched_at": "2021-03-05T10:00:00Z", "status": "completed",
         "movie": {**ALIEN, "title": "Heat", "year": 1995}},
        {"status": "plantowatch", "movie": ALIEN},
        {"status": "completed", "user_rating": 99, "movie": ALIEN},
        7,
    ]  # fmt: skip
    held = {"movies": entries, "shows": [{"show": {"title": "Dark"}, "user_rating": 9}]}
    file = put(tmp_path / "SimklBackup.json", json.dumps(held))
    assert sniff(file).format == "Simkl export"
    found = [row for row in rows(file) if isinstance(row, RatingRow)]
    assert [(row.film.label, row.rating) for row in found] == [
        ("Alien (1979)", 1), ("Heat (1995)", None),
    ]  # fmt: skip
    assert found[0].rated_at == 1_614_852_000_000
    assert [row.line for row in rows(file) if isinstance(row, WishRow)] == [3]
    assert skipped(file) == [OTHER]
    assert [line for line, _ in bad(file)] == [4, 5]

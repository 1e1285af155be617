"""Films that the catalogue lacks join it; what may be misspelt is asked about."""

from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.importers import import_history
from tests.importers.importable import LETTERBOXD, put

LINES = [
    "2024-03-01,Of My Cousin,2024,https://boxd.it/1,5",
    "2024-03-02,Alein,1979,https://boxd.it/2,4",
    "2024-03-03,Qwertz Without A Year,,https://boxd.it/3,4",
    "2024-03-04,Of A Far Future,2099,https://boxd.it/4,4",
]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return put(tmp_path / "ratings.csv", "\n".join([f"{LETTERBOXD},Rating", *LINES]))


def test_a_film_the_catalogue_lacks_joins_it_and_waits_for_a_point(
    loop: MovieLoop, export: Path
) -> None:
    dry = import_history(loop, export, "ada", dry_run=True)
    report = import_history(loop, export, "ada")
    for told in (dry, report):
        assert (told.imported, told.new_films) == (1, 1)
        assert [film.film for film in told.unmatched] == [
            "Alein (1979)", "Qwertz Without A Year", "Of A Far Future (2099)",
        ]  # fmt: skip
    film = loop.movies.get("Of My Cousin (2024)")
    assert [item.title for item in loop.users.history("ada").feedback] == [film.title]
    again = import_history(loop, export, "ada")
    assert (again.imported, again.already_there, again.new_films) == (0, 1, 0)
    other = import_history(loop, export, "bob")
    assert (other.imported, other.new_films) == (1, 0)
    titles = [movie.title for movie in loop.movies.search("Of My Cousin").movies]
    assert titles.count("Of My Cousin") == 1


@pytest.mark.parametrize("accept", [["all"], ["alein (1979)"]])
def test_a_suggestion_can_be_accepted_and_is_told_as_uncertain(
    loop: MovieLoop, export: Path, accept: list[str]
) -> None:
    report = import_history(loop, export, "ada", accept=accept)
    assert report.imported == 2
    assert [(film.film, film.candidates) for film in report.uncertain] == [
        ("Alein (1979)", ("Alien (1979)",))
    ]
    assert "Alien" in [item.title for item in loop.users.history("ada").feedback]


def test_a_number_tells_a_film_from_one_of_a_similar_name(loop: MovieLoop, tmp_path: Path) -> None:
    file = put(tmp_path / "f.csv", "imdb_id,title,year,rating\ntt9999991,Alein,1979,5\n")
    report = import_history(loop, file, "ada")
    assert (report.imported, report.new_films, report.unmatched) == (1, 1, ())
    assert loop.movies.get("tt9999991").title == "Alein"


def test_what_may_be_no_film_joins_nothing(loop: MovieLoop, tmp_path: Path) -> None:
    table = "imdb_id,title,year,rating,type\ntt9999991,A Clip,1999,5,Music Video\n"
    report = import_history(loop, put(tmp_path / "f.csv", table), "ada")
    assert (report.imported, report.new_films, len(report.unmatched)) == (0, 0, 1)

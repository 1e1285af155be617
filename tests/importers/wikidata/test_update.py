"""Newer films join, and nothing is lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from movieloop import Movie, MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.wikidata import UpdateReport, update, update_films
from movieloop.importers.wikidata.client import QueryService
from movieloop.recommender.doctor import examine
from tests.importers.wikidata.service import Service, answer, binding, film, serving

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 31)
FILMS = [
    film(
        9_000_001, "The Long Orbit", "2026-01-20", genres="science fiction film",
        directors="Christopher Nolan", countries="US", languages="en", imdb="tt9900001",
    ),
    film(9_000_002, "Only A Name", "2026-02-14"),
    film(9_000_003, "Ghosts of March", "2026-03-03", genres="horror film|comedy film"),
    film(9_000_004, "Too Early", "2025-12-31", genres="drama film"),
    film(83495, "The Matrix", "2026-02-01", original="Matriks", imdb="tt0133093"),
]  # fmt: skip


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(FILMS) as service:
        yield service


def run(loop: MovieLoop, service: Service, **options: Any) -> UpdateReport:
    asked = QueryService(service.url, sleep=lambda _: None)
    options = {"since": JANUARY, "until": MARCH, "service": asked} | options
    return update_films(loop, **options)


def test_films_join_are_placed_and_found(loop: MovieLoop, service: Service) -> None:
    loop.add_feedback("ada", "The Matrix", 1)
    before = len(loop.live.space().catalog.movies)
    report = run(loop, service)
    assert report.added == ["The Long Orbit (2026)", "Only A Name (2026)", "Ghosts of March (2026)"]
    assert (report.read, report.placed, report.left_out) == (4, 2, {})
    assert len(loop.live.space().catalog.movies) == before + 3
    orbit = loop.movies.get("wikidata:Q9000001")
    assert (orbit.title, orbit.imdb_id, orbit.genres) == ("The Long Orbit", "tt9900001", ["Sci-Fi"])
    assert len(loop.movies.similar(orbit.movie_id).similar) == 10
    assert list(examine(loop, ["ada"])) == []
    matrix = loop.movies.get("tt0133093")
    assert (matrix.title, matrix.year) == ("The Matrix", 1999)  # what it has stays


def test_a_second_update_changes_nothing(loop: MovieLoop, service: Service) -> None:
    run(loop, service)
    asked = len(service.asked)
    report = run(loop, service)
    assert len(service.asked) <= asked + 1  # the films that joined lack numbers, too
    assert (report.added, report.read) == ([], 0)
    assert report.skipped == ["2026-01", "2026-02", "2026-03"]
    report = run(loop, service, again=True)
    assert (report.added, report.completed, report.read) == ([], [], 4)
    assert len(service.asked) > asked


def test_a_dry_run_stores_nothing(loop: MovieLoop, service: Service) -> None:
    before = loop.live.space().catalog
    report = run(loop, service, dry_run=True)
    assert (len(report.added), report.dry_run) == (3, True)
    assert loop.live.space().catalog is before
    assert len(run(loop, service).added) == 3


def test_an_update_that_was_cut_short_goes_on(loop: MovieLoop, service: Service) -> None:
    service.moods = ["", "page", "page", "page", "page", "page"]
    with pytest.raises(ServiceError, match="What came before is kept"):
        run(loop, service)
    assert loop.movies.get("The Long Orbit").year == 2026
    assert len(loop.movies.similar("The Long Orbit").similar) in (0, 10)
    report = run(loop, service)
    assert report.added == ["Only A Name (2026)", "Ghosts of March (2026)"]
    assert report.skipped == ["2026-01"]
    assert len(loop.movies.similar("The Long Orbit").similar) == 10


def test_months_come_in_pages(
    loop: MovieLoop, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "PAGE", 4)
    service.films = [film(n, f"Film Number {n}", "2026-01-05") for n in range(9_100_000, 9_100_011)]
    report = run(loop, service, until=JANUARY)
    assert len(report.added) == 11
    assert [query.split("OFFSET ")[1].strip() for query in service.asked[:3]] == ["0", "4", "8"]
    monkeypatch.setattr(update, "MOST_PAGES", 2)
    with pytest.raises(ServiceError, match="no end"):
        run(loop, service, until=JANUARY, again=True)


def test_missing_numbers_are_filled_in(loop: MovieLoop, service: Service) -> None:
    known = loop.movies.add(Movie(0, "Numberless", 2020, wikidata_id="Q9900009"))
    other = loop.movies.add(Movie(0, "Itemless", 2020, imdb_id="tt9900010"))
    service.numbers = [
        binding(film="http://www.wikidata.org/entity/Q9900009", imdb="tt9900009", tmdb="990009"),
        binding(film="http://www.wikidata.org/entity/Q9900010", imdb="tt9900010"),
    ]
    service.films = []
    report = run(loop, service)
    assert sorted(report.completed) == ["Itemless (2020)", "Numberless (2020)"]
    movie = loop.movies.get(known)
    assert (movie.imdb_id, movie.tmdb_id, movie.title) == ("tt9900009", 990009, "Numberless")
    assert loop.movies.get(other).wikidata_id == "Q9900010"


def test_a_number_another_film_has_is_not_taken(loop: MovieLoop, service: Service) -> None:
    known = loop.movies.add(Movie(0, "Numberless", 2020, wikidata_id="Q9900009"))
    service.numbers = [binding(film="Q9900009", imdb="tt0133093")]
    service.films = []
    run(loop, service)
    assert loop.movies.get(known).imdb_id is None
    assert loop.movies.get("tt0133093").title == "The Matrix"


def test_a_saved_answer_does_without_a_network(loop: MovieLoop, tmp_path: Path) -> None:
    (tmp_path / "saved.json").write_bytes(answer(FILMS))
    report = update_films(loop, since=JANUARY, file=tmp_path / "saved.json")
    assert len(report.added) == 4


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"since": date(2027, 1, 1), "until": date(2026, 1, 1)}, "after the last month"),
        ({"service": QueryService("file:///etc/passwd")}, "no http"),
    ],
)
def test_what_makes_no_sense_is_refused(
    loop: MovieLoop, service: Service, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        update_films(loop, **{"since": JANUARY, "service": QueryService(service.url)} | options)


def test_what_a_person_said_stays(loop: MovieLoop, service: Service) -> None:
    number = loop.movies.add(Movie(0, "Ghosts of March", 2026))  # as an import leaves it
    loop.add_feedback("ada", number, 1)
    report = run(loop, service)
    assert "Ghosts of March (2026)" in report.completed
    movie = loop.movies.get(number)
    assert (movie.wikidata_id, set(movie.genres)) == ("Q9000003", {"Horror", "Comedy"})
    assert [item.movie_id for item in loop.users.history("ada").feedback] == [number]
    assert loop.live.space().row(number) is not None
    assert list(examine(loop, ["ada"])) == []


def test_a_film_known_by_its_number_only_gets_its_name(loop: MovieLoop, service: Service) -> None:
    number = loop.movies.add(Movie(0, "tt9900001", imdb_id="tt9900001"))
    loop.add_feedback("ada", number, 1)
    assert "The Long Orbit (2026)" in run(loop, service).completed
    movie = loop.movies.get(number)
    assert (movie.title, movie.year, movie.genres) == ("The Long Orbit", 2026, ["Sci-Fi"])
    assert movie.popularity > 0

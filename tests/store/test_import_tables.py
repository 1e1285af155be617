"""Imported rows join the log once, and films join the catalogue under a number that is free."""

from collections.abc import Iterator

import pytest

from movieloop import Movie
from movieloop.store import ImportedFeedback, SqliteStore, open_store
from movieloop.store.import_tables import FIRST_OWN_NUMBER

ALIEN = Movie(7, "Alien", 1979, imdb_id="tt0078748", popularity=3)


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    with open_store(":memory:") as store:
        store.write(lambda session: session.save_movies([ALIEN]))
        yield store


def row(key: str, *, rating: int | None = 1, moment: int = 5) -> ImportedFeedback:
    return ImportedFeedback("ada", 7, rating, key, moment)


def test_a_row_is_told_from_others_by_its_key(store: SqliteStore) -> None:
    def append(*rows: ImportedFeedback) -> int:
        return store.write(lambda session: session.append_imported(rows))

    assert append() == 0
    assert append(row("a"), row("b", rating=None, moment=4)) == 2
    assert append(row("a"), row("c", rating=0, moment=9)) == 1
    with store.read() as session:
        live = session.live_feedback("ada")
    assert [(item.rating, item.created_at) for item in live] == [(None, 4), (1, 5), (0, 9)]


def test_a_film_gets_the_number_it_would_like_if_that_is_free(store: SqliteStore) -> None:
    def add(movie: Movie) -> int:
        return store.write(lambda session: session.add_movie(movie))

    with store.read() as session:
        before = session.catalog_version()
    assert add(Movie(99, "Heat", 1995)) == 99
    assert add(Movie(7, "Another Seven", 2001)) == FIRST_OWN_NUMBER
    assert add(Movie(0, "A Third", 2002)) == FIRST_OWN_NUMBER + 1
    assert add(Movie(5, "Alien, again", 1979, imdb_id="tt0078748")) == 7  # it is there
    with store.read() as session:
        assert len(session.movies()) == 4
        assert session.catalog_version() > before

"""The catalogue and the points: saved as given, and every change has a number of its own."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from movieloop import Embeddings, Memory, Movie
from movieloop.store import SqliteStore, open_store
from movieloop.store.connection import Damaged

FILMS = [
    Movie(7, "Alien", 1979, ("Horror", "Sci-Fi"), imdb_id="tt0078748", popularity=9),
    Movie(8, "Ægir “the” Ærlig; DROP TABLE movies", None, (), popularity=9),
    Movie(3, "映画", 2020, ("Drama",), popularity=11),
]
SPACE = Embeddings(np.array([3, 7]), np.eye(2), np.zeros(2), (Memory("slow", 2),))


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    with open_store(":memory:") as store:
        store.write(lambda session: session.save_movies(FILMS))
        yield store


def test_films_come_back_as_they_were_the_best_known_first(store: SqliteStore) -> None:
    with store.read() as session:
        assert session.movies() == [FILMS[2], FILMS[0], FILMS[1]]


def test_saving_again_brings_up_to_date_and_is_noticed(store: SqliteStore) -> None:
    with store.read() as session:
        before = session.catalog_version()
    renamed = Movie(7, "Alien: Director's Cut", 2003, ("Horror",), popularity=1)
    store.write(lambda session: session.save_movies([renamed]))
    with store.read() as session:
        # A number elsewhere that is not told again stays known.
        assert session.movies()[-1] == replace(renamed, imdb_id="tt0078748")
        assert session.catalog_version() > before


def test_a_film_known_by_another_number_keeps_it(store: SqliteStore) -> None:
    def save(*movies: Movie) -> dict[int, int]:
        return store.write(lambda session: session.save_movies(movies))

    numbered = Movie(7, "Alien", 1979, imdb_id="tt0078748", tmdb_id=348, wikidata_id="Q103569")
    assert save(numbered) == {}
    for other in (
        Movie(99, "Alien", 1979, imdb_id="tt0078748"), Movie(98, "Alien", 1979, tmdb_id=348),
        Movie(97, "Alien", 1979, wikidata_id="Q103569", directors=("Ridley Scott",)),
    ):  # fmt: skip
        assert save(other) == {other.movie_id: 7}
    with store.read() as session:
        (alien,) = [movie for movie in session.movies() if movie.movie_id == 7]
        assert len(session.movies()) == len(FILMS)
    # What was known and not told again stays known.
    assert (alien.imdb_id, alien.tmdb_id, alien.wikidata_id) == ("tt0078748", 348, "Q103569")
    assert alien.directors == ("Ridley Scott",)


def test_a_number_elsewhere_belongs_to_one_film(store: SqliteStore) -> None:
    both = Movie(50, "Two in One", 2001, imdb_id="tt0078748", wikidata_id="Q1")
    store.write(lambda session: session.save_movies([Movie(8, "Other", 2001, wikidata_id="Q1")]))
    assert store.write(lambda session: session.save_movies([both])) == {50: 7}
    with store.read() as session:
        found = {movie.movie_id: movie.wikidata_id for movie in session.movies()}
    assert found == {7: None, 8: "Q1", 3: None}


def test_points_come_back_under_a_version_and_a_digest(store: SqliteStore) -> None:
    data = SPACE.to_bytes()
    with store.read() as session:
        assert session.live_state() is None
    version = store.write(lambda s: s.save_embeddings(data, digest="abc", origin="test"))
    store.write(lambda session: session.promote(version))
    with store.read() as session:
        embeddings, origin = session.embeddings(version)
        assert (origin, session.version_of("abc"), session.version_of("abd")) == ("test", 1, None)
        state = session.live_state()
    assert embeddings.to_bytes() == data
    assert state is not None and state.version == version


def test_bytes_that_are_no_points_are_called_damage(store: SqliteStore) -> None:
    version = store.write(lambda s: s.save_embeddings(b"noise", digest="x", origin="test"))
    with store.read() as session, pytest.raises(Damaged, match=f"version {version}"):
        session.embeddings(version)


def test_a_map_is_kept_with_its_version(store: SqliteStore) -> None:
    version = store.write(lambda s: s.save_embeddings(b"points", digest="x", origin="test"))
    with store.read() as session:
        assert session.map_of(version) is None
    store.write(lambda session: session.save_map(version, b"places", 0.5))
    with store.read() as session:
        assert session.map_of(version) == (b"places", 0.5)

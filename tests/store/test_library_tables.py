"""Libraries in the database."""

from collections.abc import Iterator

import pytest

from movieloop.data import Movie
from movieloop.store import LibraryItem, Session, Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        yield opened


def test_a_library_is_counted_changed_and_dropped_with_its_connection(store: Store) -> None:
    def fill(session: Session) -> tuple[int, int]:
        session.save_connection("home", "plex", "5e88")
        heat = session.add_movie(Movie(114369, "Heat", 1995))
        session.save_library_items(
            "home",
            [LibraryItem("a", heat, 5), LibraryItem("b", None, 6), LibraryItem("c", heat, 4)],
        )
        return heat, session.catalog_version()

    heat, version = store.write(fill)
    with store.read() as session:
        assert session.library("home")["b"] == LibraryItem("b", None, 6)
        assert session.library_sizes() == {"home": (3, 1)}
        (since,) = [movie.owned_since for movie in session.movies() if movie.movie_id == heat]
        assert since == 4
    store.write(lambda session: session.drop_library_items("home", ["c"]))
    with store.read() as session:
        assert session.catalog_version() > version
        assert session.library_sizes() == {"home": (2, 1)}
    assert store.write(lambda session: session.drop_connection("home"))
    assert not store.write(lambda session: session.drop_connection("home"))
    with store.read() as session:
        assert session.library("home") == {}

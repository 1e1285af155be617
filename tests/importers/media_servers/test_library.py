"""A library is as it is at the server: new films join, gone ones go, nothing twice."""

import pytest

from movieloop import MovieLoop
from movieloop.errors import ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.media_servers.library import bring_library
from movieloop.importers.media_servers.server import server_of
from movieloop.recommender.filters import Filters
from tests.importers.media_servers.servers import TOKEN, FakeServer, Film, speaking


def bring(loop: MovieLoop, fake: FakeServer, **how: bool) -> tuple[int, ...]:
    told = bring_library(loop, "home", server_of(fake.kind, fake.address, TOKEN), **how)
    return (*told[:4], len(told.unclear))


def owned(loop: MovieLoop) -> list[str]:
    catalog = loop.live.space().catalog
    return sorted(movie.title for movie in catalog.movies if movie.owned_since is not None)


@pytest.mark.parametrize("kind", ["jellyfin", "emby", "plex"])
def test_a_library_comes_once_changes_and_goes(loop: MovieLoop, kind: str) -> None:
    create_connection(loop.store, "home", kind)
    with speaking(kind) as fake:
        assert bring(loop, fake, dry_run=True) == (3, 3, 0, 1, 0)
        assert owned(loop) == []
        assert bring(loop, fake) == (3, 3, 0, 1, 0)
        assert owned(loop) == ["Alien", "Heat", "Our Wedding"]
        assert bring(loop, fake) == (3, 0, 0, 0, 0)
        fake.films.append(Film("i4", "Stalker", 1979))
        del fake.films[0]
        assert bring(loop, fake) == (3, 1, 1, 1, 0)
        assert owned(loop) == ["Heat", "Our Wedding", "Stalker"]
        fake.films.clear()
        assert bring(loop, fake) == (0, 0, 3, 0, 0)
    assert owned(loop) == []


def test_a_list_keeps_to_what_is_owned_or_to_what_is_not(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "jellyfin")
    with speaking("jellyfin") as fake:
        bring(loop, fake)
    for wanted in (True, False):
        films = loop.recommend("ada", n=10, filters=Filters(owned=wanted)).recommendations
        assert films and all(film.owned is wanted for film in films)
    assert {film.title for film in loop.recommend("ada", n=2, filters=Filters(owned=True))
            .recommendations} == {"Alien", "Heat"}  # fmt: skip
    assert loop.movies.get("Alien (1979)").owned_since is not None


def test_one_film_in_two_libraries_is_owned_until_the_last_is_gone(loop: MovieLoop) -> None:
    for name, kind in (("home", "jellyfin"), ("attic", "plex")):
        create_connection(loop.store, name, kind)
        with speaking(kind, [Film("i1", "Heat", 1995)]) as fake:
            bring_library(loop, name, server_of(kind, fake.address, TOKEN))
    for name, left in (("home", ["Heat"]), ("attic", [])):
        assert loop.store.write(lambda session, name=name: session.drop_connection(name))
        assert owned(loop) == left


def test_what_is_unclear_is_told_and_looked_for_again(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "jellyfin")
    with speaking("jellyfin", [Film("i1", "Holiday Video", None)]) as fake:
        assert bring(loop, fake, dry_run=True) == (1, 1, 0, 0, 1)
        assert bring(loop, fake) == (1, 1, 0, 0, 1)
        assert bring(loop, fake) == (1, 0, 0, 0, 1)
        fake.films[0].numbers["Imdb"] = "tt0078748"
        assert bring(loop, fake) == (1, 0, 0, 0, 0)
    assert owned(loop) == ["Alien"]


def test_a_server_that_stops_in_the_middle_changes_nothing(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "jellyfin")
    with speaking("jellyfin") as fake:
        bring(loop, fake)
        fake.mood = "half"
        with pytest.raises(ServiceError):
            bring(loop, fake)
    assert owned(loop) == ["Alien", "Heat", "Our Wedding"]

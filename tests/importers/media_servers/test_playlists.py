"""Everybody's playlist: written once, brought up to date, gone when it is not wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import say_who
from movieloop.importers.media_servers import connect_server, synchronise
from movieloop.importers.media_servers.following import want_playlists
from tests.importers.media_servers.servers import ADA, BOB, TOKEN, FakeServer, Film, speaking


@pytest.fixture
def jellyfin() -> Iterator[FakeServer]:
    names = ("Aliens", "Heat", "Stalker", "Jaws", "Goodfellas")
    films = [Film(f"i{i}", name, None) for i, name in enumerate(names)]
    films.append(Film("a", "Alien", 1979, state={ADA: {"IsFavorite": True}}))
    with speaking("jellyfin", films) as fake:
        yield fake


@pytest.fixture
def home(database: Path, jellyfin: FakeServer) -> Iterator[MovieLoop]:
    with MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", jellyfin.address, TOKEN)
        synchronise(loop, "home")
        say_who(loop, "home", "Ada", "ada")
        yield loop


def test_a_playlist_is_written_if_it_is_wanted_and_only_when_it_changes(
    home: MovieLoop, jellyfin: FakeServer
) -> None:
    synchronise(home, "home")
    assert jellyfin.playlists == {}
    want_playlists(home, "home", wanted=True)
    ((number, adas),) = jellyfin.playlists.items()
    assert (adas["Name"], adas["UserId"], adas["IsPublic"]) == ("For Ada", ADA, False)
    assert adas["Ids"][0] == "i0" and set(adas["Ids"]) == {"i0", "i1", "i3", "i4"}
    before = len(jellyfin.asked)
    synchronise(home, "home")
    assert not [one for one in jellyfin.asked[before:] if one.startswith("POST")]
    home.add_feedback("ada", "Aliens (1986)", 1)
    synchronise(home, "home")
    assert list(jellyfin.playlists) == [number]
    assert "i0" not in jellyfin.playlists[number]["Ids"]


def test_one_that_was_deleted_there_is_made_anew(home: MovieLoop, jellyfin: FakeServer) -> None:
    want_playlists(home, "home", wanted=True)
    jellyfin.playlists.clear()
    home.add_feedback("ada", "Heat (1995)", 1)
    synchronise(home, "home")
    assert len(jellyfin.playlists) == 1


def test_they_go_with_their_person_or_when_they_are_not_wanted(
    home: MovieLoop, jellyfin: FakeServer
) -> None:
    jellyfin.films[0].state = {BOB: {"Played": True}}
    synchronise(home, "home")
    say_who(home, "home", "Bob", "bob")
    want_playlists(home, "home", wanted=True)
    assert sorted(one["Name"] for one in jellyfin.playlists.values()) == ["For Ada", "For Bob"]
    home.forget("bob")
    synchronise(home, "home")
    assert [one["Name"] for one in jellyfin.playlists.values()] == ["For Ada"]
    want_playlists(home, "home", wanted=False)
    assert jellyfin.playlists == {}


def test_a_server_that_is_down_or_another_kind_is_told(
    home: MovieLoop, jellyfin: FakeServer
) -> None:
    jellyfin.mood = "down"
    with pytest.raises(ServiceError, match="503"):
        want_playlists(home, "home", wanted=True)
    create_connection(home.store, "plex", "plex")
    with speaking("plex") as fake:
        connect_server(home, "plex", fake.address, TOKEN)
        with pytest.raises(InvalidInput, match="Jellyfin only"):
            want_playlists(home, "plex", wanted=True)

"""Everybody's playlist: written once, brought up to date, gone when it is not wanted."""

from collections.abc import Iterator
from typing import Any

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import say_who
from movieloop.importers.media_servers import connect_server, server_of, synchronise
from movieloop.importers.media_servers.asking import Refused
from movieloop.importers.media_servers.following import want_playlists
from tests.importers.media_servers.servers import ADA, BOB, TOKEN, FakeServer, Film, speaking


@pytest.fixture(params=["jellyfin", "emby", "plex"])
def media_server(request: pytest.FixtureRequest) -> Iterator[FakeServer]:
    names = ("Aliens", "Heat", "Stalker", "Jaws", "Goodfellas")
    films = [Film(f"i{i}", name, None) for i, name in enumerate(names)]
    hearts = {ADA: {"IsFavorite": True}, "owner": {"userRating": 10.0}}
    films.append(Film("a", "Alien", 1979, state=hearts))
    with speaking(request.param, films) as fake:
        yield fake


@pytest.fixture
def home(loop: MovieLoop, media_server: FakeServer) -> MovieLoop:
    create_connection(loop.store, "home", media_server.kind)
    connect_server(loop, "home", media_server.address, TOKEN)
    synchronise(loop, "home")
    say_who(loop, "home", "Ada", "ada")
    return loop


@pytest.fixture
def two(home: MovieLoop, media_server: FakeServer) -> MovieLoop:
    """Bob is named as well as Ada."""
    media_server.films[0].state = {BOB: {"Played": True}}
    synchronise(home, "home")
    say_who(home, "home", "Bob", "bob")
    return home


def test_a_playlist_is_written_if_it_is_wanted_and_only_when_it_changes(
    home: MovieLoop, media_server: FakeServer
) -> None:
    synchronise(home, "home")
    assert media_server.playlists == {}
    want_playlists(home, "home", wanted=True)
    ((number, adas),) = media_server.playlists.items()
    assert adas["Name"] == "For Ada"
    if media_server.kind != "plex":  # whose owner has them all
        assert adas["UserId"] == ADA
    if media_server.kind == "jellyfin":
        assert adas["IsPublic"] is False
    assert adas["Ids"][0] == "i0" and set(adas["Ids"]) == {"i0", "i1", "i3", "i4"}
    before = len(media_server.asked)
    synchronise(home, "home")
    assert not [one for one in media_server.asked[before:] if "laylists" in one]
    home.add_feedback("ada", "Aliens (1986)", 1)
    synchronise(home, "home")
    assert list(media_server.playlists) == [number]
    assert "i0" not in media_server.playlists[number]["Ids"]


def test_one_that_was_deleted_there_is_made_anew(home: MovieLoop, media_server: FakeServer) -> None:
    want_playlists(home, "home", wanted=True)
    media_server.playlists.clear()
    home.add_feedback("ada", "Heat (1995)", 1)
    synchronise(home, "home")
    assert len(media_server.playlists) == 1


def test_they_go_with_their_person_or_when_they_are_not_wanted(
    two: MovieLoop, media_server: FakeServer
) -> None:
    want_playlists(two, "home", wanted=True)
    assert sorted(one["Name"] for one in media_server.playlists.values()) == ["For Ada", "For Bob"]
    two.forget("bob")
    synchronise(two, "home")
    assert [one["Name"] for one in media_server.playlists.values()] == ["For Ada"]
    want_playlists(two, "home", wanted=False)
    assert media_server.playlists == {}


def test_whose_account_is_gone_there_gets_none_and_keeps_nobody_from_theirs(
    two: MovieLoop, media_server: FakeServer
) -> None:
    want_playlists(two, "home", wanted=True)
    media_server.gone = {ADA}
    two.add_feedback("ada", "Heat (1995)", 1)
    two.add_feedback("bob", "Heat (1995)", 1)
    synchronise(two, "home")
    left = sorted(one["Name"] for one in media_server.playlists.values())
    assert left == (["For Ada", "For Bob"] if media_server.kind == "plex" else ["For Bob"])
    assert all("i1" not in one["Ids"] for one in media_server.playlists.values())


def test_a_playlist_that_is_refused_keeps_nobody_from_theirs_and_is_tried_again(
    two: MovieLoop, media_server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(server_of(media_server.kind, media_server.address, TOKEN))
    save = kind.save_playlist

    def not_adas(self: Any, person: str, name: str, *more: Any) -> str:
        if name == "For Ada":
            raise Refused("It answers 400.")
        return str(save(self, person, name, *more))

    with monkeypatch.context() as patched:
        patched.setattr(kind, "save_playlist", not_adas)
        with pytest.raises(ServiceError, match="answers 400"):
            want_playlists(two, "home", wanted=True)
    assert [one["Name"] for one in media_server.playlists.values()] == ["For Bob"]
    synchronise(two, "home")
    assert sorted(one["Name"] for one in media_server.playlists.values()) == ["For Ada", "For Bob"]


def test_a_server_that_is_down_is_told_and_gets_them_later(
    home: MovieLoop, media_server: FakeServer
) -> None:
    media_server.mood = "down"
    want_playlists(home, "home", wanted=False)  # there is none to delete: nobody is asked
    with pytest.raises(ServiceError, match="503"):
        want_playlists(home, "home", wanted=True)
    media_server.mood = ""
    synchronise(home, "home")
    assert len(media_server.playlists) == 1
    with pytest.raises(InvalidInput, match="no connection 'cellar'"):
        want_playlists(home, "cellar", wanted=True)


def test_one_that_was_left_half_written_is_written_again(
    home: MovieLoop, media_server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    want_playlists(home, "home", wanted=True)
    (number,) = media_server.playlists
    whole = list(media_server.playlists[number]["Ids"])
    liked = home.add_feedback("ada", "Aliens (1986)", 1)

    def emptied(*_: object, **_more: object) -> None:
        media_server.playlists[number]["Ids"] = []
        raise ServiceError("It went down.")

    with monkeypatch.context() as patched:
        patched.setattr(
            type(server_of(media_server.kind, media_server.address, TOKEN)), "_send", emptied
        )
        with pytest.raises(ServiceError, match="went down"):
            synchronise(home, "home")
    home.undo(liked.feedback_id)
    synchronise(home, "home")
    assert media_server.playlists[number]["Ids"] == whole

"""Libraries follow by themselves, and a server that is down is asked again."""

import time
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.api import library_follower
from movieloop.api.library_follower import FIRST_PAUSE, Pauses, following_libraries
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import connections_out
from movieloop.importers.media_servers import connect_server
from tests.importers.media_servers.servers import TOKEN, Film, speaking


def wait_for(loop: MovieLoop, films: int) -> None:
    until = time.monotonic() + 20
    while connections_out(loop.store).connections[0].films != films:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_server_that_was_down_is_caught_up_with(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_follower, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(library_follower, "ASK_EVERY", 0.05)
    with speaking("jellyfin") as fake, MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", fake.address, TOKEN)
        fake.mood = "down"
        with following_libraries(loop, look_every=0.02):
            until = time.monotonic() + 20
            while not connections_out(loop.store).connections[0].outcomes:
                assert time.monotonic() < until
                time.sleep(0.02)
            fake.mood = ""
            wait_for(loop, 3)
            fake.films.append(Film("i4", "Stalker", 1979))
            wait_for(loop, 4)


def test_pauses_grow_to_an_hour_and_end_with_an_answer() -> None:
    pauses, now, waited = Pauses(), 0.0, []
    for _ in range(9):
        after = pauses.failed("home", now)
        waited.append(after - now)
        now = after
    assert waited[0] == FIRST_PAUSE and waited[-1] == 3_600.0
    assert waited == sorted(waited)
    pauses.answered("home")
    assert pauses.failed("home", now) == now + FIRST_PAUSE


def test_a_server_that_has_answered_somebody_is_not_asked_for_an_hour(database: Path) -> None:
    with speaking("jellyfin") as fake, MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", fake.address, TOKEN)
        assert library_follower._due(loop, Pauses()) == ["home"]
        with following_libraries(loop, look_every=0.02):
            wait_for(loop, 3)
            until = time.monotonic() + 20
            while library_follower._due(loop, Pauses()):
                assert time.monotonic() < until
                time.sleep(0.02)
        asked = len(fake.asked)
        with following_libraries(loop, look_every=0.02):
            time.sleep(0.3)
        assert len(fake.asked) == asked

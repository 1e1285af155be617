"""A server is asked where it was said to be; what goes wrong is remembered."""

from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import connections_out
from movieloop.importers.media_servers import connect_server, synchronise
from movieloop.importers.media_servers.following import askable, disconnect
from movieloop.importers.media_servers.tokens import tokens_file
from tests.importers.media_servers.servers import TOKEN, speaking


@pytest.mark.sqlite  # looks into the file
def test_a_server_is_asked_and_its_failure_told(database: Path) -> None:
    with speaking("emby") as fake, MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "emby")
        assert askable(loop) == {}
        with pytest.raises(InvalidInput, match="connect server"):
            synchronise(loop, "home")
        assert connect_server(loop, "home", fake.address + "/", TOKEN) == "Cellar"
        assert askable(loop) == {"home": None}
        assert synchronise(loop, "home").library.films == 3
        (one,) = connections_out(loop.store).connections
        assert (one.address, one.films, one.unclear_films) == (fake.address, 3, 0)
        assert one.asked_at is not None
        fake.mood = "down"
        for _ in range(2):
            with pytest.raises(ServiceError, match="503"):
                synchronise(loop, "home")
        (failure,) = connections_out(loop.store).connections[0].outcomes
        assert (failure.outcome, failure.times) == ("failed", 2) and "503" in failure.reason
        assert TOKEN not in connections_out(loop.store).model_dump_json()
        assert TOKEN.encode() not in database.read_bytes()
        disconnect(loop, "home")
        assert askable(loop) == {}
    assert TOKEN not in tokens_file(str(database)).read_text()


def test_a_wrong_token_or_no_connection_keeps_nothing(database: Path) -> None:
    with speaking("plex") as fake, MovieLoop.open(database) as loop:
        with pytest.raises(InvalidInput, match="no connection"):
            connect_server(loop, "home", fake.address, TOKEN)
        create_connection(loop.store, "home", "plex")
        with pytest.raises(ServiceError, match="this token"):
            connect_server(loop, "home", fake.address, "wrong")
        assert connections_out(loop.store).connections[0].address is None
    assert not tokens_file(str(database)).exists()

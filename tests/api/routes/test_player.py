"""A row inside the player: whose token it is decides whose row it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.inbox import learn_waiting
from movieloop.importers.hooks.status import connections_out, say_who
from movieloop.importers.media_servers import connect_server, synchronise
from tests.importers.hooks.payloads import JELLYFIN, with_
from tests.importers.media_servers.servers import ADA, BOB, TOKEN, FakeServer, Film, speaking

ADAS, BOBS = "adas-own-token-1", "bobs-own-token-2"


@pytest.fixture
def jellyfin() -> Iterator[FakeServer]:
    names = ("Aliens", "Heat", "Stalker", "Jaws", "Goodfellas", "The Matrix", "Titanic")
    films = [Film(f"i{i}", name, None) for i, name in enumerate(names)]
    films.append(Film("a", "Alien", 1979, {"Imdb": "tt0078748"}, state={ADA: {"IsFavorite": True}}))
    with speaking("jellyfin", films) as fake:
        fake.players = {ADAS: (ADA.upper(), "Ada"), BOBS: (BOB, "Bob")}
        yield fake


@pytest.fixture
def player(database: Path, jellyfin: FakeServer) -> Iterator[TestClient]:
    with MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", jellyfin.address, TOKEN)
        synchronise(loop, "home")
        say_who(loop, "home", "Ada", "ada")
        app = create_app(lambda: loop, require_key=True)
        with TestClient(app) as client:
            yield client


def ask(player: TestClient, token: str = ADAS, **query: object) -> Any:
    header = f'MediaBrowser Client="Streamyfin", DeviceId="x", Token="{token}"'
    answer = player.get("/api/recommendations", params=query, headers={"Authorization": header})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_somebody_gets_the_nearest_of_their_library_with_the_true_reason(
    player: TestClient, jellyfin: FakeServer
) -> None:
    row = ask(player, limit=3, jellyfinServerId="f5a4", range="all")
    assert row["user"] == {"id": ADA, "name": "Ada"} and row["error"] is None
    first = row["data"][0]
    assert first["item"]["name"] == "Aliens" and first["item"]["id"] == "i0"
    assert first["reason"] == "Because you liked Alien"
    assert [film["id"] for film in first["basedOn"]] == ["a"]
    near = [entry["similarity"] for entry in row["data"]]
    assert len(near) == 3 and near == sorted(near, reverse=True) and 0 < near[-1] < near[0] <= 1
    plain = ask(player, includeReasons="false", includeBasedOn="false")["data"][0]
    assert (plain["reason"], plain["basedOn"]) == ("", [])


def test_ids_are_the_same_films_and_series_are_none(player: TestClient) -> None:
    row = ask(player)
    ids = ask(player, format="ids")
    assert ids["data"]["movies"] == [entry["item"]["id"] for entry in row["data"]]
    assert ids["data"]["total"] == len(row["data"]) and ids["data"]["series"] == []
    assert ask(player, format="ids", type="Series")["data"]["total"] == 0


def test_a_film_finished_on_the_sofa_changes_the_row_at_the_next_look(player: TestClient) -> None:
    before = ask(player, format="ids")["data"]["movies"]
    loop = player.app.state.loop  # type: ignore[attr-defined]
    said = with_(JELLYFIN, UserId=ADA, Name="Aliens", Year=1986, Provider_imdb="tt0090605",
                 Provider_tmdb="", ItemId=before[0])  # fmt: skip
    receive(loop.store, "home", "jellyfin", said)
    learn_waiting(loop)
    after = ask(player, format="ids")["data"]["movies"]
    assert before[0] == "i0" and "i0" not in after and len(after) == len(before) - 1


def test_an_account_nobody_has_named_is_told_and_listed(player: TestClient) -> None:
    row = ask(player, token=BOBS, format="ids")
    assert row["data"]["movies"] == [] and "connect person" in row["error"]
    loop = player.app.state.loop  # type: ignore[attr-defined]
    people = connections_out(loop.store).connections[0].people
    assert [(one.called, one.user_id) for one in people] == [("Ada", "ada"), ("Bob", None)]


def test_a_stranger_gets_nothing(player: TestClient, jellyfin: FakeServer) -> None:
    for header in ("", 'MediaBrowser Token="guessed-token"', "Bearer x", "MediaBrowser Token="):
        answer = player.get("/api/recommendations", headers={"Authorization": header})
        assert answer.status_code == 401 and "MediaBrowser" in answer.json()["detail"]
    jellyfin.mood = "down"
    header = f'MediaBrowser Token="{BOBS}"'
    answer = player.get("/api/recommendations", headers={"Authorization": header})
    assert answer.status_code == 503 and "503" in answer.json()["detail"]


def test_without_a_jellyfin_it_says_how_to_connect_one(client: TestClient) -> None:
    header = f'MediaBrowser Token="{BOBS}"'
    answer = client.get("/api/recommendations", headers={"Authorization": header})
    assert answer.status_code == 422
    assert "connect server" in answer.text


def test_of_two_jellyfins_streamyfin_gets_the_row_of_the_one_it_plays_from(
    player: TestClient, jellyfin: FakeServer
) -> None:
    loop = player.app.state.loop  # type: ignore[attr-defined]
    with speaking("jellyfin", []) as attic:
        attic.number = "a" * 32
        create_connection(loop.store, "attic", "jellyfin")
        connect_server(loop, "attic", attic.address, TOKEN)
        assert ask(player, jellyfinServerId=jellyfin.number)["data"][0]["item"]["id"] == "i0"
        header = {"Authorization": f'MediaBrowser Token="{ADAS}"'}
        assert player.get("/api/recommendations", headers=header).status_code == 422
        assert "/Users/Me" not in attic.asked

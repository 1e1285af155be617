"""Connecting a media server from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from movieloop import MovieLoop
from movieloop.cli import app
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import kind_of
from movieloop.importers.media_servers import following
from movieloop.importers.media_servers.tokens import tokens, tokens_file
from tests.cli.running import assert_one_line, run, say
from tests.cli.test_recommend import typed
from tests.importers.hooks.payloads import JELLYFIN, with_
from tests.importers.media_servers.servers import SECRET, TOKEN, speaking, trakt


def test_a_server_is_connected_its_people_named_and_taken_away(database: Path) -> None:
    assert "No server is connected" in typed(database, "connect", "status")
    printed = typed(database, "connect", "add", "jellyfin", "--url", "http://films.example/")
    address = next(line for line in printed.splitlines() if line.startswith("http://films"))
    name, secret = address.rsplit("/", 2)[1:]
    assert name == "jellyfin" and "Send All Properties" in printed
    with MovieLoop.open(database) as loop:
        assert kind_of(loop.store, "jellyfin", secret) == "jellyfin"
        receive(loop.store, "jellyfin", "jellyfin", JELLYFIN)
        bobs = with_(JELLYFIN, UserId="b9", NotificationUsername="Bob")
        receive(loop.store, "jellyfin", "jellyfin", bobs)
    assert "Bob is nobody yet, 1 wait" in typed(database, "connect", "status")
    named = typed(database, "connect", "person", "jellyfin", "Ada", "ada")
    assert "Ada is ada" in named and "1 learned" in named
    assert "Alien" in typed(database, "history", "ada")
    told = json.loads(typed(database, "connect", "status", "--json"))
    assert secret not in json.dumps(told)
    assert [one["called"] for one in told["connections"][0]["people"]] == ["Ada", "Bob"]
    assert "is gone" in typed(database, "connect", "remove", "jellyfin")
    assert "Alien" in typed(database, "history", "ada")
    refused = CliRunner().invoke(app, ["connect", "remove", "x", "--database", str(database)])
    assert refused.exit_code == 1


def test_a_private_profile_is_opened_by_a_code(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with trakt() as fake:
        fake.private, fake.interval = True, 1
        monkeypatch.setattr(following, "HOME", fake.address)
        asked = ["connect", "trakt", "Ada_L", "--user", "ada", "--database", str(database)]
        refused = CliRunner().invoke(app, asked, input=f"{TOKEN}\n")
        assert refused.exit_code == 1 and "connect it with --private" in str(refused.exception)
        typed_in = f"{TOKEN}\n{SECRET}\n"
        answer = CliRunner().invoke(app, [*asked, "--private"], input=typed_in)
        assert answer.exit_code == 0, answer.output
        assert "type 5055CC52" in answer.output and "10 minutes at most" in answer.output
        assert "connect sync trakt-ada-l" in answer.output
        assert TOKEN not in answer.output and SECRET not in answer.output
        assert "0 films" in typed(database, "connect", "sync", "trakt-ada-l")


def test_a_library_and_what_was_watched_come_in(database: Path) -> None:
    typed(database, "connect", "add", "jellyfin")
    with speaking("jellyfin") as fake:
        runner, where = CliRunner(), ["--database", str(database)]
        asked = ["connect", "server", "jellyfin", fake.address, *where]
        answer = runner.invoke(app, asked, input=f"{TOKEN}\n")
        assert answer.exit_code == 0 and "Cellar answers" in answer.output
        assert TOKEN not in answer.output
        dry = typed(database, "connect", "sync", "jellyfin", "--dry-run")
        assert "3 films: 3 would be new" in dry and "Nothing was stored" in dry
        assert "Bob has watched or loves 1" in dry
        told = json.loads(typed(database, "connect", "sync", "jellyfin", "--json"))
        assert (told["films"], told["joined"], told["new_events"]) == (3, 1, 2)
        again = typed(database, "connect", "sync", "jellyfin")
        assert "0 new, 0 gone" in again and "0 of that is new" in again
        assert f"3 films at {fake.address}" in typed(database, "connect", "status")
        typed(database, "connect", "person", "jellyfin", "Bob", "bob")
        assert "Alien" in typed(database, "history", "bob")
        told = json.loads(typed(database, "recommend", "bob", "--owned", "--json"))
        mine = told["recommendations"]
        assert mine and all(film["owned"] for film in mine)
        assert "follow every hour" in typed(database, "connect", "playlists", "jellyfin")
        (playlist,) = fake.playlists.values()
        assert playlist["Name"] == "For Bob"
        assert "are gone" in typed(database, "connect", "playlists", "jellyfin", "--off")
        assert fake.playlists == {}
    typed(database, "connect", "remove", "jellyfin")
    assert not tokens(tokens_file(str(database)))


def test_a_server_that_does_not_answer_is_one_line(database: Path) -> None:
    say("connect", "add", "plex", database=database)
    for asked, why in (
        (("server", "plex", "http://127.0.0.1:9", "--token", "x"), "cannot be reached"),
        (("server", "plex", "nas", "--token", "x"), "http://nas.home:8096"),
        (("sync", "plex"), "connect server plex"),
        (("sync", "kodi"), "no connection"),
    ):
        assert_one_line(run("connect", *asked, database=database), why)


def test_a_server_is_connected_in_one_go(database: Path) -> None:
    runner, where = CliRunner(), ["--database", str(database)]
    with speaking("jellyfin") as fake:
        wanted = ["connect", "jellyfin", fake.address, "--url", "http://films.example", *where]
        no = runner.invoke(app, wanted, input=f"{TOKEN}\nn\n")
        assert no.exit_code == 1 and "3 films: 3 would be new" in no.output
        assert "No server is connected" in typed(database, "connect", "status")
        yes = runner.invoke(app, wanted, input=f"{TOKEN}\n\n")
        assert yes.exit_code == 0, yes.output
        assert "Cellar answers." in yes.output and "2 of that is new" in yes.output
        assert "http://films.example/hooks/jellyfin/" in yes.output and TOKEN not in yes.output
        assert f"3 films at {fake.address}" in typed(database, "connect", "status")
        again = runner.invoke(app, [*wanted, "--yes"], input=f"{TOKEN}\n")
        assert again.exit_code == 1
        fake.mood = "down"
        down = runner.invoke(app, [*wanted, "--name", "other"], input=f"{TOKEN}\n")
        assert down.exit_code == 1
    assert "other" not in typed(database, "connect", "status")

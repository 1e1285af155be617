"""Connecting a media server from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from movieloop import MovieLoop
from movieloop.cli import app
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import kind_of
from tests.cli.test_recommend import typed
from tests.importers.hooks.payloads import JELLYFIN, with_


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

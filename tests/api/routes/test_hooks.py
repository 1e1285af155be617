"""Media servers over HTTP: kept when answered, learned afterwards, only with the secret."""

import json
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.middleware import HOOK_LIMIT
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import create_connection
from movieloop.store.api_keys import create_key
from movieloop.store.key_tables import Scope
from tests.importers.hooks.payloads import JELLYFIN, PLEX, with_


@pytest.fixture
def hooked(loop: MovieLoop) -> Iterator[tuple[TestClient, str]]:
    """A server that demands keys, and the address of its Plex."""
    secret = create_connection(loop.store, "home", "plex")
    app = create_app(lambda: loop, require_key=True)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client, f"/hooks/home/{secret}"


def form(payload: dict[str, object]) -> dict[str, tuple[None, str] | tuple[str, bytes, str]]:
    return {
        "payload": (None, json.dumps(payload)),
        "thumb": ("thumb.jpg", b"\xff\xd8" * 100_000, "image/jpeg"),
    }


def test_a_form_with_a_picture_is_kept_and_learned(
    hooked: tuple[TestClient, str], loop: MovieLoop
) -> None:
    client, address = hooked
    first = client.post(address, files=form(PLEX))
    assert (first.status_code, first.json()["outcome"]) == (202, "kept")
    assert client.post(address, files=form(PLEX)).json()["outcome"] == "repeated"
    admin = {"X-API-Key": create_key(loop.store, "admin", scope=Scope.ADMIN)}
    shown = client.get("/connections", headers=admin).json()["connections"][0]
    assert shown["people"] == [{"person": "1", "called": "Ada", "user_id": None, "waiting": 1}]
    named = client.put("/connections/home/people/1", json={"user_id": "ada"}, headers=admin)
    assert named.json()["connections"][0]["people"][0]["user_id"] == "ada"
    assert [item.title for item in loop.users.history("ada").feedback] == ["Alien"]
    client.post(address, files=form(with_(PLEX, event="media.rate", rating=9)))
    assert [item.rating for item in loop.users.history("ada").feedback] == [None, 1]


def test_json_is_taken_as_it_is(hooked: tuple[TestClient, str], loop: MovieLoop) -> None:
    client, _ = hooked
    secret = create_connection(loop.store, "jelly", "jellyfin")
    answer = client.post(f"/hooks/jelly/{secret}", json=JELLYFIN)
    assert answer.json() == {"outcome": "kept", "reason": ""}
    passed = client.post(f"/hooks/jelly/{secret}", json=with_(JELLYFIN, ItemType="Episode"))
    assert (passed.status_code, passed.json()["reason"]) == (202, "not a film")


def test_strangers_wrong_secrets_and_nonsense_store_nothing(
    hooked: tuple[TestClient, str], loop: MovieLoop
) -> None:
    client, address = hooked
    for wrong in ("/hooks/home/guessed", "/hooks/nowhere/guessed", address + "x"):
        assert client.post(wrong, json=PLEX).status_code == 404
    assert client.post(address, content=b"no json").status_code == 422
    assert client.post(address, json=[1]).status_code == 422
    assert client.post(address, files={"other": (None, "{}")}).status_code == 422
    assert client.post(address, json=with_(PLEX, event="media.rate", rating=99)).status_code == 422
    assert client.post(address, content=b"[" * 100_000).status_code == 422
    assert client.post(address, content=b" " * (HOOK_LIMIT + 1)).status_code == 413
    assert client.get(address).status_code == 401  # only POST is open
    with loop.store.read() as session:
        assert session.hook_people() == []
        reasons = {outcome.reason: outcome.times for outcome in session.outcomes()}
    assert reasons == {"a wrong secret": 2, "99 is no number of points from 0 to 10": 1}


def test_an_account_that_never_told_anything_cannot_be_named(
    hooked: tuple[TestClient, str], loop: MovieLoop
) -> None:
    client, _ = hooked
    admin = {"X-API-Key": create_key(loop.store, "admin", scope=Scope.ADMIN)}
    asked = client.put("/connections/home/people/9", json={"user_id": "ada"}, headers=admin)
    assert asked.status_code == 422 and "has not told of one account" in asked.json()["detail"]


def test_what_waited_when_a_server_was_killed_is_learned_at_the_next_start(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "plex")
    receive(loop.store, "home", "plex", PLEX)
    loop.store.write(lambda session: session.name_person("home", "Ada", "ada"))
    with TestClient(create_app(lambda: loop)):
        end = time.monotonic() + 30
        while not loop.users.history("ada").feedback:
            assert time.monotonic() < end
            time.sleep(0.01)

"""Signing in with an account of a media server: it decides who somebody is, nobody else does."""

from collections.abc import Iterator

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import connections_out, say_who
from movieloop.importers.media_servers import connect_server, synchronise
from movieloop.importers.media_servers.accounts import DAYS, doors, sign_in
from movieloop.importers.media_servers.following import disconnect
from movieloop.store import now_ms
from movieloop.store.api_keys import create_key, find_key, stored_keys
from movieloop.store.key_tables import Scope, StoredKey
from tests.importers.media_servers.servers import ADA, BOB, TOKEN, FakeServer, speaking

PEOPLE = ("Ada", "Bob")


@pytest.fixture(params=["jellyfin", "emby"])
def media_server(request: pytest.FixtureRequest) -> Iterator[FakeServer]:
    with speaking(request.param) as fake:
        fake.passwords = {"Ada": "tea", "Bob": ""}
        yield fake


@pytest.fixture
def home(loop: MovieLoop, media_server: FakeServer) -> MovieLoop:
    create_connection(loop.store, "home", media_server.kind)
    connect_server(loop, "home", media_server.address, TOKEN)
    synchronise(loop, "home")
    return loop


def kept(loop: MovieLoop, key: str | None) -> StoredKey:
    found = find_key(stored_keys(loop.store), [key or ""])
    assert found is not None
    return found


def test_an_account_that_was_named_is_who_it_was_named(home: MovieLoop) -> None:
    say_who(home, "home", "Ada", "countess")
    key = kept(home, sign_in(home, "home", "ada", "tea"))
    assert (key.user_id, key.scope) == ("countess", Scope.WRITE)
    assert key.expires_at is not None
    assert abs(key.expires_at - now_ms() - DAYS * 86_400_000) < 60_000


def test_one_nobody_has_named_gets_a_user_of_its_own_and_learns_what_waited(
    home: MovieLoop,
) -> None:
    home.add_feedback("Ada", "Heat (1995)", 1)  # somebody else, who is called so here
    assert kept(home, sign_in(home, "home", "Ada", "tea")).user_id == "Ada (home)"
    assert [item.title for item in home.users.history("Ada (home)").feedback] == ["Alien"]
    assert kept(home, sign_in(home, "home", "Bob", "")).user_id == "Bob"
    people = connections_out(home.store).connections[0].people
    assert [(one.called, one.user_id) for one in people] == [("Ada", "Ada (home)"), ("Bob", "Bob")]
    assert kept(home, sign_in(home, "home", "Ada", "tea")).user_id == "Ada (home)"


@pytest.mark.parametrize(
    ("name", "password"), [("Ada", "wine"), ("Ada", ""), ("Eve", "tea"), ("", "")]
)
def test_a_wrong_password_opens_nothing(home: MovieLoop, name: str, password: str) -> None:
    before = stored_keys(home.store)
    assert sign_in(home, "home", name, password) is None
    assert stored_keys(home.store) == before


def test_the_server_s_own_token_is_given_back(home: MovieLoop, media_server: FakeServer) -> None:
    sign_in(home, "home", "Ada", "tea")
    assert media_server.asked[-1] == "POST /Sessions/Logout"


def test_a_server_that_is_down_is_told_and_one_that_is_none_is_no_door(
    home: MovieLoop, media_server: FakeServer
) -> None:
    create_connection(home.store, "plex", "plex")
    assert doors(home.store) == [("home", media_server.kind)]
    for name in ("plex", "nowhere"):
        with pytest.raises(InvalidInput, match="Nobody can sign in"):
            sign_in(home, name, "Ada", "tea")
    media_server.mood = "down"
    with pytest.raises(ServiceError, match="503"):
        sign_in(home, "home", "Ada", "tea")


def test_keys_whose_time_is_over_go(home: MovieLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("movieloop.importers.media_servers.accounts.DAYS", -1)
        sign_in(home, "home", "Ada", "tea")
    sign_in(home, "home", "Bob", "")
    assert [key.user_id for key in stored_keys(home.store)] == ["Bob"]


def test_whose_account_is_gone_or_switched_off_is_signed_out(
    home: MovieLoop, media_server: FakeServer
) -> None:
    keys = {name: sign_in(home, "home", name, media_server.passwords[name]) for name in PEOPLE}
    own = create_key(home.store, "phone", scope=Scope.WRITE, user_id="Ada")
    synchronise(home, "home")
    assert {key.user_id for key in stored_keys(home.store)} == {"Ada", "Bob"}
    media_server.gone = {ADA}
    synchronise(home, "home")
    assert [key.name for key in stored_keys(home.store) if key.user_id == "Ada"] == ["phone"]
    assert kept(home, own).user_id == "Ada" and kept(home, keys["Bob"]).user_id == "Bob"
    media_server.switched_off = {BOB}
    media_server.mood = "down"
    with pytest.raises(ServiceError):
        synchronise(home, "home")
    assert kept(home, keys["Bob"]).user_id == "Bob"
    media_server.mood = ""
    media_server.gone = {ADA, BOB}
    synchronise(home, "home")  # a server without anybody has not told who may use it
    assert kept(home, keys["Bob"]).user_id == "Bob"
    media_server.gone = set()
    synchronise(home, "home")
    assert [key.name for key in stored_keys(home.store)] == ["phone"]


def test_whoever_came_in_through_a_server_goes_with_it(home: MovieLoop) -> None:
    sign_in(home, "home", "Ada", "tea")
    home.store.write(lambda session: session.save_key("x", "sign-in: home-2 0a1b", Scope.WRITE))
    disconnect(home, "home")
    assert [key.name for key in stored_keys(home.store)] == ["sign-in: home-2 0a1b"]
    with pytest.raises(InvalidInput, match="no connection 'home'"):
        disconnect(home, "home")

"""Signing in at Plex: who may use the server comes in as themselves, nobody else does."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import say_who
from movieloop.importers.media_servers import connect_server, plex_accounts, synchronise
from movieloop.importers.media_servers.plex_accounts import begin, finish
from movieloop.importers.media_servers.tokens import save_token, tokens_file
from movieloop.store.api_keys import find_key, stored_keys
from tests.importers.media_servers.servers import (
    TOKEN,
    FakePlexTv,
    FakeServer,
    plex_tv,
    speaking,
)

BACK = "https://films.example.org/page/plex/back"


@pytest.fixture
def plex() -> Iterator[FakeServer]:
    with speaking("plex") as fake:
        yield fake


@pytest.fixture
def tv(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlexTv]:
    with plex_tv() as fake:
        monkeypatch.setattr(plex_accounts, "HOME", fake.address)
        yield fake


@pytest.fixture
def home(loop: MovieLoop, plex: FakeServer, tv: FakePlexTv) -> MovieLoop:
    assert tv.address
    create_connection(loop.store, "home", "plex")
    connect_server(loop, "home", plex.address, TOKEN)
    synchronise(loop, "home")
    return loop


def whose(loop: MovieLoop, key: str | None) -> str | None:
    found = find_key(stored_keys(loop.store), [key or ""])
    return None if found is None else found.user_id


def test_one_signs_in_at_plex_and_comes_back(home: MovieLoop, tv: FakePlexTv) -> None:
    state, address = begin(home, "home", BACK)
    parts = urlsplit(address)
    said = parse_qs(parts.fragment.removeprefix("?"))
    assert parts.netloc == "app.plex.tv" and said["code"] == ["c0de"]
    assert said["forwardUrl"] == [BACK] and said["clientID"][0] in state
    assert finish(home, state) is None  # nobody has signed in yet
    tv.signs_in("bobs")
    assert whose(home, finish(home, state)) == "bob"
    assert [one.title for one in home.users.history("bob").feedback] == ["Alien"]  # it waited
    assert tv.asked == ["signout bobs"]


def test_the_owner_is_the_account_number_one(home: MovieLoop, tv: FakePlexTv) -> None:
    say_who(home, "home", "1", "countess")
    state, _ = begin(home, "home", BACK)
    tv.signs_in("adas")
    assert whose(home, finish(home, state)) == "countess"


def test_whoever_may_not_use_the_server_does_not_come_in(home: MovieLoop, tv: FakePlexTv) -> None:
    state, _ = begin(home, "home", BACK)
    for token in ("eves", "nobodys"):
        tv.signs_in(token)
        assert finish(home, state) is None
    assert stored_keys(home.store) == []


def test_what_somebody_else_began_cannot_be_finished(home: MovieLoop, tv: FakePlexTv) -> None:
    theirs, _ = begin(home, "home", BACK)
    tv.signs_in("adas")
    mine, _ = begin(home, "home", BACK)
    number = theirs.split(":")[1]
    connection, _, client = mine.split(":")
    assert finish(home, f"{connection}:{number}:{client}") is None
    for state in ("", "home:1", "home:x:y", f"{theirs}x", theirs.replace("movieloop-", "")):
        assert finish(home, state) is None
    assert stored_keys(home.store) == []
    assert finish(home, theirs) is not None


def test_what_does_not_answer_is_told(home: MovieLoop, tv: FakePlexTv, plex: FakeServer) -> None:
    state, _ = begin(home, "home", BACK)
    tv.signs_in("bobs")
    plex.mood = "down"
    with pytest.raises(ServiceError, match="503"):
        finish(home, state)
    plex.mood = ""
    for mood in ("down", "page", "elsewhere"):
        tv.mood = mood
        for ask in (lambda: begin(home, "home", BACK), lambda: finish(home, state)):
            with pytest.raises(ServiceError):
                ask()
    tv.mood = "list"
    with pytest.raises(ServiceError):
        begin(home, "home", BACK)
    assert finish(home, state) is None


def test_only_a_plex_that_can_be_asked_is_a_door(home: MovieLoop, tv: FakePlexTv) -> None:
    create_connection(home.store, "cellar", "plex")
    for name in ("cellar", "nowhere"):
        with pytest.raises(InvalidInput, match="Nobody can sign in"):
            begin(home, name, BACK)
    state, _ = begin(home, "home", BACK)
    tv.signs_in("bobs")
    save_token(tokens_file(home.store.address), "home", None)
    with pytest.raises(InvalidInput, match="how to ask"):
        finish(home, state)

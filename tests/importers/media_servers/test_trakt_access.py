"""A private profile at Trakt is opened by a code its owner types, and stays open by itself."""

from collections.abc import Iterator

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.status import connections_out
from movieloop.importers.media_servers import following, synchronise
from movieloop.importers.media_servers.asking import Refused
from movieloop.importers.media_servers.following import connect_trakt, open_trakt
from movieloop.importers.media_servers.tokens import save_token, tokens, tokens_file
from movieloop.importers.media_servers.trakt_access import (
    Access,
    Code,
    ask_for_code,
    renewed,
    wait_for_access,
)
from tests.importers.media_servers.servers import SECRET, TOKEN, FakeTrakt, trakt

ALIEN = {"rated_at": "2024-03-01T10:00:00.000Z", "rating": 10, "movie": {"title": "Alien",
         "year": 1979, "ids": {}}}  # fmt: skip
OLD = Access(TOKEN, SECRET, "access 0", "refresh 0", 1)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTrakt]:
    with trakt() as fake:
        fake.private, fake.ratings = True, [ALIEN]
        monkeypatch.setattr(following, "HOME", fake.address)
        yield fake


def opened(fake: FakeTrakt, pauses: list[float] | None = None, secret: str = SECRET) -> Access:
    code = ask_for_code(fake.address, TOKEN)
    assert (code.code, code.page) == ("5055CC52", "https://trakt.tv/activate")
    sleep = (pauses if pauses is not None else []).append
    return wait_for_access(fake.address, code, TOKEN, secret, sleep=sleep)


def test_it_waits_until_the_code_is_typed(fake: FakeTrakt) -> None:
    fake.answers, pauses = [400, 400, 429, 503, 400], list[float]()
    access = opened(fake, pauses)
    assert (access.token, access.refresh, access.ends) == ("access 1", "refresh 1", False)
    assert pauses == [5, 5, 5, 6, 6, 6]


@pytest.mark.parametrize(
    ("answer", "why"), [(404, "Begin again"), (409, "used"), (410, "in time"), (418, "refused")]
)
def test_a_refusal_ends_the_waiting(fake: FakeTrakt, answer: int, why: str) -> None:
    fake.answers, pauses = [400, answer, 400], list[float]()
    with pytest.raises(ServiceError, match=why):
        opened(fake, pauses)
    assert len(pauses) == 2


def test_a_code_nobody_types_ends_in_time(fake: FakeTrakt) -> None:
    fake.answers, pauses = [400] * 1_000, list[float]()
    with pytest.raises(ServiceError, match="in time"):
        opened(fake, pauses)
    assert sum(pauses) == 600


def test_a_wrong_app_or_answer_is_said(fake: FakeTrakt) -> None:
    with pytest.raises(ServiceError, match="client secret"):
        opened(fake, secret="guessed")
    with pytest.raises(ServiceError, match="403"):
        ask_for_code(fake.address, "guessed")
    with pytest.raises(InvalidInput, match="Copy it"):
        open_trakt("", SECRET, lambda code: None)
    for mood in ("down", "page", "list", "half"):
        fake.mood = mood
        with pytest.raises(ServiceError):
            ask_for_code(fake.address, TOKEN)


def test_a_private_history_is_brought_and_the_access_renewed(
    loop: MovieLoop, fake: FakeTrakt
) -> None:
    with pytest.raises(ServiceError, match="--private"):
        connect_trakt(loop, "Ada_L", TOKEN, "ada")
    shown, fake.interval = list[Code](), 1
    kept = open_trakt(TOKEN, SECRET, shown.append)
    name = connect_trakt(loop, "Ada_L", kept, "ada")
    assert [code.code for code in shown] == ["5055CC52"]
    assert synchronise(loop, name).past.kept == 1
    file = tokens_file(loop.store.address)
    access = Access.read(tokens(file)[name])
    assert access is not None and fake.given == 1
    save_token(file, name, access._replace(until=1).kept)
    assert synchronise(loop, name).past.told == {"ada_l": 1}
    renewed_one = Access.read(tokens(file)[name])
    assert renewed_one is not None and renewed_one.token == "access 2" and fake.given == 2
    assert [one.title for one in loop.users.history("ada").feedback] == ["Alien"]


def test_an_access_that_was_taken_back_is_told(loop: MovieLoop, fake: FakeTrakt) -> None:
    name = connect_trakt(loop, "Ada_L", opened(fake).kept, "ada")
    save_token(tokens_file(loop.store.address), name, OLD.kept)
    with pytest.raises(ServiceError, match="Connect the profile anew"):
        synchronise(loop, name)
    (one,) = connections_out(loop.store).connections
    assert "Connect the profile anew" in one.outcomes[0].reason


def test_a_server_that_is_down_is_asked_again_later(fake: FakeTrakt) -> None:
    fake.mood = "down"
    with pytest.raises(Refused, match="503"):
        renewed(fake.address, OLD)
    fake.mood, fake.given = "", 0
    assert renewed(fake.address, OLD).token == "access 1"


@pytest.mark.parametrize("kept", ["", "0f1e", "a:b:c:d:e", "a:b:c:d:1:2", "::::"])
def test_what_is_no_access_is_none(kept: str) -> None:
    assert Access.read(kept) is None

"""Trakt's public history: all of it, each thing once, and what is private is told."""

from collections.abc import Iterator
from typing import Any

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.status import connections_out
from movieloop.importers.media_servers import following, synchronise
from movieloop.importers.media_servers.following import askable, connect_trakt, want_playlists
from tests.importers.media_servers.servers import TOKEN, FakeTrakt, trakt


def entry(when: str, at: str, title: str, year: int, **more: Any) -> dict[str, Any]:
    return {when: at, "movie": {"title": title, "year": year, "ids": {"slug": title}}, **more}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTrakt]:
    with trakt() as fake:
        monkeypatch.setattr(following, "HOME", fake.address)
        fake.ratings = [
            entry("rated_at", "2024-03-01T10:00:00.000Z", "Alien", 1979, rating=10),
            entry("rated_at", "2024-03-02T10:00:00.000Z", "Titanic", 1997, rating=2),
            entry("rated_at", "2024-03-03T10:00:00.000Z", "Heat", 1995, rating=0),
        ]
        fake.history = [
            entry("watched_at", "2024-03-03T10:00:00.000Z", "Heat", 1995, action="watch"),
            entry("watched_at", "2024-02-03T10:00:00.000Z", "Heat", 1995, action="scrobble"),
            entry("watched_at", "2024-02-02T10:00:00.000Z", "Alien", 1979, action="scrobble"),
            {"watched_at": "2024-02-02T10:00:00.000Z", "movie": {"ids": {}}}, {"movie": None},
            {"watched_at": "2024-02-02T10:00:00.000Z", "episode": {"title": "Pilot"}},
        ]  # fmt: skip
        yield fake


@pytest.fixture
def home(loop: MovieLoop, fake: FakeTrakt) -> MovieLoop:
    assert fake.address
    return loop


def test_a_history_is_brought_once_and_grows(home: MovieLoop, fake: FakeTrakt) -> None:
    assert connect_trakt(home, " Ada_L ", TOKEN, "ada") == "trakt-ada-l"
    assert list(askable(home)) == ["trakt-ada-l"]
    library, past = synchronise(home, "trakt-ada-l", dry_run=True)
    assert (library.films, past.told) == (0, {"ada_l": 5})
    assert home.users.history("ada").feedback == []
    assert synchronise(home, "trakt-ada-l").past.kept == 5
    said = {one.title: one.rating for one in home.users.history("ada").feedback if one.counts}
    assert said == {"Alien": 1, "Titanic": 0, "Heat": None}
    assert synchronise(home, "trakt-ada-l").past.kept == 0
    # Watched long ago, and told only now.
    fake.history.append(entry("watched_at", "2019-01-01T00:00:00.000Z", "Jaws", 1975))
    assert synchronise(home, "trakt-ada-l").past.kept == 1
    assert "Jaws" in [one.title for one in home.users.history("ada").feedback]


def test_without_a_user_it_waits(home: MovieLoop) -> None:
    connect_trakt(home, "Ada_L", TOKEN)
    synchronise(home, "trakt-ada-l")
    (one,) = connections_out(home.store).connections
    assert [(who.called, who.user_id, who.waiting) for who in one.people] == [("ada_l", None, 5)]


def test_what_is_private_unknown_or_refused_is_told_and_not_kept(
    home: MovieLoop, fake: FakeTrakt
) -> None:
    for name, token, why in (
        ("Bob", TOKEN, "nobody called 'bob'"), ("Ada_L", "guessed", "client id"),
        ("Ada_L", "", "token"),
    ):  # fmt: skip
        with pytest.raises((ServiceError, InvalidInput), match=why):
            connect_trakt(home, name, token)
    fake.private = True
    with pytest.raises(ServiceError, match="private"):
        connect_trakt(home, "Ada_L", TOKEN)
    fake.mood = "list"
    with pytest.raises(ServiceError, match="as Trakt does"):
        connect_trakt(home, "Ada_L", TOKEN)
    assert connections_out(home.store).connections == []


def test_when_it_is_down_that_is_noted(home: MovieLoop, fake: FakeTrakt) -> None:
    connect_trakt(home, "Ada_L", TOKEN, "ada")
    for mood in ("down", "page", "half"):
        fake.mood = mood
        with pytest.raises(ServiceError):
            synchronise(home, "trakt-ada-l")
    (one,) = connections_out(home.store).connections
    assert {outcome.outcome for outcome in one.outcomes} == {"failed"}
    fake.mood = ""
    assert synchronise(home, "trakt-ada-l").past.kept == 5


def test_it_gets_no_playlists(home: MovieLoop) -> None:
    connect_trakt(home, "Ada_L", TOKEN)
    with pytest.raises(InvalidInput, match="no media server"):
        want_playlists(home, "trakt-ada-l", wanted=True)

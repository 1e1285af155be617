"""Asking for a film: once a film, only what is not there, and a clear word if it cannot."""

from collections.abc import Iterator

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection, kind_of
from movieloop.importers.hooks.status import connections_out
from movieloop.importers.media_servers import connect_server, synchronise
from movieloop.importers.media_servers.following import askable, disconnect
from movieloop.importers.media_servers.request_service import Outcome
from movieloop.importers.media_servers.requests import (
    NothingTakesRequests,
    connect_requests,
    request,
    takes_requests,
)
from tests.importers.media_servers.servers import (
    TOKEN,
    FakeSeerr,
    adding_films,
    speaking,
    taking_requests,
)


@pytest.fixture
def seerr() -> Iterator[FakeSeerr]:
    with taking_requests() as fake:
        yield fake


@pytest.fixture
def home(loop: MovieLoop) -> MovieLoop:
    return loop


def test_a_film_is_requested_once(home: MovieLoop, seerr: FakeSeerr) -> None:
    assert not takes_requests(home.store)
    assert connect_requests(home, f"{seerr.address}/", f" {TOKEN}\n") == (
        "Seerr answers; requests are made as Ada."
    )
    assert takes_requests(home.store)
    alien = home.movies.get("Alien (1979)")
    assert [request(home, alien) for _ in range(2)] == [
        Outcome.REQUESTED, Outcome.ALREADY_REQUESTED,
    ]  # fmt: skip
    assert seerr.requested == [alien.tmdb_id] == [348]


def test_what_a_server_has_is_not_requested(home: MovieLoop, seerr: FakeSeerr) -> None:
    connect_requests(home, seerr.address, TOKEN)
    with speaking("jellyfin") as fake:
        create_connection(home.store, "home", "jellyfin")
        connect_server(home, "home", fake.address, TOKEN)
        synchronise(home, "home")
    assert request(home, home.movies.get("Alien (1979)")) == Outcome.OWNED
    assert seerr.requested == []


def test_without_a_seerr_a_number_or_an_answer_it_says_so(
    home: MovieLoop, seerr: FakeSeerr
) -> None:
    alien = home.movies.get("Alien (1979)")
    with pytest.raises(NothingTakesRequests, match="connect requests"):
        request(home, alien)
    connect_requests(home, seerr.address, TOKEN)
    with pytest.raises(InvalidInput, match="number at TMDB"):
        request(home, alien.model_copy(update={"tmdb_id": None}))
    for mood in ("down", "page", "elsewhere"):
        seerr.mood = mood
        with pytest.raises(ServiceError):
            request(home, alien)
    seerr.mood = ""
    disconnect(home, "requests")
    with pytest.raises(NothingTakesRequests):
        request(home, alien)


def test_a_wrong_key_or_address_is_not_kept(home: MovieLoop, seerr: FakeSeerr) -> None:
    for address, token, why in (
        (seerr.address, "guessed", "403"), ("nas", TOKEN, "address"), (seerr.address, "", "key"),
    ):  # fmt: skip
        with pytest.raises((ServiceError, InvalidInput), match=why):
            connect_requests(home, address, token)
    seerr.mood = "list"
    with pytest.raises(ServiceError, match="Neither a Radarr nor a Seerr answers there"):
        connect_requests(home, seerr.address, TOKEN)
    assert not takes_requests(home.store)


def test_it_is_listed_but_neither_asked_nor_believed(home: MovieLoop, seerr: FakeSeerr) -> None:
    connect_requests(home, seerr.address, TOKEN)
    connect_requests(home, seerr.address, TOKEN)
    (one,) = connections_out(home.store).connections
    assert (one.name, one.kind, one.address) == ("requests", "seerr", seerr.address)
    assert askable(home) == {}
    assert kind_of(home.store, "requests", "") is None


def test_another_connection_of_that_name_stays_what_it_is(
    home: MovieLoop, seerr: FakeSeerr
) -> None:
    create_connection(home.store, "requests", "plex")
    with pytest.raises(InvalidInput, match="Remove it first"):
        connect_requests(home, seerr.address, TOKEN)
    assert not takes_requests(home.store)


def test_which_service_it_is_tells_the_service_and_one_may_follow_the_other(
    home: MovieLoop, seerr: FakeSeerr
) -> None:
    connect_requests(home, seerr.address, TOKEN)
    with adding_films() as radarr:
        assert connect_requests(home, radarr.address, TOKEN).startswith("Radarr answers; ")
        (one,) = connections_out(home.store).connections
        assert (one.kind, one.address) == ("radarr", radarr.address)
        assert takes_requests(home.store)
        alien = home.movies.get("Alien (1979)")
        assert request(home, alien) == Outcome.REQUESTED
        assert [film["tmdbId"] for film in radarr.wanted] == [348]
    assert connect_requests(home, seerr.address, TOKEN).startswith("Seerr answers; ")
    assert request(home, alien) == Outcome.REQUESTED
    assert seerr.requested == [348]


def test_a_connection_of_a_time_before_wishes_goes_on(home: MovieLoop, seerr: FakeSeerr) -> None:
    connect_requests(home, seerr.address, TOKEN)
    home.store.write(
        lambda session: session._execute("UPDATE connections SET request_as = NULL") and None
    )
    assert request(home, home.movies.get("Alien (1979)")) == Outcome.REQUESTED

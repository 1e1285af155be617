"""Of several Jellyfins the one a player means is found by any of its names."""

from collections.abc import Iterator

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.media_servers.which_jellyfin import Known, WhichJellyfin
from tests.importers.media_servers.servers import FakeServer, speaking


@pytest.fixture
def two(loop: MovieLoop) -> Iterator[dict[str, FakeServer]]:
    with speaking("jellyfin") as attic, speaking("jellyfin") as home:
        attic.number, attic.called = "a" * 32, "Attic box"
        for name, fake in {"attic": attic, "home": home}.items():
            connect(loop, name, fake.address)
        yield {"attic": attic, "home": home}


def connect(loop: MovieLoop, name: str, address: str) -> None:
    create_connection(loop.store, name, "jellyfin")
    loop.store.write(lambda session: session.save_address(name, address))


def test_a_single_one_is_meant_whatever_it_is_called(loop: MovieLoop) -> None:
    with pytest.raises(InvalidInput, match="connect server"):
        WhichJellyfin().meant(loop, None, None)
    connect(loop, "home", "http://home")
    for said in ((None, None), ("elsewhere", None), (None, "f5a4")):
        assert WhichJellyfin().meant(loop, *said) == Known("home", "http://home")


@pytest.mark.parametrize(
    ("name", "number", "meant"),
    [
        ("Home", None, "home"),
        ("cellar", None, "home"),
        ("ATTIC BOX", None, "attic"),
        (None, "f5a4" * 8, "home"),
        (None, "AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA", "attic"),
        ("not this one", "f5a4" * 8, "home"),
    ],
)
def test_of_several_it_is_found_by_any_of_its_names(
    loop: MovieLoop,
    two: dict[str, FakeServer],
    name: str | None,
    number: str | None,
    meant: str,
) -> None:
    found = WhichJellyfin().meant(loop, name, number)
    assert found == Known(meant, two[meant].address)


def test_one_that_none_is_or_two_are_is_asked_for(
    loop: MovieLoop, two: dict[str, FakeServer]
) -> None:
    which = WhichJellyfin()
    for said in ((None, None), ("garage", None), (None, "b" * 32)):
        with pytest.raises(InvalidInput, match="Say which Jellyfin") as refused:
            which.meant(loop, *said)
        assert refused.value.choices == ["attic", "home"]
    two["home"].called = two["attic"].called
    with pytest.raises(InvalidInput, match="Say which Jellyfin"):
        WhichJellyfin().meant(loop, "Attic box", None)


def test_what_they_say_of_themselves_holds_for_an_hour_and_no_token_goes_along(
    loop: MovieLoop, two: dict[str, FakeServer]
) -> None:
    now = [0.0]
    which = WhichJellyfin(lambda: now[0])
    for now[0] in (0.0, 3599.0):
        assert which.meant(loop, None, "a" * 32).connection == "attic"
    assert [fake.asked for fake in two.values()] == [["/System/Info/Public"]] * 2
    two["attic"].number, two["home"].number = two["home"].number, two["attic"].number
    now[0] = 3601.0
    assert which.meant(loop, None, "a" * 32).connection == "home"


def test_one_that_does_not_answer_keeps_nobody_from_the_other(
    loop: MovieLoop, two: dict[str, FakeServer]
) -> None:
    now = [0.0]
    which = WhichJellyfin(lambda: now[0])
    two["attic"].mood = "down"
    assert which.meant(loop, None, "f5a4" * 8).connection == "home"
    with pytest.raises(ServiceError, match="'attic' does not say"):
        which.meant(loop, None, "a" * 32)
    two["attic"].mood = ""
    now[0] = 61.0
    assert which.meant(loop, None, "a" * 32).connection == "attic"

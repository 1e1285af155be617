"""A Radarr gets a film once, in a quality and a folder it has."""

from collections.abc import Iterator

import pytest

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.media_servers.asking import TokenRefused
from movieloop.importers.media_servers.radarr import Radarr
from movieloop.importers.media_servers.request_service import Outcome, Wishes
from tests.importers.media_servers.servers import TOKEN, FakeRadarr, adding_films

ALIEN, GOOD = 348, Wishes("HD-1080p", "/films")


@pytest.fixture
def fake() -> Iterator[FakeRadarr]:
    with adding_films() as fake:
        yield fake


@pytest.fixture
def radarr(fake: FakeRadarr) -> Radarr:
    return Radarr(fake.address, TOKEN)


def test_a_film_is_looked_for_once(fake: FakeRadarr, radarr: Radarr) -> None:
    asked = [radarr.request(ALIEN, GOOD) for _ in range(2)]
    assert asked == [Outcome.REQUESTED, Outcome.ALREADY_REQUESTED]
    (film,) = fake.wanted
    assert (film["rootFolderPath"], film["qualityProfileId"]) == ("/films", 1)
    assert film["monitored"] and film["addOptions"] == {"searchForMovie": True}


def test_a_film_it_has_is_not_looked_for(fake: FakeRadarr, radarr: Radarr) -> None:
    fake.has = [ALIEN]
    assert radarr.request(ALIEN, GOOD) == Outcome.OWNED
    assert fake.wanted == []


def test_two_clicks_at_once_add_it_once(fake: FakeRadarr, radarr: Radarr) -> None:
    radarr.request(ALIEN, GOOD)
    fake.blind = True
    assert radarr.request(ALIEN, GOOD) == Outcome.ALREADY_REQUESTED
    assert len(fake.wanted) == 1


def test_the_only_quality_and_folder_need_not_be_named(radarr: Radarr) -> None:
    assert radarr.greet(Wishes()) == (GOOD, "films are added in HD-1080p to /films")


def test_of_several_one_must_be_named_and_be_there(fake: FakeRadarr, radarr: Radarr) -> None:
    fake.qualities, fake.folders = ["Any", "HD-1080p"], ["/films", "/more"]
    with pytest.raises(InvalidInput, match="say --quality with one of: 'Any', 'HD-1080p'"):
        radarr.greet(Wishes())
    with pytest.raises(InvalidInput, match="say --folder with one of: '/films', '/more'"):
        radarr.greet(Wishes("Any"))
    with pytest.raises(InvalidInput, match=r"no '4K'\. Choose of: 'Any', 'HD-1080p'"):
        radarr.greet(Wishes("4K", "/more"))
    assert radarr.greet(Wishes("HD-1080p", "/more"))[0] == Wishes("HD-1080p", "/more")
    assert radarr.request(ALIEN, Wishes("HD-1080p", "/more")) == Outcome.REQUESTED
    assert (fake.wanted[0]["qualityProfileId"], fake.wanted[0]["rootFolderPath"]) == (2, "/more")


def test_one_that_is_not_set_up_says_what_to_do(fake: FakeRadarr, radarr: Radarr) -> None:
    fake.folders = []
    with pytest.raises(InvalidInput, match="no folder yet"):
        radarr.greet(Wishes())


def test_a_quality_deleted_since_is_said(fake: FakeRadarr, radarr: Radarr) -> None:
    fake.qualities = ["Any"]
    with pytest.raises(ServiceError, match="no longer has 'HD-1080p'"):
        radarr.request(ALIEN, GOOD)


def test_a_refusal_stays_one(fake: FakeRadarr, radarr: Radarr) -> None:
    for mood in ("down", "page", "list", "elsewhere"):
        fake.mood = mood
        with pytest.raises(ServiceError):
            radarr.request(ALIEN, GOOD)
        with pytest.raises(ServiceError):
            radarr.greet(Wishes())
    fake.mood = ""
    with pytest.raises(TokenRefused, match="401"):
        Radarr(fake.address, "guessed").greet(Wishes())

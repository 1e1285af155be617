"""A Seerr is asked for a film once, as whoever the key is."""

import pytest

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.media_servers.request_service import Outcome, Wishes
from movieloop.importers.media_servers.seerr import Seerr
from tests.importers.media_servers.servers import TOKEN, adding_films, taking_requests


def test_a_film_is_requested_once() -> None:
    with taking_requests() as fake:
        seerr = Seerr(fake.address, TOKEN)
        assert seerr.greet(Wishes()) == (Wishes(), "requests are made as Ada")
        asked = [seerr.request(348, Wishes()) for _ in range(2)]
        assert asked == [Outcome.REQUESTED, Outcome.ALREADY_REQUESTED]
        assert fake.requested == [348]


def test_it_chooses_the_quality_itself() -> None:
    with taking_requests() as fake, pytest.raises(InvalidInput, match="leave them out"):
        Seerr(fake.address, TOKEN).greet(Wishes("HD-1080p"))


def test_another_service_is_none() -> None:
    with adding_films() as fake, pytest.raises(ServiceError):
        Seerr(fake.address, TOKEN).greet(Wishes())

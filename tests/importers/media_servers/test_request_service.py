"""Every service that takes requests says who it is and shows its key, nothing more."""

from movieloop.importers.media_servers.request_service import RequestService, Wishes
from movieloop.importers.media_servers.requests import SERVICES


def test_every_service_shows_the_key_in_a_header_only() -> None:
    for kind, service in SERVICES.items():
        made: RequestService = service("http://nas.home", "k3y")
        assert made.headers == {"X-Api-Key": "k3y"}
        assert "k3y" not in made.address
        assert service.called.lower() == kind


def test_nothing_is_wished_unless_said() -> None:
    assert Wishes() == (None, None)

"""What comes instead of an answer is one clear error, and a token stays where it belongs."""

import pytest

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.media_servers import asking
from movieloop.importers.media_servers.asking import ask, checked_address
from movieloop.importers.media_servers.server import server_of
from tests.importers.media_servers.servers import TOKEN, speaking


@pytest.mark.parametrize(
    ("mood", "says"),
    [
        ("down", "answers 503"),
        ("page", "a web page instead of JSON"),
        ("half", "half an answer"),
        ("elsewhere", "points elsewhere"),
        ("list", "is no Jellyfin"),
    ],
)
def test_what_is_no_answer_is_told(mood: str, says: str) -> None:
    with speaking("jellyfin") as fake:
        fake.mood = mood
        with pytest.raises(ServiceError, match=says):
            server_of("jellyfin", fake.address, TOKEN).check()


def test_a_token_that_is_not_known_is_told_and_not_shown() -> None:
    with speaking("jellyfin") as fake, pytest.raises(ServiceError, match="this token") as told:
        server_of("jellyfin", fake.address, "another").check()
    assert "another" not in str(told.value)


def test_nobody_there_is_told() -> None:
    with pytest.raises(ServiceError, match="cannot be reached"):
        ask("http://127.0.0.1:9", "/", headers={})


def test_what_is_too_much_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_BYTES", 40)
    with speaking("jellyfin") as fake, pytest.raises(ServiceError, match="at once"):
        server_of("jellyfin", fake.address, TOKEN).check()


@pytest.mark.parametrize(
    "text",
    ["", "nas.home", "ftp://nas", "http://", "http://a:b@nas", "http://nas?t=1", "http://nas:x",
     "http://[::1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        checked_address(text)


@pytest.mark.parametrize("token", ["", " ", "a b\n c", 'a"b', "tökén"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidInput):
        server_of("jellyfin", "http://nas", token)


def test_a_kind_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidInput, match="plex"):
        server_of("kodi", "http://nas", "t")

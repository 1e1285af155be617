"""Tokens are read, believed for a minute, and not kept."""

import pytest

from movieloop.importers.media_servers.player import PlayerTokens, token_of
from tests.importers.media_servers.servers import ADA, speaking

TOKEN = "adas-own-token-1"


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ('MediaBrowser Token="0f1e2d3c"', "0f1e2d3c"),
        ('MediaBrowser Client="A, b", Token="0f1e2d3c", Version="1"', "0f1e2d3c"),
        ("mediabrowser token=0f1e2d3c", "0f1e2d3c"),
        ('Emby Token="0f1e2d3c"', "0f1e2d3c"),
        ("MediaBrowser", None),
        ('MediaBrowser Token=""', None),
        ('MediaBrowser Token="short"', None),
        ('Bearer Token="0f1e2d3c"', None),
        ('MediaBrowser Token="0f1e 2d3c"', None),
        ("", None),
    ],
)
def test_a_token_is_read(header: str, token: str | None) -> None:
    assert token_of(header) == token


def test_jellyfin_is_asked_once_a_minute() -> None:
    now = [0.0]
    tokens = PlayerTokens(lambda: now[0])
    with speaking("jellyfin") as fake:
        fake.players[TOKEN] = (ADA, "Ada")
        for seconds in (0.0, 59.0):
            now[0] = seconds
            account = tokens.account("home", fake.address, TOKEN)
            assert account is not None and account.person == ADA
        assert len(fake.asked) == 1
        fake.players.clear()
        now[0] = 61.0
        assert tokens.account("home", fake.address, TOKEN) is None
    assert TOKEN not in repr(vars(tokens))

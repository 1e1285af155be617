"""What Jellyfin and Emby tell of everybody."""

import pytest

from movieloop.importers.media_servers.server import server_of
from tests.importers.media_servers.servers import ADA, BOB, TOKEN, speaking


@pytest.mark.parametrize("kind", ["jellyfin", "emby"])
def test_watched_and_hearts_are_told_once_and_what_is_unset_is_nothing(kind: str) -> None:
    with speaking(kind) as fake:
        told = list(server_of(kind, fake.address, TOKEN).watched())
    assert [(one.person, one.called, one.film.title, one.rating) for one in told] == [
        (ADA, "Ada", "Alien", None),
        (BOB, "Bob", "Alien", 1),  # a heart, though it was watched, too
    ]
    assert told[0].at == 1_700_000_000_123
    assert told[1].at is None


@pytest.mark.parametrize(
    ("state", "rating"),
    [({"Likes": True}, 1), ({"Rating": 9}, 1), ({"Rating": 2}, 0), ({"Rating": 0}, None),
     ({"Rating": 400}, None), ({"Likes": False, "IsFavorite": False}, None)],
)  # fmt: skip
def test_a_rating_is_an_opinion_and_unset_is_none(
    state: dict[str, object], rating: int | None
) -> None:
    with speaking("jellyfin") as fake:
        fake.films[0].state = {ADA: {"Played": True, **state}}
        (event,) = server_of("jellyfin", fake.address, TOKEN).watched()
    assert event.rating == rating

"""Jellyfin: what is set is an opinion, what is unset is none."""

from typing import Any

import pytest

from movieloop.importers.hooks.event import PassedOver
from movieloop.importers.hooks.jellyfin import read
from tests.importers.hooks.payloads import JELLYFIN, with_

SAVED = with_(JELLYFIN, NotificationType="UserDataSaved")
NOW = 1_800_000_000_000


def test_what_was_played_to_the_end_is_seen() -> None:
    event = read(JELLYFIN, NOW)
    assert (event.person, event.called, event.rating) == ("a7c2", "Ada", None)
    assert event.at == 1_700_000_000_123
    assert (event.film.imdb_id, event.film.tmdb_id) == ("tt0078748", 348)


@pytest.mark.parametrize(("changes", "opinion"), [
    ({"Favorite": True}, 1), ({"Favorite": "True"}, 1), ({"Likes": True}, 1), ({"Rating": 9}, 1),
    ({"Rating": "3"}, 0), ({"Rating": 6}, None), ({}, None),
    ({"Likes": False, "Rating": 0, "Favorite": True}, 1),
])  # fmt: skip
def test_what_is_set_is_an_opinion(changes: dict[str, Any], opinion: int | None) -> None:
    assert read(with_(SAVED, **changes), NOW).rating == opinion


@pytest.mark.parametrize("changes", [
    {"Played": False}, {"Played": "False", "Likes": "False"}, {"Played": None, "Rating": 0},
    {"ItemType": "Episode"}, {"ItemType": None}, {"NotificationType": "PlaybackStart"},
    {"NotificationType": "PlaybackStop", "PlayedToCompletion": False},
    {"NotificationType": "PlaybackStop", "PlayedToCompletion": "False"},
    {"UserId": None, "NotificationUsername": None},
])  # fmt: skip
def test_what_says_nothing_is_passed_over(changes: dict[str, Any]) -> None:
    with pytest.raises(PassedOver):
        read(with_(SAVED, **changes), NOW)


def test_a_name_alone_is_an_account() -> None:
    event = read(with_(JELLYFIN, UserId=None), NOW)
    assert event.person == event.called == "Ada"


def test_an_event_without_a_time_is_one_a_day() -> None:
    timeless = with_(JELLYFIN, UtcTimestamp=None)
    assert read(timeless, NOW).at is None
    assert read(timeless, NOW).key == read(timeless, NOW + 1000).key
    assert read(timeless, NOW).key != read(timeless, NOW + 86_400_000).key

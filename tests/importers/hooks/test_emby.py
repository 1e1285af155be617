"""Emby: watched is seen, a heart is a like, one taken away is nothing."""

from typing import Any

import pytest

from movieloop.importers.hooks.emby import read
from movieloop.importers.hooks.event import PassedOver
from tests.importers.hooks.payloads import EMBY, with_

NOW = 1_800_000_000_000


@pytest.mark.parametrize(("event", "opinion"), [
    ("playback.stop", None), ("item.markplayed", None), ("item.rate", 1),
])  # fmt: skip
def test_what_is_told_is_read(event: str, opinion: int | None) -> None:
    read_ = read(with_(EMBY, Event=event), NOW)
    assert (read_.person, read_.called, read_.rating) == ("a7c2", "Ada", opinion)
    assert (read_.film.imdb_id, read_.film.tmdb_id, read_.at) == (
        "tt0078748",
        348,
        1_700_000_000_000,
    )


@pytest.mark.parametrize("changes", [
    {"PlaybackInfo": {"PlayedToCompletion": False}}, {"PlaybackInfo": None},
    {"Event": "item.rate", "Item": {"UserData": {"IsFavorite": False}}},
    {"Event": "item.markunplayed"}, {"Event": None}, {"Item": {"Type": "Episode"}},
    {"Item": None}, {"User": None},
])  # fmt: skip
def test_what_says_nothing_is_passed_over(changes: dict[str, Any]) -> None:
    with pytest.raises(PassedOver):
        read(with_(EMBY, **changes), NOW)

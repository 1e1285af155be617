"""Plex: watched is seen, ratings are opinions, what was taken back is none."""

import pytest

from movieloop.importers.hooks.event import PassedOver
from movieloop.importers.hooks.plex import read
from tests.importers.hooks.payloads import PLEX, with_

RATED = with_(PLEX, event="media.rate", rating=9, Metadata={"lastRatedAt": 1_700_000_100})
NOW = 1_800_000_000_000


def test_what_was_watched_is_seen() -> None:
    event = read(PLEX, NOW)
    assert (event.person, event.called, event.rating) == ("1", "Ada", None)
    assert event.at == 1_700_000_000_000
    assert (event.film.imdb_id, event.film.tmdb_id) == ("tt0078748", 348)
    assert event.film.label == "Alien (1979)"


@pytest.mark.parametrize(("points", "opinion"), [(9, 1), ("8.0", 1), (6, None), (2, 0), (5, 0)])
def test_a_rating_is_an_opinion(points: object, opinion: int | None) -> None:
    assert read(with_(RATED, rating=points), NOW).rating == opinion
    inside = with_(RATED, rating=None, Metadata={"userRating": points})
    assert read(inside, NOW).rating == opinion


@pytest.mark.parametrize("changes", [
    {"rating": 0}, {"rating": -1}, {"rating": None}, {"event": "media.play"}, {"event": None},
    {"Metadata": {"type": "episode"}}, {"Metadata": {"type": "track"}}, {"Metadata": None},
    {"Account": None}, {"Metadata": {"title": "", "Guid": None, "guid": None}},
])  # fmt: skip
def test_what_says_nothing_is_passed_over(changes: dict[str, object]) -> None:
    with pytest.raises(PassedOver):
        read(with_(RATED, **changes), NOW)


def test_a_rating_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no number of points"):
        read(with_(RATED, rating=11), NOW)


@pytest.mark.parametrize(("guid", "imdb", "tmdb"), [
    ("com.plexapp.agents.imdb://tt0078748?lang=en", "tt0078748", None),
    ("com.plexapp.agents.themoviedb://348?lang=en", None, 348),
    ("local://1936", None, None),
])  # fmt: skip
def test_older_servers_tell_a_number_in_their_own_name(
    guid: str, imdb: str | None, tmdb: int | None
) -> None:
    film = read(with_(PLEX, Metadata={"guid": guid, "Guid": None}), NOW).film
    assert (film.imdb_id, film.tmdb_id) == (imdb, tmdb)


def test_the_same_event_has_the_same_key_and_no_other() -> None:
    key = read(PLEX, NOW).key
    assert read(with_(PLEX, Account={"title": "Ada L."}), NOW + 5).key == key
    later = with_(PLEX, Metadata={"lastViewedAt": 1_700_500_000})
    others = [later, with_(PLEX, Account={"id": 2}), RATED, with_(RATED, rating=8)]
    assert len({key, *(read(other, NOW).key for other in others)}) == 4  # 8 and 9 are both likes
    timeless = with_(RATED, Metadata={"lastRatedAt": None})
    assert read(timeless, NOW).key == read(timeless, NOW + 60_000).key
    assert read(timeless, NOW).key != read(timeless, NOW + 86_400_000).key

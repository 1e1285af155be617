"""What people want to see teaches nothing, filters the list, and is exported and forgotten."""

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, MovieNotFound


def test_a_wish_is_no_opinion(loop: MovieLoop) -> None:
    before = loop.recommend("ada", n=20).recommendations
    assert loop.watchlist.add("ada", "Alien").status == "added"
    assert loop.watchlist.add("ada", "alien (1979)").status == "already there"
    assert loop.recommend("ada", n=20).recommendations == before
    assert loop.users.profile("ada").feedback_count == 0
    assert loop.users.everybody().likes == 0


def test_what_was_seen_since_is_marked_and_no_longer_recommended(loop: MovieLoop) -> None:
    for title in ("Alien", "Heat (1995)", "Spirited Away"):
        loop.watchlist.add("ada", title)
    listed = loop.recommend("ada", from_watchlist=True).recommendations
    assert {film.title for film in listed} == {"Alien", "Heat", "Spirited Away"}
    distances = [film.distance for film in listed]
    assert distances == sorted(distances)
    given = loop.add_feedback("ada", "Heat (1995)", 1)
    wishes = loop.watchlist.of("ada").watchlist
    assert {wish.title for wish in wishes if wish.rated} == {"Heat"}
    films = loop.recommend("ada", from_watchlist=True).recommendations
    assert {film.title for film in films} == {"Alien", "Spirited Away"}
    loop.undo(given.feedback_id)
    assert not any(wish.rated for wish in loop.watchlist.of("ada").watchlist)


def test_an_empty_list_recommends_nothing(loop: MovieLoop) -> None:
    assert loop.recommend("ada", from_watchlist=True).recommendations == []


def test_it_is_exported_and_forgotten(loop: MovieLoop) -> None:
    loop.watchlist.add("ada", "Alien")
    assert [wish.title for wish in loop.users.export("ada").watchlist] == ["Alien"]
    loop.forget("ada")
    assert loop.watchlist.of("ada").watchlist == []


def test_what_does_not_exist_is_refused(loop: MovieLoop) -> None:
    with pytest.raises(MovieNotFound, match="Did you mean 'Alien"):
        loop.watchlist.add("ada", "Alein")
    with pytest.raises(InvalidInput, match="user_id"):
        loop.watchlist.add("", "Alien")
    assert loop.watchlist.remove("ada", "Alien").status == "not there"
    assert loop.users.list() == []

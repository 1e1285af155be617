"""People like oneself: the nearest by the distance that recommends, of those who agreed."""

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput
from movieloop.recommender.people import LIKES
from movieloop.taste import manhattan_distance

TASTES = {
    "ada": ("Alien", "Aliens", "Heat", "Goodfellas"),
    "bob": ("Alien", "Aliens", "The Terminator"),
    "eve": ("Titanic", "The Notebook", "Casablanca"),
    "new": ("Alien", "Aliens"),
}


@pytest.fixture
def loop(loop: MovieLoop) -> MovieLoop:
    for user, films in TASTES.items():
        for film in films:
            loop.add_feedback(user, film, 1)
        loop.people.be_found(user, user.title())
    return loop


def test_the_nearest_come_first_by_the_distance_of_their_profiles(loop: MovieLoop) -> None:
    people = loop.people.similar("ada").people
    assert [one.name for one in people] == ["Bob", "Eve"]
    mine = loop.states.now("ada")[1].profile
    for one in people:
        theirs = loop.states.now(one.name.lower())[1].profile
        assert one.distance == pytest.approx(manhattan_distance(mine, theirs))
    assert [one.name for one in loop.people.similar("ada", n=1).people] == ["Bob"]


def test_only_what_both_like_is_told_the_least_known_first(loop: MovieLoop) -> None:
    loop.add_feedback("bob", "Heat", 0)
    loop.add_feedback("bob", "Goodfellas", None)
    bob, eve = loop.people.similar("ada").people
    assert bob.likes_in_common == 2
    assert bob.both_like == ["Aliens (1986)", "Alien (1979)"]
    assert (eve.both_like, eve.likes_in_common) == ([], 0)


def test_nobody_finds_who_has_not_agreed_and_nobody_looks_on_unseen(loop: MovieLoop) -> None:
    hidden = loop.people.hide("bob")
    assert (hidden.found_as, hidden.people) == (None, []) and "Agree" in hidden.note
    assert [one.name for one in loop.people.similar("ada").people] == ["Eve"]
    stranger = loop.people.similar("stranger")
    assert (stranger.found_as, stranger.people) == (None, [])
    assert "stranger" not in loop.users.list()


def test_whoever_has_liked_little_finds_and_is_found_later(loop: MovieLoop) -> None:
    assert f"Like {LIKES} films" in loop.people.similar("new").note
    assert "New" not in [one.name for one in loop.people.similar("ada").people]
    loop.add_feedback("new", "Heat", 1)
    assert "New" in [one.name for one in loop.people.similar("ada").people]
    assert loop.people.similar("new").note == ""


def test_alone_it_says_so(lesson: MovieLoop) -> None:
    for film in lesson.live.space().catalog.movies[:3]:
        lesson.add_feedback("ada", film.movie_id, 1)
    assert "Nobody else" in lesson.people.be_found("ada", "Ada").note


def test_a_name_is_printable(loop: MovieLoop) -> None:
    for name in ("", "a\nb", "x" * 129):
        with pytest.raises(InvalidInput):
            loop.people.be_found("ada", name)
    assert loop.people.similar("ada").found_as == "Ada"

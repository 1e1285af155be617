"""The loop as a whole: opened on new films or old ones, closed, and its verbs."""

from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import StoreError


def test_what_was_said_is_there_when_it_is_opened_again(database: Path) -> None:
    with MovieLoop.open(database) as loop:
        films = len(loop.live.space().movies)
        said = loop.add_feedback("ada", "Alien (1979)", 1)
    with MovieLoop.open(database) as loop:
        assert len(loop.live.space().movies) == films
        assert [item.feedback_id for item in loop.users.history("ada").feedback] == [
            said.feedback_id
        ]


def test_closed_it_takes_nothing_more(database: Path) -> None:
    loop = MovieLoop.open(database)
    loop.close()
    with pytest.raises(StoreError):
        loop.add_feedback("ada", "Alien (1979)", 1)


def test_a_visitor_gets_what_somebody_with_the_same_opinions_gets(loop: MovieLoop) -> None:
    given = [("Alien (1979)", 1), ("Heat (1995)", 0)]
    for film, rating in given:
        loop.add_feedback("ada", film, rating)
    visitor, ada = loop.recommend_session(given, n=5), loop.recommend("ada", n=5)
    assert visitor.user_id is None
    assert visitor.recommendations == ada.recommendations
    assert loop.users.list() == ["ada"]


def test_its_verbs_are_those_of_the_opinions(loop: MovieLoop) -> None:
    would = loop.preview("ada", "Alien (1979)", 1)
    assert would == loop.opinions.preview("ada", "Alien (1979)", 1)
    said = loop.add_feedback("ada", "Alien (1979)", 1)
    assert loop.users.profile("ada").profile == would.profile_after
    loop.undo(said.feedback_id)
    assert loop.users.history("ada").feedback == []

"""Asking changes nothing: lists, filters, sessions, progress, and what we hold about people."""

from collections.abc import Callable

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput
from movieloop.recommender.filters import Filters
from tests.recommender.adas_list import OPINIONS, tell

READS: dict[str, Callable[[MovieLoop, str], object]] = {
    "recommend": lambda loop, user: loop.recommend(user, explain=True),
    "profile": lambda loop, user: loop.users.profile(user),
    "history": lambda loop, user: loop.users.history(user),
    "progress": lambda loop, user: loop.users.progress(user),
    "export": lambda loop, user: loop.users.export(user),
    "onboarding": MovieLoop.onboarding,
    "explain": lambda loop, user: loop.explain(user, "Titanic"),
    "preview": lambda loop, user: loop.preview(user, "Titanic", 1),
}


# --- reading creates nothing -----------------------------------------------------------------


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_reading_creates_nothing_and_needs_a_decent_name(
    lesson: MovieLoop, read: Callable[[MovieLoop, str], object]
) -> None:
    read(lesson, "stranger")
    assert (lesson.users.list(), lesson.users.counts()) == ([], (0, 0))
    for name in ("", "a\n", "\x00", "a" * 129):
        with pytest.raises(InvalidInput, match="user_id"):
            read(lesson, name)


# --- lists and filters -----------------------------------------------------------------------


def test_a_session_gets_what_a_user_with_these_opinions_gets(loop: MovieLoop) -> None:
    said = [*OPINIONS, ("Alien", 1), ("Spirited Away", 0)]
    anonymous = loop.recommend_session(said, n=15, filters=Filters(genre="Animation"))
    assert (loop.users.list(), anonymous.user_id) == ([], None)
    tell(loop, "ada", said)
    stored = loop.recommend("ada", n=15, filters=Filters(genre="Animation"))
    assert anonymous.model_copy(update={"user_id": "ada"}) == stored


# --- names -----------------------------------------------------------------------------------


# --- progress, export, forgetting ------------------------------------------------------------

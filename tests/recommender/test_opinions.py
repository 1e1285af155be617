"""Feedback in, learning, undo: what is stored, what is promised, what is taken back."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.errors import FeedbackNotFound, InvalidInput, KeyReused, MovieNotFound
from movieloop.taste import Rating
from tests.opinions import OPINIONS, tell


def rank_in_the_whole_list(loop: MovieLoop, user_id: str, title: str) -> int | None:
    listed = loop.recommend(user_id, n=10_000).recommendations
    labels = [f"{film.title} ({film.year})" for film in listed]
    label = loop.live.space().catalog.find(title).label
    return labels.index(label) + 1 if label in labels else None


# --- the promise -----------------------------------------------------------------------------


def test_the_rank_stored_with_a_rating_is_the_rank_of_the_moment_before(loop: MovieLoop) -> None:
    rated: set[str] = set()
    for title, rating in OPINIONS:
        promised = loop.explain("ada", title).rank
        listed = rank_in_the_whole_list(loop, "ada", title)
        assert listed == (None if title in rated else promised)
        rated.add(title)
        assert loop.add_feedback("ada", title, rating).rank_before == promised
        assert loop.users.history("ada").feedback[-1].rank_before == promised


def test_the_best_known_film_has_popularity_rank_one_until_it_is_rated(loop: MovieLoop) -> None:
    first, second, third = (movie.label for movie in loop.live.space().catalog.movies[:3])
    tell(loop, "ada", (second, 0), (third, 1), (first, 1))
    ranks = [item.popularity_rank_before for item in loop.users.history("ada").feedback]
    assert ranks == [2, 2, 1]


# --- learning --------------------------------------------------------------------------------


def test_a_batch_of_three_is_learned_as_a_whole(lesson: MovieLoop) -> None:
    waiting, messages = [], []
    for movie_id, rating in [(1, 1), (2, 0), (3, 1), (4, None)]:
        answer = lesson.add_feedback("ada", movie_id, rating)
        waiting.append((answer.unprocessed_feedback_count, answer.retrained))
        messages.append(answer.message.split(". ")[1])
        assert lesson.users.profile("ada").unprocessed_feedback == answer.unprocessed_feedback_count
    assert waiting == [(1, False), (2, False), (0, True), (1, False)]
    assert messages == [
        "The profile learns after 2 more.",
        "The profile learns after 1 more.",
        "The profile has learned the last 3 ratings.",
        "The profile learns after 2 more.",
    ]


def test_a_profile_counts_opinions_once_a_film(loop: MovieLoop) -> None:
    tell(loop, "ada", *OPINIONS)
    profile = loop.users.profile("ada")
    assert (profile.likes, profile.dislikes, profile.seen) == (3, 1, 1)
    assert (profile.feedback_count, profile.unprocessed_feedback) == (7, 0)
    assert list(chain.from_iterable(profile.memories.values())) == profile.profile
    counts = [item.counts for item in loop.users.history("ada").feedback]
    assert counts == [False, False, True, True, True, True, True]


def test_other_points_refold_every_profile_and_keep_the_history(
    lesson: MovieLoop, database: Path
) -> None:
    tell(lesson, "ada", ("Die Hard", 1), ("The Notebook", 0), ("Titanic", 1))
    films = list(lesson.live.space().catalog.movies)
    lesson.close()
    new = Embeddings(
        # Without The Notebook, and with a newcomer.
        movie_ids=np.array([6, 5, 4, 3, 1]),
        points=np.array([[9, 0], [1, 2], [3, 4], [5, 6], [7, 8]]),
        start=np.zeros(2),
        memories=(Memory("taste", 2),),
    )
    films = [*(film for film in films if film.title != "The Notebook"), Movie(6, "Ran", 1985)]
    with MovieLoop.open(database, films=(films, new.to_bytes(), "new points")) as loop:
        profile = loop.users.profile("ada")
        assert profile.embeddings_version == 2
        assert profile.profile == new.learn([(1, 1), (4, 1)]).tolist()
        assert [item.title for item in loop.users.history("ada").feedback][1] == "The Notebook"
        assert {film.title for film in loop.recommend("ada").recommendations} == {
            "Ran", "Blade Runner", "The Matrix",
        }  # fmt: skip
        assert loop.add_feedback("ada", "The Notebook", 1).rank_before is None
        with pytest.raises(MovieNotFound):
            loop.explain("ada", "The Notebook")


# --- undo ------------------------------------------------------------------------------------


def test_an_undo_leaves_the_profile_of_somebody_who_never_said_it(loop: MovieLoop) -> None:
    for taken, (_, rating) in enumerate(OPINIONS):
        ada, eve = f"ada {taken}", f"eve {taken}"
        ids = tell(loop, ada, *OPINIONS)
        tell(loop, eve, *OPINIONS[:taken], *OPINIONS[taken + 1 :])
        answer = loop.undo(ids[taken])
        assert (answer.feedback_id, answer.rating) == (ids[taken], rating)
        assert loop.users.profile(ada).profile == loop.users.profile(eve).profile
        assert loop.recommend(ada).recommendations == loop.recommend(eve).recommendations
        left = [item.feedback_id for item in loop.users.history(ada).feedback]
        assert left == [*ids[:taken], *ids[taken + 1 :]]


def test_an_undo_works_once_and_a_retraction_cannot_be_undone(loop: MovieLoop) -> None:
    (given,) = tell(loop, "ada", ("Alien", 1))
    loop.undo(given)
    for feedback_id in (given, given + 1, 0, -1, 2**60):
        with pytest.raises(FeedbackNotFound):
            loop.undo(feedback_id)
    assert loop.users.history("ada").feedback == []


def test_nobody_undoes_for_another_user(loop: MovieLoop) -> None:
    (given,) = tell(loop, "ada", ("Alien", 1))
    with pytest.raises(FeedbackNotFound):
        loop.undo(given, user_id="eve")
    assert len(loop.users.history("ada").feedback) == 1
    assert loop.undo(given, user_id="ada").message.startswith("Undone: ada likes 'Alien (1979)'")


# --- once is once ----------------------------------------------------------------------------


def test_a_repeated_request_counts_once(loop: MovieLoop) -> None:
    first = loop.add_feedback("ada", "Alien", 1, idempotency_key="tap 1")
    again = loop.add_feedback("ada", first.movie.movie_id, 1, idempotency_key="tap 1")
    assert (again.feedback_id, again.rank_before) == (first.feedback_id, first.rank_before)
    assert "not counted twice" in again.message
    assert len(loop.users.history("ada").feedback) == 1
    loop.undo(first.feedback_id)
    assert loop.add_feedback("ada", "Alien", 1, idempotency_key="tap 1").retrained is False
    assert loop.users.history("ada").feedback == []


@pytest.mark.parametrize("other", [("Alien", 0), ("Alien", None), ("Heat (1995)", 1)])
def test_a_key_of_one_opinion_is_refused_for_another(
    loop: MovieLoop, other: tuple[str, Rating]
) -> None:
    loop.add_feedback("ada", "Alien", 1, idempotency_key="tap 1")
    with pytest.raises(KeyReused):
        loop.add_feedback("ada", *other, idempotency_key="tap 1")
    assert loop.add_feedback("eve", *other, idempotency_key="tap 1").status == "success"
    assert [item.rating for item in loop.users.history("ada").feedback] == [1]


@pytest.mark.parametrize("rating", [True, False, 1.0, "1", 2, -1])
def test_only_one_zero_and_nothing_are_ratings(lesson: MovieLoop, rating: Rating) -> None:
    for door in (lesson.add_feedback, lesson.preview):
        with pytest.raises(InvalidInput, match="rating"):
            door("ada", "Titanic", rating)
    assert lesson.users.list() == []

"""From rows to what people read: sentences, what counts, and what should be known."""

import pytest

from movieloop import Movie, MovieLoop
from movieloop.recommender.answers import feedback_items, remarks, says
from movieloop.recommender.stored import moment
from movieloop.taste import Rating
from tests.opinions import OPINIONS, tell


@pytest.mark.parametrize(
    ("rating", "sentence"),
    [(1, "ada likes 'Alien'"), (0, "ada dislikes 'Alien'"), (None, "ada has seen 'Alien'")],
)
def test_an_opinion_is_half_a_sentence(rating: Rating, sentence: str) -> None:
    assert says("ada", rating, Movie(7, "Alien")) == sentence


def test_of_every_film_the_latest_opinion_counts(loop: MovieLoop) -> None:
    tell(loop, "ada", *OPINIONS)
    with loop.store.read() as session:
        items = feedback_items(loop.live.space().catalog, session.live_feedback("ada"))
    latest = {item.movie_id: item.feedback_id for item in items}
    assert len(items) == len(OPINIONS)
    counting = {item.movie_id for item in items if item.counts}
    assert counting == set(latest)
    for item in items:
        if item.counts and item.rating != 1:
            assert item.feedback_id == latest[item.movie_id]


def test_an_ambiguous_name_and_a_film_without_a_point_are_remarked(loop: MovieLoop) -> None:
    space = loop.live.space()
    dune = space.catalog.find("Dune")
    assert "films are called 'Dune'" in remarks(space, "dune", dune)
    assert remarks(space, dune.movie_id, dune) == ""
    number = loop.movies.add(Movie(0, "Quite New", 2025))
    space = loop.live.space()
    assert "no point yet" in remarks(space, number, space.catalog.get(number))


def test_moments_are_told_with_their_time_zone() -> None:
    assert moment(0).isoformat() == "1970-01-01T00:00:00+00:00"
    assert moment(1_700_000_000_123).microsecond == 123_000

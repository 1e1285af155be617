"""A film named by a title: the best known one of that name, or a suggestion."""

import pytest

from movieloop import MovieLoop
from movieloop.errors import MovieNotFound


def test_an_ambiguous_title_means_the_best_known_film_and_says_so(loop: MovieLoop) -> None:
    films = next(films for films in loop.live.space().catalog.by_title.values() if len(films) > 1)
    title = films[0].title
    answer = loop.add_feedback("ada", title, 1)
    assert answer.movie.movie_id == films[0].movie_id
    assert f"{len(films)} films are called {title!r}; the best known one" in answer.message
    for exact in (films[0].label, films[0].movie_id):
        assert "films are called" not in loop.add_feedback("ada", exact, 1).message


def test_an_unknown_title_suggests_what_comes_close_and_stores_nothing(loop: MovieLoop) -> None:
    with pytest.raises(MovieNotFound, match=r"Did you mean .*'Spirited Away") as refused:
        loop.add_feedback("ada", "Spirted Away", 1)
    assert "Spirited Away (2001)" in refused.value.suggestions
    with pytest.raises(MovieNotFound, match="No movie has id 7"):
        loop.add_feedback("ada", 7, 1)
    assert loop.users.list() == []

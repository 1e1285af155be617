"""The client speaks with a real server, whatever is between them."""

from collections.abc import Iterator

import pytest

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.client import Client, ServerError
from movieloop.store.api_keys import create_key
from tests.served import served


@pytest.fixture
def films(loop: MovieLoop) -> Iterator[Client]:
    with served(create_app(lambda: loop)) as url, Client(url) as films:
        yield films


def test_all_verbs_answer_as_the_loop_does(films: Client) -> None:
    said = films.rate("ada/ü b", "Alien (1979)", 1, n=3)
    assert said.retrained and said.change is not None
    films.rate("ada/ü b", said.movie.movie_id, None)
    assert [item.rating for item in films.history("ada/ü b").feedback] == [1, None]
    listed = films.recommend("ada/ü b", n=4, explain=True, year_from=1980, exclude=[1, 2])
    assert len(listed.recommendations) == 4
    assert all((film.year or 0) >= 1980 for film in listed.recommendations)
    best = listed.recommendations[0].movie_id
    assert films.why("ada/ü b", best).movie.movie_id == best
    assert films.movie(best).movie_id == films.similar(best).movie.movie_id == best
    assert films.search("allien").movies[0].title == "Alien"
    assert films.profile("ada/ü b").seen == 1
    assert films.rows("ada/ü b", n=3).rows
    assert len(films.group(["ada/ü b", "bob"], n=2, owned=False).recommendations) == 2
    films.undo("ada/ü b", said.feedback_id)
    assert [item.rating for item in films.history("ada/ü b").feedback] == [None]


def test_a_refusal_says_what_to_do(films: Client) -> None:
    with pytest.raises(ServerError, match="genre") as refused:
        films.recommend("ada", genre="Opera")
    assert refused.value.status == 422 and refused.value.problem is not None
    with pytest.raises(ServerError) as missing:
        films.movie(999_999)
    assert missing.value.status == 404


def test_a_key_is_sent(loop: MovieLoop) -> None:
    key = create_key(loop.store)
    with served(create_app(lambda: loop, require_key=True)) as url:
        with Client(url) as stranger, pytest.raises(ServerError) as refused:
            stranger.recommend("ada")
        assert refused.value.status == 401
        with Client(url, key=key) as films:
            assert films.recommend("ada").user_id == "ada"

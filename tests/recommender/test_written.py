"""A list written at once is, byte for byte, what the models would write."""

import pytest

from movieloop import Movie, MovieLoop
from movieloop.recommender import live_model
from tests.small_loop import open_small


def both(loop: MovieLoop, user: str, n: int) -> tuple[bytes | None, bytes]:
    return loop.recommend_json(user, n=n), loop.recommend(user, n=n).model_dump_json().encode()


@pytest.mark.parametrize("user", ["ada", "stranger", 'qu"ote\\', "孫悟空", "a/b?c&d"])
@pytest.mark.parametrize("n", [1, 10, 100])
def test_it_is_the_same_to_the_byte(loop: MovieLoop, user: str, n: int) -> None:
    if user != "stranger":
        for title, rating in (("Alien", 1), ("Heat", 0), ("Amélie", None), ("Jaws", 1)):
            loop.add_feedback(user, title, rating)
    written, modelled = both(loop, user, n)
    assert written == modelled


def test_it_is_the_same_where_nothing_unseen_is_left(lesson: MovieLoop) -> None:
    for movie in lesson.live.space().movies:
        lesson.add_feedback("ada", movie.movie_id, 1)
    written, modelled = both(lesson, "ada", 10)
    assert written == modelled
    assert b'"already_rated":true' in modelled


def test_a_film_that_is_corrected_is_written_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = tmp_path_factory.mktemp("corrected") / "a.db"
    with open_small(database) as loop:
        both(loop, "ada", 40)
        films = [Movie(number, f'Film "{number}"', 2001, ("War",)) for number in range(1, 41)]
        loop.store.write(lambda session: session.save_movies(films))
        written, modelled = both(loop, "ada", 40)
        assert written == modelled
        assert b"2001" in modelled


def test_nobody_waits_for_points_that_have_to_be_read_or_are_many(
    loop: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loop.recommend_json("ada", wait=False) is None  # nothing was read yet
    loop.live.space()
    assert loop.recommend_json("ada", wait=False) == loop.recommend_json("ada")
    monkeypatch.setattr(live_model, "SMALL", 10)
    assert loop.recommend_json("ada", wait=False) is None

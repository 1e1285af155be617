"""A wish stands on the list once, keeps its date, and goes with its user."""

from movieloop import MovieLoop
from movieloop.store.watchlist_tables import Wish


def test_a_wish_stands_there_once_and_keeps_its_date(lesson: MovieLoop) -> None:
    first, second = (movie.movie_id for movie in lesson.live.space().catalog.movies[:2])
    wishes = [Wish("ada", first, 10), Wish("ada", second, 20), Wish("bob", first, 30)]

    def add(*rows: Wish) -> int:
        return lesson.store.write(lambda session: session.add_wishes(rows))

    assert add() == 0
    assert add(*wishes) == 3
    assert add(Wish("ada", first, 99)) == 0
    with lesson.store.read() as session:
        assert session.watchlist("ada") == [wishes[1], wishes[0]]
        assert session.users() == ["ada", "bob"]
    assert lesson.store.write(lambda session: session.remove_wish("ada", first))
    assert not lesson.store.write(lambda session: session.remove_wish("ada", first))
    lesson.forget("ada")
    with lesson.store.read() as session:
        assert session.watchlist("ada") == []
        assert session.watchlist("bob") == [wishes[2]]

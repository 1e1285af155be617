"""Whole rows out of a table and into another database."""

from movieloop.data import Movie
from movieloop.store import open_store
from movieloop.store.moving import TABLES


def test_rows_come_in_pages_and_stay_what_they_were():
    with open_store(":memory:") as store, open_store(":memory:") as other:
        for number in range(1, 8):
            store.write(lambda s, n=number: s.add_movie(Movie(n, f"Film {n}", None)))
        with store.read() as session:
            assert session.count("movies") == 7
            first = session.rows("movies", TABLES["movies"], None, 3)
            rest = session.rows("movies", TABLES["movies"], (3,), 10)
        assert [row["movie_id"] for row in (*first, *rest)] == [1, 2, 3, 4, 5, 6, 7]
        for rows in (first, first, rest):
            other.write(lambda s, rows=rows: s.put_rows("movies", TABLES["movies"], rows))
        with store.read() as session, other.read() as copied:
            assert copied.movies() == session.movies()

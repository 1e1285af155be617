"""A film comes back from its row as it was; a row that makes no sense is called damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop import Movie
from movieloop.store.connection import Damaged
from movieloop.store.movie_rows import COLUMNS, movie_of, row_of

TEXT = st.text(max_size=12)
LISTS = st.lists(TEXT, max_size=3).map(tuple)
MOVIES = st.builds(
    Movie, st.integers(1, 10**12), TEXT, st.none() | st.integers(1870, 2100), LISTS,
    st.none() | TEXT, st.integers(0, 10**9), st.none() | st.integers(1, 10**9), st.none() | TEXT,
    LISTS, LISTS, LISTS, LISTS, st.none() | st.integers(1, 999), LISTS,
)  # fmt: skip


@given(MOVIES)
def test_a_film_comes_back_as_it_was(movie: Movie) -> None:
    row = row_of(movie)
    assert movie_of([row[column] for column in COLUMNS]) == movie


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", None), ("title", 7), ("year", "1979"), ("genres", "Drama"), ("genres", None),
        ("genres", "[7]"), ("imdb_id", 7), ("tmdb_id", "x"), ("wikidata_id", 7), ("facts", "[]"),
        ("facts", '{"cast": "Somebody"}'), ("facts", '{"cast": [7]}'), ("facts", "{"),
        ("facts", '{"runtime": "long"}'), ("popularity", None), ("popularity", "much"),
    ],
)  # fmt: skip
def test_a_row_that_makes_no_sense_is_called_damage(column: str, value: object) -> None:
    row = {**row_of(Movie(7, "Alien")), column: value}
    with pytest.raises(Damaged, match="film 7 makes no sense"):
        movie_of([row[name] for name in COLUMNS])

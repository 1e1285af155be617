"""Numbers, years and ids: read, or none; never a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.values import decimal, imdb_id_of, tmdb_id_of, year_of


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_none(text: str) -> None:
    year, number, imdb = year_of(text), tmdb_id_of(text), imdb_id_of(text)
    assert year is None or 1870 <= year <= 2100
    assert number is None or 0 <= number < 10**9
    assert imdb is None or imdb.startswith("tt")
    try:
        assert isinstance(decimal(text), float)
    except ValueError as error:
        assert "is no number" in str(error)


@given(st.integers(1870, 2100))
def test_every_year_of_films_is_read(year: int) -> None:
    assert year_of(str(year)) == year_of(f" {year}-12-31") == year


@pytest.mark.parametrize("text", ["1869", "2101", "19", "MCMXCIX", "１９９９"])
def test_what_is_no_year_of_films_is_none(text: str) -> None:
    assert year_of(text) is None

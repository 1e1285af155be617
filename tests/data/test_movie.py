"""A film's numbers elsewhere are read from what people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.movie import Movie, imdb_id_of, tmdb_page_of, wikidata_id_of


@pytest.mark.parametrize(
    ("text", "wikidata", "tmdb", "imdb"),
    [
        ("https://www.wikidata.org/wiki/Q103569", "Q103569", None, None),
        ("wikidata:Q103569", "Q103569", None, None),
        ("tmdb:348", None, 348, None),
        ("https://www.themoviedb.org/movie/348-alien?language=de", None, 348, None),
        ("https://m.imdb.com/title/tt0078748/", None, None, "tt0078748"),
        ("https://www.imdb.com/de/title/tt0078748/reviews", None, None, "tt0078748"),
        ("Q", None, None, None), ("Alien", None, None, None),
        ("https://example.org/title/tt0078748", None, None, None),
    ],
)  # fmt: skip
def test_addresses(text: str, wikidata: str | None, tmdb: int | None, imdb: str | None) -> None:
    assert (wikidata_id_of(text), tmdb_page_of(text), imdb_id_of(text)) == (wikidata, tmdb, imdb)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert (wikidata_id_of(text) or "Q1").startswith("Q")
    assert (tmdb_page_of(text) or 1) > 0


def test_a_film_is_called_by_its_title_and_year() -> None:
    assert Movie(1, "Alien", 1979).label == "Alien (1979)"
    assert Movie(1, "Alien").label == "Alien"

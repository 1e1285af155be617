"""Titles as data sets write them become titles as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.titles import clean, genres_of, split_title, unflipped


@pytest.mark.parametrize(
    ("written", "title", "year"),
    [
        ("Matrix, The (1999)", "The Matrix", 1999),
        ("Misérables, Les (1995)", "Les Misérables", 1995),
        ("2001: A Space Odyssey (1968)", "2001: A Space Odyssey", 1968),
        ("1984", "1984", None),
        ("Hours , The", "The Hours", None),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009),
    ],
)
def test_the_year_and_the_article_find_their_places(
    written: str, title: str, year: int | None
) -> None:
    assert split_title(written)[:2] == (title, year)


@given(st.text())
def test_any_text_is_some_title(text: str) -> None:
    title, year, others = split_title(text)
    assert title == title.strip()
    assert year is None or 1870 <= year <= 2100
    assert all(other == other.strip() for other in others)
    assert clean(clean(text)) == clean(text)
    assert (
        sorted(unflipped(title).replace(" ", ""))
        == sorted(
            title.replace(" ", "").replace(",", "", len(title) - len(unflipped(title).strip()))
        )
        or unflipped(title) == title
    )


def test_genres_are_listed_without_those_that_are_none() -> None:
    assert genres_of("Action|Sci-Fi") == ("Action", "Sci-Fi")
    assert genres_of("Action, Sci-Fi", ",") == ("Action", "Sci-Fi")
    assert genres_of("(no genres listed)") == genres_of("") == ()

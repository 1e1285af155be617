"""Search over many names: what is meant comes first, nonsense is never offered with confidence."""

import pytest

from movieloop import Movie
from movieloop.data.title_search import TitleSearch

FILMS = [
    Movie(1, "Star Wars: Episode IV - A New Hope", 1977, ("Sci-Fi",), popularity=99),
    Movie(2, "Rogue One", 2016, ("Sci-Fi",), popularity=90, countries=("US",)),
    Movie(3, "Solo: A Star Wars Story", 2018, popularity=80),
    Movie(4, "Seven", 1995, ("Thriller",), popularity=70, other_titles=("Se7en",)),
    Movie(5, "Mirror", 1975, popularity=60, directors=("Andrei Tarkovsky",), languages=("ru",)),
    Movie(6, "Parasite", 2019, ("Thriller",), popularity=50, countries=("KR",),
          cast=("Song Kang-ho",), other_titles=("Gisaengchung", "기생충")),
    Movie(7, "Dr. Strangelove", 1964, popularity=40),
    Movie(8, "Borat", 2006, popularity=30),
    Movie(9, "Emma", 1996, popularity=20),
]  # fmt: skip
SEARCH = TitleSearch(FILMS)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("se7en", 4), ("tarkovsky", 5), ("korean", 6), ("korean thriller", 6), ("기생충", 6),
        ("gisaengchung", 6), ("song kang-ho", 6), ("russian", 5), ("rouge one", 2),
        ("star wars", 1), ("doctor strangelove", 7), ("mirror (1975)", 5), ("sci-fi american", 2),
        ("tarkovski", 5), ("korean thriler", 6),
    ],
)  # fmt: skip
def test_what_is_meant_comes_first(query: str, first: int) -> None:
    assert SEARCH.search(query)[0].movie_id == first


def test_a_film_is_listed_once_and_no_more_than_asked_for() -> None:
    found = SEARCH.search("star wars")
    assert len(found) == len({movie.movie_id for movie in found})
    assert len(SEARCH.search("e", limit=2)) == 2
    assert SEARCH.search("mirror (1999)") == []


@pytest.mark.parametrize(
    ("title", "year", "meant"),
    [
        ("Rogue One: A Star Wars Story", 2016, [2]),
        ("Rogue One: A Star Wars Story", None, [2]),
        ("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964, [7]),
        ("Borat: Cultural Learnings of America for Make Benefit Glorious Nation", 2006, [8]),
        ("Parasit", 2019, [6]),
        ("Qqqq Zzzz", 2019, []),
        ("A Film Nobody Has Ever Heard Of", 1990, []),
        ("Emmma", 2020, [9]),
        ("???", None, []),
    ],
)
def test_suggestions_look_both_ways_and_offer_no_nonsense(
    title: str, year: int | None, meant: list[int]
) -> None:
    assert [movie.movie_id for movie in SEARCH.did_you_mean(title, year)] == meant

"""What somebody tells of a film is cleaned, checked and compared with what is there."""

import pytest

from movieloop.data import Catalog, Movie
from movieloop.errors import InvalidInput, MovieExists
from movieloop.recommender.new_movies import clean, movie_of, same_movie, told

CATALOG = Catalog(
    [
        Movie(7, "Alien", 1979, ("Horror", "Sci-Fi"), "tt0078748", 9, 348, "Q103569"),
        Movie(8, "Amélie", 2001, ("Comedy",), other_titles=("Le fabuleux destin d'Amélie",)),
        Movie(9, "Taxi", 2015, ("Comedy",), "tt3660078"),
    ]
)


def test_words_become_those_of_the_catalogue() -> None:
    movie = movie_of(
        told(
            title="  The\tQuiet\x00 Orbit\u202e ",
            year=2025,
            genres=["sci-fi", "HORROR", "Sci-Fi"],
            countries=["South Korea", "us"],
            languages=["korean"],
            directors=["Ada  Lovelace", " "],
            imdb_id="https://www.imdb.com/title/tt1234567/",
        ),
        CATALOG,
    )
    assert movie.title == "The Quiet Orbit"
    assert movie.genres == ("Sci-Fi", "Horror")
    assert (movie.countries, movie.languages) == (("KR", "US"), ("ko",))
    assert (movie.directors, movie.imdb_id) == (("Ada Lovelace",), "tt1234567")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "\x00\u200b"}, "title"),
        ({"title": "!?"}, "title"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"year": 1492}, "year"),
        ({"year": 2099}, "year"),
        ({"year": "2020"}, "year"),
        ({"year": None}, "year"),
        ({"genres": ["Gardening"]}, "genre"),
        ({"countries": ["Atlantis"]}, "countries"),
        ({"languages": ["Klingon"]}, "languages"),
        ({"imdb_id": "nm0000001"}, "imdb_id"),
        ({"wikidata_id": "P31"}, "wikidata_id"),
        ({"runtime": 0}, "runtime"),
        ({"about": "x" * 2001}, "about"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(facts: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        movie_of(told(**{"title": "Fine", "year": 2020, **facts}), CATALOG)
    assert refused.value.field.startswith(field)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "alien", "year": 1979},
        {"title": "Something Else", "year": 1990, "imdb_id": "tt0078748"},
        {"title": "Something Else", "year": 1990, "tmdb_id": 348},
        {"title": "Something Else", "year": 1990, "wikidata_id": "Q103569"},
        {"title": "Le Fabuleux Destin d'Amelie", "year": 2001},
        {"title": "Taxi", "year": 2015},
    ],
)
def test_a_film_that_is_there_is_named(facts: dict[str, object]) -> None:
    with pytest.raises(MovieExists, match=r"already: movie [789]"):
        movie_of(told(**facts), CATALOG)


def test_numbers_tell_films_of_one_title_and_year_apart() -> None:
    other = movie_of(told(title="Taxi", year=2015, imdb_id="tt4359416"), CATALOG)
    assert same_movie(other, CATALOG) is None
    assert same_movie(Movie(0, "Taxi", 2015), CATALOG) == CATALOG.get(9)
    assert same_movie(Movie(0, "Taxi", 2016), CATALOG) is None


def test_clean_keeps_letters_of_all_scripts() -> None:
    assert clean("千と千尋の神隠し") == "千と千尋の神隠し"
    assert clean("<script>alert(1)</script>") == "<script>alert(1)</script>"  # escaped where shown

"""Names people type, the films that come with the program, and who their neighbours are."""

from collections.abc import Sequence

import pytest

from movieloop import Movie
from movieloop.data import Catalog, normalised
from movieloop.data.titles import split_year
from movieloop.errors import InvalidInput, MovieNotFound

FILMS = Catalog(
    [
        Movie(1, "Titanic", 1953, ("Drama",), popularity=12),
        Movie(2, "Titanic", 1997, ("Drama", "Romance"), popularity=900),
        Movie(3, "Amélie", 2001, ("Comedy", "Romance"), popularity=700),
        Movie(4, "The Matrix", 1999, ("Action", "Sci-Fi"), popularity=950),
        Movie(5, "The Matrix Reloaded", 2003, ("Action", "Sci-Fi"), popularity=300),
        Movie(6, "2001: A Space Odyssey", 1968, ("Sci-Fi",), popularity=600),
        Movie(7, "1917", 2019, ("War",), popularity=200),
        Movie(8, "Blade Runner 2049", 2017, ("Sci-Fi",), popularity=250),
        Movie(9, "Lost & Found Reel", None, (), popularity=0),
        Movie(11, "WALL·E", 2008, ("Animation", "Sci-Fi"), popularity=500),
    ]
)


def labels(movies: Sequence[Movie]) -> list[str]:
    return [movie.label for movie in movies]


# --- finding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "movie_id"),
    [
        ("Titanic", 2),
        ("tiTANIC (1953)", 1),
        ("Titanic(1997)", 2),
        ("  Titanic   (1997)  ", 2),
        ("amelie", 3),
        ("AMÉLIE (2001)", 3),
        ("Ame\u0301lie", 3),  # the accent as a character of its own
        ("Matrix, The", 4),
        ("matrix, the (1999)", 4),
        ("2001: A Space Odyssey (1968)", 6),
        ("2001 a space odyssey", 6),
        ("1917", 7),
        ("1917 (2019)", 7),
        ("Blade Runner 2049 (2017)", 8),
        ("lost and found reel", 9),
        ("Lost&Found Reel", 9),
        ("wall-e", 11),
        ("WALLE", 11),
        (5, 5),
    ],
)
def test_a_film_is_found_by_the_names_people_give_it(name: str | int, movie_id: int) -> None:
    assert FILMS.find(name).movie_id == movie_id


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Titnic", "Titanic (1997)"),
        ("Titanic (1912)", "Titanic (1997)"),
        ("Matrix Reloded", "The Matrix Reloaded (2003)"),
        ("Amely", "Amélie (2001)"),
        ("Lost & Found Reel (1999)", "Lost & Found Reel"),
    ],
)
def test_an_unknown_name_comes_back_with_suggestions(name: str, suggested: str) -> None:
    with pytest.raises(MovieNotFound) as missing:
        FILMS.find(name)
    assert suggested in missing.value.suggestions
    assert repr(name) in str(missing.value) and repr(suggested) in str(missing.value)


@pytest.mark.parametrize("name", ["x" * 300, "qqqqqqq", 0, -1, 12])
def test_a_name_like_no_other_has_no_suggestions(name: str | int) -> None:
    with pytest.raises(MovieNotFound, match="Search for it by a part of its title") as missing:
        FILMS.find(name)
    assert missing.value.suggestions == ()


def test_the_unambiguous_name_has_a_year_only_where_it_must() -> None:
    names = [FILMS.unambiguous(FILMS.get(movie_id)) for movie_id in (1, 2, 4, 9)]
    assert names == ["Titanic (1953)", "Titanic", "The Matrix", "Lost & Found Reel"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Titanic (1997)", ("Titanic", 1997)),
        (" Titanic(1997) ", ("Titanic", 1997)),
        ("A (1997) (1998)", ("A (1997)", 1998)),
        ("A (1997) B", ("A (1997) B", None)),
        ("A (97)", ("A (97)", None)),
        ("(1997)", ("(1997)", None)),
        ("1917", ("1917", None)),
        ("", ("", None)),
    ],
)
def test_a_year_is_four_digits_in_brackets_after_a_title(
    name: str, expected: tuple[str, int | None]
) -> None:
    assert split_year(name) == expected


@pytest.mark.parametrize("title", ["", "!!!", "·", "\u0301"])
def test_a_name_without_letters_is_nobodys_name(title: str) -> None:
    assert normalised(title) == ""
    with pytest.raises(MovieNotFound) as missing:
        FILMS.find(title)
    assert missing.value.suggestions == ()


# --- searching -------------------------------------------------------------------------------


def test_whole_titles_come_before_beginnings_and_beginnings_before_parts() -> None:
    films = Catalog(
        Movie(number, title, popularity=number)
        for number, title in enumerate(
            ["Heat", "Heatwave", "White Heat", "Heathers", "Dead Heat", "Cheaters", "The Heat Trap"]
        )
    )
    found = [movie.title for movie in films.search("heat")]
    beginnings = ["Heat", "The Heat Trap", "Heathers", "Heatwave"]
    assert found == [*beginnings, "Dead Heat", "White Heat", "Cheaters"]


def test_a_year_in_a_search_must_agree() -> None:
    assert labels(FILMS.search("titanic (1953)")) == ["Titanic (1953)"]
    assert labels(FILMS.search("titanic")) == ["Titanic (1997)", "Titanic (1953)"]
    assert FILMS.search("titanic (1954)") == []


def test_a_search_forgives_slips_and_stops_at_its_limit() -> None:
    assert labels(FILMS.search("titanci"))[0] == "Titanic (1997)"
    assert labels(FILMS.search("matirx reloadde"))[0] == "The Matrix Reloaded (2003)"
    assert labels(FILMS.search("matrix", limit=1)) == ["The Matrix (1999)"]


def test_an_empty_search_lists_the_best_known_first() -> None:
    assert labels(FILMS.search("", limit=2)) == ["The Matrix (1999)", "Titanic (1997)"]
    assert FILMS.search("  ", limit=100) == FILMS.movies


def test_a_search_lists_no_film_twice(packaged: Catalog) -> None:
    for query in ("the", "star wars", "godfather", "a", "alien", "titnic", "2001"):
        found = [movie.movie_id for movie in packaged.search(query, limit=500)]
        assert len(found) == len(set(found)) > 0


def test_a_genre_is_found_whatever_the_capitals() -> None:
    assert FILMS.genres == ["Action", "Animation", "Comedy", "Drama", "Romance", "Sci-Fi", "War"]
    assert FILMS.genre("SCI-fi") == "Sci-Fi"
    for wrong in ("Gardening", "", "Sci"):
        with pytest.raises(InvalidInput, match="There are: Action, Animation"):
            FILMS.genre(wrong)


# --- the packaged films ----------------------------------------------------------------------

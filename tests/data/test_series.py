"""Series by their titles: what belongs together, and what only looks so."""

import pytest

from movieloop.data.series import series_of


@pytest.mark.parametrize(
    "titles",
    [
        ("Toy Story", "Toy Story 2", "Toy Story 3"),
        ("The Godfather", "The Godfather Part II", "The Godfather: Part III"),
        ("Star Wars: Episode IV - A New Hope", "Star Wars: The Last Jedi"),
        ("Harry Potter and the Chamber of Secrets", "Harry Potter and the Goblet of Fire"),
        ("Rocky", "Rocky II", "Rocky IV"),
        ("Dune", "Dune: Part Two"),
        ("Kill Bill: Vol. 1", "Kill Bill: Vol. 2"),
    ],
)
def test_films_of_a_series_share_a_key(titles: tuple[str, ...]) -> None:
    assert len({series_of(title) for title in titles}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beauty and the Beast", "Beauty"),
        ("Heat", "The Heat Is On"),
        ("Ten", "Se7en"),
        ("Up", "Us"),
    ],
)
def test_other_films_do_not(one: str, other: str) -> None:
    assert series_of(one) != series_of(other)


@pytest.mark.parametrize("title", ["1984", "8½", "II", "…", "300", "M", ": x"])
def test_whatever_the_title_there_is_a_key(title: str) -> None:
    assert series_of(title)

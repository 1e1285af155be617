"""Fine-grained genres fold into the twenty-three people use."""

import pytest

from movieloop.data import packaged_films
from movieloop.data.genres import GENRES, fold_genres


@pytest.mark.parametrize(
    ("fine", "folded"),
    [
        (["neo-noir", "heist film"], ("Crime",)),
        (["psychological horror film"], ("Horror", "Thriller")),
        (["mockumentary"], ("Comedy",)),
        (["anime film", "science fiction film"], ("Animation", "Sci-Fi")),
        (["gardening"], ()),
        ([], ()),
    ],
)
def test_fine_genres_fold(fine: list[str], folded: tuple[str, ...]) -> None:
    assert fold_genres(fine, [], "") == folded


def test_the_packaged_films_know_no_other_genres() -> None:
    assert {genre for movie in packaged_films()[0] for genre in movie.genres} == set(GENRES)

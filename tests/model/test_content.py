"""What films are about: found by number, else by title and year, else placed by their facts."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop.data import Movie, packaged_films
from movieloop.model.content import BLOCKS, content_of
from movieloop.model.embeddings import Embeddings

FILMS, PACKED, _ = packaged_films()
SPACE = Embeddings.from_bytes(PACKED)
MATRIX = next(film for film in FILMS if film.label == "The Matrix (1999)")


def about(movie: Movie | None) -> np.ndarray:
    return content_of([movie]).points[0]


def test_packaged_films_stand_where_their_blocks_say() -> None:
    content = content_of(FILMS)
    assert content.known == len(FILMS)
    rows = [SPACE.row_of[film.movie_id] for film in FILMS]
    columns = np.concatenate(
        [np.arange(SPACE.points.shape[1])[SPACE.blocks[name]] for name in BLOCKS]
    )
    np.testing.assert_array_equal(content.points, SPACE.points[np.ix_(rows, columns)])
    assert sum(memory.size for memory in content.memories) == content.points.shape[1]


def test_nothing_made_of_ratings_is_among_it() -> None:
    assert {memory.name for memory in SPACE.memories} - set(BLOCKS) == {"fans", "popularity"}


@pytest.mark.parametrize(
    "known_by", [{"imdb_id": MATRIX.imdb_id}, {"wikidata_id": MATRIX.wikidata_id}]
)
def test_a_number_finds_a_film_whatever_it_is_called(known_by: dict[str, str]) -> None:
    other = Movie(77, "Matriks", **known_by)
    np.testing.assert_array_equal(about(other), about(MATRIX))


def test_title_and_year_find_a_film_that_has_no_number() -> None:
    np.testing.assert_array_equal(about(Movie(77, "Matrix, The", 1999)), about(MATRIX))
    assert not about(Movie(77, "The Matrix", 1950)).any()


def test_a_number_of_another_film_is_believed() -> None:
    assert not about(Movie(77, "The Matrix", 1999, imdb_id="tt99999999")).any()


def test_a_film_that_is_not_packaged_is_placed_by_its_facts() -> None:
    new = Movie(77, "Nobody's Film", 2025, ("Horror",), imdb_id="tt99999999")
    near = np.abs(content_of(FILMS).points - about(new)).sum(axis=1)
    genres = [FILMS[row].genres for row in near.argsort()[:20]]
    assert sum("Horror" in names for names in genres) > 12
    told = about(replace(new, about="A ghost haunts a lonely house by the sea."))
    assert told.any()
    assert not np.array_equal(told, about(new))


def test_of_nothing_nothing_is_known() -> None:
    assert not about(None).any()
    assert not about(Movie(77, "Nobody's Film", 2025)).any()
    assert content_of([]).points.shape == (0, content_of(FILMS[:1]).points.shape[1])

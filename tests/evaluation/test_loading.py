"""From rows of a file to columns: what is no rating or has no date is left out, and counted."""

import numpy as np
import pytest

from movieloop.errors import InvalidInput
from movieloop.evaluation.loading import check, collect
from movieloop.importers.formats import BadRow, FilmFacts, RatingRow, SkippedRow
from tests.small_logs import small_data

ALIEN = FilmFacts("1", "Alien", genres=("Horror",))
HEAT = FilmFacts("2", "Heat")


def test_rows_that_are_no_ratings_are_passed_over_and_undated_ones_counted() -> None:
    rows = [
        RatingRow(1, "ada", HEAT, None, 20),
        BadRow(2, "broken"),
        SkippedRow(3, "a series"),
        RatingRow(4, "ada", ALIEN, 1, 10),
        RatingRow(5, "bob", ALIEN, 0, None),
    ]
    data = collect(rows, name="few")
    assert data.log.rating.tolist() == [1, -1]  # by time
    assert data.undated == 1
    assert data.genres is not None and data.genres.tolist() == [[False], [True]]
    assert [(film.movie_id, film.title) for film in data.films] == [(0, "Heat"), (1, "Alien")]
    assert [film.title for film in data.with_films(2).films] == []


def test_films_with_too_few_ratings_leave_with_their_genres() -> None:
    data = small_data()
    fewest = int(np.median(np.bincount(data.log.movie)))
    smaller = data.with_films(fewest)
    assert data.genres is not None and smaller.genres is not None
    kept = np.bincount(data.log.movie) >= fewest
    assert (smaller.genres == data.genres[kept]).all()
    assert np.bincount(smaller.log.movie).min() >= fewest
    assert len(smaller.log) == np.bincount(data.log.movie)[kept].sum()


def test_a_person_alone_and_a_handful_of_ratings_are_refused() -> None:
    check(small_data())
    alone = [RatingRow(i, "ada", ALIEN, 1, i) for i in range(200)]
    with pytest.raises(InvalidInput, match="of 2 or more"):
        check(collect(alone, name="alone"))
    with pytest.raises(InvalidInput, match="without a date: 1"):
        check(collect([RatingRow(1, "ada", ALIEN, 1, None)], name="undated"))

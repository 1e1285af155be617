"""What is served at one moment: filters, the dial, and what newcomers are asked."""

from pathlib import Path

import numpy as np
import pytest

from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.errors import InvalidInput
from movieloop.recommender.filters import Filters
from tests.recommender.adas_list import OPINIONS, ids, tell


def test_unseen_films_come_first_and_rated_ones_never_while_any_is_left(loop: MovieLoop) -> None:
    tell(loop, "ada", [*OPINIONS, ("Toy Story", None)])
    answer = loop.recommend("ada", n=10_000)
    listed = [film.movie_id for film in answer.recommendations]
    rated = {item.movie_id for item in loop.users.history("ada").feedback}
    assert set(listed) == set(loop.live.space().catalog.by_id) - rated
    distances = [film.distance for film in answer.recommendations]
    assert distances == sorted(distances)
    assert not any(film.already_rated for film in answer.recommendations)
    assert loop.live.space().catalog.find(str(answer.recommended_movie)).movie_id == listed[0]
    assert answer.similarity_score == distances[0]


def test_filters_keep_exactly_the_films_that_fit_in_the_same_order(loop: MovieLoop) -> None:
    tell(loop, "ada")
    everything, by_id = ids(loop, 10_000), loop.live.space().catalog.by_id
    western = [i for i in everything if "Western" in by_id[i].genres]
    sixties = [i for i in everything if 1960 <= (by_id[i].year or 0) <= 1969]
    assert ids(loop, 10_000, genre="wEsTeRn") == western
    assert ids(loop, 10_000, year_from=1960, year_to=1969) == sixties
    assert ids(loop, 5, exclude=frozenset(everything[:3])) == everything[3:8]
    both = ids(loop, 10_000, genre="Western", year_from=1960, year_to=1969)
    assert both == [i for i in western if i in sixties]
    assert len(western) > 50 and len(both) > 5


def test_filters_that_leave_only_rated_films_bring_those_back(lesson: MovieLoop) -> None:
    tell(lesson, "ada", [("Die Hard", 1)])
    answer = lesson.recommend("ada", filters=Filters(year_from=1988, year_to=1988))
    assert [(f.title, f.already_rated) for f in answer.recommendations] == [("Die Hard", True)]


def test_filters_that_leave_nothing_give_nothing(lesson: MovieLoop) -> None:
    answer = lesson.recommend("ada", filters=Filters(year_from=2100))
    assert answer.recommended_movie is None and answer.similarity_score is None
    assert answer.recommendations == []


def test_filters_without_sense_are_refused(loop: MovieLoop) -> None:
    for filters, field in (
        (Filters(genre="Gardening"), "genre"),
        (Filters(year_from=2001, year_to=2000), "year_from"),
    ):
        with pytest.raises(InvalidInput) as refused:
            loop.recommend("ada", filters=filters)
        assert refused.value.field == field


def test_the_dial_goes_from_the_known_to_the_obscure_without_turning_back(loop: MovieLoop) -> None:
    tell(loop, "ada")
    space = loop.live.space()
    column = space.embeddings.points[:, space.embeddings.blocks["popularity"]].ravel()
    nearest = [ids(loop, 1, familiarity=dial)[0] for dial in np.linspace(1, 0, 21)]
    obscurity = [float(column[space.row(movie_id) or 0]) for movie_id in nearest]
    assert obscurity == sorted(obscurity)
    assert obscurity[0] < obscurity[-1]
    assert ids(loop, 20, familiarity=1.0) == ids(loop, 20)


def test_a_space_without_popularity_has_no_dial(lesson: MovieLoop) -> None:
    assert ids(lesson, familiarity=0.0) == ids(lesson)


def test_onboarding_asks_about_well_known_films_that_are_not_rated(loop: MovieLoop) -> None:
    best_known = [movie.movie_id for movie in loop.live.space().catalog.movies[:200]]
    rated: set[int] = set()
    for rating in (1, 0, None, 1):
        asked = [movie.movie_id for movie in loop.onboarding("ada").movies]
        assert len(set(asked)) == 12
        assert not rated & set(asked) and set(asked) <= set(best_known)
        for movie_id in asked[:6]:
            loop.add_feedback("ada", movie_id, rating)
            rated.add(movie_id)
    assert len(loop.onboarding("stranger", n=300).movies) == 300


def test_films_are_filtered_by_where_they_were_made_what_is_spoken_and_how_long_they_are(
    database: Path,
) -> None:
    films = [
        Movie(1, "Oldboy", 2003, countries=("KR",), languages=("ko",), runtime=120),
        Movie(2, "Snowpiercer", 2013, countries=("KR", "FR"), languages=("en", "ko"), runtime=126),
        Movie(3, "Heat", 1995, countries=("US",), languages=("en",), runtime=170),
        Movie(4, "Nobody Knows", 1999),
    ]
    space = Embeddings(np.arange(1, 5), np.eye(4), np.zeros(4), (Memory("slow", 4),))
    with MovieLoop.open(database, films=(films, space.to_bytes(), "four")) as loop:

        def passing(**filters: object) -> set[int]:
            answer = loop.recommend("ada", filters=Filters(**filters))  # type: ignore[arg-type]
            return {film.movie_id for film in answer.recommendations}

        for word in ("KR", "kr", "South Korea", "korean"):
            assert passing(country=word) == {1, 2}
        assert passing(language="English") == {2, 3}
        assert passing(country="French", language="ko") == {2}
        assert passing(runtime_to=126) == {1, 2}  # what nobody knows passes no filter
        assert passing(runtime_to=1) == set()
        for field in ("country", "language"):
            with pytest.raises(InvalidInput, match=f"No {field} is called 'Atlantis'"):
                passing(**{field: "Atlantis"})

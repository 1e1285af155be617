"""Wishes and variety: they change one answer, and nothing that is kept."""

import numpy as np
import pytest

from movieloop import Filters, MovieLoop
from movieloop.errors import InvalidInput
from movieloop.recommender.filters import NO_FILTERS, wishes_of
from movieloop.taste import manhattan_distance
from tests.recommender.adas_list import ids, tell


def test_a_wish_moves_the_profile_so_far_along_its_direction_and_no_other_wished(
    loop: MovieLoop,
) -> None:
    tell(loop, "ada")
    space = loop.live.space()
    directions = space.directions
    here = np.array(loop.users.profile("ada").profile)
    wished = space.wishing(here, Filters(wishes=(("Western", 2.0), ("comedy", -1.0))))
    moved = directions.of_profile(wished) - directions.of_profile(here)
    by_name = dict(zip(directions.names, moved.tolist(), strict=True))
    assert by_name["Western"] == pytest.approx(2.0) and by_name["Comedy"] == pytest.approx(-1.0)
    assert space.wishing(here, NO_FILTERS) is here


def test_a_wish_brings_its_films_and_leaves_no_trace(loop: MovieLoop) -> None:
    tell(loop, "ada")
    before, profile = ids(loop), loop.users.profile("ada")
    wished = loop.recommend("ada", n=10, filters=Filters(wishes=(("Western", 4.0),)))
    western = [film for film in wished.recommendations if "Western" in film.genres]
    assert len(western) >= 5
    assert ids(loop) == before and loop.users.profile("ada") == profile
    points = loop.live.space().embeddings
    first = wished.recommendations[0]
    point = points.points[points.row_of[first.movie_id]]
    assert first.distance == pytest.approx(
        float(manhattan_distance(np.array(wished.user_profile), point))
    )


def test_what_nobody_can_wish_is_refused(loop: MovieLoop) -> None:
    with pytest.raises(InvalidInput, match="no direction 'Gardening'"):
        loop.recommend("ada", filters=Filters(wishes=(("Gardening", 1.0),)))
    for written in ("Western", "Western:x", ":1", "Western:9", "Western:nan"):
        with pytest.raises(InvalidInput):
            wishes_of([written])


def test_no_variety_is_the_default_and_exact(loop: MovieLoop) -> None:
    tell(loop, "ada")
    assert ids(loop, 50, variety=0.0) == ids(loop, 50)


def test_variety_lists_something_of_every_taste(everything: MovieLoop) -> None:
    loved = ("Stalker (1979)", "My Neighbor Totoro", "In the Mood for Love", "Heat (1995)")
    tell(everything, "ada", [(film, 1) for film in loved])
    titles = [
        film.title
        for film in everything.recommend("ada", n=12, filters=Filters(variety=1.0)).recommendations
    ]
    plain = [film.title for film in everything.recommend("ada", n=12).recommendations]
    assert "Chungking Express" in titles and "Chungking Express" not in plain
    assert "Spirited Away" in titles


def test_preview_and_feedback_tell_how_the_filtered_list_changes(loop: MovieLoop) -> None:
    tell(loop, "ada")
    filters = Filters(genre="Animation", variety=0.4, familiarity=0.8, wishes=(("War", -1.0),))
    before = ids(loop, 12, genre="Animation", variety=0.4, familiarity=0.8, wishes=(("War", -1.0),))
    promised = loop.preview("ada", before[0], 1, n=12, filters=filters).change
    happened = loop.add_feedback("ada", before[0], 1, n=12, filters=filters).change
    assert promised == happened and happened is not None
    now = loop.recommend("ada", n=12, filters=filters).recommendations
    assert [film.movie_id for film in happened.recommendations] == [f.movie_id for f in now]
    assert all("Animation" in film.genres for film in now)


def test_the_past_can_be_filtered_too(loop: MovieLoop) -> None:
    tell(loop, "ada")
    then = loop.users.timeline("ada", at=1, n=5, filters=Filters(genre="Western"))
    assert all("Western" in film.genres for film in then.recommendations)

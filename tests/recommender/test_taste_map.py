"""The map: every film once, a taste in words, and picks from where one points."""

import numpy as np

from movieloop import MovieLoop
from tests.opinions import tell

WESTERNS = ("Unforgiven", "Rio Bravo", "High Noon", "Tombstone")


def test_every_film_with_a_point_has_one_place(loop: MovieLoop) -> None:
    chart = loop.map.chart()
    assert chart.movie_ids == loop.live.space().embeddings.movie_ids.tolist()
    assert len(chart.x) == len(chart.y) == len(chart.genre) == len(set(chart.movie_ids))
    assert {min(chart.genre) >= -1, max(chart.genre) < len(chart.genres)} == {True}
    assert sum(genre.movies for genre in loop.map.genres()) > len(chart.movie_ids)


def test_a_picture_is_that_of_somebody_who_said_the_same(loop: MovieLoop) -> None:
    opinions = [(title, 1) for title in WESTERNS]
    picture = loop.map.picture(opinions)
    assert loop.users.counts() == (0, 0)
    tell(loop, "ada", *opinions)
    assert picture.directions == loop.users.taste("ada").directions
    best = max(picture.directions, key=lambda d: d.value if d.kind == "genre" else -np.inf)
    assert best.name == "Western"


def test_films_from_a_place_are_unseen_and_stand_there(loop: MovieLoop) -> None:
    chart = loop.map.chart()
    place = {film: (x, y) for film, x, y in zip(chart.movie_ids, chart.x, chart.y, strict=True)}
    here = loop.movies.get("Unforgiven").movie_id
    tell(loop, "ada", ("Unforgiven", 1))
    x, y = place[here]
    near = loop.map.near(x, y, "ada", n=6).recommendations
    assert here not in [film.movie_id for film in near]
    gaps = [abs(place[f.movie_id][0] - x) + abs(place[f.movie_id][1] - y) for f in near]
    everybody = np.abs(np.array(list(place.values())) - (x, y)).sum(axis=1)
    assert max(gaps) <= np.sort(everybody)[25]  # of the 24 nearest unseen ones
    distances = [film.distance for film in near]
    assert distances == sorted(distances)

"""A film nobody has rated stands where its genres do."""

from dataclasses import replace

import numpy as np

from movieloop.data import Movie
from movieloop.taste import manhattan_distance
from movieloop.training.cold_start import features_of
from movieloop.training.train import train
from tests.training.two_tastes import TINY, two_tastes


def test_a_film_nobody_has_rated_stands_with_its_genre() -> None:
    world = two_tastes(unrated=2)  # film 38 is even, film 39 is odd
    films = [Movie(m, str(m), 1990, ("Crime", "Comedy")[m % 2 :][:1]) for m in range(40)]
    features = features_of(world.movie_ids, films)
    for weight in (1.0, 0.6):
        space = train(world, replace(TINY, weight=weight), features=features).embeddings(
            np.ones(40)
        )
        for taste in (0, 1):
            fan = space.learn([(movie, 1) for movie in range(taste, 12, 2)])
            ranks = np.argsort(np.argsort(manhattan_distance(fan, space.points)))
            assert ranks[38 + taste] < 20 < ranks[39 - taste]


def test_without_features_a_film_nobody_has_rated_is_nobodys() -> None:
    space = train(two_tastes(unrated=2), TINY).embeddings(np.ones(40))
    np.testing.assert_allclose(space.points[38], space.points[39])

"""Variety: exact at 0, near at every setting, something of each taste at 1."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from movieloop.model.variety import covers, varied

settings = some.floats(0, 1)


def made(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    films = random.normal(size=(60, 3))
    distances = np.abs(films).sum(axis=1)
    order = np.argsort(distances)
    tastes = random.normal(size=(random.integers(0, 5), 3)) * 2
    return films[order], distances[order], tastes, random.uniform(0.5, 2.5, size=len(tastes))


@given(some.integers(0, 10_000), some.integers(0, 70))
def test_without_variety_the_nearest_come_in_their_order(seed: int, n: int) -> None:
    films, distances, tastes, reach = made(seed)
    chosen = varied(films, distances, tastes, reach, n=n, variety=0.0)
    assert chosen.tolist() == list(range(min(n, 60)))


@given(some.integers(0, 10_000), settings)
def test_no_film_twice_and_the_nearest_first(seed: int, variety: float) -> None:
    films, distances, tastes, reach = made(seed)
    chosen = varied(films, distances, tastes, reach, n=10, variety=variety).tolist()
    assert len(set(chosen)) == 10 and chosen[0] == 0


@given(some.integers(0, 10_000), settings)
def test_the_list_has_no_fewer_tastes_than_the_nearest_films_have(
    seed: int, variety: float
) -> None:
    films, distances, tastes, reach = made(seed)
    of_taste = covers(films, tastes, reach)
    chosen = varied(films, distances, tastes, reach, n=10, variety=variety)
    plain = varied(films, distances, tastes, reach, n=10, variety=0.0)
    assert of_taste[:, chosen].any(axis=1).sum() >= of_taste[:, plain].any(axis=1).sum()


def test_what_is_of_no_missing_taste_keeps_its_order() -> None:
    films = np.array([[0.0], [0.1], [0.2], [9.0], [0.3]])
    distances = np.array([1.0, 1.1, 1.2, 1.3, 1.4])
    chosen = varied(films, distances, np.array([[9.0]]), np.array([1.0]), n=5, variety=1.0)
    assert chosen.tolist() == [0, 3, 1, 2, 4]

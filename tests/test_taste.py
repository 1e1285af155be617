"""The idea against an oracle of plain loops, and the promises its docstrings make."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from movieloop.taste import (
    DISLIKE,
    LIKE,
    SEEN,
    Box,
    Rates,
    bounding_box,
    learn,
    learn_one,
    manhattan_distance,
    nearest,
    pull,
    push,
)
from tests import oracle

# A shared machine may stall for a moment; that is no failure.
fair = settings(deadline=None, max_examples=60)
COORDINATE = st.floats(-100.0, 100.0, allow_subnormal=False)
# Just below 1: a step of exactly the whole gap may land one rounding beyond the movie.
SHARE = st.floats(0.0, 0.99, allow_subnormal=False)
RATING = st.sampled_from([LIKE, DISLIKE, SEEN])


@dataclass(frozen=True)
class World:
    """A profile among movies, a history and the rules it is learned by."""

    profile: list[float]
    movies: list[list[float]]
    history: list[tuple[int, int | None]]
    rules: oracle.Rules

    @property
    def start(self) -> np.ndarray:
        return np.array(self.profile)

    @property
    def points(self) -> np.ndarray:
        return np.array(self.movies)

    @property
    def box(self) -> Box:
        return Box(np.array(self.rules.low), np.array(self.rules.high))

    @property
    def rates(self) -> Rates:
        rules = self.rules
        parts = (rules.floor, rules.ceiling, rules.push, rules.seen, rules.patience)
        return Rates(*map(np.array, parts))

    @property
    def opinions(self) -> list[tuple[np.ndarray, int | None]]:
        return [(self.points[row], rating) for row, rating in self.history]


@st.composite
def worlds(draw: DrawFn) -> World:
    size = draw(st.integers(1, 6))
    point = st.lists(COORDINATE, min_size=size, max_size=size)
    movies = draw(st.lists(point, min_size=1, max_size=8))
    history = draw(st.lists(st.tuples(st.integers(0, len(movies) - 1), RATING), max_size=15))
    share = st.lists(SHARE, min_size=size, max_size=size)
    floor, other, pushes, seen = (draw(share) for _ in range(4))
    ceiling = [max(pair) for pair in zip(floor, other, strict=True)]
    profile = draw(point)
    columns = list(zip(*movies, profile, strict=True))
    low, high = [min(column) for column in columns], [max(column) for column in columns]
    patience = draw(st.lists(st.floats(0.1, 20.0), min_size=size, max_size=size))
    rules = oracle.Rules(floor, ceiling, pushes, seen, patience, low, high)
    return World(profile, movies, history, rules)


@fair
@given(worlds())
def test_distances_agree_with_the_oracle(world: World) -> None:
    expected = [oracle.manhattan_distance(world.profile, movie) for movie in world.movies]
    assert manhattan_distance(world.start, world.points) == pytest.approx(expected, rel=1e-12)
    assert manhattan_distance(world.start, world.points[0]) == pytest.approx(expected[0])


@fair
@given(worlds())
def test_a_pull_and_a_push_agree_with_the_oracle_to_the_bit(world: World) -> None:
    rules, movie = world.rules, world.movies[0]
    rate = rules.push
    pulled = pull(world.start, np.array(movie), np.array(rate))
    pushed = push(world.start, np.array(movie), np.array(rate), world.box)
    assert pulled.tolist() == oracle.pull(world.profile, movie, rate)
    assert pushed.tolist() == oracle.push(world.profile, movie, rate, rules.low, rules.high)


@fair
@given(worlds(), RATING, st.integers(0, 1000))
def test_one_opinion_agrees_with_the_oracle_to_the_bit(
    world: World, rating: int | None, likes: int
) -> None:
    movie = world.movies[0]
    learned = learn_one(
        world.start, np.array(movie), rating, rates=world.rates, box=world.box, likes=likes
    )
    expected = oracle.learn_one(world.profile, movie, rating, world.rules, likes)
    assert learned.tolist() == expected


@fair
@given(worlds())
def test_a_history_agrees_with_the_oracle_to_the_bit(world: World) -> None:
    learned = learn(world.start, world.opinions, rates=world.rates, box=world.box)
    said = [(world.movies[row], rating) for row, rating in world.history]
    assert learned.tolist() == oracle.learn(world.profile, said, world.rules)


@st.composite
def crowds(draw: DrawFn) -> tuple[list[float], list[list[float]]]:
    """A profile among movies on a coarse grid: many of them at exactly the same distance."""
    size = draw(st.integers(1, 3))
    point = st.lists(st.integers(-4, 4).map(lambda x: x / 2), min_size=size, max_size=size)
    return draw(point), draw(st.lists(point, min_size=1, max_size=20))


@fair
@given(crowds(), st.integers(0, 25), st.lists(st.integers(0, 19), max_size=25))
def test_the_nearest_agree_with_the_oracle_ties_included(
    crowd: tuple[list[float], list[list[float]]], n: int, exclude: list[int]
) -> None:
    profile, movies = crowd
    rows, distances = nearest(np.array(profile), np.array(movies), n, exclude)
    expected = oracle.nearest(profile, movies, n, exclude)
    assert list(zip(rows.tolist(), distances.tolist(), strict=True)) == expected


@fair
@given(worlds(), st.integers(0, 50))
def test_a_like_never_ends_farther_away(world: World, likes: int) -> None:
    movie = world.points[0]
    learned = learn_one(world.start, movie, LIKE, rates=world.rates, box=world.box, likes=likes)
    assert (abs(movie - learned) <= abs(movie - world.start)).all()
    assert manhattan_distance(learned, movie) <= manhattan_distance(world.start, movie)


@fair
@given(worlds(), st.integers(0, 50))
def test_a_dislike_never_ends_nearer(world: World, likes: int) -> None:
    movie = world.points[0]
    learned = learn_one(world.start, movie, DISLIKE, rates=world.rates, box=world.box, likes=likes)
    assert (abs(movie - learned) >= abs(movie - world.start)).all()
    assert manhattan_distance(learned, movie) >= manhattan_distance(world.start, movie)


@fair
@given(worlds())
def test_nothing_leaves_the_box(world: World) -> None:
    profile, likes = world.start, 0
    for movie, rating in world.opinions:
        profile = learn_one(profile, movie, rating, rates=world.rates, box=world.box, likes=likes)
        likes += rating == LIKE
        assert (world.box.low <= profile).all() and (profile <= world.box.high).all()


@fair
@given(worlds(), st.data())
def test_learning_in_two_portions_equals_learning_in_one_to_the_bit(
    world: World, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(world.history)))
    rules = {"rates": world.rates, "box": world.box}
    half = learn(world.start, world.opinions[:cut], **rules)
    likes = sum(rating == LIKE for _, rating in world.history[:cut])
    whole = learn(world.start, world.opinions, **rules)
    assert learn(half, world.opinions[cut:], **rules, likes=likes).tolist() == whole.tolist()


@fair
@given(worlds())
def test_inputs_are_not_mutated(world: World) -> None:
    start, points, box, rates = world.start, world.points, world.box, world.rates
    for array in (start, points, *box, *rates[:4]):
        np.asarray(array).flags.writeable = False
    opinions = [(points[row], rating) for row, rating in world.history]
    learn(start, opinions, rates=rates, box=box)
    nearest(start, points, n=3, exclude=[0])
    assert start.tolist() == world.profile and points.tolist() == world.movies


def test_without_push_and_seen_the_profile_is_the_average_of_start_and_likes() -> None:
    movies = np.array([[5.0, 1.0], [0.0, 4.0], [4.0, 4.0]])
    start = np.array([3.0, 3.0])
    learned = learn(start, [(m, LIKE) for m in movies], rates=Rates(), box=bounding_box(movies))
    np.testing.assert_allclose(learned, np.mean([start, *movies], axis=0))


def test_two_hundred_dislikes_stay_in_the_box() -> None:
    box, profile = Box(np.zeros(2), np.full(2, 5.0)), np.array([3.0, 2.0])
    hated = np.array([2.9, 2.1])
    for _ in range(200):
        profile = push(profile, hated, 0.3, box)
    assert profile.tolist() == [5.0, 0.0]


def test_none_asked_for_or_none_left_gives_none() -> None:
    movies = np.array([[1.0], [2.0]])
    for n, exclude in ((0, []), (5, [0, 1])):
        rows, distances = nearest(np.zeros(1), movies, n, exclude)
        assert (rows.shape, distances.shape) == ((0,), (0,))


def test_of_two_movies_at_one_distance_the_lower_row_comes_first() -> None:
    rows, distances = nearest(np.zeros(1), np.array([[2.0], [-1.0], [1.0], [-2.0]]), n=4)
    assert (rows.tolist(), distances.tolist()) == ([1, 2, 0, 3], [1.0, 1.0, 2.0, 2.0])


def test_a_ceiling_of_zero_freezes_a_coordinate() -> None:
    movies, start = np.array([[5.0, 5.0], [1.0, 1.0]]), np.array([3.0, 3.0])
    rates = Rates(ceiling=np.array([1.0, 0.0]))
    for rating in (LIKE, DISLIKE, SEEN):
        learned = learn_one(start, movies[0], rating, rates=rates, box=bounding_box(movies))
        assert learned[0] != 3.0 and learned[1] == 3.0

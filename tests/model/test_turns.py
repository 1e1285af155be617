"""Turns: what people pick is what they would have picked among all films."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from movieloop.model.nearest import NearestMovies
from movieloop.model.turns import candidates, in_turns, measured, weighed


@given(
    st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 12), st.floats(0, 1),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_candidates_give_what_all_films_would(
    seed: int, people: int, n: int, fairness: float, frozen: bool
) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(300, 8)).round(int(random.integers(0, 3)))
    if frozen:
        points[:, -1] = np.abs(points[:, -1]) * 50
    profiles = [random.normal(size=8) for _ in range(people)]
    allowed = random.random(300) < random.choice([0.02, 0.9])
    search = NearestMovies(points, frozen=frozen)
    rows = candidates(search.scores(profiles), n=n, fairness=fairness, allowed=allowed)
    among = in_turns(measured(profiles, points[rows]), n=n, fairness=fairness)
    all_rows = np.flatnonzero(allowed)
    of_all = in_turns(measured(profiles, points[all_rows]), n=n, fairness=fairness)
    assert [(rows[film], who) for film, who in among] == [
        (all_rows[film], who) for film, who in of_all
    ]


def test_everybody_has_one_turn_a_round_and_the_best_for_all_goes_first() -> None:
    random = np.random.default_rng(3)
    distances = random.random((3, 50))
    picks = in_turns(distances, n=9, fairness=0.5)
    assert [sorted(who for _, who in picks[i : i + 3]) for i in (0, 3, 6)] == [[0, 1, 2]] * 3
    assert len({film for film, _ in picks}) == 9
    first = weighed(distances, 0.5).argmin(axis=1)
    assert picks[0][0] == min(first, key=lambda film: distances[:, film].mean())


def test_without_fairness_it_is_the_order_of_the_mean() -> None:
    distances = np.random.default_rng(4).random((4, 30))
    films = [film for film, _ in in_turns(distances, n=30, fairness=0.0)]
    assert films == np.argsort(distances.mean(axis=0)).tolist()


def test_one_person_gets_their_own_list() -> None:
    distances = np.random.default_rng(5).random((1, 30))
    for fairness in (0.0, 0.5, 1.0):
        films = [film for film, _ in in_turns(distances, n=40, fairness=fairness)]
        assert films == np.argsort(distances[0]).tolist()


@pytest.mark.parametrize("films", [0, 1])
def test_few_films_are_no_trouble(films: int) -> None:
    assert len(in_turns(np.ones((2, films)), n=5, fairness=0.5)) == films

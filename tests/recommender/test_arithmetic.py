"""The numbers behind a place: whoever does the sum again gets the same."""

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.taste import Box, Rates, learn_one
from tests.recommender.adas_list import ids, tell


@pytest.mark.parametrize("last", [1, 0, None])
def test_the_last_step_can_be_done_again(loop: MovieLoop, last: int | None) -> None:
    tell(loop, "ada")
    loop.add_feedback("ada", "Heat", last)
    film = ids(loop)[0]
    told = loop.arithmetic("ada", film)
    rates, lesson = told.rates, told.lesson
    assert lesson is not None and lesson.title == "Heat (1995)" and lesson.rating == last
    after = learn_one(
        np.array(lesson.before),
        np.array(lesson.point),
        last,
        rates=Rates(
            *map(np.array, (rates.floor, rates.ceiling, rates.push, rates.seen, rates.patience))
        ),
        box=Box(np.array(rates.low), np.array(rates.high)),
        likes=lesson.likes_before,
    )
    assert after.tolist() == lesson.after == told.profile == loop.users.profile("ada").profile
    assert np.abs(np.array(told.profile) - np.array(told.point)).sum() == told.distance
    assert told.distance == pytest.approx(loop.explain("ada", film).distance)


def test_somebody_new_has_learned_nothing(loop: MovieLoop) -> None:
    told = loop.arithmetic("nobody", "Heat")
    assert told.lesson is None and told.profile == loop.users.profile("nobody").profile

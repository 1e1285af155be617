"""A history is cut where a sitting begins and something is still to be liked."""

import numpy as np

from movieloop.data.interactions import LIKED
from movieloop.training.examples import TrainingExamples
from tests.small_logs import small_data

LOG = small_data().log
EXAMPLES = TrainingExamples.of(LOG)


def test_before_every_cut_a_sitting_is_over_and_after_it_comes_a_like() -> None:
    assert len(EXAMPLES.places) > 50
    gap = LOG.session_gap * 1000
    for place in EXAMPLES.places:
        begin, end = EXAMPLES.begins[place], EXAMPLES.ends[place]
        assert (EXAMPLES.rating[place:end] == LIKED).any()
        if place > begin:
            assert EXAMPLES.time[place] - EXAMPLES.time[place - 1] > gap


def test_no_other_place_could_be_cut() -> None:
    gap = LOG.session_gap * 1000
    for place in np.setdiff1d(np.arange(len(EXAMPLES.movie)), EXAMPLES.places):
        inside = (
            place > EXAMPLES.begins[place]
            and EXAMPLES.time[place] - EXAMPLES.time[place - 1] <= gap
        )
        assert inside or not (EXAMPLES.rating[place : EXAMPLES.ends[place]] == LIKED).any()


def test_a_draw_takes_no_more_than_it_may_and_nothing_twice() -> None:
    drawn = EXAMPLES.draw(3, 40, np.random.default_rng(0))
    assert len(drawn) == len(set(drawn.tolist())) == 40
    assert np.unique(EXAMPLES.begins[drawn], return_counts=True)[1].max() <= 3
    assert np.isin(drawn, EXAMPLES.places).all()
    everything = EXAMPLES.draw(10**6, 10**6, np.random.default_rng(1))
    assert sorted(everything.tolist()) == EXAMPLES.places.tolist()

"""A history is cut where a sitting begins, and inside, wherever something is still to be liked."""

import numpy as np
import pytest

from movieloop.data.interactions import LIKED
from movieloop.training.examples import TrainingExamples
from tests.small_logs import small_data

LOG = small_data().log
EXAMPLES = TrainingExamples.of(LOG)


def test_after_every_place_comes_a_like_and_after_no_other() -> None:
    assert len(EXAMPLES.places) > 50
    for place in range(len(EXAMPLES.movie)):
        followed = (EXAMPLES.rating[place : EXAMPLES.ends[place]] == LIKED).any()
        assert followed == (place in EXAMPLES.places)


def test_a_sitting_opens_after_a_pause() -> None:
    gap = LOG.session_gap * 1000
    for place, opening in zip(EXAMPLES.places, EXAMPLES.opening, strict=True):
        first = place == EXAMPLES.begins[place]
        assert opening == (first or EXAMPLES.time[place] - EXAMPLES.time[place - 1] > gap)
    assert 0 < EXAMPLES.opening.mean() < 1


def test_a_draw_has_all_sittings_and_a_share_of_what_lies_inside() -> None:
    random = np.random.default_rng(0)
    opening = EXAMPLES.places[EXAMPLES.opening]
    drawn = EXAMPLES.draw(0.25, 10**6, random)
    assert len(drawn) == len(set(drawn.tolist()))
    assert np.isin(opening, drawn).all()
    assert np.isin(drawn, EXAMPLES.places).all()
    inside = len(EXAMPLES.places) - len(opening)
    assert len(drawn) - len(opening) == pytest.approx(inside / 4, rel=0.3)
    assert sorted(EXAMPLES.draw(0.0, 10**6, random).tolist()) == opening.tolist()
    assert sorted(EXAMPLES.draw(1.0, 10**6, random).tolist()) == EXAMPLES.places.tolist()
    assert len(EXAMPLES.draw(1.0, 40, random)) == 40


def test_every_draw_is_another_one() -> None:
    random = np.random.default_rng(0)
    one, other = EXAMPLES.draw(0.25, 10**6, random), EXAMPLES.draw(0.25, 10**6, random)
    assert set(one.tolist()) != set(other.tolist())

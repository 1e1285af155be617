"""Held out people are learned from by nobody."""

import numpy as np

from movieloop.data.interactions import LIKED
from movieloop.evaluation.user_split import Holdout
from tests.small_logs import small_data

DATA = small_data()


def test_holdout_learns_nothing_of_the_people_it_tests() -> None:
    holdout = Holdout(DATA.log)
    tested = holdout.test
    assert not (tested.relevant & tested.known).any()
    likes = np.bincount(DATA.log.user[DATA.log.rating == LIKED], minlength=DATA.log.users)
    learned = np.bincount(holdout.learned.user, minlength=DATA.log.users)
    out = np.flatnonzero(learned == 0)
    assert len(out) == tested.histories.users == int(0.2 * (likes >= 5).sum())
    found = tested.relevant.sum(axis=1) + tested.known.sum(axis=1)
    assert sorted(found) == sorted(likes[out])
    earlier = np.bincount(holdout.earlier.user, minlength=DATA.log.users)
    assert (earlier[out] == 0).all() and (earlier == 0).sum() > len(out)

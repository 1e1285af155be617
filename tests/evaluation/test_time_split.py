"""The two splits by time never learn from what they test."""

import numpy as np

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.evaluation.baselines.popularity import PopularityBaseline
from movieloop.evaluation.time_split import Loop, Next, leave_last
from tests.small_logs import small_data

DATA = small_data()


def test_the_loop_never_learns_from_what_it_tests() -> None:
    seen: list[tuple[int, int]] = []

    class Spy(PopularityBaseline):
        def fit(self, log: RatingLog, end: int) -> None:
            seen.append((len(log), end))
            super().fit(log, end)

    loop = Loop(DATA.log)
    loop.practise(Spy())
    loop.measure(Spy())
    assert [end for _, end in seen] == [int(0.72 * 700), int(0.8 * 700)]
    assert loop.validation.events.max() < loop.test.events.min()
    assert loop.validation.liked.all()


def test_next_leaves_the_last_like_of_each_person_out_of_training() -> None:
    rest, asked = leave_last(DATA.log)
    test = Next(DATA.log).test
    assert (test.events == asked).all() and test.liked.all()
    assert len(np.unique(test.user)) == len(asked)
    for event in asked:
        user = DATA.log.user[event]
        own = np.flatnonzero((DATA.log.user == user) & (DATA.log.rating == LIKED))
        assert event == own[-1]
        assert (rest.user == user).sum() == ((DATA.log.user == user).nonzero()[0] < event).sum()

"""One moment parts past and future."""

import numpy as np
import pytest

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.evaluation.baselines.popularity import PopularityBaseline
from movieloop.evaluation.global_split import TARGETS, GlobalSplit, Target
from tests.small_logs import small_data

LOG = small_data().log


@pytest.mark.parametrize("target", TARGETS)
def test_only_people_with_a_past_are_asked_for_films_of_the_future(target: Target) -> None:
    split = GlobalSplit(LOG, target=target)
    for replay, begin, end in ((split.validation, 560, 630), (split.test, 630, 700)):
        assert len(replay.events) and replay.liked.all()
        assert begin <= replay.events.min() and replay.events.max() < end
        assert set(replay.user) <= set(LOG.user[:begin])


def test_last_and_first_ask_everybody_once_for_the_right_like() -> None:
    every = GlobalSplit(LOG, target="successive").test.events
    first, last = (GlobalSplit(LOG, target=t).test.events for t in ("first", "last"))
    for user in np.unique(LOG.user[every]):
        own = every[LOG.user[every] == user]
        assert [own[0]] == [e for e in first if LOG.user[e] == user]
        assert [own[-1]] == [e for e in last if LOG.user[e] == user]
    assert len(first) == len(last) < len(every)


def test_nothing_of_the_future_is_learned() -> None:
    seen: list[int] = []

    class Spy(PopularityBaseline):
        def fit(self, log: RatingLog, end: int) -> None:
            seen.append(end)
            super().fit(log, end)

    split = GlobalSplit(LOG, target="last")
    split.practise(Spy())
    assert 0 < split.judge(Spy()) <= 1
    result = split.measure(Spy())
    assert seen == [int(0.8 * 700), int(0.9 * 700)]
    assert result.ndcg10 == pytest.approx(result.figure) and result.disliked10 is None
    assert (LOG.rating[split.test.events] == LIKED).all()

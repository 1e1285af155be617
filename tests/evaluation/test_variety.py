"""What variety costs and brings, measured in a replay."""

import numpy as np
import pytest

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.methods import Movieloop
from movieloop.evaluation.run import contest, trial_of
from movieloop.evaluation.time_split import Loop
from movieloop.evaluation.variety import SETTINGS, measure
from movieloop.replay.replay import Replay
from tests.small_logs import small_data


def test_the_loop_reports_every_setting_and_more_variety_covers_no_fewer_tastes() -> None:
    data = small_data()
    results = contest(
        data, trial_of("loop", data), protocol="loop", peers=[], say=lambda _: None, skip=print
    )
    (ours,) = results
    assert [one.variety for one in ours.varieties] == list(SETTINGS)
    tastes = [one.tastes for one in ours.varieties]
    assert tastes[-1] >= tastes[0] > 0
    assert ours.as_json()["varieties"][0]["variety"] == 0.0


def test_without_variety_the_hits_are_those_of_the_replay() -> None:
    log = small_data().log
    trial, learner = Loop(log), Movieloop()
    learner.fit(log, trial.end)
    plain = measure(trial.test, learner.space)[0]
    ranks, liked = trial.test.ranks(learner), trial.test.liked
    known = np.array([
        (log.rating[trial.test.opinions(question)] == 1).sum() >= 4
        for question in range(len(trial.test.events))
    ])  # fmt: skip
    assert plain.hr10 == pytest.approx((ranks[liked & known] <= 10).mean())


def test_where_nobody_has_several_tastes_nothing_is_claimed() -> None:
    log = RatingLog.of(users="ab" * 60, movies=[i // 2 for i in range(120)], ratings=[0] * 120,
                       times=[i * 10**6 for i in range(120)])  # fmt: skip
    learner = Movieloop()
    learner.fit(small_data().log, 600)
    assert measure(Replay(log, 60, 120), learner.space) == []

"""Who takes part: every baseline can be made, those that cannot take part say why."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop.data import packaged_films
from movieloop.evaluation.methods import BASELINES, Movieloop, Timeless, absent, ours
from movieloop.replay.replay import Replay
from tests.small_logs import knows_only_the_past, small_data

DATA = small_data()


def test_every_baseline_can_be_made_and_has_a_name_of_its_own() -> None:
    def tuned(key: str) -> object:
        return BASELINES[key](DATA, tuned)  # type: ignore[arg-type]

    made = [make(DATA, tuned) for make in BASELINES.values()]  # type: ignore[arg-type]
    names = [learner.name for learner in made]
    assert len(set(names)) == len(names)
    assert {learner.kind for learner in made} == {"peer"}


@pytest.mark.parametrize(
    ("key", "live", "says"),
    [("live", False, "nothing is live"), ("als+live", False, "nothing is live"), ("knn", True, "")],
)
def test_what_needs_a_clock_stays_away_where_there_is_none(key: str, live: bool, says: str) -> None:
    assert absent(key, DATA, live=live).startswith(says)
    assert absent("genres", replace(DATA, genres=None), live=live) == "no genres are known"


def test_ours_is_the_one_that_is_served() -> None:
    (live,), (timeless,) = ours(DATA, protocol="loop"), ours(DATA, protocol="holdout")
    assert type(live) is Movieloop and type(timeless) is Timeless
    assert {live.name, timeless.name} == {"movieloop"}
    assert [type(one) for one in ours(DATA, protocol="newcomer")] == [Movieloop, Timeless]
    packaged = replace(DATA, films=packaged_films()[0][: len(DATA.log.movie_ids)])
    assert [one.name for one in ours(packaged, protocol="newcomer")][2] == "movieloop, packaged"


def test_movieloop_knows_nothing_of_the_future() -> None:
    assert knows_only_the_past(Movieloop, DATA.log, int(0.8 * len(DATA.log)))


def test_folding_a_history_scores_it_as_the_replay_does() -> None:
    ours, end = Movieloop(), int(0.8 * len(DATA.log))
    ours.fit(DATA.log, end)
    replay = Replay(DATA.log, end, len(DATA.log))
    scores = ours.scores(replay, slice(0, 3))
    assert scores.shape == (3, len(DATA.log.movie_ids))
    assert np.isfinite(scores).all()
    whole = ours.fold_scores(DATA.log)
    assert whole.shape == (DATA.log.users, len(DATA.log.movie_ids))
    assert len(np.unique(whole, axis=0)) > 1

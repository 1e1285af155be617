"""The laws every baseline keeps: finite, the same twice, knowing only the past."""

from collections.abc import Callable

import numpy as np
import pytest

from movieloop.evaluation.baselines.baseline import Baseline
from movieloop.evaluation.methods import BASELINES, absent
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay
from tests.evaluation.baselines.asked import DATA, END, scores
from tests.small_logs import knows_only_the_past


def made(key: str) -> Baseline:
    """Make a peer with the settings it starts with."""
    return BASELINES[key](DATA, made)


@pytest.fixture(params=BASELINES)
def make(request: pytest.FixtureRequest) -> Callable[[], Baseline]:
    reason = absent(request.param, DATA, live=True)
    if reason:
        pytest.skip(reason)
    return lambda: made(request.param)


def test_scores_are_finite_and_the_same_twice(make: Callable[[], Baseline]) -> None:
    first = scores(make())
    replay = Replay(DATA.log, END, len(DATA.log))
    assert first.shape == (len(replay.events), len(DATA.log.movie_ids))
    assert np.isfinite(first).all()
    assert (first == scores(make())).all()


def test_scores_do_not_depend_on_what_was_asked_before(make: Callable[[], Baseline]) -> None:
    peer = make()
    whole = scores(peer)
    replay = Replay(DATA.log, END, len(DATA.log))
    assert replay.parts()
    if peer.name != "random":
        late, early = slice(60, 70), slice(5, 9)
        np.testing.assert_allclose(peer.scores(replay, late), whole[late], rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(peer.scores(replay, early), whole[early], rtol=1e-4, atol=1e-6)


def test_it_knows_nothing_of_the_future(make: Callable[[], Baseline]) -> None:
    assert knows_only_the_past(make, DATA.log, END)


def test_people_never_seen_get_lists_too(make: Callable[[], Baseline]) -> None:
    peer = make()
    peer.fit(DATA.log, END)
    folded = peer.fold_scores(DATA.log.first(40))
    assert folded.shape == (DATA.log.first(40).users, len(DATA.log.movie_ids))
    assert np.isfinite(folded).all()


def test_every_setting_can_be_changed_without_touching_the_original(
    make: Callable[[], Baseline],
) -> None:
    peer = make()
    before = {name: peer.setting(name) for name in peer.grid}
    for name, values in peer.grid.items():
        for value in values:
            assert peer.changed(name, value).setting(name) == value
    assert {name: peer.setting(name) for name in peer.grid} == before
    assert peer.refits >= set() and all(len(values) > 1 for values in peer.grid.values())


def test_asking_leaves_a_history_as_it_is() -> None:
    histories = Histories.whole(DATA.log)
    starts = histories.starts.copy()
    histories.matrix(dislike=0.0, seen=0.0)
    assert (histories.starts == starts).all() and (DATA.log.starts == starts).all()

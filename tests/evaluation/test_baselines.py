"""Laws for every peer: finite, the same twice, blind to the future; and oracles for some."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.sparse import csr_array

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.als import Als
from movieloop.evaluation.baselines.baseline import Baseline
from movieloop.evaluation.baselines.blends import Both, OnPopularity
from movieloop.evaluation.baselines.item_item import Ease, ItemKnn, ease
from movieloop.evaluation.baselines.markov import Markov
from movieloop.evaluation.baselines.popularity import PopularityPeer
from movieloop.evaluation.methods import BASELINES, absent
from movieloop.evaluation.time_split import Loop
from movieloop.evaluation.tuning import tune
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay
from tests.small_logs import MINUTE, knows_only_the_past, small_data

DATA = small_data()
END = int(0.7 * len(DATA.log))


def made(key: str) -> Baseline:
    """Make a peer with the settings it starts with."""
    return BASELINES[key](DATA, made)


@pytest.fixture(params=BASELINES)
def make(request: pytest.FixtureRequest) -> Callable[[], Baseline]:
    reason = absent(request.param, DATA, live=True)
    if reason:
        pytest.skip(reason)
    return lambda: made(request.param)


def scores(peer: Baseline, log: RatingLog = DATA.log) -> np.ndarray:
    peer.fit(log, END)
    replay = Replay(log, END, len(log))
    return np.vstack([peer.scores(replay, part) for part in replay.parts()])


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


@pytest.mark.parametrize("shape", [(12, 7), (7, 12)], ids=["more people", "more films"])
def test_ease_is_the_textbook_one(shape: tuple[int, int]) -> None:
    likes = (np.random.default_rng(1).random(shape) < 0.4).astype(np.float32)
    inverse = np.linalg.inv(likes.T @ likes + 3.0 * np.eye(shape[1]))
    expected = np.eye(shape[1]) - inverse / np.diag(inverse)
    found = ease(csr_array(likes), ridge=3.0)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert (np.diag(found) == 0).all()


def test_ease_is_the_best_way_to_rebuild_the_likes() -> None:
    random = np.random.default_rng(2)
    likes = (random.random((30, 6)) < 0.5).astype(np.float32)

    def cost(square: np.ndarray) -> float:
        return float(((likes - likes @ square) ** 2).sum() + 2.0 * (square**2).sum())

    best = ease(csr_array(likes), ridge=2.0)
    for _ in range(20):
        step = random.normal(scale=0.01, size=(6, 6))
        np.fill_diagonal(step, 0)
        assert cost(best) < cost(best + step)


def test_item_knn_is_the_cosine() -> None:
    log = RatingLog.of("aabbc", [7, 8, 7, 8, 7], [1] * 5, range(5))
    knn = ItemKnn()
    knn.shrink = 0.0
    knn.fit(log, 5)
    assert knn.square[0, 1] == pytest.approx(2 / np.sqrt(3 * 2))
    assert knn.square[0, 0] == 0


def test_item_knn_keeps_the_nearest_of_every_film() -> None:
    knn = ItemKnn()
    knn.fit(DATA.log, END)
    full = knn.square.copy()
    knn.neighbours = 3.0
    knn.fit(DATA.log, END)
    for film in range(full.shape[1]):
        kept = np.flatnonzero(knn.square[:, film])
        assert len(kept) >= 3  # ties may share the last place
        assert full[kept, film].min() >= np.delete(full[:, film], kept).max()


def test_markov_counts_what_follows_in_a_later_sitting() -> None:
    times = [0, MINUTE // 2, 10 * MINUTE]
    log = RatingLog.of("aaa", [7, 8, 9], [1, 1, 1], times)
    markov = Markov()
    markov.fade, markov.damp, markov.smooth = 0.5, 0.0, 0.0
    markov.smooth = 1.0
    markov.fit(log, 3)
    np.testing.assert_allclose(markov.square, [[0, 0, 0.5 / 1.5], [0, 0, 1 / 2], [0, 0, 0]])
    markov.strict = 0.0
    markov.fit(log, 3)
    assert markov.square[0, 1] > 0  # 7, then 8 in the same sitting


def test_a_mix_without_weight_is_its_ground() -> None:
    live = PopularityPeer("live", 3.0)
    mix = OnPopularity(Ease(), live)
    mix.weight = 0.0
    np.testing.assert_allclose(scores(mix), scores(live), rtol=1e-5)
    both = Both("both", Ease(), Markov())
    both.share = 0.0
    np.testing.assert_allclose(scores(both), scores(Ease()), rtol=1e-5)


def test_asking_leaves_a_history_as_it_is() -> None:
    histories = Histories.whole(DATA.log)
    starts = histories.starts.copy()
    histories.matrix(dislike=0.0, seen=0.0)
    assert (histories.starts == starts).all() and (DATA.log.starts == starts).all()


def test_als_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("movieloop.evaluation.baselines.als.find_spec", lambda name: None)
    assert "pip install" in Als.missing() and absent("als+live", DATA, live=True)


def test_tuning_never_ends_below_where_it_began() -> None:
    loop = Loop(DATA.log)
    start = ItemKnn()
    loop.practise(start)
    before = loop.judge(start)
    best, figure = tune(ItemKnn(), fit=loop.practise, judge=loop.judge)
    assert figure >= before
    assert loop.judge(best) == figure

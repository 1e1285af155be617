"""SASRec takes part if PyTorch is there; how histories are cut is checked without it."""

import numpy as np
import pytest

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.sasrec import LONGEST, SasRec, windows
from movieloop.evaluation.methods import absent
from tests.evaluation.baselines.asked import DATA, END, scores


def test_sasrec_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("movieloop.evaluation.baselines.sasrec.find_spec", lambda name: None)
    assert "pip install" in SasRec.missing() and absent("sasrec+live", DATA, live=True)


def test_a_long_history_is_cut_and_the_likes_to_come_cross_the_cut() -> None:
    many = LONGEST + 1
    log = RatingLog.of(["a"] * many, range(many), [1] * many, range(many))
    films, kinds, targets = windows(log)
    assert films.shape == kinds.shape == (1, LONGEST)  # nothing follows the last
    films, kinds, targets = windows(RatingLog.of(["a"] * 110, range(110), [1] * 110, range(110)))
    assert (films != -1).sum(axis=1).tolist() == [LONGEST, 10]
    assert targets[0, LONGEST - 1].tolist() == [100, 101, 102, 103, 104]
    assert targets[1, 9].tolist() == [-1] * 5


def test_who_never_likes_again_teaches_nothing() -> None:
    films, _, _ = windows(RatingLog.of("ab", [7, 8], [1, 0], [0, 1]))
    assert len(films) == 0


def test_sasrec_learns_what_follows_what() -> None:
    pytest.importorskip("torch", reason="needs PyTorch: pip install 'movieloop[torch]'")
    peer = SasRec()
    found = scores(peer)
    assert found.shape[1] == len(DATA.log.movie_ids) and np.isfinite(found).all()
    np.testing.assert_allclose(scores(SasRec()), found, atol=1e-5)
    assert not np.allclose(scores(SasRec().changed("epochs", 4)), found)
    empty = DATA.log.first(END).part(np.zeros(END, dtype=np.bool_))
    assert not peer.fold_scores(empty).any()

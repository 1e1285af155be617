"""Markov counts what follows."""

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.markov import Markov
from tests.small_logs import MINUTE


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

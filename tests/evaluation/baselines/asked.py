"""What the tests of the baselines ask: small data, and scores for its newest part."""

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.baseline import Baseline
from movieloop.replay.replay import Replay
from tests.small_logs import small_data

DATA = small_data()
END = int(0.7 * len(DATA.log))


def scores(peer: Baseline, log: RatingLog = DATA.log) -> np.ndarray:
    peer.fit(log, END)
    replay = Replay(log, END, len(log))
    return np.vstack([peer.scores(replay, part) for part in replay.parts()])

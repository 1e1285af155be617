"""A scorer's figures: of the ranks of a replay, and nothing but plain numbers in the JSON."""

import json
import math

import numpy as np

from movieloop.evaluation.baselines.popularity import PopularityBaseline
from movieloop.evaluation.results import Result, of_replay
from movieloop.replay.replay import Replay
from tests.small_logs import small_data

LOG = small_data().log


def measured(headline: str = "hr10") -> Result:
    end = int(0.8 * len(LOG))
    learner, replay = PopularityBaseline(), Replay(LOG, end, len(LOG))
    learner.fit(LOG, end)
    answers = replay.answers(learner)
    return of_replay(
        "popularity", "peer", replay, answers, past=LOG.first(end), headline=headline
    )  # fmt: skip


def test_the_headline_is_the_figure_of_its_name() -> None:
    for name in ("hr10", "ndcg10"):
        result = measured(name)
        assert math.isclose(result.figure, getattr(result, name))
        assert result.ci95 is not None and result.ci95.low <= result.figure <= result.ci95.high


def test_buckets_count_every_liked_film_once() -> None:
    result = measured()
    assert result.buckets is not None
    assert sum(n for _, n in result.buckets.values()) == len(result.headline)
    hits = sum(rate * n for rate, n in result.buckets.values() if n)
    assert math.isclose(hits, result.headline.sum())


def test_a_figure_without_a_case_is_none_in_the_json() -> None:
    empty = Result("nobody", "peer", np.array([]), np.array([]), hr10=math.nan,
                   buckets={"0-4": (math.nan, 0)})  # fmt: skip
    assert math.isnan(empty.figure)
    told = json.loads(json.dumps(empty.as_json(), allow_nan=False))
    assert told["hr10"] is told["auc"] is told["ci95"] is None
    assert told["buckets"] == {"0-4": {"hr10": None, "n": 0}}
    json.dumps(measured().timed(1.234, "x").as_json(), allow_nan=False)

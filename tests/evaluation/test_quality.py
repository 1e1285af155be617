"""The protocol on real ratings: figures measured before must come out again.

Needs MovieLens-100K: the variable MOVIELOOP_ML100K names its folder, or RecBole is installed,
which brings it along.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from movieloop.evaluation.baselines.blends import OnPopularity
from movieloop.evaluation.baselines.item_item import Ease
from movieloop.evaluation.baselines.popularity import PopularityBaseline, RandomBaseline
from movieloop.evaluation.loading import Data, collect
from movieloop.evaluation.methods import Movieloop
from movieloop.evaluation.time_split import Loop
from movieloop.importers.formats import sniff


def folder() -> Path | None:
    named = os.environ.get("MOVIELOOP_ML100K")
    recbole = find_spec("recbole")
    if named is None and recbole is not None and recbole.origin is not None:
        named = str(Path(recbole.origin).parent / "dataset_example" / "ml-100k")
    return Path(named) if named and Path(named).exists() else None


@pytest.fixture(scope="module")
def data() -> Data:
    path = folder()
    if path is None:
        pytest.skip("no MovieLens-100K: set MOVIELOOP_ML100K to its folder")
    return collect(sniff(path).rows(), name="ml-100k")


def test_the_protocol_finds_the_figures_of_old(data: Data) -> None:
    loop = Loop(data.log)
    live = loop.measure(PopularityBaseline("live", 14.0))
    assert live.hr10 == pytest.approx(0.0982, abs=0.001)
    assert live.ci95 is not None and live.ci95.low < 0.0982 < live.ci95.high
    assert loop.measure(PopularityBaseline()).hr10 == pytest.approx(0.0890, abs=0.002)
    assert loop.measure(RandomBaseline()).hr10 == pytest.approx(10 / 1682, abs=0.002)


def test_peers_are_as_good_as_they_should_be(data: Data) -> None:
    loop = Loop(data.log)
    ease = Ease()
    ease.ridge = 10_000.0
    alone = loop.measure(ease)
    assert alone.hr10 is not None and 0.100 < alone.hr10 < 0.115
    mixed = OnPopularity(ease, PopularityBaseline("live", 3.0))
    mixed.weight, mixed.live.small = 5.0, 30.0
    stack = loop.measure(mixed)
    assert stack.hr10 is not None and 0.120 < stack.hr10 < 0.140
    assert stack.auc is not None and stack.auc > 0.68


def test_movieloop_is_well_above_live_popularity(data: Data) -> None:
    loop = Loop(data.log)
    ours = loop.measure(Movieloop())
    live = loop.measure(PopularityBaseline("live", 14.0))
    assert ours.hr10 is not None and live.hr10 is not None
    assert ours.hr10 > 1.35 * live.hr10
    for known, (hit_rate, questions) in ours.buckets.items():
        margin = 2 / questions**0.5 * 0.4  # two standard errors of a hit rate about .15
        assert hit_rate > live.buckets[known][0] - margin

"""A blend is made of what it blends."""

import numpy as np

from movieloop.evaluation.baselines.blends import Both, OnPopularity
from movieloop.evaluation.baselines.item_item import Ease
from movieloop.evaluation.baselines.markov import Markov
from movieloop.evaluation.baselines.popularity import PopularityBaseline
from tests.evaluation.baselines.asked import scores


def test_a_mix_without_weight_is_its_ground() -> None:
    live = PopularityBaseline("live", 3.0)
    mix = OnPopularity(Ease(), live)
    mix.weight = 0.0
    np.testing.assert_allclose(scores(mix), scores(live), rtol=1e-5)
    both = Both("both", Ease(), Markov())
    both.share = 0.0
    np.testing.assert_allclose(scores(both), scores(Ease()), rtol=1e-5)

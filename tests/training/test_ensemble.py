"""Everything that stands side by side is trained as it would be alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from movieloop.training.ensemble import train_ensemble
from movieloop.training.hyperparameters import BESIDE
from movieloop.training.side_by_side import stack
from movieloop.training.timeless import train_timeless
from movieloop.training.train import train
from tests.training.two_tastes import TINY, two_tastes

LOG = two_tastes()


def test_training_together_is_training_one_after_the_other(tmp_path: Path) -> None:
    shares: list[float] = []
    trained = train_ensemble(
        LOG, replace(TINY, voices=2), seed=5, checkpoint=tmp_path / "kept",
        progress=lambda share, loss: shares.append(share),
    )  # fmt: skip
    alone = stack([train(LOG, TINY, seed=5), train(LOG, TINY, seed=6)])
    assert trained.points.tobytes() == alone.points.tobytes()
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert list(tmp_path.iterdir()) == []


def test_what_newcomers_need_stands_beside_and_is_told_of(tmp_path: Path) -> None:
    shares: list[float] = []
    plan = replace(TINY, voices=1, timeless=0.3)
    trained = train_ensemble(LOG, plan, progress=lambda share, loss: shares.append(share))
    alone = train(LOG, plan)
    newcomers = train_timeless(LOG, BESIDE)
    assert trained.points.tobytes() == np.hstack([alone.points, newcomers.points * 0.3]).tobytes()
    assert shares == sorted(shares) and shares[-1] == 1.0
    again = train_ensemble(LOG, plan, checkpoint=tmp_path / "kept")
    assert again.points.tobytes() == trained.points.tobytes()

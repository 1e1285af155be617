"""Points side by side are one space whose distance is the mean of theirs."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from movieloop.taste import manhattan_distance
from movieloop.training.ensemble import stack, train_ensemble
from movieloop.training.train import train
from tests.training.two_tastes import TINY, two_tastes

LOG = two_tastes()


def test_the_distance_is_the_mean_of_the_members() -> None:
    members = [train(LOG, TINY, seed=seed) for seed in range(3)]
    together = stack(members)
    for trained in members:
        assert trained.points.shape == (40, TINY.embedding_size)
    profiles = [member.points[7] for member in members]
    mean = np.mean(
        [manhattan_distance(p, m.points) for p, m in zip(profiles, members, strict=True)], axis=0
    )
    whole = manhattan_distance(np.concatenate(profiles) / 3, together.points)
    np.testing.assert_allclose(whole, mean, rtol=1e-5)
    names = [memory.name for memory in together.plan.memories]
    assert len(names) == len(set(names)) == 3 * len(TINY.memories)


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

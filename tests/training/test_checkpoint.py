"""A training that was killed goes on where it was, and only that one."""

from pathlib import Path

import pytest

from movieloop.data.interactions import RatingLog
from movieloop.training import train as training
from movieloop.training.train import Trained, train
from tests.training.two_tastes import TINY, Killed, two_tastes


@pytest.fixture(scope="module")
def log() -> RatingLog:
    return two_tastes()


@pytest.fixture(scope="module")
def trained(log: RatingLog) -> Trained:
    return train(log, TINY)


def kill_after(share: float) -> training.Progress:
    def progress(done: float, loss: float) -> None:
        if done >= share:
            raise Killed

    return progress


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_a_killed_training_goes_on_to_the_same_points(
    log: RatingLog, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    monkeypatch.setattr(training, "SAVED_EVERY", 0.0)
    file = tmp_path / "walk.npz"
    with pytest.raises(Killed):
        train(log, TINY, checkpoint=file, progress=kill_after(share))
    assert file.exists()
    told: list[float] = []
    resumed = train(log, TINY, checkpoint=file, progress=lambda done, loss: told.append(done))
    assert not told or told[0] > share
    assert resumed.points.tobytes() == trained.points.tobytes()
    assert resumed.loss == trained.loss
    assert list(tmp_path.iterdir()) == []


def test_another_training_ignores_the_checkpoint(
    log: RatingLog, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "SAVED_EVERY", 0.0)
    file = tmp_path / "walk.npz"
    with pytest.raises(Killed):
        train(log, TINY, seed=1, checkpoint=file, progress=kill_after(0.5))
    assert train(log, TINY, checkpoint=file).points.tobytes() == trained.points.tobytes()
    file.write_bytes(b"torn")
    assert train(log, TINY, checkpoint=file).points.tobytes() == trained.points.tobytes()

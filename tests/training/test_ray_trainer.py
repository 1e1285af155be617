"""On Ray the same points come out, whoever trains them and whoever dies."""

import importlib.metadata
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, ServiceError, TooLittleData
from movieloop.training import ray_trainer as module
from movieloop.training.ensemble import train_ensemble
from movieloop.training.fit import fit
from movieloop.training.members import Member, Trainer, train_here
from movieloop.training.ray_trainer import ray_trainer
from tests.small_loop import tell
from tests.training.two_tastes import TINY, two_tastes

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")
LOG = two_tastes()


@pytest.fixture(scope="module")
def trainer() -> Iterator[Trainer]:
    with ray_trainer(workers=2) as trainer:
        yield trainer


def test_the_same_points_come_out(trainer: Trainer) -> None:
    plan = replace(TINY, voices=3, timeless=0.3)
    shares: list[float] = []
    there = train_ensemble(
        LOG, plan, trainer=trainer, progress=lambda share, loss: shares.append(share)
    )
    assert there.points.tobytes() == train_ensemble(LOG, plan).points.tobytes()
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_so_does_the_same_choice(trainer: Trainer) -> None:
    log = two_tastes(people=120)
    there, here = fit(log, trainer=trainer), fit(log)
    assert there.plan == here.plan and there.choices == here.choices
    assert there.trained.points.tobytes() == here.trained.points.tobytes()


def test_a_worker_that_is_killed_costs_time_only(trainer: Trainer) -> None:
    members = [Member(LOG, replace(TINY, epochs=60), seed=seed) for seed in range(4)]
    killed: list[int] = []

    def kill() -> None:
        while not killed:
            for child in psutil.Process().children(recursive=True):
                if child.name().startswith("ray::_work"):
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
                    return
            time.sleep(0.01)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    there = trainer(members, None)
    killer.join(timeout=5)
    assert killed
    here = train_here(members)
    assert [one.points.tobytes() for one in there] == [one.points.tobytes() for one in here]


def test_what_training_says_is_said_there_too(trainer: Trainer) -> None:
    with pytest.raises(TooLittleData, match=r"^Training needs at least"):
        trainer([Member(LOG.first(10), TINY)], None)


def test_a_cluster_with_another_movieloop_is_refused(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ray

    real = importlib.metadata.version
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: "0" if name == "movieloop" else real(name)
    )
    with pytest.raises(ServiceError, match=r"has movieloop .*, here is 0: install the same"):
        module._refuse_others(ray)


def test_without_ray_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"pip install 'movieloop\[ray\]'"), ray_trainer():
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "127.0.0.1:many", "x:-1"])
def test_an_address_where_nothing_listens_is_said_at_once(address: str) -> None:
    with pytest.raises(ServiceError, match=r"^No Ray cluster answers at"), ray_trainer(address):
        pass


def test_the_command_trains_there(small: MovieLoop, database: Path) -> None:
    tell(small)
    command = [sys.executable, "-m", "movieloop", "train", "--json", "--engine", "ray"]
    done = subprocess.run(
        [*command, "--database", str(database)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == small.models.list().versions[0].version
    wrong = subprocess.run(
        [*command[:-2], "--address", "127.0.0.1:6379", "--database", str(database)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert wrong.returncode == 2 and "--address is for --engine ray" in wrong.stderr

"""The server has the movies trained: when it is due, not while somebody else does, and it stops."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.api import retrain_scheduler as scheduler
from movieloop.api.retrain_scheduler import retraining
from movieloop.store import TRAINING
from tests.recommender.test_retrain import open_small, tell


@pytest.fixture
def told(database: Path) -> Iterator[MovieLoop]:
    with open_small(database) as loop:
        tell(loop)
        yield loop


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def newest(loop: MovieLoop) -> int:
    """The newest version that was trained; 0 for none."""
    trained = [item.version for item in loop.models.list().versions if item.plan is not None]
    return max(trained, default=0)


def held(loop: MovieLoop) -> bool:
    with loop.store.read() as session:
        return session.lease_held(TRAINING)


def test_it_waits_for_another_training_and_then_trains(told: MovieLoop) -> None:
    told.store.write(lambda session: session.take_lease(TRAINING, "somebody else", 2_000))
    before = newest(told)
    with retraining(told, 100, look_every=0.1):
        time.sleep(1.0)
        assert newest(told) == before, "one trains at a time"
        assert wait_until(lambda: newest(told) > before), "it was tried again when that was over"
    assert not held(told)


def test_who_was_forgotten_is_trained_away_at_once(told: MovieLoop) -> None:
    with retraining(told, 100, look_every=0.1):
        assert wait_until(lambda: newest(told) > 0)
    first = newest(told)
    told.forget("u5")
    with retraining(told, 1_000_000, look_every=0.1):
        assert wait_until(lambda: newest(told) > first)
    assert [item.version for item in told.models.list().versions if item.live] == [newest(told)]


def test_a_training_that_is_stopped_gives_its_lease_back(database: Path) -> None:
    with open_small(database) as loop:
        tell(loop, people=4000, likes=18)
        training = subprocess.Popen(
            [sys.executable, "-m", "movieloop", "train", "--database", str(database)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert wait_until(lambda: held(loop))
        training.send_signal(signal.SIGTERM)
        assert training.wait(60) == 128 + signal.SIGTERM
        assert not held(loop), "a server that starts again need not wait a minute"


def test_a_server_that_stops_does_not_wait_for_a_training(
    told: MovieLoop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nor does it ask it to stop again and again."""
    asked = tmp_path / "asked"
    slow = tmp_path / "slow"
    slow.write_text(
        f"#!{sys.executable}\nimport pathlib, signal, sys, time\n"
        f"def stop(*_):\n    pathlib.Path({str(asked)!r}).open('a').write('x')\n"
        "    time.sleep(1)\n    sys.exit(143)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        f"pathlib.Path({str(asked)!r}).touch()\ntime.sleep(60)\n"
    )
    slow.chmod(0o700)
    monkeypatch.setattr(scheduler.sys, "executable", str(slow))
    with retraining(told, 1, look_every=0.05):
        assert wait_until(asked.exists)
        time.sleep(0.3)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert asked.read_text() == "x"


def test_a_talkative_training_is_not_stopped_by_its_words(
    told: MovieLoop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loud = tmp_path / "loud"
    loud.write_text(f"#!{sys.executable}\nprint('word ' * 200_000)\n")
    loud.chmod(0o700)
    monkeypatch.setattr(scheduler.sys, "executable", str(loud))
    done = threading.Event()

    def train() -> None:
        assert scheduler._train(told, threading.Event())
        done.set()

    threading.Thread(target=train, daemon=True).start()
    assert done.wait(20)

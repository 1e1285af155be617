"""How a process ends."""

import signal
import subprocess
import sys
import threading
import time

import pytest

from movieloop.cli import stopping
from movieloop.cli.stopping import end_with_parent, stopping_politely

PATIENCE = 20.0  # seconds; only a failing test waits so long
CHILD = (
    "import time; from movieloop.cli import stopping; stopping.LOOK_EVERY = 0.05; "
    "stopping.end_with_parent(); print('here', flush=True); time.sleep(60)"
)
PARENT = (
    "import subprocess, sys, time; "
    f"child = subprocess.Popen([sys.executable, '-c', {CHILD!r}]); "
    "time.sleep(60)"
)


def test_sigterm_unwinds_the_block() -> None:
    done = []
    with pytest.raises(SystemExit) as ended, stopping_politely(code=0):
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            done.append("tidy")
    assert (ended.value.code, done) == (0, ["tidy"])
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_child_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"here\n"  # of the child, who has the same pipe
        parent.kill()
        began = time.monotonic()
        assert parent.stdout.read() == b""  # ends when the child, too, is gone
        assert time.monotonic() - began < PATIENCE


def test_nothing_ends_while_the_parent_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "LOOK_EVERY", 0.01)
    ended = threading.Event()
    end_with_parent(end=ended.set)
    assert not ended.wait(0.2)
    nobody = -1  # as if the parent had been another one, and were gone
    end_with_parent(nobody, end=ended.set).join(PATIENCE)
    assert ended.is_set()

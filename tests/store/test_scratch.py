"""Copies in the making leave nothing, however their maker ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.store import open_store
from movieloop.store.scratch import PREFIX, scratch, sweep

PATIENCE = 30.0  # seconds; only a failing test waits so long
MAKER = """
import sys, time
from pathlib import Path
from movieloop.store.scratch import scratch
with scratch(Path(sys.argv[1])) as folder:
    (folder / "copy.db").write_text("ada-lovelace")
    print("made", flush=True)
    time.sleep(60)
"""


def left(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(PREFIX)]


def test_a_folder_is_deleted_with_all_that_is_in_it(tmp_path: Path) -> None:
    with scratch(tmp_path) as folder:
        (folder / "copy.db").write_text("everything")
        assert folder.stat().st_mode & 0o077 == 0
        assert left(tmp_path) == [folder]
    assert left(tmp_path) == []


def killed(beside: Path) -> None:
    """Let a process die while it makes a copy."""
    maker = subprocess.Popen(
        [sys.executable, "-c", MAKER, str(beside)], stdout=subprocess.PIPE, text=True
    )
    assert maker.stdout is not None and maker.stdout.readline() == "made\n"
    assert sweep(beside) == 0  # it is at it
    assert len(left(beside)) == 1
    os.kill(maker.pid, signal.SIGKILL)
    maker.wait()
    maker.stdout.close()


@pytest.mark.sqlite
def test_what_a_killed_process_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    killed(tmp_path)
    assert len(left(tmp_path)) == 1
    with open_store(tmp_path / "a.db"):
        assert left(tmp_path) == []


@pytest.mark.sqlite
def test_and_whenever_somebody_is_forgotten(tmp_path: Path) -> None:
    with MovieLoop.open(tmp_path / "a.db") as loop:
        loop.add_feedback("ada-lovelace", "Alien (1979)", 1)
        killed(tmp_path)
        assert loop.forget("ada-lovelace").wiped
        end = time.monotonic() + PATIENCE
        while left(tmp_path) and time.monotonic() < end:
            time.sleep(0.02)
        on_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert b"ada-lovelace" not in on_disk


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / f"{PREFIX}file").write_text("a file")
    (tmp_path / "folder").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "elsewhere")
    assert sweep(tmp_path) == 0
    assert len(list(tmp_path.iterdir())) == 4
    assert sweep(tmp_path / "missing") == 0

"""Compiled code is kept where only we can write, and nothing fails where there is no such place."""

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.model import compiling
from movieloop.model.compiling import choose_folder, usable

SRC = compiling.PACKAGE.parent
NOBODY = 65534


def python_for_anybody() -> str | None:
    """A Python of this version that another user may run."""
    for python in (sys.executable, shutil.which("python3", path="/usr/bin:/bin") or ""):
        tried = subprocess.run(
            ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", python, "-c",
             "import sys; print(sys.version_info[:2])"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if tried.stdout.strip() == str(sys.version_info[:2]):
            return python
    return None


def as_nobody(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run movieloop as a user without a home, who cannot write into the package."""
    packages = [path for path in sys.path if path.endswith("site-packages")]
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
        "PYTHONPATH": os.pathsep.join([str(SRC), *packages]),
        **more,
    }
    return subprocess.run(
        ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
         python_for_anybody() or "", "-m", "movieloop", *words],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can be somebody else")
    if python_for_anybody() is None:
        pytest.skip("no Python of this version that another user may run")
    probe = subprocess.run(
        ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "test", "-r",
         str(SRC / "movieloop" / "__init__.py")], check=False,
    )  # fmt: skip
    if probe.returncode:
        pytest.skip("another user cannot read this checkout")
    folder = Path("/tmp") / f"movieloop-nobody-{os.getpid()}-{tmp_path.name}"
    folder.mkdir(mode=0o700)
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    shutil.rmtree(folder)


def test_a_service_without_a_home_works(theirs: Path) -> None:
    """systemd's DynamicUser, a read-only container: nowhere to write but the database's folder."""
    answer = as_nobody(theirs, "recommend", "ada", "-n", "2", "-d", str(theirs / "films.db"))
    assert answer.returncode == 0, answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout.startswith("#  film") and "Shawshank" in answer.stdout
    assert "MOVIELOOP_CACHE_DIR" in answer.stderr, "it is told why starting takes long"


def test_a_named_folder_is_used(theirs: Path) -> None:
    cache = theirs / "cache"
    words = ("recommend", "ada", "-n", "1", "-d", str(theirs / "films.db"))
    answer = as_nobody(theirs, *words, MOVIELOOP_CACHE_DIR=str(cache))
    assert answer.returncode == 0, answer.stderr
    assert list(cache.rglob("*.nbi")), "compiled code is kept there"
    assert cache.stat().st_mode & 0o077 == 0


def test_a_named_folder_that_cannot_be_used_is_said_in_a_line(theirs: Path) -> None:
    words = ("recommend", "ada", "-d", str(theirs / "films.db"))
    answer = as_nobody(theirs, *words, MOVIELOOP_CACHE_DIR="/proc/none")
    assert answer.returncode == 1
    assert answer.stderr.startswith("movieloop: MOVIELOOP_CACHE_DIR: /proc/none cannot be used")
    assert "Traceback" not in answer.stderr


def test_a_folder_others_may_write_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    assert usable(shared)
    for mode in (0o777, 0o1777, 0o775):
        shared.chmod(mode)
        assert not usable(shared)
    monkeypatch.setenv("MOVIELOOP_CACHE_DIR", str(shared))
    with pytest.raises(InvalidInput, match="nobody else may write"):
        choose_folder()
    monkeypatch.setattr(compiling, "PACKAGE", Path("/proc"))
    monkeypatch.setenv("MOVIELOOP_CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared))
    folder = choose_folder()
    assert folder == shared / "movieloop" or folder is None
    if folder is not None:
        assert folder.stat().st_mode & 0o077 == 0
        folder.chmod(0o777)
        assert choose_folder() is None


def test_a_folder_of_somebody_else_is_never_used(tmp_path: Path) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(tmp_path, NOBODY, NOBODY)
    assert not usable(tmp_path)


def test_the_package_is_asked_before_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOVIELOOP_CACHE_DIR", raising=False)
    monkeypatch.setattr(compiling, "PACKAGE", tmp_path)
    assert choose_folder() == tmp_path / "__pycache__"


def test_without_any_folder_that_is_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(compiling, "choose_folder", lambda: None)
    with caplog.at_level(logging.WARNING):
        assert not compiling._prepare()
    assert "compiled anew at every start" in caplog.text

"""Folders for copies in the making, beside a database; what a killed process left is swept away.

Such a copy holds everything, also whoever is forgotten later. So the process that makes one keeps
its folder locked, the operating system unlocks it when the process ends, however it ends, and a
folder nobody has locked is nobody's.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as name, scratch(Path(name)) as folder:
...     sweep(Path(name))                       # it is in use
...     folder.is_dir()
0
True
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

PREFIX = ".movieloop-"


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Make a folder that only its owner can look into, and delete it with all that is in it.

    Args:
        beside: The folder it is made in.

    Yields:
        The folder.
    """
    while True:
        folder = Path(tempfile.mkdtemp(dir=beside, prefix=PREFIX))
        lock = _locked(folder, wait=True)
        if folder.exists():
            break
        _close(lock)  # somebody swept it away before it was locked
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _close(lock)


def sweep(beside: Path) -> int:
    """Delete the folders that killed processes have left.

    Args:
        beside: The folder they were made in.

    Returns:
        How many there were.
    """
    if fcntl is None:
        return 0
    swept = 0
    with suppress(OSError):
        for entry in os.scandir(beside):
            if not entry.name.startswith(PREFIX) or not entry.is_dir(follow_symlinks=False):
                continue
            lock = _locked(Path(entry.path), wait=False)
            if lock is not None:
                shutil.rmtree(entry.path, ignore_errors=True)
                swept += not Path(entry.path).exists()
                _close(lock)
    return swept


def _locked(folder: Path, *, wait: bool) -> int | None:
    """Lock a folder; None where that cannot be done now, or not at all."""
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        return None
    return handle


def _close(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)

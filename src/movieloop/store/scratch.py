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

from movieloop.store import locks

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
        handle = locks.opened(folder)
        locks.locked(handle, wait=True)
        if folder.exists():
            break
        locks.close(handle)  # somebody swept it away before it was locked
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        locks.close(handle)


def sweep(beside: Path) -> int:
    """Delete the folders that killed processes have left.

    Args:
        beside: The folder they were made in.

    Returns:
        How many there were.
    """
    swept = 0
    with suppress(OSError):
        for entry in os.scandir(beside):
            if not entry.name.startswith(PREFIX) or not entry.is_dir(follow_symlinks=False):
                continue
            handle = locks.opened(Path(entry.path))
            if locks.locked(handle):
                shutil.rmtree(entry.path, ignore_errors=True)
                swept += not Path(entry.path).exists()
            locks.close(handle)
    return swept

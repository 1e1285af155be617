"""Writers of several processes take turns, so that none waits while another writes twice.

SQLite lets a writer that finds the database taken sleep and try again, up to a tenth of a second;
whoever has just written is awake and takes it again. So each asks for the *next turn* first, a lock
on the folder of the database, and keeps it until its transaction has begun: whoever has just
written has to ask anew, behind somebody who waits. The operating system drops the lock of a process
that ends.

It is a courtesy. Where folders cannot be locked, or the lock is held too long, one writes without.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

PAUSE = 0.0001  # seconds between tries; only as many as there are processes try


class Turns:
    """The place in the queue of one writer."""

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Args:
            folder: Where the database is.
        """
        self._folder: int | None = None
        if fcntl is not None:
            with suppress(OSError):
                self._folder = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)

    @contextmanager
    def next(self, patience: float) -> Iterator[None]:
        """Be the next to write, for as long as the block runs.

        Args:
            patience: Seconds to wait for it.

        Yields:
            Nothing; also if it could not be had.
        """
        taken = self._taken(patience)
        try:
            yield
        finally:
            if taken and self._folder is not None:
                fcntl.flock(self._folder, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the folder."""
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None

    def _taken(self, patience: float) -> bool:
        if self._folder is None:
            return False
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    return False
                time.sleep(PAUSE)
            except OSError:  # a file system without such locks
                return False
            else:
                return True

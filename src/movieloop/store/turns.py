"""Writers of several processes take turns, so that none waits while another writes twice.

SQLite lets a writer that finds the database taken sleep and try again, up to a tenth of a second;
whoever has just written is awake and takes it again. So each asks for the *next turn* first, a lock
on the folder of the database, and keeps it until its transaction has begun: whoever has just
written has to ask anew, behind somebody who waits. The operating system drops the lock of a process
that ends.

It is a courtesy. Where folders cannot be locked, or the lock is held too long, one writes without.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from movieloop.store import locks

PAUSE = 0.0001  # seconds between tries; only as many as there are processes try


class Turns:
    """The place in the queue of one writer."""

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Args:
            folder: Where the database is.
        """
        self._folder = locks.opened(folder)

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
            if taken:
                locks.unlock(self._folder)

    def close(self) -> None:
        """Close the folder."""
        locks.close(self._folder)
        self._folder = None

    def _taken(self, patience: float) -> bool:
        end = time.monotonic() + patience
        while (taken := locks.locked(self._folder)) is False and time.monotonic() <= end:
            time.sleep(PAUSE)
        return bool(taken)

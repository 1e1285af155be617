"""Forgotten people leave the disk too, even where somebody stands in the way for a while.

Deleted bytes are overwritten in the file (`secure_delete`), but older copies of them stay in unused
parts of the table of names, until it is written anew, and in the log beside the file, until that is
folded in and emptied, which has to wait for readers of an older moment. So wiping is a state: the
database counts erasures, and those of which nothing is left. Where these differ - after a kill,
say - a thread tries again, until they agree.
"""

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from movieloop.errors import StoreError
from movieloop.store.scratch import sweep

if TYPE_CHECKING:
    from movieloop.store.sqlite import SqliteStore

PATIENCE = 0.5  # seconds an answer waits for it
PAUSE = 0.02  # seconds between tries while an answer waits
LATER = 1.0  # seconds between tries in the background


class Wiper:
    """Wipes what waits, at once or in the background."""

    def __init__(self, store: "SqliteStore") -> None:
        self._store = store
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._rewritten = 0  # erasures after which the names were written anew

    def wipe(self) -> bool:
        """Try for half a second, then leave it to the background.

        Returns:
            Whether nothing is left.
        """
        end = time.monotonic() + PATIENCE
        while not self._tried():
            if time.monotonic() > end:
                self.go_on()
                return False
            time.sleep(PAUSE)
        return True

    def go_on(self) -> None:
        """Wipe in the background what waits, if something does."""
        with suppress(StoreError):
            if self._waiting() is None:
                return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._until_done, name="movieloop-wiper")
                self._thread.daemon = True
                self._thread.start()

    def stop(self) -> None:
        """End the background thread; what waits then waits for the next start."""
        self._stopping.set()
        with self._starting:
            if self._thread is not None:
                self._thread.join()

    def _until_done(self) -> None:
        while True:
            if self._tried():
                return
            if self._stopping.wait(LATER):
                return

    def _waiting(self) -> int | None:
        """Count the erasures, if some are not wiped."""
        with self._store.read() as session:
            erasures = session.erasures()
            return erasures if erasures > session.erasures_wiped() else None

    def _tried(self) -> bool:
        """Try once; a database that is locked, or a disk that is full, may serve later."""
        with suppress(StoreError):
            erasures = self._waiting()
            if erasures is None:
                return True
            if self._rewritten < erasures:
                self._store.write(lambda session: session.rewrite_names())
                sweep(self._store.path.absolute().parent)
                self._rewritten = erasures
            if self._store.fold_log():
                self._store.write(lambda session: session.note_wiped(erasures))
                return True
        return False

"""One thread that writes: it takes everything that waits and commits it as one transaction.

A hundred callers share one commit, and each is answered after it. A database says how a group is
committed; this says who waits for whom.

>>> with GroupCommit(lambda group: [(work(None), None) for work in group], name="one") as commits:
...     commits.submit(lambda session: 7).result()
7
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Self, TypeAlias, TypeVar

from movieloop.errors import StoreError
from movieloop.store.session import Session

T = TypeVar("T")
Work: TypeAlias = Callable[[Session], Any]
Outcome: TypeAlias = tuple[Any, BaseException | None]
"""What a piece of work returned, and what it raised instead."""
GROUP_LIMIT = 256


class GroupCommit:
    """The queue of work, and the thread that commits it."""

    def __init__(self, commit: Callable[[list[Work]], list[Outcome]], *, name: str) -> None:
        """Start the thread.

        Args:
            commit: Runs a group in one transaction and tells what came of each once it is on disk;
                what it raises is told to all, and nothing of the group was stored.
            name: What the thread is called.
        """
        self._commit = commit
        self._work: SimpleQueue[tuple[Work, Future[Any]] | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._write_forever, name=name)
        self._thread.daemon = True
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, work: Callable[[Session], T]) -> "Future[T]":
        """Put work into the queue.

        Args:
            work: Gets a session; an exception it raises undoes what it did.

        Returns:
            A future that is done when the work is on disk, or was undone.

        Raises:
            StoreError: It is closed.
        """
        future: Future[T] = Future()
        with self._closing:
            self.refuse_closed()
            self._work.put((work, future))
        return future

    @property
    def closed(self) -> bool:
        """Whether nothing more is taken."""
        return self._closed

    def refuse_closed(self) -> None:
        """Make sure that it is open.

        Raises:
            StoreError: It is closed.
        """
        if self._closed:
            raise StoreError("The database is closed.")

    def close(self) -> bool:
        """Finish the waiting work and end the thread.

        Returns:
            Whether it was open; a second call does nothing.
        """
        with self._closing:
            if self._closed:
                return False
            self._closed = True
            self._work.put(None)
        self._thread.join()
        return True

    def _write_forever(self) -> None:
        closing = False
        while not closing:
            item = self._work.get()
            group: list[tuple[Work, Future[Any]]] = []
            while True:
                if item is None:
                    closing = True
                    break
                group.append(item)
                if len(group) >= GROUP_LIMIT:
                    break
                try:
                    item = self._work.get_nowait()
                except Empty:
                    break
            # From here on nobody can cancel: answering a cancelled future would end this thread.
            group = [item for item in group if item[1].set_running_or_notify_cancel()]
            if group:
                self._answer(group)

    def _answer(self, group: list[tuple[Work, "Future[Any]"]]) -> None:
        try:
            outcomes = self._commit([work for work, _ in group])
        except BaseException as error:
            outcomes = [(None, error)] * len(group)
        for (_, future), (result, failure) in zip(group, outcomes, strict=True):
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

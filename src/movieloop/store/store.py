"""What every engine offers: a place to read, a place to write, and a watch on what changed."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Set
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self, TypeVar

from movieloop.store.group_commit import GroupCommit
from movieloop.store.session import Session

T = TypeVar("T")


class Watch(Protocol):
    """Tells for whom an earlier answer may no longer hold."""

    def changed_users(self) -> Set[str] | None:
        """List those of whom something was written since the last call.

        Returns:
            The users; None if any answer may be outdated.
        """

    def close(self) -> None:
        """Look no more."""


class Store(ABC):
    """An open database; threads may share it.

    Attributes:
        address: Where it is, as `open_store` takes it.
        name: The same for people: a password is left out.
        folder: Where files lie that belong to it: the first key, a training that goes on later.
        stem: How the names of these begin.
        at_hand: Whether reading takes microseconds, so that an event loop may do it.
    """

    address: str
    name: str
    folder: Path
    stem: str
    at_hand: bool
    _commits: GroupCommit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def read(self) -> AbstractContextManager[Session]:
        """Open a read-only transaction: all its questions see one moment of the database.

        Returns:
            A block with a session; writing through it fails.

        Raises:
            StoreError: The database could not be read.
        """

    @abstractmethod
    def watch(self) -> Watch:
        """Open a watch on what is written, by anybody; it is closed with the store.

        Returns:
            The watch.
        """

    def write(self, work: Callable[[Session], T]) -> T:
        """Run work in a transaction and wait until it is on disk.

        Args:
            work: Gets a session; an exception it raises undoes what it did.

        Returns:
            What the work returned.

        Raises:
            StoreError: The commit failed; nothing was stored.
        """
        return self.submit(work).result()

    def submit(self, work: Callable[[Session], T]) -> "Future[T]":
        """Hand work to the writer thread.

        Args:
            work: Gets a session; an exception it raises undoes what it did and reaches the
                caller through the future.

        Returns:
            A future that is done when the work is on disk, or was undone.

        Raises:
            StoreError: The store is closed.
        """
        return self._commits.submit(work)

    @abstractmethod
    def wipe(self) -> bool:
        """Wipe erased people off the disk.

        Returns:
            Whether nothing is left of them; else it is tried again in the background.
        """

    @abstractmethod
    def refuse_moved(self) -> None:
        """Make sure that what is written is found there after a restart.

        Raises:
            StoreError: It would not be.
        """

    @abstractmethod
    def back_up(self, target: Path) -> None:
        """Copy everything, as of one moment, into an SQLite file, and check it.

        Args:
            target: The file, which must not exist.

        Raises:
            StoreError: It could not be read or written.
        """

    @abstractmethod
    def count_on(self) -> None:
        """See to it that new rows get new numbers, after rows came with theirs."""

    @abstractmethod
    def check(self) -> list[str]:
        """Ask the database whether it is sound.

        Returns:
            What is wrong, one line each; empty if all is well.
        """

    @abstractmethod
    def close(self) -> None:
        """Finish the waiting work, then close every connection; a second call does nothing."""

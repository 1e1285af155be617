"""Locks on folders: the operating system drops those of a process that ends, however it ends."""

import os
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]


def opened(folder: Path) -> int | None:
    """Open a folder that is to be locked.

    >>> handle = opened(Path())
    >>> locked(handle), unlock(handle), close(handle)
    (True, None, None)
    >>> opened(Path("no such folder")) is None
    True

    Args:
        folder: Which.

    Returns:
        A handle; None where folders cannot be locked, or there is none.
    """
    if fcntl is not None:
        with suppress(OSError):
            return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    return None


def locked(handle: int | None, *, wait: bool = False) -> bool | None:
    """Lock a folder.

    Args:
        handle: What `opened` gave.
        wait: Whether to wait for whoever has it locked.

    Returns:
        Whether it is locked now; None where that is not possible at all.
    """
    if handle is None:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # a file system without such locks
        return None
    return True


def unlock(handle: int | None) -> None:
    """Let others lock a folder.

    Args:
        handle: What `opened` gave.
    """
    if handle is not None:
        fcntl.flock(handle, fcntl.LOCK_UN)


def close(handle: int | None) -> None:
    """Close a folder, which also unlocks it.

    Args:
        handle: What `opened` gave.
    """
    if handle is not None:
        os.close(handle)

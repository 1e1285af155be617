"""How a process ends: asked to, it tidies up; left alone by its parent, it ends too."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

LOOK_EVERY = 1.0  # seconds


@contextmanager
def stopping_politely(code: int = 128 + signal.SIGTERM) -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl+C does: what it reached is kept, what it holds is freed.

    Args:
        code: The exit code then.

    Yields:
        Nothing.
    """

    def stop(_: int, __: FrameType | None) -> None:
        sys.exit(code)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def end_with_parent(
    parent: int | None = None, *, end: Callable[[], object] | None = None
) -> threading.Thread:
    """Stop this process once its parent is gone, even if that was killed and could say nothing.

    Args:
        parent: The parent's number; None for whoever it is now.
        end: What to do then; None for SIGTERM to this process.

    Returns:
        The thread that looks.
    """
    expected = os.getppid() if parent is None else parent

    def look() -> None:
        while os.getppid() == expected:
            time.sleep(LOOK_EVERY)
        end() if end is not None else os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=look, name="movieloop-parent", daemon=True)
    thread.start()
    return thread

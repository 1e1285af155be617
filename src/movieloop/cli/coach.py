"""Has the movies trained, in a process of its own, when enough new feedback has come.

The server only counts and starts; the lease in the database sees to it that one trains at a
time, whatever many servers there are.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from movieloop.errors import MovieLoopError
from movieloop.loop import MovieLoop

LOOK_EVERY = 5.0  # seconds
log = logging.getLogger("movieloop.coach")


@contextmanager
def coach(loop: MovieLoop, train_after: int, *, look_every: float = LOOK_EVERY) -> Iterator[None]:
    """Watch the log while the block runs.

    How it works:
        1. Every few seconds count the feedback no training has seen.
        2. If it is `train_after` or more, start `movieloop train` and wait for it.
        3. A training that was refused, for want of data say, is tried again only after
           `train_after` more.

    Args:
        loop: The open loop.
        train_after: How much new feedback starts a training; 0 never does.
        look_every: Seconds between two looks.

    Yields:
        Nothing.
    """
    stop = threading.Event()
    watcher = threading.Thread(
        target=_watch, args=(loop, train_after, look_every, stop), name="movieloop-coach"
    )
    watcher.daemon = True
    if train_after:
        watcher.start()
    try:
        yield
    finally:
        stop.set()
        if train_after:
            watcher.join()


def _watch(loop: MovieLoop, train_after: int, look_every: float, stop: threading.Event) -> None:
    refused_at = 0
    while not stop.wait(look_every):
        try:
            with loop.store.read() as session:
                waiting = session.feedback_since_training()
        except MovieLoopError as error:
            log.warning("cannot count feedback: %s", error)
            continue
        if waiting < train_after:
            refused_at = 0
        elif waiting >= refused_at + train_after and not _train(loop.store.path, stop):
            refused_at = waiting


def _train(database: Path, stop: threading.Event) -> bool:
    """Train in another process; a server that stops does not wait for it."""
    command = [sys.executable, "-m", "movieloop", "train", "--database", str(database), "--json"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as training:
        while training.poll() is None:
            if stop.wait(0.2):
                training.terminate()  # the live version goes on serving
        said = training.stdout.read() if training.stdout else ""
    log.info("training ended with %d: %s", training.returncode, said.strip()[-500:])
    return training.returncode == 0

"""Has the movies trained, in a process of its own, when enough new feedback has come.

The server only counts and starts; the lease in the database sees to it that one trains at a
time, whatever many servers there are.
"""

import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from movieloop.errors import MovieLoopError
from movieloop.recommender.loop import MovieLoop
from movieloop.store import TRAINING

LOOK_EVERY = 5.0  # seconds
STOPS_WITHIN = 20.0  # seconds a training has to give its lease back before it is killed
log = logging.getLogger("movieloop.retrain")


@contextmanager
def retraining(
    loop: MovieLoop, train_after: int, *, look_every: float = LOOK_EVERY
) -> Iterator[None]:
    """Watch the log while the block runs.

    How it works:
        1. Every few seconds count the feedback no training has seen, and see whether somebody was
           forgotten since.
        2. If there is enough, or somebody was, start `movieloop train` and wait for it. While
           somebody else trains, wait until that is over and count again.
        3. A training that failed, for want of data say, is tried again only after `train_after`
           more.

    Args:
        loop: The open loop.
        train_after: How much new feedback starts a training; 0 never does.
        look_every: Seconds between two looks.

    Yields:
        Nothing.
    """
    stop = threading.Event()
    watcher = threading.Thread(
        target=_watch, args=(loop, train_after, look_every, stop), name="movieloop-retraining"
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
    failed_at: int | None = None
    while not stop.wait(look_every):
        try:
            with loop.store.read() as session:
                waiting = session.feedback_since_training()
                forgotten = session.forgotten_since_training()
                busy = session.lease_held(TRAINING)
        except MovieLoopError as error:
            log.warning("cannot count feedback: %s", error)
            continue
        if failed_at is not None and waiting < failed_at:
            failed_at = None  # somebody else has trained
        due = forgotten or waiting >= train_after
        if failed_at is not None:
            due = waiting >= failed_at + train_after
        if due and not busy:
            failed_at = None if _train(loop, stop) else waiting


def _train(loop: MovieLoop, stop: threading.Event) -> bool:
    """Train in another process; tell whether it need not be tried again soon.

    A server that stops has the training give its lease back; the live version goes on serving.
    """
    own = ("--ends-with", str(os.getpid()))  # a server that is killed leaves no training behind
    command = [sys.executable, "-m", "movieloop", "train", "--json", *own]
    # Everybody on the machine may read the arguments, and an address may hold a password.
    environment = os.environ | {"MOVIELOOP_DATABASE": loop.store.address}
    with (
        tempfile.TemporaryFile() as told,  # a pipe nobody reads would fill up and stop it
        subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=told, stderr=subprocess.STDOUT, env=environment
        ) as training,
    ):
        while training.poll() is None and not stop.wait(0.2):
            pass
        if training.poll() is None:
            training.terminate()
            try:
                training.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                training.kill()
        code = training.wait()
        told.seek(0)
        said = told.read().decode(errors="replace").strip()[-500:]
    log.log(logging.WARNING if code else logging.INFO, "training ended with %d: %s", code, said)
    if code == 0 or stop.is_set():
        return True
    with loop.store.read() as session:
        return session.lease_held(
            TRAINING
        )  # another one was faster: nothing is wrong with the data

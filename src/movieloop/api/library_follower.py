"""Asks the connected media servers again and again for their libraries and what was watched.

One process does, whatever many there are; a server that does not answer is asked again
after growing pauses, and what it has to tell then is caught up with at once.
"""

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from movieloop.errors import MovieLoopError
from movieloop.importers.media_servers import synchronise
from movieloop.importers.media_servers.following import askable
from movieloop.recommender.loop import MovieLoop
from movieloop.store import now_ms

LOOK_EVERY = 60.0  # seconds
ASK_EVERY = 3_600.0  # seconds between two questions that were answered
FIRST_PAUSE = 60.0  # seconds after a question that was not; then twice as long, up to an hour
_LEASE = "libraries"
_LEASE_FOR = 10 * 60_000  # milliseconds
log = logging.getLogger("movieloop.libraries")


@contextmanager
def following_libraries(loop: MovieLoop, *, look_every: float = LOOK_EVERY) -> Iterator[None]:
    """Follow the libraries while the block runs.

    Args:
        loop: The open loop.
        look_every: Seconds between two looks at what is due.

    Yields:
        Nothing.
    """
    stop = threading.Event()
    follower = threading.Thread(
        target=_follow, args=(loop, look_every, stop), name="movieloop-libraries", daemon=True
    )
    follower.start()
    try:
        yield
    finally:
        stop.set()
        follower.join(1.0)  # a server that does not answer keeps nobody


@dataclass
class Pauses:
    """How long to wait after a server has not answered.

    >>> pauses = Pauses()
    >>> pauses.failed("home", 100.0), pauses.failed("home", 200.0)
    (160.0, 320.0)
    >>> pauses.over("home", 319.0), pauses.over("home", 320.0), pauses.over("another", 0.0)
    (False, True, True)
    """

    _next: dict[str, float] = field(default_factory=dict)
    _pause: dict[str, float] = field(default_factory=dict)

    def over(self, name: str, now: float) -> bool:
        """Tell whether a server may be asked again.

        Args:
            name: Which.
            now: Seconds of a clock that nobody sets.

        Returns:
            Whether it may.
        """
        return now >= self._next.get(name, 0.0)

    def failed(self, name: str, now: float) -> float:
        """Note that a server has not answered.

        Args:
            name: Which.
            now: Seconds of the same clock.

        Returns:
            When it may be asked again: after twice the pause of the last time, an hour at most.
        """
        pause = self._pause.get(name, FIRST_PAUSE)
        self._pause[name] = min(2 * pause, ASK_EVERY)
        self._next[name] = now + pause
        return self._next[name]

    def answered(self, name: str) -> None:
        """Note that a server has answered: the next pause is short again.

        Args:
            name: Which.
        """
        self._pause.pop(name, None)
        self._next.pop(name, None)


def _follow(loop: MovieLoop, look_every: float, stop: threading.Event) -> None:
    pauses, holder = Pauses(), uuid.uuid4().hex
    while not stop.wait(look_every):
        try:
            if not _due(loop, pauses):
                continue
            if loop.store.write(lambda session: session.take_lease(_LEASE, holder, _LEASE_FOR)):
                for name in _due(loop, pauses):  # another process may just have asked
                    _ask(loop, name, pauses)
                loop.store.write(lambda session: session.give_lease_back(_LEASE, holder))
        except MovieLoopError as error:
            log.warning("cannot follow libraries: %s", error)


def _due(loop: MovieLoop, pauses: Pauses) -> list[str]:
    """List the servers that have not answered anybody for an hour, and whose pause is over."""
    now, clock = now_ms(), time.monotonic()
    return [
        name
        for name, asked_at in askable(loop).items()
        if pauses.over(name, clock)
        and (asked_at is None or not 0 <= now - asked_at < ASK_EVERY * 1000)
    ]


def _ask(loop: MovieLoop, name: str, pauses: Pauses) -> None:
    try:
        brought = synchronise(loop, name)
    except MovieLoopError as error:
        pauses.failed(name, time.monotonic())
        log.warning("%s: %s", name, error)
        return
    pauses.answered(name)
    library, past = brought
    log.info(
        "%s: %d films, %d new, %d gone; %d events, %d new, %d learned",
        name, library.films, library.added, library.removed,
        sum(past.told.values()), past.kept, past.learned,
    )  # fmt: skip

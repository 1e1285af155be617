"""What was watched before a server was connected: into the inbox, like what it tells by itself.

There it waits until it is said who an account is, and is learned once, however often it is asked
for: the same film watched at the same moment is the same event.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from movieloop.importers.batches import parts
from movieloop.importers.hooks.event import HookEvent
from movieloop.importers.hooks.inbox import learn_waiting, new_event
from movieloop.importers.media_servers.server import MediaServer
from movieloop.recommender.loop import MovieLoop
from movieloop.store import now_ms

AT_ONCE = 500  # events a transaction


class PastReport(NamedTuple):
    """What became of what was watched.

    Attributes:
        told: Events the server has told, by what their account is called.
        kept: How many of them were new.
        learned: How many of those that waited were learned.
    """

    told: dict[str, int]
    kept: int
    learned: int


def bring_past(
    loop: MovieLoop, connection: str, server: MediaServer, *, dry_run: bool = False
) -> PastReport:
    """Bring what everybody has watched.

    Args:
        loop: The open loop.
        connection: Which server.
        server: What asks it.
        dry_run: Only tell what would be brought.

    Returns:
        What became of it.

    Raises:
        ServiceError: The server does not answer; what came before that is kept.
    """
    told: Counter[str] = Counter()
    kept = 0
    for events in parts(server.watched(), AT_ONCE):
        told.update(event.called for event in events)
        if not dry_run:
            kept += keep(loop, connection, events)
    return PastReport(dict(told), kept, 0 if dry_run else learn_waiting(loop))


def keep(loop: MovieLoop, connection: str, events: Iterable[HookEvent]) -> int:
    """Keep events in one transaction.

    Args:
        loop: The open loop.
        connection: Which server told them.
        events: What it told.

    Returns:
        How many were new.
    """
    now = now_ms()
    rows = [new_event(connection, event, now) for event in events]
    return loop.store.write(lambda session: sum(map(session.keep_event, rows)))

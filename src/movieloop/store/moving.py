"""Everything of one database into another: from a file to a server, back, or into a backup.

Row by row, in the order of the keys. What was copied before is not copied again, so a copy that
was cut short goes on where it was.

>>> from movieloop.store import ImportedFeedback, open_store
>>> from movieloop.data import Movie
>>> with open_store(":memory:") as one, open_store(":memory:") as other:
...     movie_id = one.write(lambda session: session.add_movie(Movie(7, "Alien", 1979)))
...     said = [ImportedFeedback("ada", movie_id, 1, "import:0af3", created_at=0)]
...     added = one.write(lambda session: session.append_imported(said))
...     counts = move(one, other)
...     counts["movies"], counts["feedback"], move(one, other)["feedback"]
(1, 1, 0)
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from movieloop.errors import StoreUnusable
from movieloop.store.session import Session
from movieloop.store.store import Store

AT_ONCE = 2_000  # rows a transaction
Say: TypeAlias = Callable[[str, float], None]
# Tables and their keys, each after those it points to. Leases and running imports stay behind.
TABLES: Mapping[str, tuple[str, ...]] = {
    "movies": ("movie_id",),
    "embeddings": ("version",),
    "promotions": ("promotion",),
    "maps": ("version",),
    "placed_points": ("version", "movie_id"),
    "users": ("user_number",),
    "api_keys": ("key_hash",),
    "watchlist": ("user_number", "movie_id"),
    "findable": ("user_number",),
    "questions_asked": ("question",),
    "feedback": ("feedback_id",),
    "connections": ("name",),
    "hook_people": ("connection", "person"),
    "hook_inbox": ("event_id",),
    "hook_outcomes": ("connection", "outcome", "reason"),
    "library_items": ("connection", "item"),
    "playlists": ("connection", "person"),
    "profiles": ("user_number",),
    "catalog_changes": ("only_row",),
    "erasures": ("only_row",),
    "corrections": ("only_row",),
    "file_state": ("only_row",),
    "live_embeddings": ("only_row",),
}


def move(source: Store, target: Store, say: Say = lambda table, share: None) -> dict[str, int]:
    """Copy everything of one database into another, which is new or holds a part of the same.

    How it works:
        1. Make sure that the target holds nothing the source does not.
        2. Copy table after table, all as of one moment of the source.
        3. Count: both must hold the same number of rows in every table.

    Args:
        source: Where from; it is only read.
        target: Where to.
        say: Is told which table is copied and which share of it is.

    Returns:
        How many rows were copied, by table.

    Raises:
        StoreUnusable: The target holds something else, or the counts differ.
        StoreError: One of them failed; do it again, it goes on where it was.
    """
    with source.read() as session:
        _refuse_others(session, target)
        copied = {table: _copy(session, target, table, say) for table in TABLES}
        target.count_on()
        wanted = _counts(session)
    with target.read() as session:
        found = _counts(session)
    differing = [table for table in TABLES if wanted[table] != found[table]]
    if differing:
        raise StoreUnusable(
            f"{target.name} does not hold what {source.name} does: {', '.join(differing)} differ. "
            "Use an empty database."
        )
    return copied


def _refuse_others(session: Session, target: Store) -> None:
    """Make sure that the target's last opinion is the source's, too."""
    with target.read() as there:
        last = there.last_feedback_id()
        row = there.rows("feedback", TABLES["feedback"], (last - 1,), 1)
        users = there.rows("users", TABLES["users"], None, 3)
    same = session.rows("feedback", TABLES["feedback"], (last - 1,), 1)
    known = session.rows("users", TABLES["users"], None, 3)
    if (row and row != same) or users != known[: len(users)]:
        raise StoreUnusable(
            f"{target.name} holds what other people said. Choose an empty database."
        )


def _copy(session: Session, target: Store, table: str, say: Say) -> int:
    keys = TABLES[table]
    total = max(session.count(table), 1)
    last: tuple[Any, ...] | None = None
    with target.read() as there:
        before = there.count(table)
        if table == "feedback" and (done := there.last_feedback_id()):
            last = (done,)
    done = before if last else 0
    say(table, done / total)
    while rows := session.rows(table, keys, last, AT_ONCE):
        target.write(partial(Session.put_rows, table=table, keys=keys, rows=rows))
        done += len(rows)
        last = tuple(rows[-1][key] for key in keys)
        say(table, done / total)
    with target.read() as there:
        return there.count(table) - before


def _counts(session: Session) -> dict[str, int]:
    return {table: session.count(table) for table in TABLES}

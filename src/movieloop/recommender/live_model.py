"""What is served now: the films, their points and everybody's likes, as one record.

The record follows the database - a promotion, a film that joins, a like - and is replaced as a
whole, under one lock: whoever answers has a version, its films, its points and its likes of one
and the same moment. What depends on points only (the search, the map, what directions mean) goes
on when a title changes.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     first = loop.live.space()
...     loop.live.space() is first, first.embeddings.version
(True, 1)
"""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace

from movieloop.data import Catalog
from movieloop.errors import MapNotReady, StoreError
from movieloop.model.leave_one_out import without_each
from movieloop.model.projection import Projection
from movieloop.recommender.live_popularity import LiveLikes
from movieloop.recommender.snapshot import Snapshot
from movieloop.store import Damaged, LiveState, Session, Store
from movieloop.taste import LIKE

FOLLOW_EVERY = 1_000  # milliseconds between two looks at everybody's likes
_SMALL, _PATIENCE = 1000, 1.0  # films whose map is laid out in so many seconds: that is soon enough
_QUIET = 1.0  # seconds after the start: the first answers go before the index of titles
SMALL = 8_000_000  # coordinates of all films: searched in about a millisecond
_KEPT = 2  # a reader that began before a promotion still needs the version before


@dataclass(frozen=True, eq=False)
class _Record:
    """What is served at one moment.

    Attributes:
        state: The versions it was read from.
        space: Films and points; their popularity as of `followed`.
        likes: Follows everybody's likes for these points; None where popularity does not live.
            Only whoever holds the lock may move it.
        followed: When it last did, in milliseconds of a clock that nobody sets; 0 = never.
        placed: Which films were placed since the version was made, as `placed_state` tells.
    """

    state: LiveState
    space: Snapshot
    likes: LiveLikes | None
    followed: int = 0
    placed: tuple[int, int] = (0, 0)

    @property
    def due(self) -> bool:
        """Whether popularity should look at the log again."""
        return self.likes is not None and _clock() - self.followed >= FOLLOW_EVERY


class LiveModel:
    """Gives the live space of one open database; threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._records: tuple[_Record, ...] = ()  # the newest first; replaced as a whole
        self._maps: dict[tuple[int, int], Projection] = {}
        self._laying: dict[tuple[int, int], threading.Thread] = {}
        self._indexing: threading.Timer | None = None

    def space(self) -> Snapshot:
        """Give the live space.

        Returns:
            The space; frozen, so it may be kept.

        Raises:
            StoreError: The database cannot be read, or holds no films.
        """
        with self._store.read() as session:
            return self.at(session)

    def warm_up(self) -> None:
        """Read the films and load what is compiled, so that the first user need not wait.

        The index of titles takes a fifth of a second: it is made a little later, on the side.
        """
        space = self.space()
        everything = space.unseen(())
        space.nearest(space.embeddings.start, n=1, mask=everything)
        space.rank(space.embeddings.start, row=0, mask=everything)
        without_each(space.embeddings, [(space.movies[0].movie_id, LIKE)])
        if self._indexing is not None:
            self._indexing.cancel()
        self._indexing = threading.Timer(_QUIET, space.catalog.warm_up)
        self._indexing.daemon = True
        self._indexing.start()

    def close(self) -> None:
        """Let go of films and points, whoever still holds this; a second call does nothing."""
        if self._indexing is not None:
            self._indexing.cancel()
            self._indexing = None
        self._records, self._maps = (), {}

    def at(self, session: Session, *, follow: bool = True) -> Snapshot:
        """Give the space that is live at the moment of a transaction.

        How it works:
            1. The versions of that moment are known: their record is handed out. If its popularity
               is due and nobody else is at it, it follows the log first.
            2. Otherwise one thread makes the record, from what is known where that has not changed.

        Args:
            session: An open transaction.
            follow: Whether popularity may follow the likes; not inside a writing transaction,
                which may still be undone.

        Returns:
            The space.

        Raises:
            StoreError: The database holds no films.
        """
        state = session.live_state()
        if state is None:
            raise StoreError("The database holds no films. Start movieloop once to install them.")
        return self._at(session, state, follow=follow)

    def _at(self, session: Session, state: LiveState, *, follow: bool) -> Snapshot:
        record = self._known(state)
        if record is not None:
            if not (follow and record.due):
                return record.space
            # A popularity that is a second old is better than waiting for a newer one.
            if not self._lock.acquire(blocking=record.followed == 0):
                return record.space
        else:
            self._lock.acquire()
        try:
            record = self._known(state) or self._read(session, state)
            if follow and record.due:
                record = _followed(record, session)
            others = (other for other in self._records if other.state != state)
            self._records = (record, *others)[:_KEPT]
            return record.space
        finally:
            self._lock.release()

    def at_hand(self, session: Session) -> Snapshot | None:
        """Give the space of a moment if nobody has to wait for it, or for a list of its films.

        Args:
            session: An open transaction.

        Returns:
            The space; None if it has to be read first, or is large.
        """
        state = session.live_state()
        record = None if state is None else self._known(state)
        if state is None or record is None or record.space.embeddings.points.size > SMALL:
            return None
        return self._at(session, state, follow=True)

    def settled_for(self) -> float:
        """Tell how long an answer holds while nothing is written about its user.

        Returns:
            Seconds: for ever, or as long as popularity waits before it follows everybody's likes.
        """
        lives = bool(self._records) and self._records[0].likes is not None
        return FOLLOW_EVERY / 1000 if lives else float("inf")

    def look_again(self) -> None:
        """Let popularity follow the log at the next question, however soon that comes."""
        with self._lock:
            self._records = tuple(replace(record, followed=1) for record in self._records)

    def map_of(self, space: Snapshot, *, wait: bool = True) -> Projection:
        """Give the map of a space: laid out once a version, by a training or a thread of its own.

        Args:
            space: A space this model has given.
            wait: Whether to wait for it.

        Returns:
            The map.

        Raises:
            MapNotReady: It is being laid out, and nobody is to wait.
        """
        key = (space.embeddings.version, len(space.embeddings.movie_ids))
        found = self._maps.get(key)
        if found is not None:
            return found
        with self._store.read() as session:
            stored = session.map_of(space.embeddings.version)
        if stored is not None:
            return self._keep_map(key, Projection.at(space.taste, *stored))
        with self._lock:
            thread = self._laying.get(key)
            if thread is None:
                thread = threading.Thread(
                    target=self._lay_out, args=(key, space), name="movieloop-map", daemon=True
                )
                self._laying[key] = thread
                thread.start()
        thread.join(None if wait else _PATIENCE if len(space.movies) <= _SMALL else 0.0)
        if thread.is_alive():
            raise MapNotReady(space.embeddings.version)
        return self._maps.get(key) or self.map_of(space, wait=wait)

    def _lay_out(self, key: tuple[int, int], space: Snapshot) -> None:
        try:
            chart = Projection.of(space.taste)
            self._keep_map(key, chart)
            places, kept, version = chart.to_bytes(), chart.kept, key[0]
            with suppress(StoreError):  # the store is closing: another time
                self._store.write(lambda session: session.save_map(version, places, kept))
        finally:
            self._laying.pop(key, None)

    def _keep_map(self, key: tuple[int, int], chart: Projection) -> Projection:
        self._maps = {key: chart, **dict(list(self._maps.items())[: _KEPT - 1])}
        return chart

    def _known(self, state: LiveState) -> _Record | None:
        return next((record for record in self._records if record.state == state), None)

    def _read(self, session: Session, state: LiveState) -> _Record:
        """Make a record: of points that are known only the films are read."""
        placed = session.placed_state(state.version)
        known = ((one.state.points, one.placed) for one in self._records)
        same = dict(zip(known, self._records, strict=True)).get((state.points, placed))
        catalog = Catalog(session.movies())
        if same is not None:
            return replace(same, state=state, space=same.space.with_catalog(catalog))
        embeddings, origin = session.embeddings(state.version)
        space = Snapshot(catalog, embeddings, origin, placed=placed[0])
        missing = [i for i in embeddings.row_of if i not in catalog.by_id]
        if missing:
            raise Damaged(
                f"version {state.version} has a point of film {missing[0]}, which is gone"
            )
        half_life = embeddings.half_life
        likes = None if half_life is None else LiveLikes(embeddings.movie_ids, half_life)
        return _Record(state, space, likes, placed=placed)


def _followed(record: _Record, session: Session) -> _Record:
    """Let the popularity coordinate follow everybody's likes."""
    likes = record.likes
    changed = likes is not None and likes.follow(session)
    space = record.space
    if likes is not None and (changed or space.likes is None):
        space = space.following(likes.counts)
    return replace(record, space=space, followed=_clock())


def _clock() -> int:
    return time.monotonic_ns() // 1_000_000

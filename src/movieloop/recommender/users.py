"""`loop.users`: what one user said, where they stand, and what becomes of it.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     answer = loop.add_feedback("ada", "Unforgiven", 1)
...     strongest = max(loop.users.taste("ada").directions, key=lambda direction: direction.value)
...     loop.users.list(), strongest.name
(['ada'], 'Western')
"""

import builtins
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from movieloop.data.feedback import FROZEN_AFTER, Feedback
from movieloop.errors import InvalidInput
from movieloop.model.fold_in import opinions, refold
from movieloop.recommender.answers import feedback_items, profile_out, undone_items
from movieloop.recommender.filters import NO_FILTERS, Filters
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.progress import everybody_out, progress_out
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.taste_map import directions_of, place_if_known, step
from movieloop.recommender.top_n import top
from movieloop.recommender.user_state import UserStates, UserWithLog, liked_films
from movieloop.recommender.watchlist import Watchlist
from movieloop.schemas.feedback import BesideItem
from movieloop.schemas.fields import checked_user_id
from movieloop.schemas.map import PlaceOut, TasteOut, TimelineOut
from movieloop.schemas.progress import EverybodyOut, ProgressOut
from movieloop.schemas.users import ExportOut, HistoryOut, ProfileOut
from movieloop.store import Store
from movieloop.taste import LIKE

_STEPS = 500
_REPLAYED = 500  # likes of an import that are ranked when the curve is drawn


class Users:
    """Answers questions about users; nothing is stored, not even for somebody nobody knows."""

    def __init__(
        self, store: Store, live: LiveModel, states: UserStates, watchlist: Watchlist
    ) -> None:
        self._watchlist = watchlist
        self._store = store
        self._live = live
        self._states = states

    def list(self) -> builtins.list[str]:
        """List everybody the database knows.

        Returns:
            The user ids, sorted.
        """
        with self._store.read() as session:
            return session.users()

    def profile(self, user_id: str) -> ProfileOut:
        """Tell where a user stands.

        Args:
            user_id: The user; an unknown one stands where newcomers start.

        Returns:
            The point, what it was learned from and what waits.
        """
        space, user = self._states.now(user_id)
        return profile_out(
            space,
            user_id,
            live=user.live,
            checkpoint=user.checkpoint,
            retrain_after=self._states.retrain_after,
        )

    def history(self, user_id: str) -> HistoryOut:
        """Tell what a user has said and not taken back, oldest first.

        Args:
            user_id: The user.

        Returns:
            The feedback; empty for a newcomer.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            live = session.live_feedback(checked_user_id(user_id))
        return HistoryOut(user_id=user_id, feedback=feedback_items(space.catalog, live))

    def progress(self, user_id: str) -> ProgressOut:
        """Draw a user's learning curve, made of promises stored before each rating.

        Args:
            user_id: The user.

        Returns:
            One promise a liked film, and the shares of hits, ours and plain popularity's.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            live = session.live_feedback(checked_user_id(user_id))
        ranked = _replayed(space, live)
        return progress_out(
            space.catalog,
            user_id,
            ranked,
            _frozen_ranks(space, live),
            replayed={item.feedback_id for item in live if item.rank_before is None},
        )

    def everybody(self) -> EverybodyOut:
        """Draw the learning curve of all users together, from the promises in the log.

        Returns:
            The shares of hits, in all, by ratings seen and by version of the points.
        """
        with self._store.read() as session:
            return everybody_out(session.promises(), session.drafts())

    def export(self, user_id: str) -> ExportOut:
        """Hand out everything we hold about a user.

        Args:
            user_id: The user.

        Returns:
            Profile and feedback, also what was taken back.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            user = self._states.whole(session, space, user_id)
            log, found_as = session.whole_log(user_id), session.found_as(user_id)
        return ExportOut(
            user_id=user_id,
            profile=user.profile.tolist(),
            feedback=feedback_items(space.catalog, user.live),
            found_as=found_as,
            watchlist=self._watchlist.of(user_id).watchlist,
            undone=undone_items(space.catalog, log),
            beside=[
                BesideItem(
                    feedback_id=line.feedback.feedback_id,
                    embeddings_version=line.embeddings_version,
                    idempotency_key=line.idempotency_key,
                    rival=line.feedback.rival,
                    drafted_by=line.feedback.drafted_by,
                )
                for line in log
            ],
            embeddings_version=user.checkpoint.version,
            exported_at=datetime.now(tz=UTC),
        )

    def counts(self) -> tuple[int, int]:
        """Count for the operator.

        Returns:
            How many users have a profile, and how many opinions the log holds.
        """
        with self._store.read() as session:
            return session.counts()

    def taste(self, user_id: str) -> TasteOut:
        """Tell a user's taste in words.

        Args:
            user_id: The user; a newcomer stands at 0 everywhere.

        Returns:
            How far the profile has gone along every direction.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            user = self._states.quick(session, space, user_id)
        return TasteOut(
            user_id=user_id,
            embeddings_version=space.embeddings.version,
            directions=directions_of(space, user.profile),
        )

    def place(self, user_id: str, *, wait: bool = True) -> PlaceOut:
        """Find where a user stands on the map, and the way they came.

        Args:
            user_id: The user; a newcomer has come no way.
            wait: Whether to wait for the map.

        Returns:
            The place, and one step for every opinion that counts.

        Raises:
            MapNotReady: The map is being laid out, and nobody is to wait.
        """
        space, user = self._states.now(user_id)
        counting = [
            item for item in opinions(user.learned) if item.movie_id in space.embeddings.row_of
        ]
        chart = self._live.map_of(space, wait=wait)
        profile, likes = space.embeddings.start, 0
        trail = []
        for number, item in enumerate(counting):
            profile = space.embeddings.learn(
                [(item.movie_id, item.rating)], profile=profile, likes=likes
            )
            likes += item.rating == LIKE
            if number >= len(counting) - _STEPS:
                trail.append(step(space, chart, profile, item.feedback_id))
        start = step(space, chart, space.embeddings.start, 0)
        here = trail[-1] if trail else start
        return PlaceOut(
            user_id=user_id,
            embeddings_version=space.embeddings.version,
            x=here.x,
            y=here.y,
            start=start,
            trail=trail,
        )

    def timeline(
        self,
        user_id: str,
        *,
        at: int | None = None,
        n: int = 12,
        filters: Filters = NO_FILTERS,
    ) -> TimelineOut:
        """Show a user as they were after their first ratings, in today's space.

        Args:
            user_id: The user.
            at: After so many live ratings, 0 to all of them; all of them if None.
            n: How many recommendations.
            filters: What the person wants to see.

        Returns:
            Profile in words, place and list as they were then.

        Raises:
            InvalidInput: There are not so many ratings.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            live = session.live_feedback(checked_user_id(user_id))
        at = len(live) if at is None else at
        if not 0 <= at <= len(live):
            raise InvalidInput("at", f"It must be 0 to {len(live)}, the number of ratings.")
        folded = refold(space.embeddings, live[:at], at)
        then = UserWithLog.put_together(space, live[:at], folded, (0, 0))
        return TimelineOut(
            user_id=user_id,
            at=at,
            ratings=len(live),
            embeddings_version=space.embeddings.version,
            feedback=feedback_items(space.catalog, live[:at]),
            directions=directions_of(space, then.profile),
            place=place_if_known(
                self._live, space, then.profile, live[at - 1].feedback_id if at else 0
            ),
            recommendations=top(
                space,
                then.profile,
                n=n,
                unseen=then.unseen,
                filters=filters,
                liked=liked_films(live[:at]),
            ),
        )

    def has_spoken(self, user_id: str) -> bool:
        """Tell whether a user has said anything that stands.

        Args:
            user_id: The user.

        Returns:
            Whether they have.
        """
        with self._store.read() as session:
            return self._states.quick(session, self._live.at(session), user_id).given > 0


def _replayed(space: Snapshot, live: Sequence[Feedback]) -> list[Feedback]:
    """Rank the liked films that came without a rank, as imports do, the newest ones.

    How it works: the history is learned once more, one opinion after the other; before each such
    film is learned it is ranked.
    """
    without = [item for item in live if item.rating == LIKE and item.rank_before is None]
    wanted = {item.feedback_id for item in without[-_REPLAYED:]}
    if not wanted:
        return list(live)
    profile, likes = space.embeddings.start, 0
    unseen = space.unseen(())
    told = []
    for item in live:
        row = space.row(item.movie_id)
        if row is None:
            told.append(item)
            continue
        if item.feedback_id in wanted and unseen[row]:
            item = replace(  # noqa: PLW2901 - the same opinion, with its ranks
                item,
                rank_before=space.rank(profile, row=row, mask=unseen),
                popularity_rank_before=space.popularity_rank(row=row, mask=unseen),
            )
        said = [(item.movie_id, item.rating)]
        profile = space.embeddings.learn(said, profile=profile, likes=likes)
        likes += item.rating == LIKE
        unseen[row] = False
        told.append(item)
    return told


def _frozen_ranks(space: Snapshot, live: Sequence[Feedback]) -> dict[int, int]:
    """Rank every film liked later for the profile as it was after the first ratings."""
    if len(live) <= FROZEN_AFTER:
        return {}
    profile = refold(space.embeddings, live[:FROZEN_AFTER], FROZEN_AFTER).profile
    unseen = space.unseen(item.movie_id for item in live[:FROZEN_AFTER])
    ranks = {}
    for item in live[FROZEN_AFTER:]:
        row = space.row(item.movie_id)
        if row is None:
            continue
        if item.rating == LIKE and unseen[row]:
            ranks[item.feedback_id] = space.rank(profile, row=row, mask=unseen)
        unseen[row] = False
    return ranks

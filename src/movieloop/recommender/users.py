"""Everything one can ask without changing anything.

A `Reader` answers from one moment of the database and stores nothing, not even for a user
nobody has heard of. `MovieLoop` is a `Reader` that learns.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from movieloop.data.feedback import Feedback
from movieloop.errors import StoreError
from movieloop.model.fold_in import refold
from movieloop.model.leave_one_out import Replays, replays
from movieloop.recommender.answers import (
    explanation,
    feedback_items,
    movie_out,
    profile_out,
    undone_items,
)
from movieloop.recommender.movies import Library
from movieloop.recommender.progress import everybody_out, progress_out
from movieloop.recommender.response_cache import ResponseCache
from movieloop.recommender.snapshot import Filters, Snapshot
from movieloop.recommender.top_n import top
from movieloop.recommender.user_state import User, UserWithLog
from movieloop.schemas import (
    BesideItem,
    EverybodyOut,
    Explanation,
    ExportOut,
    HistoryOut,
    OnboardingOut,
    ProfileOut,
    ProgressOut,
    Recommendations,
    checked_user_id,
)
from movieloop.store import Session, SqliteStore
from movieloop.taste import LIKE, Rating

NO_FILTERS = Filters()
FROZEN_AFTER = 5  # ratings: the profile the learning one is compared with


class Reader(Library):
    """Answers questions about users, and those of a `Library` about films."""

    def __init__(self, store: SqliteStore, *, retrain_after: int = 1) -> None:
        super().__init__(store)
        self.retrain_after = retrain_after
        self._keeping: set[str] = set()
        self._answers = ResponseCache(store.watch())

    def recommend(
        self, user_id: str, *, n: int = 10, filters: Filters = NO_FILTERS, explain: bool = False
    ) -> Recommendations:
        """Find the nearest unseen movies for a user; a newcomer gets the start's neighbours.

        Args:
            user_id: The user; an unknown one is a newcomer, and nothing is created.
            n: How many movies, 1 or more.
            filters: What the person wants to see.
            explain: Whether to name the ratings behind each movie.

        Returns:
            The recommendations, nearest first.

        Raises:
            InvalidInput: A filter makes no sense.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            if not explain:
                user = self._standing(session, space, user_id)
                return self._recommendations(space, user, user_id, n, filters)
            told = self._user(session, space, user_id)
        reasons = replays(space.embeddings, told.learned)
        return self._recommendations(space, told, user_id, n, filters, reasons=reasons)

    def kept(self, user_id: str, *, n: int = 10) -> bytes | None:
        """Give the JSON `recommend_json` has made before, if nothing has changed since.

        Args:
            user_id: The user.
            n: How many movies.

        Returns:
            The JSON; None if it has to be worked out.
        """
        return self._answers.get(user_id, n)

    def recommend_json(self, user_id: str, *, n: int = 10) -> bytes:
        """Find the nearest unseen movies for a user, as JSON, and keep the answer.

        Args:
            user_id: The user; an unknown one is a newcomer, and nothing is created.
            n: How many movies, 1 or more.

        Returns:
            What `recommend` answers, in UTF-8.
        """
        ticket = self._answers.ticket()
        answer = self.recommend(user_id, n=n).model_dump_json().encode()
        self._answers.keep(user_id, n, answer, ticket=ticket, seconds=self.live.settled_for())
        return answer

    def recommend_session(
        self,
        given: Iterable[tuple[str | int, Rating]],
        *,
        n: int = 10,
        filters: Filters = NO_FILTERS,
    ) -> Recommendations:
        """Recommend to somebody without an account: opinions in, films out, nothing stored.

        Args:
            given: (movie name or id, rating) pairs, oldest first.
            n: How many movies, 1 or more.
            filters: What the person wants to see.

        Returns:
            The recommendations, nearest first; their `user_id` is None.

        Raises:
            MovieNotFound: There is no such movie.
        """
        space = self.space()
        user = UserWithLog.without_account(space, given)
        return self._recommendations(space, user, None, n, filters)

    def onboarding(self, user_id: str, *, n: int = 12) -> OnboardingOut:
        """Choose films worth asking a person about: well known, unrated, dividing tastes.

        Args:
            user_id: The user.
            n: How many films, 1 or more.

        Returns:
            The films, the most telling first.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._standing(session, space, user_id)
        asked = space.worth_asking(user.unseen, n=n)
        return OnboardingOut(user_id=user_id, movies=[movie_out(space, movie) for movie in asked])

    def explain(self, user_id: str, movie: str | int) -> Explanation:
        """Explain a movie's place exactly: shares of the distance, and each rating's effect.

        Args:
            user_id: The user.
            movie: A movie's name or id.

        Returns:
            The account; contributions sum to the distance.

        Raises:
            MovieNotFound: There is no such movie.
            NoPointYet: The movie came after the last training.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._user(session, space, user_id)
        return explanation(
            space,
            user_id,
            space.catalog.find(movie),
            live=user.live,
            checkpoint=user.checkpoint,
        )

    def profile(self, user_id: str) -> ProfileOut:
        """Tell where a user stands.

        Args:
            user_id: The user; an unknown one stands where newcomers start.

        Returns:
            The point, what it was learned from and what waits.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._user(session, space, user_id)
        return profile_out(
            space,
            user_id,
            live=user.live,
            checkpoint=user.checkpoint,
            retrain_after=self.retrain_after,
        )

    def history(self, user_id: str) -> HistoryOut:
        """Tell what a user has said and not taken back, oldest first.

        Args:
            user_id: The user.

        Returns:
            The feedback; empty for a newcomer.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            live = session.live_feedback(checked_user_id(user_id))
        return HistoryOut(user_id=user_id, feedback=feedback_items(space.catalog, live))

    def progress(self, user_id: str) -> ProgressOut:
        """Draw a user's learning curve, made of promises stored before each rating.

        Args:
            user_id: The user.

        Returns:
            One promise a liked film, and the shares of hits, ours and plain popularity's.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            live = session.live_feedback(checked_user_id(user_id))
        return progress_out(space.catalog, user_id, live, _frozen_ranks(space, live))

    def everybody(self) -> EverybodyOut:
        """Draw the learning curve of all users together, from the promises in the log.

        Returns:
            The shares of hits, in all, by ratings seen and by version of the points.
        """
        with self.store.read() as session:
            return everybody_out(session.promises())

    def export(self, user_id: str) -> ExportOut:
        """Hand out everything we hold about a user.

        Args:
            user_id: The user.

        Returns:
            Profile and feedback, also what was taken back.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._user(session, space, user_id)
            log = session.whole_log(user_id)
        return ExportOut(
            user_id=user_id,
            profile=user.profile.tolist(),
            feedback=feedback_items(space.catalog, user.live),
            undone=undone_items(space.catalog, log),
            beside=[
                BesideItem(
                    feedback_id=line.feedback.feedback_id,
                    embeddings_version=line.embeddings_version,
                    idempotency_key=line.idempotency_key,
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
        with self.store.read() as session:
            return session.counts()

    def users(self) -> list[str]:
        """List everybody the database knows.

        Returns:
            The user ids, sorted.
        """
        with self.store.read() as session:
            return session.users()

    def key_hashes(self) -> set[str]:
        """Read the hashes of the API keys that open the HTTP door.

        Returns:
            SHA-256 hashes in hexadecimal; empty if no key was ever made.
        """
        with self.store.read() as session:
            return session.key_hashes()

    def _standing(self, session: Session, space: Snapshot, user_id: str) -> User:
        """Read where a user stands; if the log had to be read for it, have that kept."""
        user = User.of(session, space, checked_user_id(user_id), retrain_after=self.retrain_after)
        if isinstance(user, UserWithLog) and user.live and user_id not in self._keeping:
            self._keeping.add(user_id)
            with suppress(StoreError):  # it can be read all the same, and is kept another time
                self.store.submit(lambda session: self._keep(session, user_id))
        return user

    def _keep(self, session: Session, user_id: str) -> None:
        """Store the profile of somebody whose log has just been read: the next time is quick."""
        self._keeping.discard(user_id)
        space = self.live.at(session, follow=False)
        user = User.of(session, space, user_id, retrain_after=self.retrain_after)
        if isinstance(user, UserWithLog) and user.live:
            session.save_checkpoint(user_id, user.checkpoint, user.standing)

    def _user(self, session: Session, space: Snapshot, user_id: str) -> UserWithLog:
        """Read a user and all they have said."""
        return UserWithLog.read(
            session, space, checked_user_id(user_id), retrain_after=self.retrain_after
        )

    def _recommendations(
        self,
        space: Snapshot,
        user: User,
        user_id: str | None,
        n: int,
        filters: Filters,
        *,
        reasons: Replays | None = None,
    ) -> Recommendations:
        profile = space.dialled(user.profile, filters.familiarity)
        replayed = reasons and Replays(
            reasons.feedback, space.dialled(reasons.profiles, filters.familiarity)
        )
        listed = top(
            space,
            profile,
            n=n,
            unseen=user.unseen,
            allowed=space.allowed(filters),
            replayed=replayed,
        )
        first = listed[0] if listed else None
        return Recommendations(
            user_id=user_id,
            recommended_movie=space.catalog.unambiguous(space.catalog.get(first.movie_id))
            if first
            else None,
            similarity_score=first.distance if first else None,
            user_profile=profile.tolist(),
            recommendations=listed,
            embeddings_version=space.embeddings.version,
        )


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

"""Opinions: what is said is stored and learned in one transaction, tried, and taken back.

Feedback is appended to the log, the rank the film had a moment before is kept with it - the promise
by which learning is measured - and the profile learns, all or nothing. `MovieLoop.add_feedback`,
`preview` and `undo` end here.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     would = loop.opinions.preview("ada", "Alien (1979)", 1)
...     said = loop.opinions.submit("ada", "Alien (1979)", 1).result()
...     profile = loop.users.profile("ada").profile
>>> profile == would.profile_after, said.message
(True, "ada likes 'Alien (1979)'. The profile has learned it.")
"""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from movieloop.data import Movie
from movieloop.data.feedback import Feedback
from movieloop.errors import FeedbackNotFound, KeyReused
from movieloop.recommender.answers import movie_out, remarks, says
from movieloop.recommender.comparison import drafted_by
from movieloop.recommender.filters import NO_FILTERS, Filters
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.placing import refine
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.stored import stored_movie
from movieloop.recommender.taste_map import place_if_known
from movieloop.recommender.top_n import change, taste_moves, top
from movieloop.recommender.user_state import UserState, UserStates, liked_films
from movieloop.schemas.feedback import Change, FeedbackOut, PlaceAfter, PreviewOut
from movieloop.schemas.fields import Source, checked_rating, checked_user_id
from movieloop.store import Session, Store
from movieloop.taste import LIKE, Rating


class Opinions:
    """Takes opinions, shows what one would change, and takes them back."""

    def __init__(self, store: Store, live: LiveModel, states: UserStates) -> None:
        self._store = store
        self._live = live
        self._states = states

    def submit(
        self,
        user_id: str,
        movie: str | int,
        rating: Rating,
        *,
        n: int | None = None,
        filters: Filters = NO_FILTERS,
        idempotency_key: str | None = None,
        source: Source | None = None,
        blind: int | None = None,
    ) -> "Future[FeedbackOut]":
        """Record an opinion and learn from it, in one transaction; nobody waits for it here.

        Args:
            user_id: The user.
            movie: A movie's name or id.
            rating: 1 like, 0 dislike, None seen without an opinion.
            n: If given, also tell how the top n changed.
            filters: What the person wants to see in that top n.
            idempotency_key: The caller's own name for this request.
            source: How the movie was met, if known.
            blind: `as_of` of the blind list it was rated in, if it was.

        Returns:
            A future of what `MovieLoop.add_feedback` answers or raises, done when it is on disk.
        """
        rating = checked_rating(rating)

        def work(session: Session) -> FeedbackOut:
            session.look_up(checked_user_id(user_id))
            space = self._live.at(session, follow=False)
            found = space.catalog.find(movie)
            user = UserState.of(
                session, space, checked_user_id(user_id), retrain_after=self._states.retrain_after
            )
            if idempotency_key is not None:
                earlier = session.feedback_by_key(user_id, idempotency_key)
                if earlier is not None:
                    gone = session.is_undone(earlier.feedback_id)
                    return self._repeated(space, user, earlier, (found, rating), gone=gone)
            drafted = (
                None
                if blind is None
                else drafted_by(
                    space,
                    self._states.whole(session, space, user_id),
                    user_id,
                    row=space.row(found.movie_id),
                    as_of=blind,
                )
            )
            liked = _liked(session, user_id) if n is not None and filters.variety else ()
            feedback = session.append_feedback(
                user_id,
                found.movie_id,
                rating,
                **_promise(space, user, found),
                embeddings_version=space.embeddings.version,
                idempotency_key=idempotency_key,
                source=source,
                drafted=drafted,
                last_at=user.log_end[1],
            )
            after = user.saying(
                session, space, user_id, feedback, retrain_after=self._states.retrain_after
            )
            session.save_checkpoint(user_id, after.checkpoint, after.standing)
            said = (found.movie_id, rating)
            if rating == LIKE and space.is_placed(found.movie_id):
                refine(session, space, found)
            return FeedbackOut(
                message=f"{says(user_id, rating, found)}. {self._learning(after.pending)}"
                + remarks(space, movie, found),
                feedback_id=feedback.feedback_id,
                movie=movie_out(space, found),
                rating=rating,
                retrained=after.pending == 0,
                unprocessed_feedback_count=after.pending,
                rank_before=feedback.rank_before,
                change=None
                if n is None
                else _change(space, user, after, said=said, n=n, filters=filters, liked=liked),
            )

        return self._store.submit(work)

    def preview(
        self,
        user_id: str,
        movie: str | int,
        rating: Rating,
        *,
        n: int = 10,
        filters: Filters = NO_FILTERS,
    ) -> PreviewOut:
        """Tell what an opinion would change; nothing is stored.

        Args:
            user_id: The user.
            movie: A movie's name or id.
            rating: 1 like, 0 dislike, None seen without an opinion.
            n: How long the compared top lists are.
            filters: What the person wants to see in them.

        Returns:
            Exactly what `add_feedback` would bring about.

        Raises:
            MovieNotFound: There is no such movie.
        """
        rating = checked_rating(rating)
        with self._store.read() as session:
            space = self._live.at(session)
            user = self._states.quick(session, space, user_id)
            found = space.catalog.find(movie)
            feedback = Feedback(0, found.movie_id, rating)
            liked = _liked(session, user_id) if filters.variety else ()
            after = user.saying(
                session, space, user_id, feedback, retrain_after=self._states.retrain_after
            )
        place = place_if_known(self._live, space, after.profile, 0)
        return PreviewOut(
            movie=movie_out(space, found),
            rating=rating,
            retrained=after.pending == 0,
            profile_before=user.profile.tolist(),
            profile_after=after.profile.tolist(),
            place=place and PlaceAfter(x=place.x, y=place.y),
            change=_change(
                space,
                user,
                after,
                said=(found.movie_id, rating),
                n=n,
                filters=filters,
                liked=liked,
            ),
        )

    def undo(self, feedback_id: int, *, user_id: str | None = None) -> FeedbackOut:
        """Take a feedback back, as if it had never been given.

        Args:
            feedback_id: Its number in the log.
            user_id: If given, the feedback must be this user's.

        Returns:
            What happened; the profile is that of somebody who never gave it.

        Raises:
            FeedbackNotFound: There is no such feedback, or it was undone before.
        """

        def work(session: Session) -> FeedbackOut:
            author = session.author_of(feedback_id)
            if author is None or user_id not in (None, author):
                raise FeedbackNotFound(f"There is no feedback {feedback_id} to undo.")
            space = self._live.at(session, follow=False)
            user = self._states.whole(session, space, author)
            taken = next((item for item in user.live if item.feedback_id == feedback_id), None)
            if taken is None:
                raise FeedbackNotFound(f"Feedback {feedback_id} was undone before.")
            session.append_retraction(author, taken)
            after = self._states.whole(session, space, author)
            session.save_checkpoint(author, after.checkpoint, after.standing)
            movie = stored_movie(space.catalog, taken.movie_id)
            return FeedbackOut(
                message=f"Undone: {says(author, taken.rating, movie)}. "
                "The profile is as if it had never been said.",
                feedback_id=feedback_id,
                movie=movie_out(space, movie),
                rating=taken.rating,
                retrained=True,
                unprocessed_feedback_count=after.pending,
                rank_before=taken.rank_before,
            )

        return self._store.write(work)

    def _repeated(
        self,
        space: Snapshot,
        user: UserState,
        earlier: Feedback,
        said: tuple[Movie, Rating],
        *,
        gone: bool,
    ) -> FeedbackOut:
        """Answer a request whose idempotency key was used before."""
        found, rating = said
        if (earlier.movie_id, earlier.rating) != (found.movie_id, rating):
            raise KeyReused(
                "This Idempotency-Key was used for another opinion. Send a new key with a new one."
            )
        return FeedbackOut(
            message="This feedback had been recorded before and was taken back since; it does not "
            "count. Send a new Idempotency-Key to say it anew."
            if gone
            else "This feedback had been recorded before; it was not counted twice.",
            feedback_id=earlier.feedback_id,
            movie=movie_out(space, found),
            rating=rating,
            retrained=False,
            unprocessed_feedback_count=user.pending,
            rank_before=earlier.rank_before,
        )

    def _learning(self, pending: int) -> str:
        """Say in words what the profile has learned."""
        if pending == 0:
            if self._states.retrain_after == 1:
                return "The profile has learned it."
            return f"The profile has learned the last {self._states.retrain_after} ratings."
        return f"The profile learns after {self._states.retrain_after - pending} more."


def _liked(session: Session, user_id: str) -> Sequence[int]:
    """Read which movies a user likes, the newest last."""
    return liked_films(session.live_feedback(user_id))


def _change(
    space: Snapshot,
    before: UserState,
    after: UserState,
    *,
    said: tuple[int, Rating],
    n: int,
    filters: Filters,
    liked: Sequence[int],
) -> Change:
    """Compare the top n of a user before and after something was said."""
    film, rating = said
    then = [*(other for other in liked if other != film), *([film] if rating == LIKE else ())]
    lists = partial(top, space, n=n, filters=filters, allowed=space.allowed(filters))
    return change(
        lists(before.profile, unseen=before.unseen, liked=liked),
        lists(after.profile, unseen=after.unseen, liked=then),
        taste_moves(space, before.profile, after.profile),
    )


def _promise(space: Snapshot, user: UserState, movie: Movie) -> dict[str, int | None]:
    """Tell where a movie stands for a user before its rating is learned."""
    row = space.row(movie.movie_id)
    if row is None:
        return {"rank_before": None, "popularity_rank_before": None}
    return {
        "rank_before": space.rank(user.profile, row=row, mask=user.unseen),
        "popularity_rank_before": space.popularity_rank(row=row, mask=user.unseen),
    }

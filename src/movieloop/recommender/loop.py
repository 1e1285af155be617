"""The loop: feedback comes in, is stored and learned in one transaction, and can be undone.

Every door - HTTP, command line, Python - asks a `MovieLoop`. What belongs to a noun stands there:
`loop.opinions`, `loop.movies`, `loop.users`, `loop.people`, `loop.models`, `loop.map`. The verbs
stand here.

>>> with MovieLoop.open(":memory:") as loop:
...     first = loop.recommend("ada", n=1)
...     answer = loop.add_feedback("ada", "Alien (1979)", 1)
...     second = loop.recommend("ada", n=1)
>>> answer.message
"ada likes 'Alien (1979)'. The profile has learned it."
>>> first.recommended_movie != second.recommended_movie
True
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Self

from movieloop.data import Movie
from movieloop.model.leave_one_out import Replays, replays
from movieloop.recommender.answers import explanation, movie_out
from movieloop.recommender.arithmetic import arithmetic_of
from movieloop.recommender.comparison import draft
from movieloop.recommender.filters import NO_FILTERS, Filters
from movieloop.recommender.group import checked_people, recommend_together
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.movies import Movies
from movieloop.recommender.opinions import Opinions
from movieloop.recommender.people import People
from movieloop.recommender.registry import Models, install_films, install_packaged
from movieloop.recommender.rows import rows_for
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.taste_map import TasteMap
from movieloop.recommender.top_n import top
from movieloop.recommender.user_state import UserState, UserStates, UserWithLog, liked_films
from movieloop.recommender.users import Users
from movieloop.recommender.watchlist import Watchlist
from movieloop.recommender.written import recommendations_json
from movieloop.schemas.arithmetic import ArithmeticOut
from movieloop.schemas.explain import Explanation
from movieloop.schemas.feedback import FeedbackOut, PreviewOut
from movieloop.schemas.fields import Source, checked_user_id
from movieloop.schemas.group import FAIRNESS, GroupOut, SeenBy
from movieloop.schemas.recommend import BlindFilm, BlindOut, OnboardingOut, Recommendations
from movieloop.schemas.rows import RowsOut
from movieloop.schemas.users import Forgotten
from movieloop.store import Store, open_store
from movieloop.taste import Rating


class MovieLoop:
    """A recommender with its database; use `MovieLoop.open` in a `with` block."""

    def __init__(self, store: Store, *, retrain_after: int = 1) -> None:
        self.store = store
        self.live = LiveModel(store)
        self.states = UserStates(store, self.live, retrain_after=retrain_after)
        self.opinions = Opinions(store, self.live, self.states)
        self.movies = Movies(store, self.live)
        self.watchlist = Watchlist(store, self.live)
        self.users = Users(store, self.live, self.states, self.watchlist)
        self.people = People(store, self.live, self.states)
        self.models = Models(store, self.live)
        self.map = TasteMap(store, self.live, self.states)
        self._resources = ExitStack()

    @classmethod
    def open(
        cls,
        database: str | Path,
        *,
        films: tuple[Sequence[Movie], bytes, str] | None = None,
        retrain_after: int = 1,
        busy_timeout: float = 5.0,
    ) -> "MovieLoop":
        """Open a database, create it with its films if it is new.

        Args:
            database: The SQLite file; ":memory:" for a throw-away one.
            films: Movies, their packed points and where they come from; the packaged films
                if None.
            retrain_after: The profile retrains after so many new feedback items, 1 or more.
            busy_timeout: Seconds to wait for another program that holds the file.

        Returns:
            The open loop; close it, or use it in a `with` block.

        Raises:
            StoreError: The database cannot be used; the message says what to do.
        """
        resources = ExitStack()
        with resources:
            store = resources.enter_context(open_store(database, busy_timeout=busy_timeout))
            loop = cls(store, retrain_after=retrain_after)
            if films is None:
                install_packaged(store)
            else:
                store.write(lambda session: install_films(session, *films))
            resources.callback(loop.live.close)
            loop._resources = resources.pop_all()
        return loop

    @property
    def retrain_after(self) -> int:
        """After how much new feedback a profile retrains."""
        return self.states.retrain_after

    def close(self) -> None:
        """Finish what waits and close the database; a second call does nothing."""
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def recommend(
        self,
        user_id: str,
        *,
        n: int = 10,
        filters: Filters = NO_FILTERS,
        explain: bool = False,
        from_watchlist: bool = False,
    ) -> Recommendations:
        """Find the nearest unseen movies for a user; a newcomer gets the start's neighbours.

        Args:
            user_id: The user; an unknown one is a newcomer, and nothing is created.
            n: How many movies, 1 or more.
            filters: What the person wants to see.
            explain: Whether to name the ratings behind each movie.
            from_watchlist: Only films the user has put on their watchlist.

        Returns:
            The recommendations, nearest first.

        Raises:
            InvalidInput: A filter makes no sense.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            if from_watchlist:
                wishes = session.watchlist(checked_user_id(user_id))
                filters = replace(filters, only=frozenset(wish.movie_id for wish in wishes))
            if not explain and not filters.variety:
                user = self.states.quick(session, space, user_id)
                return _recommendations(space, user, user_id, n, filters)
            told = self.states.whole(session, space, user_id)
        reasons = replays(space.embeddings, told.learned) if explain else None
        return _recommendations(space, told, user_id, n, filters, reasons=reasons)

    def recommend_json(self, user_id: str, *, n: int = 10, wait: bool = True) -> bytes | None:
        """Do what `recommend` does without filters, and write it as JSON, faster.

        Args:
            user_id: The user; an unknown one is a newcomer, and nothing is created.
            n: How many movies, 1 or more.
            wait: Whether points may be read first, or many films searched.

        Returns:
            The recommendations in UTF-8, to the byte what `recommend` would write; None if that
            would have to wait.
        """
        with self.store.read() as session:
            session.look_up(checked_user_id(user_id))
            space = self.live.at(session) if wait else self.live.at_hand(session)
            if space is None:
                return None
            user = self.states.quick(session, space, user_id)
        written = recommendations_json(space, user, user_id, n=n)
        if written is not None:
            return written
        return _recommendations(space, user, user_id, n, NO_FILTERS).model_dump_json().encode()

    def rows(self, user_id: str, *, n: int = 10, filters: Filters = NO_FILTERS) -> RowsOut:
        """Choose rows of films beside the list, each near one of the user's tastes.

        Args:
            user_id: The user.
            n: How many films a row has at most, 1 or more.
            filters: What the person wants to see; the rows keep to it.

        Returns:
            The rows; films the user has rated are in none.

        Raises:
            InvalidInput: A filter makes no sense.
        """
        space, user = self.states.now(user_id)
        return RowsOut(
            user_id=user_id,
            embeddings_version=space.embeddings.version,
            rows=rows_for(space, user, n=n, filters=filters),
        )

    def blind(self, user_id: str) -> BlindOut:
        """Mix the nearest films with those of a rival, for a blind comparison.

        Args:
            user_id: The user.

        Returns:
            Twelve films at most, and what to send with a rating of one of them.
        """
        space, user = self.states.now(user_id)
        films = [space.movies[row] for row in draft(space, user, user_id).side_of]
        return BlindOut(
            user_id=user_id,
            as_of=user.log_end[0],
            movies=[
                BlindFilm(
                    movie_id=film.movie_id,
                    title=film.title,
                    year=film.year,
                    genres=list(film.genres),
                )
                for film in films
            ],
        )

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
        space = self.live.space()
        user = UserWithLog.without_account(space, given)
        return _recommendations(space, user, None, n, filters)

    def recommend_group(
        self,
        users: Sequence[str],
        *,
        n: int = 5,
        veto: Collection[int] = (),
        seen_by: SeenBy = "any",
        fairness: float = FAIRNESS,
        filters: Filters = NO_FILTERS,
    ) -> GroupOut:
        """Recommend films for several people: they pick in turns. Nothing is stored.

        Args:
            users: The people; somebody unknown is a newcomer.
            n: How many films, 1 or more.
            veto: Movie ids nobody is to be shown.
            seen_by: "any" leaves out what anybody has rated, "all" only what all have.
            fairness: How much the own distance counts in a turn, 0 to 1.
            filters: What they want to see.

        Returns:
            The films, the one to watch together first, each with everybody's account.

        Raises:
            InvalidInput: Nobody is named, too many are, or one twice; or a filter makes no sense.
        """
        people = checked_people(users)
        with self.store.read() as session:
            space = self.live.at(session)
            members = [(user, self.states.whole(session, space, user)) for user in people]
        return recommend_together(
            space,
            members,
            n=n,
            veto=veto,
            seen_by=seen_by,
            fairness=fairness,
            filters=filters,
        )

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
            user = self.states.quick(session, space, user_id)
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
        space, user = self.states.now(user_id)
        return explanation(
            space,
            user_id,
            space.catalog.find(movie),
            live=user.live,
            checkpoint=user.checkpoint,
        )

    def arithmetic(self, user_id: str, movie: str | int) -> ArithmeticOut:
        """Tell the numbers behind a movie's distance and the last step of learning.

        Args:
            user_id: The user.
            movie: A movie's name or id.

        Returns:
            Points, profile and rates, unrounded.

        Raises:
            MovieNotFound: There is no such movie.
            NoPointYet: The movie came after the last training.
        """
        space, user = self.states.now(user_id)
        return arithmetic_of(space, user, user_id, space.catalog.find(movie))

    def add_feedback(
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
    ) -> FeedbackOut:
        """Record an opinion and learn from it, in one transaction.

        How it works:
            1. Find the movie, and where it stands for this user right now: the promise.
            2. Append the opinion to the log, with the promise.
            3. If a batch is full, learn it and store the profile.

        Args:
            user_id: The user.
            movie: A movie's name or id.
            rating: 1 like, 0 dislike, None seen without an opinion.
            n: If given, also tell how the top n changed.
            filters: What the person wants to see in that top n.
            idempotency_key: The caller's own name for this request; the same key twice
                counts once.
            source: How the movie was met, if known.
            blind: `as_of` of the blind list it was rated in, if it was.

        Returns:
            What happened; the feedback is on disk.

        Raises:
            InvalidInput: The rating or the user id is none.
            MovieNotFound: There is no such movie.
            KeyReused: The key was used for another opinion.
        """
        return self.opinions.submit(
            user_id,
            movie,
            rating,
            n=n,
            filters=filters,
            idempotency_key=idempotency_key,
            source=source,
            blind=blind,
        ).result()

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
        return self.opinions.preview(user_id, movie, rating, n=n, filters=filters)

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
        return self.opinions.undo(feedback_id, user_id=user_id)

    def forget(self, user_id: str) -> Forgotten:
        """Delete everything about a user, also from the disk.

        What was deleted is wiped at once, or, where somebody still reads an older moment of the
        database, as soon as they are done; a restart goes on with it. Trained points keep what they
        learned from everybody until the next training, which is due then.

        Args:
            user_id: The user; an unknown one has nothing to delete.

        Returns:
            How much was deleted.
        """
        user_id = checked_user_id(user_id)
        deleted = self.store.write(lambda session: session.forget(user_id))
        wiped = self.store.wipe()
        return Forgotten(user_id=user_id, deleted_feedback=deleted, wiped=wiped)


def _recommendations(
    space: Snapshot,
    user: UserState,
    user_id: str | None,
    n: int,
    filters: Filters,
    *,
    reasons: Replays | None = None,
) -> Recommendations:
    listed = top(
        space,
        user.profile,
        n=n,
        unseen=user.unseen,
        filters=filters,
        liked=liked_films(user.live) if isinstance(user, UserWithLog) else (),
        replayed=reasons,
    )
    first = listed[0] if listed else None
    return Recommendations(
        user_id=user_id,
        recommended_movie=space.catalog.unambiguous(space.catalog.get(first.movie_id))
        if first
        else None,
        similarity_score=first.distance if first else None,
        user_profile=space.wishing(user.profile, filters).tolist(),
        recommendations=listed,
        embeddings_version=space.embeddings.version,
    )

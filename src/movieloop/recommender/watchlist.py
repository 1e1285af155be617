"""`loop.watchlist`: what people want to see. It is no opinion: nothing is learned from it.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     said = loop.watchlist.add("ada", "Alien (1979)").status
...     said, [wish.title for wish in loop.watchlist.of("ada").watchlist]
('added', ['Alien'])
"""

from movieloop.recommender.answers import movie_out
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.stored import moment, stored_movie
from movieloop.schemas.fields import checked_user_id
from movieloop.schemas.watchlist import WatchlistOut, WishItem, WishOut
from movieloop.store import Session, Store
from movieloop.store.connection import now_ms
from movieloop.store.watchlist_tables import Wish


class Watchlist:
    """Keeps what people want to see."""

    def __init__(self, store: Store, live: LiveModel) -> None:
        self._store = store
        self._live = live

    def of(self, user_id: str) -> WatchlistOut:
        """List what a user wants to see.

        Args:
            user_id: The user.

        Returns:
            The films, the newest wish first.
        """
        with self._store.read() as session:
            catalog = self._live.at(session).catalog
            wishes = session.watchlist(checked_user_id(user_id))
            rated = {item.movie_id for item in session.live_feedback(user_id)} if wishes else set()
        items = [
            WishItem(
                movie_id=movie.movie_id,
                title=movie.title,
                year=movie.year,
                imdb_id=movie.imdb_id,
                added_at=moment(wish.added_at),
                rated=movie.movie_id in rated,
            )
            for wish in wishes
            for movie in (stored_movie(catalog, wish.movie_id),)
        ]
        return WatchlistOut(user_id=user_id, watchlist=items)

    def add(self, user_id: str, movie: str | int) -> WishOut:
        """Put a film on a user's watchlist.

        Args:
            user_id: The user.
            movie: A movie's name or id.

        Returns:
            Whether it was there before.

        Raises:
            MovieNotFound: There is no such movie.
        """
        user_id, space = checked_user_id(user_id), self._live.space()
        found = space.catalog.find(movie)
        wish = Wish(user_id, found.movie_id, now_ms())
        new = self._store.write(lambda session: session.add_wishes([wish]))
        return WishOut(
            status="added" if new else "already there",
            message=f"{found.label!r} is on the watchlist of {user_id}.",
            movie=movie_out(space, found),
        )

    def remove(self, user_id: str, movie: str | int) -> WishOut:
        """Take a film off a user's watchlist.

        Args:
            user_id: The user.
            movie: A movie's name or id.

        Returns:
            Whether it was there.

        Raises:
            MovieNotFound: There is no such movie.
        """
        user_id, space = checked_user_id(user_id), self._live.space()
        found = space.catalog.find(movie)

        def remove(session: Session) -> bool:
            return session.remove_wish(user_id, found.movie_id)

        there = self._store.write(remove)
        return WishOut(
            status="removed" if there else "not there",
            message=f"{found.label!r} is not on the watchlist of {user_id}.",
            movie=movie_out(space, found),
        )

"""The films one can ask about: list, search, one film, its neighbours, the live points."""

import threading
from dataclasses import asdict, replace

from movieloop.answers import movie_out
from movieloop.catalog import Catalog
from movieloop.errors import StoreError, StoreUnusable
from movieloop.live_likes import LiveLikes
from movieloop.schemas import ModelOut, MovieOut, MoviePage, Recommendation, SimilarOut
from movieloop.space import Space
from movieloop.store import Session, SqliteStore
from movieloop.store.connection import now_ms
from movieloop.toplist import top

FOLLOW_EVERY = 1_000  # milliseconds between two looks at everybody's likes


class Library:
    """Answers questions about films from an open database."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self._live: tuple[tuple[int, int], Space] | None = None
        self._likes: LiveLikes | None = None
        self._followed = 0
        self._following = threading.Lock()

    def movies(
        self, query: str = "", *, genre: str | None = None, limit: int = 100, offset: int = 0
    ) -> MoviePage:
        """List the catalogue, best known first, or search it by title.

        Args:
            query: A part of a title; slips are forgiven. Empty for all movies.
            genre: Only films of this genre.
            limit: The size of a page, 1 or more.
            offset: How many movies to skip.

        Returns:
            One page; `next_cursor` is the next offset as text.

        Raises:
            InvalidInput: The genre is unknown.
        """
        space = self.space()
        found = space.catalog.search(query, limit=len(space.catalog.movies))
        if genre is not None:
            wanted = space.catalog.genre(genre)
            found = [movie for movie in found if wanted in movie.genres]
        end = offset + limit
        return MoviePage(
            total_movies=len(found),
            movies=[movie_out(space, movie) for movie in found[offset:end]],
            next_cursor=str(end) if end < len(found) else None,
        )

    def movie(self, movie: str | int) -> MovieOut:
        """Find one movie.

        Args:
            movie: A movie's name or id.

        Returns:
            The movie.

        Raises:
            MovieNotFound: There is no such movie.
        """
        space = self.space()
        return movie_out(space, space.catalog.find(movie))

    def similar(self, movie: str | int, *, n: int = 10) -> SimilarOut:
        """Find the nearest movies to a movie: what someone gets whose taste is that film.

        Args:
            movie: A movie's name or id.
            n: How many movies, 1 or more.

        Returns:
            The movie and its neighbours, nearest first; none for a movie without a point.

        Raises:
            MovieNotFound: There is no such movie.
        """
        space = self.space()
        found = space.catalog.find(movie)
        row = space.row(found.movie_id)
        neighbours: list[Recommendation] = []
        if row is not None:
            here = space.dialled(space.embeddings.points[row], 1.0)
            neighbours = top(space, here, n=n, unseen=space.unseen([found.movie_id]))
        return SimilarOut(movie=movie_out(space, found), similar=neighbours)

    def model(self) -> ModelOut:
        """Tell which embeddings are live.

        Returns:
            Their version, origin, size and memories.
        """
        space = self.space()
        embeddings = space.embeddings
        return ModelOut(
            embeddings_version=embeddings.version,
            origin=space.origin,
            movies=len(embeddings.movie_ids),
            embedding_size=len(embeddings.start),
            memories=[asdict(memory) for memory in embeddings.memories],
            coordinates=list(embeddings.coordinates),
        )

    def space(self) -> Space:
        """Give the live space: the catalogue and its points.

        Returns:
            The space; frozen, so it may be kept.
        """
        with self.store.read() as session:
            return self._live_space(session)

    def warm_up(self) -> None:
        """Read the films and load the compiled search, so that the first user need not wait."""
        space = self.space()
        everything = space.unseen(())
        space.nearest(space.embeddings.start, n=1, mask=everything)
        space.rank(space.embeddings.start, row=0, mask=everything)

    def settled_for(self) -> float:
        """Tell how long an answer holds while nothing is written about its user.

        Returns:
            Seconds: for ever, or as long as popularity waits before it follows everybody's likes.
        """
        live = self._live
        lives = live is not None and live[1].embeddings.half_life is not None
        return FOLLOW_EVERY / 1000 if lives else float("inf")

    def _live_space(self, session: Session, *, follow: bool = True) -> Space:
        """Give the live space, made anew only when its points, the films or the likes changed.

        Args:
            session: An open transaction.
            follow: Whether popularity may follow the likes; not inside a writing transaction,
                which may still be undone.
        """
        version = session.live_version()
        if version is None:
            raise StoreError("The database holds no films. Start movieloop once to install them.")
        live, versions = self._live, (version, session.catalog_version())
        if live is None or live[0] != versions:
            live = (versions, self._read_space(session, version, live))
            self._live = live
        if follow and live[1].embeddings.half_life is not None:
            live = (versions, self._follow(session, live[1]))
            self._live = live
        return live[1]

    def _read_space(
        self, session: Session, version: int, known: tuple[tuple[int, int], Space] | None
    ) -> Space:
        """Read the films, and the points unless they are known."""
        try:
            if known is not None and known[0][0] == version:
                space = known[1]
                return replace(space, catalog=Catalog(session.movies()))
            embeddings, origin = session.embeddings(version)
            self._likes = None
            return Space(Catalog(session.movies()), embeddings, origin)
        except (AttributeError, TypeError, ValueError) as error:
            # SQLite keeps no checksums: a broken disk shows as values that make no sense.
            raise StoreUnusable(
                f"The database {self.store.path} is damaged ({error}). Restore a copy of it, "
                "or choose another file with --database."
            ) from error

    def _follow(self, session: Session, space: Space) -> Space:
        """Let the popularity coordinate follow everybody's likes, once a second at most."""
        now = now_ms()
        with self._following:
            if now - self._followed < FOLLOW_EVERY and self._likes is not None:
                return space
            embeddings = space.embeddings
            if self._likes is None:
                self._likes = LiveLikes(embeddings.movie_ids, embeddings.half_life or 1.0)
            self._followed = now
            if not self._likes.follow(session) and space.likes is not None:
                return space
            likes = self._likes.counts
        return space.following(likes)

"""The films one can ask about: list, search, one film, its neighbours, the live points."""

from dataclasses import asdict

from movieloop.recommender.answers import movie_out
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.top_n import top
from movieloop.schemas import ModelOut, MovieOut, MoviePage, Recommendation, SimilarOut
from movieloop.store import SqliteStore


class Library:
    """Answers questions about films from an open database."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.live = LiveModel(store)

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

    def space(self) -> Snapshot:
        """Give the live space: the catalogue and its points.

        Returns:
            The space; frozen, so it may be kept.
        """
        return self.live.space()

    def warm_up(self) -> None:
        """Read the films and load the compiled search, so that the first user need not wait."""
        space = self.space()
        everything = space.unseen(())
        space.nearest(space.embeddings.start, n=1, mask=everything)
        space.rank(space.embeddings.start, row=0, mask=everything)

"""`loop.movies`: the films one can ask about - search, one film, its neighbours - and add to."""

from movieloop.data import Movie
from movieloop.recommender.answers import movie_out
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.top_n import top
from movieloop.schemas.movies import MovieOut, MoviePage
from movieloop.schemas.recommend import Recommendation, SimilarOut
from movieloop.store import SqliteStore


class Movies:
    """Answers questions about films.

    >>> from movieloop import MovieLoop
    >>> with MovieLoop.open(":memory:") as loop:
    ...     loop.movies.get("Alien (1979)").genres[0], loop.movies.search("alien").movies[0].title
    ('Horror', 'Alien')
    """

    def __init__(self, store: SqliteStore, live: LiveModel) -> None:
        self._store = store
        self._live = live

    def search(
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
        space = self._live.space()
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

    def get(self, movie: str | int) -> MovieOut:
        """Find one movie.

        Args:
            movie: A movie's name or id.

        Returns:
            The movie.

        Raises:
            MovieNotFound: There is no such movie.
        """
        space = self._live.space()
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
        space = self._live.space()
        found = space.catalog.find(movie)
        row = space.row(found.movie_id)
        neighbours: list[Recommendation] = []
        if row is not None:
            here = space.dialled(space.embeddings.points[row], 1.0)
            neighbours = top(space, here, n=n, unseen=space.unseen([found.movie_id]))
        return SimilarOut(movie=movie_out(space, found), similar=neighbours)

    def add(self, movie: Movie) -> int:
        """Let a film join the catalogue; it has no point until the next training.

        Args:
            movie: The film; `movie_id` is the number it would like, 0 for any.

        Returns:
            Its number: that of the film with this IMDb id if there is one.
        """
        return self._store.write(lambda session: session.add_movie(movie))

"""`loop.movies`: the films one can ask about - search, one film, its neighbours - and add to."""

from movieloop.data import Movie
from movieloop.recommender.answers import movie_out
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.new_movies import movie_of
from movieloop.recommender.placing import place_waiting
from movieloop.recommender.top_n import top
from movieloop.schemas.movies import MovieAdded, MovieOut, MoviePage, NewMovie
from movieloop.schemas.recommend import Recommendation, SimilarOut
from movieloop.store import Session, Store


class Movies:
    """Answers questions about films.

    >>> from movieloop import MovieLoop
    >>> with MovieLoop.open(":memory:") as loop:
    ...     loop.movies.get("Alien (1979)").genres[0], loop.movies.search("alien").movies[0].title
    ('Horror', 'Alien')
    """

    def __init__(self, store: Store, live: LiveModel) -> None:
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
        """Let a film join the catalogue, and place it by what is known of it.

        Args:
            movie: The film; `movie_id` is the number it would like, 0 for any.

        Returns:
            Its number: that of the film with one of its ids elsewhere if there is one.
        """
        number = self._store.write(lambda session: session.add_movie(movie))
        self.place_waiting()
        return number

    def create(self, new: NewMovie) -> MovieAdded:
        """Add a film somebody tells of; it can be found and recommended at once.

        Args:
            new: What is told of it.

        Returns:
            The film, and whether enough was told to place it.

        Raises:
            InvalidInput: A value makes no sense.
            MovieExists: The catalogue has it: one of its numbers, or its title and year.
        """

        def work(session: Session) -> int:
            catalog = self._live.at(session, follow=False).catalog
            return session.add_movie(movie_of(new, catalog))

        number = self._store.write(work)
        self.place_waiting()
        space = self._live.space()
        movie, placed = space.catalog.get(number), space.row(number) is not None
        later = (
            "It can be recommended at once."
            if placed
            else "Too little is known of it to recommend it before the next training; it can be "
            "found and rated."
        )
        return MovieAdded(
            message=f"{movie.label} is movie {number}. {later}",
            movie=movie_out(space, movie),
            placed=placed,
        )

    def place_waiting(self) -> list[int]:
        """Place the films that have no point, where enough is known of them.

        Returns:
            Their ids.
        """
        return place_waiting(self._store, self._live)

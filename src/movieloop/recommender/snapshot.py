"""The space people ask about: films and their points side by side, masks, ranks, the dial.

A *mask* is a row of booleans, one a movie: True where a movie may be recommended.

>>> from movieloop.data import Movie
>>> from movieloop.model.embeddings import Memory
>>> space = Snapshot(
...     Catalog([Movie(1, "Die Hard", 1988, ("Action",)), Movie(2, "Alien", 1979, ("Horror",))]),
...     Embeddings(np.array([1, 2]), np.array([[5.0], [1.0]]), np.array([2.0]), (Memory("m", 1),)),
... )
>>> profile = space.embeddings.start
>>> space.nearest(profile, n=1, mask=space.unseen(set()))
(array([1]), array([1.]))
>>> space.rank(profile, row=0, mask=space.unseen(set()))    # Die Hard is second
2
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from movieloop.data import Catalog, Movie, packaged_words
from movieloop.data.places import country_of, language_of
from movieloop.errors import InvalidInput
from movieloop.model.concept_directions import ConceptDirections
from movieloop.model.embeddings import POPULARITY, Embeddings
from movieloop.model.nearest import NearestMovies, Scores
from movieloop.model.placement import FEWEST, Placement, enough_known
from movieloop.model.themes import Themes, packaged_themes
from movieloop.recommender.filters import Filters
from movieloop.taste import Matrix, Rows, Vector, manhattan_distance

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A catalogue and one version of its points; frozen, shared by all readers."""

    catalog: Catalog
    embeddings: Embeddings
    origin: str = ""
    likes: Vector | None = None  # decayed, of every row; None where popularity does not live
    placed: int = 0  # so many rows, the last ones, are films placed by content

    @cached_property
    def movies(self) -> Sequence[Movie]:
        """The movie of every row."""
        return [self.catalog.by_id[int(movie_id)] for movie_id in self.embeddings.movie_ids]

    @cached_property
    def search(self) -> NearestMovies:
        """The search through the points; `following` hands its codes on."""
        return NearestMovies(self.embeddings.points, frozen=POPULARITY in self.embeddings.blocks)

    @cached_property
    def directions(self) -> ConceptDirections:
        """What the directions of the space mean to people."""
        return ConceptDirections.of(self.embeddings, self.movies)

    @cached_property
    def written_films(self) -> dict[int, tuple[bytes, bytes]]:
        """What `written` has written of the films, by row."""
        return {}

    @property
    def taste(self) -> Matrix:
        """The points without popularity, shape (movies, coordinates)."""
        return self.taste_of(self.embeddings.points)

    def taste_of(self, points: Matrix) -> Matrix:
        """Leave the popularity coordinate out.

        Args:
            points: One point, shape (d,), or many, shape (points, d).

        Returns:
            What is learned by feedback.
        """
        return points[..., :-1] if POPULARITY in self.embeddings.blocks else points

    def following(self, likes: Vector) -> "Snapshot":
        """Give this space at another moment, when other movies are liked.

        Args:
            likes: Decayed likes of every row, shape (movies,).

        Returns:
            A space with another popularity coordinate; all else is shared.
        """
        embeddings = self.embeddings.with_popularity(likes)
        space = replace(self, embeddings=embeddings, likes=likes)
        frozen = POPULARITY in embeddings.blocks
        space.__dict__["search"] = NearestMovies(embeddings.points, frozen=frozen, like=self.search)
        for known in ("directions", "movies", "owned", "_years", "written_films"):
            if known in self.__dict__:
                space.__dict__[known] = self.__dict__[known]
        return space

    def with_catalog(self, catalog: Catalog) -> "Snapshot":
        """Give the same points with films that have changed.

        Args:
            catalog: The films; those with a point are among them.

        Returns:
            A space that shares all that depends on points, and what depends on genres, years and
            how well known the films are if that has not changed.
        """
        space = replace(self, catalog=catalog)
        space.__dict__["search"] = self.search
        facts = [[(m.genres, m.year, m.popularity) for m in one.movies] for one in (self, space)]
        if facts[0] == facts[1]:
            for known in ("directions", "_popularity_place", "_years"):
                if known in self.__dict__:
                    space.__dict__[known] = self.__dict__[known]
        return space

    @cached_property
    def _popularity_place(self) -> NDArray[np.int64]:
        """The place of every row by plain popularity, 0 = the best known."""
        known = np.array([movie.popularity for movie in self.movies], dtype=np.float64)
        likes = known if self.likes is None else self.likes
        place = np.empty(len(known), dtype=np.int64)
        place[np.lexsort((-known, -likes))] = np.arange(len(known))
        return place

    @cached_property
    def _years(self) -> NDArray[np.int64]:
        return np.array([-1 if movie.year is None else movie.year for movie in self.movies])

    @cached_property
    def owned(self) -> Mask:
        """Which movies a connected media server has, shape (movies,)."""
        return np.array([movie.owned_since is not None for movie in self.movies], dtype=np.bool_)

    def placements(self) -> dict[int, Vector]:
        """Place the movies that have no point, where enough is known of them.

        Returns:
            Their points by movie id; none in a space too small to learn from.
        """
        waiting = [
            movie
            for movie in self.catalog.movies
            if self.row(movie.movie_id) is None and enough_known(movie)
        ]
        if not waiting or len(self.movies) < FEWEST:
            return {}
        words, known = Themes.from_bytes(packaged_words()), packaged_themes()
        about = {number: themes for number, themes in known.items() if self.row(number) is not None}
        about |= {
            movie.movie_id: themes
            for movie in self.movies
            if movie.about and (themes := words.of(movie.about)) is not None
        }
        placement = Placement(self.movies, self.embeddings, about)
        points = {
            movie.movie_id: placement.place(movie, words.of(movie.about)) for movie in waiting
        }
        return {number: point for number, point in points.items() if point is not None}

    def is_placed(self, movie_id: int) -> bool:
        """Tell whether a movie has its point by content, not by a training.

        Args:
            movie_id: The movie.

        Returns:
            False for a movie without a point, too.
        """
        row = self.row(movie_id)
        return row is not None and row >= len(self.embeddings.movie_ids) - self.placed

    def row(self, movie_id: int) -> int | None:
        """Find the row of a movie.

        Args:
            movie_id: The movie.

        Returns:
            Its row; None for a movie without a point.
        """
        return self.embeddings.row_of.get(movie_id)

    def unseen(self, rated: Iterable[int]) -> Mask:
        """Mark the movies a user has not rated.

        Args:
            rated: Ids of the rated movies.

        Returns:
            A mask, shape (movies,).
        """
        mask = np.ones(len(self.embeddings.movie_ids), dtype=np.bool_)
        row_of = self.embeddings.row_of
        mask[[row_of[movie_id] for movie_id in rated if movie_id in row_of]] = False
        return mask

    def allowed(self, filters: Filters) -> Mask:
        """Mark the movies that pass the filters.

        Args:
            filters: What the person wants to see.

        Returns:
            A mask, shape (movies,).

        Raises:
            InvalidInput: The genre, country or language is unknown, or the years are the wrong
                way round.
        """
        mask = self.unseen(filters.exclude)
        if filters.only is not None:
            mask &= ~self.unseen(filters.only)
        if filters.genre is not None:
            genre = self.catalog.genre(filters.genre)
            mask &= np.array([genre in movie.genres for movie in self.movies])
        low, high = filters.year_from, filters.year_to
        if low is not None and high is not None and low > high:
            raise InvalidInput("year_from", f"{low} is after year_to, {high}.")
        if low is not None:
            mask &= self._years >= low
        if high is not None:
            mask &= (self._years <= high) & (self._years >= 0)
        if filters.country is not None:
            country = _code("country", filters.country, country_of)
            mask &= np.array([country in movie.countries for movie in self.movies])
        if filters.language is not None:
            language = _code("language", filters.language, language_of)
            mask &= np.array([language in movie.languages for movie in self.movies])
        if filters.runtime_to is not None:
            most = filters.runtime_to
            mask &= np.array([0 < (movie.runtime or 0) <= most for movie in self.movies])
        if filters.owned is not None:
            mask &= self.owned if filters.owned else ~self.owned
        return mask

    def dialled(self, profile: Vector, familiarity: float | None) -> Vector:
        """Turn the familiar-obscure dial: move the profile's popularity coordinate.

        How it works: at familiarity 0.7 the profile stands where the film stands that 30 %
        of the catalogue are better known than.

        Args:
            profile: The user's point, shape (d,), or several, shape (profiles, d).
            familiarity: 0 to 1; None leaves the profile alone.

        Returns:
            The moved point; the profile itself in a space without popularity.
        """
        if familiarity is None or POPULARITY not in self.embeddings.blocks:
            return profile
        block = self.embeddings.blocks[POPULARITY]
        moved = profile.copy()
        moved[..., block] = np.quantile(self.embeddings.points[:, block], 1.0 - familiarity, axis=0)
        return moved

    def wishing(self, profile: Vector, filters: Filters) -> Vector:
        """Move a profile for one answer: first by its wishes, then by the dial.

        How it works: a wish names a direction and how much farther along it to stand. Of all
        moves that do that, and leave the other wished directions as they are wished, the
        shortest is made.

        Args:
            profile: The user's point, shape (d,), or several, shape (profiles, d).
            filters: What the person wants to see.

        Returns:
            The moved point; the profile itself if nothing is wished.

        Raises:
            InvalidInput: There is no such direction.
        """
        if filters.wishes:
            known = {name.casefold(): i for i, name in enumerate(self.directions.names)}
            wished: dict[int, float] = {}
            for name, by in filters.wishes:
                if name.casefold() not in known:
                    raise InvalidInput(
                        "wish",
                        f"There is no direction {name[:50]!r}. GET /user/{{user_id}}/taste lists "
                        "their names.",
                    )
                wished[known[name.casefold()]] = by
            lines = self.directions.lines[list(wished)]
            profile = profile + np.linalg.pinv(lines) @ np.array(list(wished.values()))
        return self.dialled(profile, filters.familiarity)

    def nearest(self, profile: Vector, *, n: int, mask: Mask) -> tuple[Rows, Vector]:
        """Find the n nearest movies among those the mask marks.

        Args:
            profile: The user's point, shape (d,).
            n: How many, 0 or more.
            mask: Which movies may be found.

        Returns:
            Their rows, nearest first, and their distances.
        """
        return self.search.nearest(profile, n=n, allowed=mask)

    def rank(self, profile: Vector, *, row: int, mask: Mask, scored: Scores | None = None) -> int:
        """Count which place a movie has for a profile, 1 = it would be recommended next.

        Args:
            profile: The user's point, shape (d,).
            row: The movie; it takes part even if the mask leaves it out.
            mask: The movies it competes with.
            scored: What `search.scores` told of this profile alone; None scores it anew.

        Returns:
            Its place; of two movies at one distance the lower row is first, as in `nearest`.
        """
        return self.search.rank(profile, row=row, allowed=mask, scored=scored)

    def popularity_rank(self, *, row: int, mask: Mask) -> int:
        """Count which place a movie has by plain popularity.

        Args:
            row: The movie; it takes part even if the mask leaves it out.
            mask: The movies it competes with.

        Returns:
            Its place, 1 = the best known.
        """
        place = self._popularity_place
        return 1 + int(np.count_nonzero((place < place[row]) & mask))

    def most_popular(self, *, n: int, mask: Mask) -> Rows:
        """List the movies that plain popularity would recommend.

        Args:
            n: How many, 0 or more.
            mask: Which movies may be listed.

        Returns:
            Their rows, the best known first.
        """
        order = np.argsort(self._popularity_place)
        return np.asarray(order[mask[order]][:n])

    def worth_asking(self, unseen: Mask, *, n: int, among: int = 150) -> list[Movie]:
        """Choose well-known films that divide tastes: each far from all chosen before.

        How it works:
            1. Only the `among` best known films are asked about: people must know them.
            2. The best known one comes first, then always the one whose nearest chosen or
               rated film is farthest away (farthest-first traversal, Gonzalez 1985).

        Args:
            unseen: The movies the person has not rated.
            n: How many films to choose.
            among: How many of the best known films to choose from.

        Returns:
            Up to n movies.
        """
        points = self.embeddings.points
        order = np.argsort(self._popularity_place)
        asked = order[unseen[order]][: max(among, n)]
        gaps = np.full(len(asked), np.inf)
        for row in np.flatnonzero(~unseen):
            gaps = np.minimum(gaps, manhattan_distance(points[row], points[asked]))
        chosen: list[Movie] = []
        for _ in range(min(n, len(asked))):
            pick = int(np.argmax(gaps))
            chosen.append(self.movies[asked[pick]])
            gaps = np.minimum(gaps, manhattan_distance(points[asked[pick]], points[asked]))
            gaps[pick] = -1.0
        return chosen


def _code(field: str, word: str, code_of: Callable[[str], str | None]) -> str:
    """Read a country or a language, or say that nobody knows it."""
    code = code_of(word)
    if code is None:
        raise InvalidInput(field, f"No {field} is called {word[:50]!r}. Try its name in English.")
    return code

"""`loop.map`: every film a dot, the genres, and what stands where.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     chart = loop.map.chart()
...     len(chart.x) == len(chart.y) == len(chart.movie_ids)
True
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from movieloop.data import Movie
from movieloop.errors import MapNotReady
from movieloop.model.concept_directions import era_of
from movieloop.model.projection import NEIGHBOURS, SIZE, Projection
from movieloop.model.regions import regions
from movieloop.recommender.live_model import LiveModel
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.top_n import top
from movieloop.recommender.user_state import UserStates, UserWithLog
from movieloop.schemas.map import Chart, Direction, Picture, RegionOut, Step
from movieloop.schemas.movies import GenreCount
from movieloop.schemas.recommend import Recommendations
from movieloop.store import Store
from movieloop.taste import Rating, Vector


class TasteMap:
    """Shows the films as a map, and tastes in words and places."""

    def __init__(self, store: Store, live: LiveModel, states: UserStates) -> None:
        self._store = store
        self._live = live
        self._states = states
        self._named: tuple[Projection, list[RegionOut]] | None = None

    def genres(self) -> list[GenreCount]:
        """List the genres.

        Returns:
            The genres, the most frequent first.
        """
        return _genres(self._live.space())

    def picture(self, given: Iterable[tuple[str | int, Rating]]) -> Picture:
        """Tell the taste of somebody without an account: nothing is stored.

        Args:
            given: (movie name or id, rating) pairs, oldest first.

        Returns:
            Their taste in words, and their place on the map.

        Raises:
            MovieNotFound: There is no such movie.
        """
        space = self._live.space()
        profile = UserWithLog.without_account(space, given).profile
        return Picture(
            directions=directions_of(space, profile),
            place=place_if_known(self._live, space, profile, 0),
        )

    def chart(self, *, wait: bool = True) -> Chart:
        """Draw the map of all films.

        Args:
            wait: Whether to wait for it where a version was never laid out, which takes seconds.

        Returns:
            The place of every film.

        Raises:
            MapNotReady: It is being laid out, and nobody is to wait.
        """
        space = self._live.space()
        chart = self._live.map_of(space, wait=wait)
        genres = _genres(space)
        number = {genre.name: index for index, genre in enumerate(genres)}
        return Chart(
            embeddings_version=space.embeddings.version,
            size=SIZE,
            movie_ids=space.embeddings.movie_ids.tolist(),
            x=chart.places[:, 0].tolist(),
            y=chart.places[:, 1].tolist(),
            genre=[number[movie.genres[0]] if movie.genres else -1 for movie in space.movies],
            genres=genres,
            regions=self._regions(space, chart),
            neighbours=NEIGHBOURS,
            neighbours_kept=round(chart.kept, 3),
        )

    def _regions(self, space: Snapshot, chart: Projection) -> list[RegionOut]:
        """Name the parts of a map, once a map."""
        if self._named is None or self._named[0] is not chart:
            found = regions(chart.places, [_words(movie) for movie in space.movies], size=SIZE)
            told = [
                RegionOut(
                    level=region.level,
                    x=region.x,
                    y=region.y,
                    names=list(region.names),
                    kinds=list(region.kinds),
                )
                for region in found
            ]
            self._named = (chart, told)
        return self._named[1]

    def near(
        self, x: int, y: int, user_id: str, *, n: int = 6, wait: bool = True
    ) -> Recommendations:
        """Recommend from a part of the map: among the unseen films there, the user's nearest.

        Args:
            x: Where on the map, 0 to SIZE.
            y: Where on the map.
            user_id: The user.
            n: How many films, 1 or more.
            wait: Whether to wait for the map.

        Returns:
            The recommendations, nearest to the profile first.

        Raises:
            MapNotReady: The map is being laid out, and nobody is to wait.
        """
        with self._store.read() as session:
            space = self._live.at(session)
            user = self._states.quick(session, space, user_id)
        chart = self._live.map_of(space, wait=wait)
        gaps = np.abs(chart.places - (x, y)).sum(axis=1)
        around = np.argsort(np.where(user.unseen, gaps, np.inf), kind="stable")[: 4 * n]
        nearby = np.zeros_like(user.unseen)
        nearby[around] = True
        found = top(space, user.profile, n=n, unseen=user.unseen, allowed=nearby)
        return Recommendations(
            user_id=user_id,
            recommended_movie=found[0].title if found else None,
            similarity_score=found[0].distance if found else None,
            user_profile=user.profile.tolist(),
            recommendations=found,
            embeddings_version=space.embeddings.version,
        )


def _words(movie: Movie) -> list[tuple[str, str]]:
    """Say of a film what can name a part of the map."""
    words = [("genre", genre) for genre in movie.genres]
    if movie.year:
        words.append(("era", era_of(movie.year)))
    return words + [("country", code) for code in movie.countries[:1] if code != "US"]


def _genres(space: Snapshot) -> list[GenreCount]:
    counted = Counter(genre for movie in space.catalog.movies for genre in movie.genres)
    return [GenreCount(name=name, movies=movies) for name, movies in counted.most_common()]


def directions_of(space: Snapshot, profile: Vector) -> list[Direction]:
    """Tell a profile in words, the memories apart.

    Args:
        space: The live snapshot.
        profile: The user's point, shape (d,).

    Returns:
        How far it has gone along every direction people have a word for.
    """
    known = space.directions
    values = known.of_profile(profile)
    slow = known.of_profile(profile, memory=known.slow) if known.slow.any() else None
    fast = known.of_profile(profile, memory=known.fast) if known.fast.any() else None
    return [
        Direction(
            name=name,
            kind=kind,
            value=round(float(values[i]), 4),
            slow=None if slow is None else round(float(slow[i]), 4),
            fast=None if fast is None else round(float(fast[i]), 4),
            sure=round(known.sure[i], 3),
        )
        for i, (name, kind) in enumerate(zip(known.names, known.kinds, strict=True))
    ]


def step(space: Snapshot, chart: Projection, profile: Vector, feedback_id: int) -> Step:
    """Find the place of a profile on the map.

    Args:
        space: The live snapshot.
        chart: Its map.
        profile: The user's point, shape (d,).
        feedback_id: After which feedback it stood there; 0 for none.

    Returns:
        The place.
    """
    x, y = chart.place(space.taste_of(profile))
    return Step(feedback_id=feedback_id, x=x, y=y)


def place_if_known(
    live: LiveModel, space: Snapshot, profile: Vector, feedback_id: int
) -> Step | None:
    """Find a profile's place; nobody waits for a map because of it.

    Args:
        live: Gives the map.
        space: The live snapshot.
        profile: The user's point, shape (d,).
        feedback_id: After which feedback it stood there; 0 for none.

    Returns:
        The place; None while the map is laid out.
    """
    try:
        chart = live.map_of(space, wait=False)
    except MapNotReady:
        return None
    return step(space, chart, profile, feedback_id)

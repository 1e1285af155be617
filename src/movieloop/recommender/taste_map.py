"""What a person sees of their taste: in words, as a place on the map, and as it was before.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     answer = loop.add_feedback("ada", "Unforgiven", 1)
...     strongest = max(loop.taste("ada").directions, key=lambda direction: direction.value)
...     loop.timeline("ada", at=0, n=10).recommendations == loop.recommend("bob").recommendations
True
>>> strongest.name
'Western'
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from movieloop.errors import InvalidInput, MapNotReady
from movieloop.model.fold_in import opinions, refold
from movieloop.model.projection import NEIGHBOURS, SIZE, Projection
from movieloop.recommender.answers import feedback_items
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.top_n import top
from movieloop.recommender.user_state import UserWithLog
from movieloop.recommender.users import NO_FILTERS, Reader
from movieloop.schemas import (
    Chart,
    Direction,
    GenreCount,
    Picture,
    PlaceOut,
    Recommendations,
    Step,
    TasteOut,
    TimelineOut,
    checked_user_id,
)
from movieloop.taste import LIKE, Rating, Vector

_STEPS = 500


class Viewer(Reader):
    """A `Reader` that also shows taste in words and pictures."""

    def genres(self) -> list[GenreCount]:
        """List the genres.

        Returns:
            The genres, the most frequent first.
        """
        return _genres(self.space())

    def taste(self, user_id: str) -> TasteOut:
        """Tell a user's taste in words.

        Args:
            user_id: The user; a newcomer stands at 0 everywhere.

        Returns:
            How far the profile has gone along every direction.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._standing(session, space, user_id)
        return TasteOut(
            user_id=user_id,
            embeddings_version=space.embeddings.version,
            directions=_directions(space, user.profile),
        )

    def picture(self, given: Iterable[tuple[str | int, Rating]]) -> Picture:
        """Tell the taste of somebody without an account: nothing is stored.

        Args:
            given: (movie name or id, rating) pairs, oldest first.

        Returns:
            Their taste in words, and their place on the map.

        Raises:
            MovieNotFound: There is no such movie.
        """
        space = self.live.space()
        profile = UserWithLog.without_account(space, given).profile
        return Picture(
            directions=_directions(space, profile), place=self._place_if_known(space, profile, 0)
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
        space = self.live.space()
        chart = self.live.map_of(space, wait=wait)
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
            neighbours=NEIGHBOURS,
            neighbours_kept=round(chart.kept, 3),
        )

    def place(self, user_id: str, *, wait: bool = True) -> PlaceOut:
        """Find where a user stands on the map, and the way they came.

        Args:
            user_id: The user; a newcomer has come no way.
            wait: Whether to wait for the map.

        Returns:
            The place, and one step for every opinion that counts.

        Raises:
            MapNotReady: The map is being laid out, and nobody is to wait.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._user(session, space, user_id)
        counting = [
            item for item in opinions(user.learned) if item.movie_id in space.embeddings.row_of
        ]
        chart = self.live.map_of(space, wait=wait)
        profile, likes = space.embeddings.start, 0
        trail = []
        for number, item in enumerate(counting):
            profile = space.embeddings.learn(
                [(item.movie_id, item.rating)], profile=profile, likes=likes
            )
            likes += item.rating == LIKE
            if number >= len(counting) - _STEPS:
                trail.append(_step(space, chart, profile, item.feedback_id))
        start = _step(space, chart, space.embeddings.start, 0)
        here = trail[-1] if trail else start
        return PlaceOut(
            user_id=user_id,
            embeddings_version=space.embeddings.version,
            x=here.x,
            y=here.y,
            start=start,
            trail=trail,
        )

    def near_place(
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
        with self.store.read() as session:
            space = self.live.at(session)
            user = self._standing(session, space, user_id)
        chart = self.live.map_of(space, wait=wait)
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

    def timeline(self, user_id: str, *, at: int | None = None, n: int = 12) -> TimelineOut:
        """Show a user as they were after their first ratings, in today's space.

        Args:
            user_id: The user.
            at: After so many live ratings, 0 to all of them; all of them if None.
            n: How many recommendations.

        Returns:
            Profile in words, place and list as they were then.

        Raises:
            InvalidInput: There are not so many ratings.
        """
        with self.store.read() as session:
            space = self.live.at(session)
            live = session.live_feedback(checked_user_id(user_id))
        at = len(live) if at is None else at
        if not 0 <= at <= len(live):
            raise InvalidInput("at", f"It must be 0 to {len(live)}, the number of ratings.")
        folded = refold(space.embeddings, live[:at], at)
        then = UserWithLog.put_together(space, live[:at], folded, (0, 0))
        return TimelineOut(
            user_id=user_id,
            at=at,
            ratings=len(live),
            embeddings_version=space.embeddings.version,
            feedback=feedback_items(space.catalog, live[:at]),
            directions=_directions(space, then.profile),
            place=self._place_if_known(space, then.profile, live[at - 1].feedback_id if at else 0),
            recommendations=top(
                space,
                then.profile,
                n=n,
                unseen=then.unseen,
                allowed=space.allowed(NO_FILTERS),
            ),
        )

    def _place_if_known(self, space: Snapshot, profile: Vector, feedback_id: int) -> Step | None:
        """Find a profile's place; nobody waits for a map because of it."""
        try:
            chart = self.live.map_of(space, wait=False)
        except MapNotReady:
            return None
        return _step(space, chart, profile, feedback_id)


def _genres(space: Snapshot) -> list[GenreCount]:
    counted = Counter(genre for movie in space.catalog.movies for genre in movie.genres)
    return [GenreCount(name=name, movies=movies) for name, movies in counted.most_common()]


def _directions(space: Snapshot, profile: Vector) -> list[Direction]:
    """Tell a profile in words, the memories apart."""
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


def _step(space: Snapshot, chart: Projection, profile: Vector, feedback_id: int) -> Step:
    x, y = chart.place(space.taste_of(profile))
    return Step(feedback_id=feedback_id, x=x, y=y)

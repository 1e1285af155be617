"""Exact nearest movies, at about the speed of reading one byte a coordinate.

`taste.nearest` measures every distance in double precision. Almost all of that work goes into
movies that are far away. Here every coordinate is kept a second time as one byte, a *code*; the
codes of all movies are scanned, and only the few movies that can still win are measured exactly.
**The answer is always that of `taste.nearest`**, ties by row included. Why?

Codes
    Coordinate d of movie m becomes `code = round((m_d - low_d) / step)`, 0 to 255. `low_d` is the
    lowest value of the coordinate, `step` is one number for all coordinates, so differences of
    codes can be added up as whole numbers. Decoded, `low_d + step * code` is off by an error. Let
    `blur_m` be the largest sum of such errors over the coordinates of one movie.

The frozen coordinate
    Popularity must not be coded in a byte: one huge value would make `step` coarse for all. It is
    kept in steps as a whole number of 32 bits, and `blur_m` counts its error too.

The profile
    First each coded coordinate of the profile is moved to the nearest value within the range of
    the movies. That shortens the distance to *every* movie by the same amount K, as no movie
    lies beyond. Then it is coded as well, with an error of `blur_p` in all.

The proof
    score = sum of the differences of codes, a whole number. By the triangle inequality

        | distance - (K + step * score) |  <=  blur_m + blur_p  =  reach

    Measure the n movies of the lowest scores in double precision; let D be the largest of these
    distances. The n nearest of all movies are no farther than D. So a movie is out if
    K + step * score - reach > D. The few that are not out are measured as well, and the handful
    at the front is handed to `taste.manhattan_distance`, which has the last word on the last bit.

>>> points = np.array([[5.0, 1.0], [0.0, 5.0], [3.0, 0.0], [4.0, 2.0]])
>>> search = NearestMovies(points)
>>> search.nearest(np.array([3.0, 3.0]), n=2, allowed=np.array([False, True, True, True]))
(array([3, 2]), array([2., 3.]))
>>> search.rank(np.array([3.0, 3.0]), row=0, allowed=np.ones(4, np.bool_))     # three are nearer
3
"""

import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, Self, cast

import numpy as np
from numpy.typing import NDArray

from movieloop.model.codes import LOST, coded
from movieloop.taste import Matrix, Rows, Vector, manhattan_distance, nearest

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]

_STEPS = 2**29  # more steps than that, and sums of 32 bits could overflow


class Scores(NamedTuple):
    """How far every movie is from some profiles, roughly: `moved + step * score`.

    Attributes:
        scores: Whole numbers, shape (profiles, movies).
        lowest: The lowest score of every block of movies, shape (profiles, blocks).
        moved: What every distance of a profile has on top of its score, one a profile.
        reach: By how much a distance of a profile may differ from that, one a profile.
        step: What one step of a score is worth.
    """

    scores: Ints
    lowest: Ints
    moved: list[float]
    reach: list[float]
    step: float

    def of(self, profile: int) -> Self:
        """Give those of one profile alone.

        Args:
            profile: Its place among them.

        Returns:
            The same scores, as if nobody else had been asked about.
        """
        one = slice(profile, profile + 1)
        return self._replace(
            scores=self.scores[one],
            lowest=self.lowest[one],
            moved=self.moved[one],
            reach=self.reach[one],
        )


class _Room:
    """Arrays to score some profiles in."""

    def __init__(self, profiles: int, movies: int, width: int, block: int) -> None:
        self.codes = np.zeros((profiles, width), np.uint8)
        self.stands = np.zeros(profiles, np.int32)
        self.scores = np.empty((profiles, movies), np.int32)
        self.lowest = np.empty((profiles, -(-movies // block)), np.int32)


@cache
def _compiled() -> ModuleType | None:
    """Import the compiled half when it is first needed: that takes half a second."""
    try:
        return import_module("movieloop.model.nearest_kernels")
    except ImportError:  # no Numba for this machine: slower, the same answers
        return None


class NearestMovies:
    """Finds the nearest of many points, exactly; safe to use from many threads."""

    def __init__(
        self, points: Matrix, *, frozen: bool = False, like: "NearestMovies | None" = None
    ) -> None:
        """Code the points.

        Args:
            points: Shape (movies, d), finite; kept, not copied.
            frozen: Whether the last coordinate is popularity, which needs more than a byte.
            like: A search through points that differ in that coordinate only; its codes serve
                here too.
        """
        self._points, self._frozen = points, frozen
        self._kernels = cast(Any, _compiled())
        self._threads = threading.local()
        self._codes = None
        if self._kernels is not None:
            moving = points[:, : points.shape[1] - frozen]
            self._codes = like._codes if like else coded(moving, chunk=self._kernels.CHUNK)
        if self._codes is None:
            return
        step = self._codes.step
        stands = points[:, -1] / step if frozen else np.zeros(len(points))
        if np.abs(stands).max() > _STEPS:
            self._codes = None
            return
        self._stands = np.rint(stands).astype(np.int32)
        lost = float(np.abs(stands - self._stands).max()) + LOST * float(np.abs(stands).max())
        self._blur = self._codes.blur + step * lost
        self._score: Any = self._kernels.scores_of(self._codes.codes.shape[1])

    def nearest(self, profile: Vector, *, n: int, allowed: Mask) -> tuple[Rows, Vector]:
        """Find the n nearest movies among the allowed ones.

        Args:
            profile: The user's point, shape (d,), finite.
            n: How many, 0 or more.
            allowed: Which movies may be found, shape (movies,).

        Returns:
            Their rows, nearest first (of two at one distance the lower row first), and their
            distances: what `taste.nearest` answers.
        """
        scored = self._scored([profile], self._own()) if n > 0 else None
        if scored is None:
            return nearest(profile, self._points, n, exclude=np.flatnonzero(~allowed))
        rows = self._threads.rows
        count = self._kernels.contenders(
            profile, self._points, allowed, scored.scores[0], scored.lowest[0],
            min(n, len(allowed)), scored.moved[0], scored.step, scored.reach[0], rows,
        )  # fmt: skip
        found = np.sort(rows[:count])
        distances = manhattan_distance(profile, self._points[found])
        order = np.argsort(distances, kind="stable")[:n]  # found is sorted: ties by row
        return found[order], distances[order]

    def rank(
        self, profile: Vector, *, row: int, allowed: Mask, scored: Scores | None = None
    ) -> int:
        """Count which place a movie has for a profile.

        Args:
            profile: The user's point, shape (d,), finite.
            row: The movie; it takes part even if it is not allowed.
            allowed: The movies it competes with, shape (movies,).
            scored: What `scores` told of this profile alone; None scores it anew.

        Returns:
            Its place, 1 = the nearest; of two at one distance the lower row is first.
        """
        distance = float(manhattan_distance(profile, self._points[row]))
        room = self._own()
        scored = scored or self._scored([profile], room)
        if scored is None:
            count, level = 0, np.flatnonzero(allowed)
        else:
            rows = self._threads.rows
            count, equal = self._kernels.nearer(
                profile, self._points, allowed, scored.scores[0], scored.lowest[0],
                distance, scored.moved[0], scored.step, scored.reach[0], rows,
            )  # fmt: skip
            level = rows[:equal]
        distances = manhattan_distance(profile, self._points[level])
        nearer = (distances < distance) | ((distances == distance) & (level < row))
        return 1 + count + int(np.count_nonzero(nearer))

    def scores(self, profiles: Sequence[Vector]) -> Scores | None:
        """Tell roughly how far every movie is from some profiles, reading the codes once.

        Args:
            profiles: Points of users, each of shape (d,), finite.

        Returns:
            Their scores, in arrays of their own; None where codes cannot tell.
        """
        return self._scored(profiles, self._room(len(profiles)))

    def _scored(self, profiles: Sequence[Vector], room: _Room | None) -> Scores | None:
        """Score all movies for some profiles in that room."""
        known = self._codes
        if known is None or room is None:
            return None
        moved, reach, step = [], [], known.step
        for place, profile in enumerate(profiles):
            stand = float(profile[-1]) / step if self._frozen else 0.0
            if abs(stand) > _STEPS:
                return None
            room.stands[place] = at = round(stand)
            far, blur = self._kernels.encode(
                profile, known.low, known.high, step, room.codes[place]
            )
            # A profile far outside moves all distances up to where doubles are coarser.
            rounding = self._kernels.ROUNDING * (far + abs(stand) * step)
            wrong = self._blur + blur + abs(stand - at) * step + rounding
            if not np.isfinite(far + wrong):
                return None
            moved.append(far)
            reach.append(wrong)
        self._score(known.codes, room.codes, self._stands, room.stands, room.scores, room.lowest)
        return Scores(room.scores, room.lowest, moved, reach, step)

    def _room(self, profiles: int) -> _Room | None:
        if self._codes is None:
            return None
        movies, width = self._codes.codes.shape
        return _Room(profiles, movies, width, self._kernels.BLOCK)

    def _own(self) -> _Room | None:
        """This thread's room for one profile, and for the rows found, kept from call to call."""
        mine = self._threads
        if not hasattr(mine, "room"):
            mine.room, mine.rows = self._room(1), np.empty(len(self._points), np.intp)
        room: _Room | None = mine.room
        return room

"""The taste map: every film a dot, and where a profile stands among them.

A map of two dimensions cannot keep what a space of a hundred holds: its neighbourhoods are mostly
true, its gaps and sizes are not. `Projection.kept` says how many true neighbours it keeps.

>>> points = np.vstack([np.eye(8)] * 4 + [np.eye(8) * 3] * 4)
>>> chart = Projection.of(points)
>>> chart.places.shape, bool(0 <= chart.places.min() and chart.places.max() <= SIZE)
((64, 2), True)
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from movieloop.model.nearest import NearestMovies
from movieloop.taste import Matrix, Vector

SIZE = 10_000  # places are whole numbers from 0 to this
NEIGHBOURS = 10
_TIES, _AMONG = 15, 12
_TRIED = 1000  # films by which it is measured how many neighbours are kept


@dataclass(frozen=True, eq=False)
class Projection:
    """The places of all films of one space.

    Attributes:
        places: Whole numbers from 0 to SIZE, shape (movies, 2).
        kept: The share of true nearest films that are among the nearest on the map.
        search: Finds the true nearest films of a point, popularity left out.
    """

    places: NDArray[np.int64]
    kept: float
    search: NearestMovies

    @classmethod
    def of(cls, points: Matrix) -> Self:
        """Lay a space out; some seconds for ten thousand films.

        Args:
            points: The taste of every film, without popularity, shape (movies, d).

        Returns:
            The map, always the same for the same points.
        """
        from movieloop.model.projection_kernels import begin, settle  # noqa: PLC0415 - compiled, so on demand

        points = np.ascontiguousarray(points)
        search, everything = NearestMovies(points), np.ones(len(points), np.bool_)
        different, which = np.unique(points, axis=0, return_inverse=True)
        if len(different) < len(points):  # films of which nothing is known stand on one point
            laid = cls.of(different)
            return cls(laid.places[which.ravel()], laid.kept, search)
        ties = min(_TIES, len(points) - 1)
        if ties < 1:
            return cls(np.full((len(points), 2), SIZE // 2), 1.0, search)
        neighbours = np.empty((len(points), ties), np.int64)
        for row, point in enumerate(points):
            found, _ = search.nearest(point, n=ties + 1, allowed=everything)
            neighbours[row] = found[found != row][:ties]
        places = begin(points)
        settle(places, neighbours, 0)
        return cls(_fitted(places), _kept(places, neighbours), search)

    @classmethod
    def at(cls, points: Matrix, places: bytes, kept: float) -> Self:
        """Read a map that was laid out before; films behind those it knows find a place on it.

        Args:
            points: The taste of every film, without popularity, shape (movies, d).
            places: What `to_bytes` packed, of all films or of the first ones.
            kept: The share of true neighbours it keeps.

        Returns:
            The map.

        Raises:
            ValueError: The bytes are a map of more films.
        """
        found = np.frombuffer(places, dtype="<u2").astype(np.int64).reshape(-1, 2)
        if len(found) > len(points):
            raise ValueError("these bytes are the map of other films")
        points = np.ascontiguousarray(points)
        if len(found) < len(points):
            known = cls(found, kept, NearestMovies(points[: len(found)]))
            new = [known.place(point) for point in points[len(found) :]]
            found = np.vstack([found, np.array(new, dtype=np.int64)])
        return cls(found, kept, NearestMovies(points))

    def to_bytes(self) -> bytes:
        """Pack the places: two bytes each, four a film.

        Returns:
            What `at` reads.
        """
        return self.places.astype("<u2").tobytes()

    def place(self, taste: Vector) -> tuple[int, int]:
        """Find where a profile belongs: amid the films nearest to it in the true space.

        Args:
            taste: The profile without popularity, shape (d,).

        Returns:
            A place, which may lie between films.
        """
        everything = np.ones(len(self.places), np.bool_)
        rows, distances = self.search.nearest(taste, n=_AMONG, allowed=everything)
        # The nearest counts most, one as far as twice the nearest hardly at all.
        far = distances / max(float(distances[0]), 1e-9) - 1.0
        weights = np.exp(-6.0 * far)
        # The middle of two clusters may be nowhere: films far from the nearest one count less.
        apart = np.linalg.norm(self.places[rows] - self.places[rows[0]], axis=1)
        weights *= np.exp(-apart / (SIZE / 12))
        x, y = weights @ self.places[rows] / weights.sum()
        return round(float(x)), round(float(y))


def _fitted(places: Matrix) -> NDArray[np.int64]:
    """Turn places into whole numbers that fill the map; a few strays do not shrink it."""
    low, high = np.quantile(places, 0.002, axis=0), np.quantile(places, 0.998, axis=0)
    middle, reach = (low + high) / 2, max(float((high - low).max()) / 2, 1e-9)
    apart = np.clip((places - middle) / reach, -1.0, 1.0)
    # Islands far out come nearer, so that the crowd in the middle has room.
    far = np.linalg.norm(apart, axis=1, keepdims=True)
    apart *= np.maximum(far, 1e-9) ** -0.3
    return np.asarray(np.rint((apart * 0.46 + 0.5).clip(0, 1) * SIZE), dtype=np.int64)


def _kept(places: Matrix, neighbours: NDArray[np.int64]) -> float:
    """Measure which share of the true neighbours the map keeps."""
    from scipy.spatial import KDTree  # type: ignore[import-untyped]  # noqa: PLC0415

    tried = np.random.default_rng(0).permutation(len(places))[:_TRIED]
    k = min(NEIGHBOURS, neighbours.shape[1])
    _, near = KDTree(places).query(places[tried], k=k + 1)
    shares = [
        len(set(shown.tolist()) & set(neighbours[row, :k].tolist())) / k
        for row, shown in zip(tried, near, strict=True)
    ]
    return float(np.mean(shares))

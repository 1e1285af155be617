"""What the directions of the space mean to people: genres, eras, how mainstream.

Learned coordinates have no names. But the films of a genre stand somewhere, all others somewhere
else, and the line from there to here is a direction that people understand. How far a profile has
gone along it, beside a newcomer, is what the page shows as a bar.

>>> from movieloop.data import Movie
>>> from movieloop.model.embeddings import Memory
>>> films = [Movie(i, f"Film {i}", 1990, ("Western",) if i < 20 else ("War",)) for i in range(40)]
>>> points = np.array([[1.0, i % 3] if i < 20 else [0.0, i % 3] for i in range(40)])
>>> space = Embeddings(np.arange(40), points, np.array([0.5, 1.0]), (Memory("slow", 2),))
>>> directions = ConceptDirections.of(space, films)
>>> [(name, round(sure, 2)) for name, sure in zip(directions.names, directions.sure)][:2]
[('War', 1.0), ('Western', 1.0)]
>>> directions.of_profile(np.array([1.0, 1.0])).round(1)[:2]      # one deviation to the west
array([-1.,  1.])
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from movieloop.data import Movie
from movieloop.model.embeddings import POPULARITY, Embeddings
from movieloop.taste import Matrix, Vector

_FEWEST = 15  # films that make a direction
_SAMPLE = 8000  # films by which sureness is measured
_FIRST_ERA, _LAST_ERA = 1950, 2010


@dataclass(frozen=True, eq=False)
class ConceptDirections:
    """The named directions of one space.

    Attributes:
        names: What people call them.
        kinds: "genre", "era" or "mainstream" for each.
        sure: How well each tells its films from the others, 0 (not at all) to 1 (always).
        lines: Unit vectors over the deviation of the films, shape (directions, d).
        start: Where a newcomer stands, shape (d,).
        slow: Which coordinates average the whole history, shape (d,).
        fast: Which live in the present.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    sure: tuple[float, ...]
    lines: Matrix
    start: Vector
    slow: Vector
    fast: Vector

    @classmethod
    def of(cls, embeddings: Embeddings, movies: Sequence[Movie]) -> Self:
        """Find the directions of a space.

        How it works:
            1. For every genre and era with enough films: the mean of its films minus the mean of
               the others, popularity left out.
            2. Scaled so that the films' standard deviation along it is 1.
            3. How sure: the chance that a film of the kind lies farther along than another one
               (the area under the ROC curve), rescaled so that a coin toss is 0.

        Args:
            embeddings: The space.
            movies: The film of every row.

        Returns:
            The directions, surest kinds first within genres; eras in order of time.
        """
        points = embeddings.points.copy()
        if POPULARITY in embeddings.blocks:
            points[:, embeddings.blocks[POPULARITY]] = 0.0
        names, kinds, sure, lines = [], [], [], []
        chosen = np.random.default_rng(0).permutation(len(movies))[:_SAMPLE]
        for kind, name, members in _kinds(movies):
            line = points[members].mean(axis=0) - points[~members].mean(axis=0)
            along = points @ line
            spread = float(along.std())
            if spread == 0.0:
                continue
            names.append(name)
            kinds.append(kind)
            sure.append(_sureness(along[chosen], members[chosen]))
            lines.append(line / spread)
        floor = embeddings.rates.floor
        return cls(
            names=tuple(names),
            kinds=tuple(kinds),
            sure=tuple(sure),
            lines=np.array(lines).reshape(len(lines), points.shape[1]),
            start=embeddings.start,
            slow=np.where(floor > 0.0, 0.0, 1.0),
            fast=np.where(floor > 0.0, 1.0, 0.0),
        )

    def of_profile(self, profile: Vector, *, memory: Vector | None = None) -> Vector:
        """Tell how far a profile has gone along each direction.

        Args:
            profile: The user's point, shape (d,).
            memory: Which coordinates count, for example `slow`; all if None.

        Returns:
            Standard deviations of the films, 0 = where newcomers stand, shape (directions,).
        """
        gone = profile - self.start
        return np.asarray(self.lines @ (gone if memory is None else gone * memory))


def era_of(year: int) -> str:
    """Name the era of a year.

    >>> era_of(1931), era_of(1987), era_of(2024)
    ('before 1950', 'the 1980s', 'since 2010')

    Args:
        year: The year.

    Returns:
        The name of its direction.
    """
    if year < _FIRST_ERA:
        return f"before {_FIRST_ERA}"
    return f"since {_LAST_ERA}" if year >= _LAST_ERA else f"the {year // 10 * 10}s"


def _kinds(movies: Sequence[Movie]) -> list[tuple[str, str, np.ndarray]]:
    """List (kind, name, which films are of it) for what has enough films."""
    counted = Counter(genre for movie in movies for genre in movie.genres)
    kinds = [
        ("genre", genre, np.array([genre in movie.genres for movie in movies]))
        for genre in sorted(counted)
    ]
    decades = np.array([(movie.year or 0) // 10 * 10 for movie in movies])
    dated = decades > 0
    kinds.append(("era", f"before {_FIRST_ERA}", dated & (decades < _FIRST_ERA)))
    kinds += [
        ("era", f"the {decade}s", decades == decade) for decade in range(_FIRST_ERA, _LAST_ERA, 10)
    ]
    kinds.append(("era", f"since {_LAST_ERA}", decades >= _LAST_ERA))
    known = np.array([movie.popularity for movie in movies])
    kinds.append(("mainstream", "mainstream", known > np.quantile(known, 0.8)))
    return [
        (kind, name, members)
        for kind, name, members in kinds
        if _FEWEST <= int(members.sum()) <= len(movies) - _FEWEST
    ]


def _sureness(along: Vector, members: np.ndarray) -> float:
    """Rescale the area under the ROC curve: 0 a coin toss, 1 always right."""
    inside = int(members.sum())
    outside = len(members) - inside
    if not inside or not outside:
        return 0.0
    # SciPy's rankdata does this too, but half a second would pass before it is imported.
    _, level, ties = np.unique(along, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[level][members].sum()
    area = (ranks - inside * (inside + 1) / 2) / (inside * outside)
    return float(max(0.0, 2.0 * area - 1.0))

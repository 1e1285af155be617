"""Rows beside the list: several tastes stay several.

The nearest films overall stand near the average of all somebody likes. A row stands near one of
their tastes, or shows what the average hides: less known films, recent ones, another country.

>>> from movieloop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     for film in ("Stalker (1979)", "Heat (1995)"):
...         said = loop.add_feedback("ada", film, 1)
...     [(row.kind, row.because and row.because.title) for row in loop.rows("ada", n=5).rows][:2]
[('because', 'Stalker'), ('because', 'Heat')]
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from movieloop.data.places import words_of_country
from movieloop.data.series import series_of
from movieloop.model.medoids import Medoids
from movieloop.recommender.filters import Filters
from movieloop.recommender.snapshot import Mask, Snapshot
from movieloop.recommender.top_n import top
from movieloop.recommender.user_state import UserWithLog, liked_films
from movieloop.schemas.recommend import Recommendation
from movieloop.schemas.rows import Loved, Row
from movieloop.store import now_ms

LESS_KNOWN = 0.55  # the dial
NEW_HERE = 30 * 86_400_000  # milliseconds
RECENT = 3  # years, the newest of the catalogue included
_FEWEST = 3  # films that make a row
_SPARE = 6  # times as many are looked at, because of series and films shown before
_LIKES = 2  # likes from a country that make it one of somebody's


def rows_for(space: Snapshot, user: UserWithLog, *, n: int, filters: Filters) -> list[Row]:
    """Choose the rows of a user.

    How it works:
        1. The likes are divided into up to four groups; the film in the middle of each gets a row
           of its neighbours in the space, as `loop.movies.similar` finds them.
        2. The profile's own nearest among the less known films, the recent ones, those that a
           connected media server has got lately, and those of the country that stands out most
           among the likes.
        3. No film stands in two rows of neighbours, and of one series only the nearest is shown.

    Args:
        space: The live space.
        user: The user.
        n: How many films a row has at most.
        filters: What the person wants to see.

    Returns:
        The rows that have films enough; none of neighbours for somebody who likes nothing.
    """
    maker = _RowMaker(space, user.unseen, filters, n)
    rows = [maker.because(row) for row in _loved(space, liked_films(user.live))]
    if user.live:
        dialled = replace(filters, familiarity=LESS_KNOWN)
        rows.append(Row(kind="less_known", recommendations=maker.nearest(user, dialled)))
    newest = max((movie.year or 0 for movie in space.movies), default=0)
    since = newest - RECENT + 1
    if newest and (filters.year_from or 0) < since <= (filters.year_to or newest):
        recent = maker.nearest(user, replace(filters, year_from=since))
        rows.append(Row(kind="recent", year_from=since, recommendations=recent))
    if filters.owned is not False and space.owned.any():
        rows.append(Row(kind="new_here", recommendations=maker.new_here(user)))
    country = None if filters.country else _country(space, liked_films(user.live))
    if country:
        there = maker.nearest(user, replace(filters, country=country))
        name = words_of_country(country)[0]
        rows.append(Row(kind="country", country=country, name=name, recommendations=there))
    return [row for row in rows if len(row.recommendations) >= min(_FEWEST, n)]


class _RowMaker:
    """Fills rows; remembers which films were shown as neighbours."""

    def __init__(self, space: Snapshot, unseen: Mask, filters: Filters, n: int) -> None:
        self._space = space
        self._unseen = unseen
        self._filters = replace(filters, familiarity=None, wishes=(), variety=0.0)
        self._allowed = space.allowed(self._filters)
        self._n = n
        self._shown: set[int] = set()

    def because(self, row: int) -> Row:
        """List the neighbours of a film."""
        space = self._space
        movie = space.movies[row]
        here = space.dialled(space.embeddings.points[row], 1.0)
        found = self._wide(here, self._filters, self._allowed)
        fresh = [film for film in found if film.movie_id not in self._shown]
        films = _one_of_a_series(fresh)[: self._n]
        self._shown.update(film.movie_id for film in films)
        loved = Loved(movie_id=movie.movie_id, title=movie.title, year=movie.year)
        return Row(kind="because", because=loved, recommendations=films)

    def nearest(self, user: UserWithLog, filters: Filters) -> list[Recommendation]:
        """List the profile's nearest films that pass other filters."""
        return _one_of_a_series(self._wide(user.profile, filters))[: self._n]

    def new_here(self, user: UserWithLog) -> list[Recommendation]:
        """List the profile's nearest films that a media server has got lately."""
        since = now_ms() - NEW_HERE
        lately = [(movie.owned_since or 0) >= since for movie in self._space.movies]
        found = self._wide(user.profile, self._filters, self._allowed & np.array(lately, bool))
        return _one_of_a_series(found)[: self._n]

    def _wide(
        self, profile: np.ndarray, filters: Filters, allowed: Mask | None = None
    ) -> list[Recommendation]:
        plain = replace(filters, variety=0.0)
        found = top(
            self._space,
            profile,
            n=_SPARE * self._n,
            unseen=self._unseen,
            filters=plain,
            allowed=allowed,
        )
        return [film for film in found if not film.already_rated]


def _loved(space: Snapshot, liked: Sequence[int]) -> list[int]:
    """Choose the films that stand for all that is liked: their rows, the largest group first."""
    rows = [row for film in liked if (row := space.row(film)) is not None]
    return [rows[i] for i in Medoids.of(space.taste[rows]).rows.tolist()]


def _one_of_a_series(films: Sequence[Recommendation]) -> list[Recommendation]:
    first: dict[str, Recommendation] = {}
    for film in films:
        first.setdefault(series_of(film.title), film)
    return list(first.values())


def _country(space: Snapshot, liked: Sequence[int]) -> str | None:
    """Choose the country that stands out most among the likes; None if none does.

    How it works: a country's weight is its number of likes times the logarithm of how many times
    more frequent it is there than in the catalogue.
    """
    usual = Counter(movie.countries[0] for movie in space.movies if movie.countries)
    all_films = sum(usual.values())
    counted: Counter[str] = Counter()
    for film in liked:
        countries = space.catalog.get(film).countries
        counted.update(countries[:1])
    commonest = max(usual, key=lambda country: usual[country], default=None)  # needs no row
    weights = {
        country: many * math.log(many / len(liked) * all_films / max(usual[country], 1))
        for country, many in counted.items()
        if many >= _LIKES and country != commonest
    }
    best = max(weights, key=lambda country: weights[country], default=None)
    return best if best is not None and weights[best] > 0 else None

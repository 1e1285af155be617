"""Estimate how well known each film is, and choose the films of the catalogue.

MovieTweetings was collected in 2013 and is mostly about the films of 2013. A film's
popularity is how many ratings it would have if its release year had been rated as the years
2000 to 2010 were - a Gamma-Poisson estimate:

    popularity = (a + ratings) / (a / expected + exposure)

A rating of 8 or more counts 1, any other half. `exposure` is how many times more its year
was rated than an ordinary year: 1 for 1999, about 20 for 2013 (times `HYPE`, because much
of that is soon forgotten), 0 for a film that came out after the ratings ended. `expected`
is what a ridge regression says of such a film: how famous its people are, how much Wikidata
and Wikipedia say about it. So 500 ratings with an exposure of 20 count as 25, and a film of
2016 has only its expectation. For about 130 famous films that came out after the ratings
ended we wrote the number by hand (`known` in catalog_notes.csv).

requires: numpy
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from catalog_films import Film
from catalog_sources import LIKE, Rating

Array = NDArray[np.float64]

SHELF = {"decade": 220, "country": 40, "genre": 120}
LEAST, CLASSIC = 0.5, 1980
PRIOR_STRENGTH = 3.0
ORDINARY_YEARS = range(2000, 2011)
RATINGS_ENDED, RATINGS_ENDED_ON = 2013, "2013-10-01"
HYPE, LOVED_PRIOR = 1.7, 5.0


def estimate_popularity(films: list[Film], ratings: list[Rating]) -> None:
    """Set every film's `popularity` (see the module's docstring) and `loved`.

    `loved` is the share of its ratings that are likes, drawn toward the average share where
    there are few.

    Args:
        films: All films; the two fields are set.
        ratings: Everybody's ratings.
    """
    rated: Counter[int] = Counter(rating.movie_id for rating in ratings)
    liked: Counter[int] = Counter(rating.movie_id for rating in ratings if rating.score >= LIKE)
    count = np.array([(rated[f.movie_id] + liked[f.movie_id]) / 2 for f in films])
    by_year: defaultdict[int, float] = defaultdict(float)
    for film, number in zip(films, count, strict=True):
        by_year[film.year] += float(number)
    ordinary = sum(by_year[year] for year in ORDINARY_YEARS) / len(ORDINARY_YEARS)
    hype = dict.fromkeys((RATINGS_ENDED - 1, RATINGS_ENDED), HYPE)
    exposure = np.array(
        [max(1.0, by_year[f.year] / ordinary) * hype.get(f.year, 1) * _was_out(f) for f in films]
    )
    expected = _expected(films, count, exposure)
    estimate = (PRIOR_STRENGTH + count * (exposure > 0)) / (PRIOR_STRENGTH / expected + exposure)
    average = liked.total() / rated.total()
    for film, value in zip(films, estimate, strict=True):
        film.popularity = film.known or float(value)
        film.loved = (liked[film.movie_id] + LOVED_PRIOR * average) / (
            rated[film.movie_id] + LOVED_PRIOR
        )


def _was_out(film: Film) -> bool:
    """Could people rate it? It came out before the ratings ended."""
    return film.year < RATINGS_ENDED or (
        film.year == RATINGS_ENDED and film.record.date < RATINGS_ENDED_ON
    )


def _expected(films: list[Film], rated: Array, exposure: Array) -> Array:
    """Predict ratings per exposure from facts: ridge regression on log(1 + ratings)."""
    seen = exposure > 0
    target = np.log1p(np.where(seen, rated / np.maximum(exposure, 1), 0.0))
    x = np.column_stack([_facts(films), _fame(films, target, seen)])
    mean, scale = x[seen].mean(0), x[seen].std(0) + 1e-9
    x = np.column_stack([(x - mean) / scale, np.ones(len(films))])
    weight = np.linalg.solve(
        x[seen].T @ x[seen] + 10 * np.eye(x.shape[1]), x[seen].T @ target[seen]
    )
    # A regression on logarithms answers the median; films differ, so the mean is higher.
    spread = np.var(target[seen] - x[seen] @ weight)
    return np.asarray(np.maximum(np.expm1(x @ weight + spread / 2), 0.05))


def _facts(films: list[Film]) -> Array:
    """What the sources tell of each film: how much they say, and of which kind it is."""
    return np.array([_facts_of(film) for film in films], dtype=np.float64)


def _facts_of(film: Film) -> list[float]:
    record = film.record
    said = (record.cast, record.extract, record.subjects, record.genres)
    return [
        *(float(np.log1p(len(text))) for text in said),
        float(np.log1p(record.locations)),
        float(record.acclaimed),
        float(bool(record.series)),
        float(bool(record.based_on)),
        float(record.country == "Q30"),
        float(record.language == "Q1860"),
        *(float(genre in film.genres) for genre in ("Documentary", "Animation", "Drama")),
        max(0, film.year - 1970) / 40,
    ]


def _fame(films: list[Film], target: Array, seen: NDArray[np.bool_]) -> Array:
    """How well known the other films of its director, leading actors and series are."""
    columns = []
    for people in (
        [f.record.directors for f in films],
        [f.record.cast[:6] for f in films],
        [[f.record.series] if f.record.series else [] for f in films],
    ):
        total: defaultdict[str, float] = defaultdict(float)
        number: defaultdict[str, int] = defaultdict(int)
        for row, names in enumerate(people):
            for name in names if seen[row] else ():
                total[name] += target[row]
                number[name] += 1
        fame = []
        for row, names in enumerate(people):
            own, one = (target[row], 1) if seen[row] else (0.0, 0)
            each = [(total[name] - own) / (number[name] - one + 1) for name in names]
            fame.append([max(each, default=0.0), sum(each) / max(len(each), 1)])
        columns.append(np.array(fame))
    return np.column_stack(columns)


def select(films: list[Film], size: int, always: set[int]) -> list[Film]:
    """Keep the best known films, and the best known of every decade and every country.

    How it works:
        1. The films of `always`, then the `size` best known ones.
        2. The best known 220 of each decade up to the 1970s, the best known 40 of each
           country, and the best known 120 of each genre: those who look for silent comedies
           or Korean thrillers find them, although few of the raters of 2013 did.
        3. One film for each (title, year).

    Args:
        films: All films, with their popularity.
        size: How many to keep for being known alone.
        always: IMDb numbers that are kept however few rated them (our notes).

    Returns:
        The chosen films, in descending order of popularity.
    """
    ranked = sorted(films, key=lambda f: (-f.popularity, f.movie_id))
    places: Counter[tuple[str, str]] = Counter()
    chosen: dict[tuple[str, int], Film] = {}
    for film in sorted(ranked, key=lambda f: f.movie_id not in always):
        shelves = [("country", film.record.country)] if film.record.country else []
        shelves += [("decade", str(film.year // 10))] if film.year < CLASSIC else []
        shelves += [("genre", genre) for genre in film.genres[:3]]
        places.update(shelves)
        best = len(chosen) < size or any(places[shelf] <= SHELF[shelf[0]] for shelf in shelves)
        if film.movie_id in always or (best and film.popularity >= LEAST):
            chosen.setdefault((film.title.casefold(), film.year), film)
    return sorted(chosen.values(), key=lambda f: (-f.popularity, f.movie_id))

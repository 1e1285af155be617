"""Give every film its point: blocks of coordinates with names, in one Manhattan space.

    distance = genres + themes + people + places + era + fans + popularity

Each block is computed on its own, in closed form, and then scaled so that two films drawn
at random lie `WEIGHT[block]` apart in it. So the weights can be read as shares: in a total
of 10, themes 3 means that what films are about decides 30 % of how far apart they are.

- genres: our genres, the first named the strongest, rare ones stronger than Drama.
- themes: the main directions of the films' theme vectors (`catalog_text`).
- people: who made and played it, as the main directions of "shares people with".
- places: where and in which language it was made.
- era: when, in decades.
- fans: who likes it, trained on everybody's likes by the distance that serves, blended with what
  its content lets us expect: a film with n likes stands n/(n+k) where its fans put it.
- popularity: 0 for the best known film, higher for less known ones.

Two cares keep the lists good. A film near the middle of a block would be everybody's
neighbour, so in each block all films stand equally far from 0 (`level`); a newcomer stands
at 0. And unknown films must not crowd the lists: popularity takes care of that.

requires: numpy scipy, and movieloop itself
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped,import-not-found,unused-ignore]
from scipy.sparse.linalg import svds  # type: ignore[import-untyped,import-not-found,unused-ignore]

from catalog_content import PLACE_NAMES, era_block, genre_block, people_block, place_block
from catalog_films import Film
from catalog_sources import LIKE, Rating
from movieloop.data.genres import GENRES
from movieloop.data.interactions import RatingLog
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.training.hyperparameters import TIMELESS
from movieloop.training.timeless import train_timeless

Array = NDArray[np.float64]

SIZE = {"themes": 60, "people": 28, "fans": 48}
WEIGHT = {"genres": 0.9, "themes": 2.4, "people": 1.0, "places": 0.45, "era": 0.2, "fans": 3.2}
POPULARITY_SPAN = 3.2
FANS_PLAN = replace(TIMELESS, memories=(Memory("fans", 24),), voices=2, trust=10.0, neutral=0.0)


def fans_block(films: list[Film], ratings: list[Rating], content: Array) -> Array:
    """Learn who likes what: trained on everybody's likes, by the distance that serves.

    How it works:
        1. The timeless plan is trained on the likes in drawn orders, two voices side by side.
        2. A film with n likes stands n/(n+k) where its fans put it, and for the rest where its
           content says, by a ridge regression.

    Args:
        films: The catalogue.
        ratings: Everybody's ratings.
        content: What is known without ratings, shape (films, c).

    Returns:
        One row a film, shape (films, 48).
    """
    known = {film.movie_id for film in films}
    told = [rating for rating in ratings if rating.movie_id in known]
    ids = np.array([film.movie_id for film in films])
    log = RatingLog.of(
        [rating.user for rating in told],
        [rating.movie_id for rating in told],
        [int(rating.score >= LIKE) for rating in told],
        [rating.time * 1000 for rating in told],
        movie_ids=ids,
    )
    features = content[np.argsort(ids)]  # a log's movies stand in the order of their numbers
    trained = train_timeless(log, FANS_PLAN, features=features)
    row_of = {int(number): row for row, number in enumerate(trained.movie_ids)}
    return np.asarray(trained.points[[row_of[film.movie_id] for film in films]])


def popularity_block(films: list[Film]) -> Array:
    """How far from the mainstream: log(most loved / this film), `POPULARITY_SPAN` at the far end.

    What counts is how many people love it (popularity times the share of likes), so that of
    two equally known films the better one is nearer.
    """
    loved = np.log([film.popularity * film.loved + 0.4 for film in films])
    gap = loved.max() - loved
    return np.asarray((gap / gap.max() * POPULARITY_SPAN)[:, None])


def _directions(matrix: sparse.csr_matrix | Array, size: int, *, power: float) -> Array:
    """Left singular vectors times singular values to the `power`, signs fixed, largest first."""
    start = np.random.default_rng(0).standard_normal(min(matrix.shape))
    left, values, _ = svds(sparse.csr_matrix(matrix).astype(np.float64), k=size, v0=start)
    order = np.argsort(-values)
    left, values = left[:, order], values[order]
    sign = np.sign(left[np.abs(left).argmax(0), np.arange(size)])
    return np.asarray(left * sign * values**power)


def _spread(block: Array) -> float:
    """The mean distance of two films drawn at random (a fixed draw)."""
    rng = np.random.default_rng(0)
    one, two = rng.integers(0, len(block), (2, 20000))
    return float(np.abs(block[one] - block[two]).sum(1).mean())


def level(block: Array) -> Array:
    """Stretch each film's coordinates to a sum (of their sizes) of 1: all equally far from 0.

    >>> level(np.array([[3.0, 0.0], [1.0, -1.0]])).tolist()
    [[1.0, 0.0], [0.5, -0.5]]

    Args:
        block: Coordinates whose middle is 0, shape (films, d).

    Returns:
        The stretched coordinates, shape (films, d).
    """
    return np.asarray(block / np.maximum(np.abs(block).sum(1, keepdims=True), 1e-9))


def turned(block: Array) -> Array:
    """Turn a block at random (a fixed turn): lengths stay, and no coordinate is the main one.

    Manhattan distance depends on the axes. Along the main directions a few coordinates would
    decide everything; turned, it keeps a film's true neighbours better (of the ten nearest
    by angle in all 384 coordinates, 58 % instead of 55 % with 56 coordinates).
    """
    size = block.shape[1]
    turn, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((size, size)))
    return np.asarray(block @ turn)


def content_and_fans(films: list[Film], ratings: list[Rating], themes: Array) -> dict[str, Array]:
    """Compute the blocks of taste, two films drawn at random 1 apart in each.

    Args:
        films: The catalogue.
        ratings: The ratings to learn fans from.
        themes: The theme vectors, shape (films, 384).

    Returns:
        By name, in the order of the points: shape (films, size of the block).
    """
    genres, places, era = genre_block(films), place_block(films), era_block(films)
    about = turned(_directions(themes, SIZE["themes"], power=1.0))
    blocks = {
        "genres": genres,
        "themes": level(about),
        "people": level(people_block(films, SIZE["people"])),
        "places": places,
        "era": era,
    }
    blocks = {name: block / _spread(block) for name, block in blocks.items()}
    content = np.column_stack([2 * WEIGHT[name] * block for name, block in blocks.items()])
    fans = level(fans_block(films, ratings, content))
    return {**blocks, "fans": fans / _spread(fans)}


def build(films: list[Film], ratings: list[Rating], themes: Array) -> Embeddings:
    """Put the blocks side by side.

    Args:
        films: The catalogue, most popular first.
        ratings: The ratings to learn fans from.
        themes: The theme vectors, shape (films, 384).

    Returns:
        The embeddings, in the order of the films.
    """
    blocks = content_and_fans(films, ratings, themes)
    points = np.column_stack(
        [*(block * WEIGHT[name] for name, block in blocks.items()), popularity_block(films)]
    )
    names = [f"genre {genre}" for genre in GENRES]
    names += [f"theme {i + 1}" for i in range(SIZE["themes"])]
    names += [f"people {i + 1}" for i in range(SIZE["people"])]
    names += [f"place {place}" for place in PLACE_NAMES] + ["era"]
    names += [f"fans {i + 1}" for i in range(SIZE["fans"])] + ["popularity"]
    memories = [Memory(name, block.shape[1]) for name, block in blocks.items()]
    era = names.index("era")
    return Embeddings(
        movie_ids=np.array([film.movie_id for film in films], dtype=np.int64),
        points=points,
        start=newcomer(films, points, slice(era, era + 1)),
        memories=(*memories, Memory.popularity()),
        coordinates=tuple(names),
    )


def newcomer(films: list[Film], points: Array, era: slice) -> Array:
    """Start nowhere: at 0, where every film is equally far in every block but era and popularity.

    So the first list is the best known films, and each like makes taste weigh more: after one
    like half of the film's own coordinates, after three most of what the three have in common.

    Args:
        films: The catalogue, most popular first.
        points: The films' points.
        era: Which coordinates tell the era; there a newcomer stands where popular films do.

    Returns:
        The newcomer's profile, shape (d,).
    """
    start = np.zeros(points.shape[1])
    fame = np.array([film.popularity for film in films])
    start[era] = fame @ points[:, era] / fame.sum()
    return start

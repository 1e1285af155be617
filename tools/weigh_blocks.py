"""Weigh the blocks of the packaged points against each other, by measurement.

    python tools/weigh_blocks.py --data DIR --cache FILE [--search]

Everything is learned from the ratings to November 2013; whether a weight is good is asked of the
likes of January to March 2014. Two questions, as a film is found in two ways:

- **rated films**: where do the later likes of a person stand among all films they had not rated?
  Films before 2012 only, so that what was in the cinema that winter decides nothing.
- **new films**: a fifth of the films is held out - no rating of them is known, their point is what
  their content tells - and ranked, among themselves, for those who later liked them. Beside it the
  plainest placement: the middle of the known films of the same first genre and decade. (Among all
  films a middle would win unseen: it is nearer to everybody than any film is.)

Half of the people choose in the search, the other half report. Distances add up block by block, and
a profile scales with its block: a choice of weights is a weighted sum of distances measured once.

What a search finds shows everybody fewer films (variety). README.md has the table.

requires: as build_catalog.py, whose `--cache` keeps the sentence model's vectors
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import catalog_points
from build_catalog import read_catalog
from catalog_films import Film
from catalog_replay import opinion
from catalog_sources import Rating
from movieloop.model.embeddings import POPULARITY, Embeddings, Memory

Array = NDArray[np.float64]
Weights = Mapping[str, float]
OLDER_THAN, LAST_YEAR = 2012, 2014
FOLDS = 5
LEAST_LIKES = 3  # of a held-out film, before and after together
STEPS = (0.5, 0.75, 0.9, 1.1, 1.35, 2.0)
ENOUGH = 1e-4
TOP = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One later like: whose, of which film, among which films it is ranked."""

    person: int
    row: int
    held_out: bool


@dataclass(slots=True)
class Measured:
    """What is needed to judge weights.

    Attributes:
        distances: By block, from each person to each film, shape (people, films).
        plain: The same with held-out films in the middle of their genre and decade.
        popularity: A frozen distance of every film, shape (films,).
        open_to: Which films are ranked for each person, shape (people, films).
        questions: The later likes.
        held_out: Of which films no rating is known, shape (films,).
    """

    distances: dict[str, NDArray[np.float32]]
    plain: dict[str, NDArray[np.float32]]
    popularity: Array
    open_to: NDArray[np.bool_]
    questions: list[Question]
    held_out: NDArray[np.bool_]


def measure(
    films: list[Film],
    past: list[Rating],
    future: list[Rating],
    themes: Array,
    *,
    held_out: NDArray[np.bool_],
    people: list[int],
) -> Measured:
    """Measure all distances of one fold.

    Args:
        films: The catalogue.
        past: What is known.
        future: What is asked.
        themes: The theme vectors.
        held_out: Of which films no rating is known, shape (films,).
        people: Who is asked.

    Returns:
        The distances.
    """
    row_of = {film.movie_id: row for row, film in enumerate(films)}
    known = [r for r in past if r.movie_id in row_of and not held_out[row_of[r.movie_id]]]
    blocks = catalog_points.content_and_fans(films, known, themes)
    space = Embeddings(
        np.array([film.movie_id for film in films]),
        np.column_stack(list(blocks.values())),
        np.zeros(sum(block.shape[1] for block in blocks.values())),
        tuple(Memory(name, block.shape[1]) for name, block in blocks.items()),
    )
    histories: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for rating in known:
        histories[rating.user].append((rating.movie_id, opinion(rating.score)))
    open_to = np.ones((len(people), len(films)), dtype=bool)
    open_to[:, [film.year > LAST_YEAR for film in films]] = False
    place_of = {person: place for place, person in enumerate(people)}
    for rating in past:
        if rating.user in place_of and rating.movie_id in row_of:
            open_to[place_of[rating.user], row_of[rating.movie_id]] = False
    profiles = np.array([space.learn(histories[person]) for person in people])
    middle = _middles(films, space.points, held_out)
    distances, plain = {}, {}
    for name, where in space.blocks.items():
        distances[name] = _all_distances(profiles[:, where], space.points[:, where])
        plain[name] = distances[name].copy()
        plain[name][:, held_out] = _all_distances(profiles[:, where], middle[held_out][:, where])
    questions = [
        Question(place_of[r.user], row_of[r.movie_id], bool(held_out[row_of[r.movie_id]]))
        for r in future
        if r.user in place_of
        and r.movie_id in row_of
        and opinion(r.score) == 1
        and open_to[place_of[r.user], row_of[r.movie_id]]
    ]
    popularity = catalog_points.popularity_block(films).ravel()
    return Measured(distances, plain, popularity, open_to, questions, held_out)


def _all_distances(profiles: Array, points: Array) -> NDArray[np.float32]:
    out = np.zeros((len(profiles), len(points)), np.float32)
    for column in range(points.shape[1]):
        out += np.abs(profiles[:, column, None] - points[None, :, column]).astype(np.float32)
    return out


def _middles(films: list[Film], points: Array, held_out: NDArray[np.bool_]) -> Array:
    """Place every film in the middle of the known films of its first genre and decade."""
    middles = points.copy()
    for kind in (
        lambda film: film.genres[0],
        lambda film: (film.genres[0], film.year // 10),
    ):
        rows: defaultdict[object, list[int]] = defaultdict(list)
        for row, film in enumerate(films):
            rows[kind(film)].append(row)
        for members in rows.values():
            sure = [row for row in members if not held_out[row]]
            if sure:
                middles[members] = points[sure].mean(0)
    return middles


def ranks(
    measured: Measured,
    weights: Mapping[str, float],
    *,
    held_out: bool,
    half: int,
    films: NDArray[np.bool_],
    plain: bool = False,
    popularity: float = 0.0,
) -> Array:
    """Rank every later like of half of the people, 1 = first.

    Args:
        measured: The distances.
        weights: Of each block.
        held_out: Whether to ask for held-out films or for rated ones.
        half: 0 or 1; of the people with an even or an odd place.
        films: Which films compete, shape (films,).
        plain: Whether held-out films stand in the middle of their genre and decade.
        popularity: The weight of popularity.

    Returns:
        One rank a like.
    """
    asked: defaultdict[int, list[int]] = defaultdict(list)
    for question in measured.questions:
        if question.held_out == held_out and question.person % 2 == half and films[question.row]:
            asked[question.person].append(question.row)
    distances = measured.plain if plain else measured.distances
    out = []
    for person, rows in asked.items():
        total = popularity * measured.popularity
        for name, weight in weights.items():
            if weight:
                total = total + weight * distances[name][person]
        rivals = np.sort(total[measured.open_to[person] & films & (measured.held_out == held_out)])
        below = np.searchsorted(rivals, total[rows], "left")
        ties = np.searchsorted(rivals, total[rows], "right") - below
        out += (below + (ties + 1) / 2).tolist()
    return np.array(out)


def gain(rank: Array) -> float:
    """Sum up ranks as discounted gain: 1 for the first place, .1 for the 1,000th.

    >>> round(gain(np.array([1.0, 1023.0])), 2)
    0.55
    """
    return float(np.mean(1 / np.log2(1 + rank)))


class Judge:
    """Asks both questions of a choice of weights."""

    def __init__(self, films: list[Film], folds: list[Measured]) -> None:
        """Take what was measured.

        Args:
            films: The catalogue.
            folds: One for each fold that was held out.
        """
        self.folds = folds
        self.older = np.array([film.year < OLDER_THAN for film in films])
        self.all = np.ones(len(films), dtype=bool)

    def ask(self, weights: Weights, half: int) -> dict[str, Array]:
        """Rank the later likes of half of the people: rated films, new ones, new ones plainly."""
        taste = {name: weight for name, weight in weights.items() if name != POPULARITY}
        fame = weights.get(POPULARITY, 0.0)
        found = {
            "rated": [
                ranks(f, taste, held_out=False, half=half, films=self.older, popularity=fame)
                for f in self.folds
            ],
            "new": [ranks(f, taste, held_out=True, half=half, films=self.all) for f in self.folds],
            "plain": [
                ranks(f, taste, held_out=True, half=half, films=self.all, plain=True)
                for f in self.folds
            ],
        }
        return {name: np.concatenate(parts) for name, parts in found.items()}

    def variety(self, weights: Weights) -> int:
        """Count the different films in the first ten of every tenth person."""
        fold, shown = self.folds[0], set[int]()
        for person in range(0, len(fold.open_to), 10):
            total = weights.get(POPULARITY, 0.0) * fold.popularity
            for name, distances in fold.distances.items():
                total = total + weights.get(name, 0.0) * distances[person]
            total = np.where(fold.open_to[person] & self.older, total, np.inf)
            shown |= set(np.argpartition(total, TOP)[:TOP].tolist())
        return len(shown)

    def worth(self, weights: Weights) -> float:
        """Sum up what choosing people get."""
        found = self.ask(weights, 0)
        return gain(found["rated"]) + gain(found["new"])

    def show(self, name: str, weights: Weights) -> None:
        """Print a line of what the reporting people get."""
        found = self.ask(weights, 1)
        rated, new, plain = found["rated"], found["new"], found["plain"]
        print(
            f"{name:20} {np.mean(rated <= TOP):8.4f} {gain(rated):7.4f} "
            f"{self.variety(weights):8,} {new.mean():10.0f} {gain(new):7.4f} {plain.mean():12.0f}"
        )


def searched(judge: Judge, weights: Weights) -> dict[str, float]:
    """Change one weight after the other as long as the choosing people gain."""
    best, value, before = dict(weights), judge.worth(weights), 0.0
    while value - before > ENOUGH:
        before = value
        for name in weights:
            for step in STEPS:
                tried = best | {name: round(best[name] * step, 2)}
                if (now := judge.worth(tried)) > value:
                    best, value = tried, now
    return best


def main() -> None:
    """Print what the weights, others, and each block are worth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data sets")
    parser.add_argument("--cache", type=Path, help="vectors kept by build_catalog.py")
    parser.add_argument("--people", type=int, default=4000, help="how many people are asked")
    parser.add_argument("--folds", type=int, default=2, help=f"how many of {FOLDS} folds")
    parser.add_argument("--search", action="store_true", help="search for better weights, too")
    options = parser.parse_args()
    films, past, future, themes = read_catalog(options.data, options.cache)
    rng = np.random.default_rng(0)
    told = {rating.user for rating in past if opinion(rating.score) == 1}
    asked = sorted({rating.user for rating in future} & told)
    people = sorted(rng.permutation(asked)[: options.people].tolist())
    fold_of = rng.integers(0, FOLDS, len(films))
    judge = Judge(
        films,
        [
            measure(films, past, future, themes, held_out=fold_of == fold, people=people)
            for fold in range(options.folds)
        ],
    )
    shipped = catalog_points.WEIGHT | {POPULARITY: 1.0}
    counted = [len(ranks_) for ranks_ in judge.ask(shipped, 1).values()]
    print(f"{counted[0]} later likes of rated films and {counted[1]} of new ones")
    print(
        f"{'':20} {'top ten':>8} {'gain':>7} {'variety':>8} "
        f"{'new: rank':>10} {'gain':>7} {'plain: rank':>12}"
    )
    judge.show("as shipped", shipped)
    for name in catalog_points.WEIGHT:
        judge.show(f"without {name}", shipped | {name: 0.0})
    judge.show("popularity alone", {POPULARITY: 1.0})
    judge.show("genres and era", {name: shipped[name] for name in ("genres", "era", POPULARITY)})
    if options.search:
        found = searched(judge, shipped)
        judge.show("searched", found)
        print(found)


if __name__ == "__main__":
    main()

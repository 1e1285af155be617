"""The blocks of coordinates that need no ratings: genres, people, places, era.

(Themes, the fifth, are in `catalog_text`.) Each function gives one row a film, in any unit;
`catalog_points` scales the blocks against each other.

requires: numpy
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from catalog_films import Film
from movieloop.data.genres import GENRES

Array = NDArray[np.float64]

PLACES: dict[str, tuple[str, ...]] = {
    "North America": ("Q30", "Q16"),
    "Britain and Australia": ("Q145", "Q408", "Q27", "Q664", "Q22", "Q258"),
    "France": ("Q142", "Q31", "Q39"),
    "Italy": ("Q38",),
    "Spain and Latin America": ("Q29", "Q45", "Q96", "Q414", "Q155", "Q298", "Q739", "Q241"),
    "Germany": ("Q183", "Q40", "Q16957"),
    "Scandinavia": ("Q34", "Q35", "Q20", "Q33", "Q189"),
    "Eastern Europe": ("Q15180", "Q159", "Q36", "Q213", "Q33946", "Q28", "Q218", "Q212", "Q36704"),
    "Japan": ("Q17",),
    "China and Korea": ("Q148", "Q8646", "Q884", "Q865"),
    "India": ("Q668",),
    "Near East and Africa": ("Q794", "Q43", "Q801", "Q79", "Q851", "Q1028"),
}
PLACE_NAMES = ["English", *PLACES, "elsewhere"]
AT_HOME_IN_ENGLISH = ("North America", "Britain and Australia")
SPOKEN = {
    "Q150": "France", "Q652": "Italy", "Q1321": "Spain and Latin America",
    "Q5146": "Spain and Latin America", "Q188": "Germany", "Q9027": "Scandinavia",
    "Q9035": "Scandinavia", "Q9043": "Scandinavia", "Q7737": "Eastern Europe",
    "Q809": "Eastern Europe", "Q5287": "Japan", "Q9176": "China and Korea",
    "Q7850": "China and Korea", "Q9186": "China and Korea", "Q9192": "China and Korea",
    "Q1568": "India",
}  # fmt: skip


def genre_block(films: list[Film]) -> Array:
    """Weigh each film's genres: 1, .8, .64 ... by place, more for rare genres, one in sum."""
    share = Counter(genre for film in films for genre in film.genres)
    rarity = {g: (len(films) / (share[g] + 1)) ** 0.4 for g in GENRES}
    block = np.zeros((len(films), len(GENRES)))
    for row, film in enumerate(films):
        for place, genre in enumerate(film.genres):
            block[row, GENRES.index(genre)] = 0.8**place * rarity[genre]
    return np.asarray(block / block.sum(1, keepdims=True))


def place_block(films: list[Film]) -> Array:
    """Part language, part country: English-speaking films are near each other wherever made.

    An English-speaking film counts .7 as English and .3 for its country; any other film .6 for
    the place where its language is at home and .4 for its country. Wikidata names one language,
    not always the main one: an American or British film in another language counts half each.
    """
    country = {qid: place for place, qids in PLACES.items() for qid in qids}
    block = np.zeros((len(films), len(PLACE_NAMES)))
    for row, film in enumerate(films):
        home = country.get(film.record.country, "elsewhere")
        english = film.record.language == "Q1860" or (
            not film.record.language and home in AT_HOME_IN_ENGLISH
        )
        spoken = "English" if english else SPOKEN.get(film.record.language, home)
        english_share = 0.7 if english else 0.35 if home in AT_HOME_IN_ENGLISH else 0.0
        block[row, PLACE_NAMES.index(home)] += 0.3 if english_share else 0.4
        block[row, 0] += english_share
        block[row, PLACE_NAMES.index(spoken)] += (0.7 if english_share else 0.6) - english_share
    return block


def era_block(films: list[Film]) -> Array:
    """One coordinate: decades since 1900, the silent ones pressed together."""
    year = np.array([film.year for film in films], dtype=np.float64)
    return (np.maximum(year, 1915) / 10 - 190 + 0.0)[:, None]


def people_block(films: list[Film], size: int) -> Array:
    """Give everybody who made two films a random direction, and each film the sum of its makers'.

    Random directions are nearly at right angles, so films that share nobody are all equally
    far apart, and films that share a director or a series are nearer. (The main directions of
    the matrix films x people would be the twenty busiest directors and nothing else.) A series
    and the book behind a film count as people.
    """
    cells: dict[tuple[int, str], float] = defaultdict(float)
    for row, film in enumerate(films):
        for name in film.record.directors[:3]:
            cells[row, name] += 2.0
        for place, name in enumerate(film.record.cast[:8]):
            cells[row, name] += 1.0 / (1 + 0.25 * place)
        if film.record.series:
            cells[row, f"series {film.record.series}"] += 2.5
        if film.record.based_on:
            cells[row, f"after {film.record.based_on}"] += 1.5
    count = Counter(name for _, name in cells)
    shared = sorted(name for name, films_of in count.items() if films_of > 1)
    code = {name: _random_direction(name, size) for name in shared}
    # Makers whom no other film shares put a film apart from all others.
    block = np.array([0.3 * _random_direction(f"tt{film.movie_id:07d}", size) for film in films])
    for (row, name), weight in cells.items():
        if name in code:
            block[row] += weight * np.log(len(films) / count[name]) * code[name]
    return block


def _random_direction(name: str, size: int) -> Array:
    """A random direction that depends on the name alone, so that a rebuild moves nobody."""
    return np.random.default_rng(zlib.crc32(name.encode())).standard_normal(size)

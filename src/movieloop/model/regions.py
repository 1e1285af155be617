"""Names for the parts of the map: what is far more frequent there than anywhere else.

>>> places = np.array([[10, 10]] * 30 + [[90, 90]] * 30)
>>> words = [("genre", "Western")] * 30 + [("genre", "Musical")] * 30
>>> [(r.names, r.x, r.y) for r in regions(places, [[w] for w in words], size=100, levels=(2,))]
[(('Western',), 10, 10), (('Musical',), 90, 90)]
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = (3, 6, 12)  # parts along an edge, from afar to close by
_FEWEST = 15  # films that make a region
_TWICE = math.log(1.8)  # a word must be so many times more frequent than on the whole map
_SECOND = 0.45  # a second word is said if it weighs so much of the first

Word = tuple[str, str]  # kind and name


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the map that has a name.

    Attributes:
        level: Which of the levels it belongs to, 0 = seen from afar.
        x: Where its name stands.
        y: Where its name stands.
        names: One word or two, the most telling first.
        kinds: What kind of word each is: genre, era or country.
    """

    level: int
    x: int
    y: int
    names: tuple[str, ...]
    kinds: tuple[str, ...]


def regions(
    places: NDArray[np.int64],
    words: Sequence[Sequence[Word]],
    *,
    size: int,
    levels: Sequence[int] = LEVELS,
) -> list[Region]:
    """Name the parts of a map.

    How it works:
        1. The map is cut into squares, finer ones for each level.
        2. A word weighs in a square as many films as have it there, times the logarithm of how
           many times more frequent it is there than on the whole map.
        3. The heaviest word names the square, at the middle of its films; neighbours that would
           bear the same name share the one of the square with most of them.

    Args:
        places: Where the films stand, shape (films, 2).
        words: What can be said of each film.
        size: How wide and high the map is.
        levels: Into how many squares along an edge it is cut.

    Returns:
        The regions, level by level.
    """
    usual = Counter(word for some in words for word in some)
    found: list[Region] = []
    for level, parts in enumerate(levels):
        squares: dict[tuple[int, int], list[int]] = defaultdict(list)
        cells = np.minimum(places * parts // (size + 1), parts - 1)
        for film, (column, row) in enumerate(cells.tolist()):
            squares[column, row].append(film)
        named: dict[tuple[str, ...], tuple[int, Region]] = {}
        for films in (squares[key] for key in sorted(squares)):
            region = _named(films, places, words, usual, level)
            if region is None:
                continue
            best = named.get(region.names)
            if best is None or len(films) > best[0]:
                named[region.names] = (len(films), region)
        found += [region for _, region in named.values()]
    return found


def _named(
    films: Sequence[int],
    places: NDArray[np.int64],
    words: Sequence[Sequence[Word]],
    usual: Counter[Word],
    level: int,
) -> Region | None:
    if len(films) < _FEWEST:
        return None
    counted = Counter(word for film in films for word in words[film])
    weights = {}
    for word, many in counted.items():
        times = math.log(many / len(films) * len(words) / usual[word])
        if times > _TWICE:
            weights[word] = many * times
    if not weights:
        return None
    first = max(weights, key=lambda word: weights[word])
    others = [word for word in weights if word[0] != first[0]]
    second = max(others, key=lambda word: weights[word], default=None)
    told = [first]
    if second is not None and weights[second] >= _SECOND * weights[first]:
        told.append(second)
    x, y = np.median(places[[film for film in films if first in words[film]]], axis=0).astype(int)
    return Region(
        level, int(x), int(y), tuple(name for _, name in told), tuple(kind for kind, _ in told)
    )

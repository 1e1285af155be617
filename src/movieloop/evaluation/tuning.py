"""Choose a peer's settings on a validation slice: climb, one or two settings at a time.

>>> class Hill:
...     name, kind, grid, refits = "hill", "peer", {"x": (0, 1, 2), "y": (0, 1, 2)}, frozenset()
...     x = y = 0.0
...     setting = Baseline.setting
...     changed = Baseline.changed
>>> best, figure = tune(Hill(), fit=lambda peer: None,
...                     judge=lambda peer: -abs(peer.x - 1) - abs(peer.y - 2))
>>> best.x, best.y, figure
(1, 2, 0)
"""

from collections.abc import Callable, Sequence
from itertools import combinations, product
from typing import TypeVar

from movieloop.evaluation.baselines.baseline import Baseline

ROUNDS = 3
P = TypeVar("P", bound=Baseline)


def tune(peer: P, *, fit: Callable[[P], object], judge: Callable[[P], float]) -> tuple[P, float]:
    """Climb to the best settings of a peer's grid.

    How it works:
        1. Walk through the settings; try all values of one, keep the best.
        2. Walk through pairs of those that need no new fit; try one step of both at once, for
           a ridge may run across the grid.
        3. Stop after three rounds, or once a round betters nothing. Nothing is tried twice.

    Args:
        peer: Whom to tune.
        fit: Fits a peer on what comes before the validation slice.
        judge: Says how good a fitted peer is there, higher = better.

    Returns:
        The best one, fitted, and its figure.
    """
    fit(peer)
    best, height = peer, judge(peer)
    cheap = [name for name in peer.grid if name not in peer.refits]
    tried = {_point(best)}
    for _ in range(ROUNDS):
        before = height
        for names in [*combinations(peer.grid, 1), *combinations(cheap, 2)]:
            choices = [
                peer.grid[name] if len(names) == 1 else _beside(best.setting(name), peer.grid[name])
                for name in names
            ]
            for values in product(*choices):
                other = best
                for name, value in zip(names, values, strict=True):
                    other = other.changed(name, value)
                if _point(other) in tried:
                    continue
                tried.add(_point(other))
                if not peer.refits.isdisjoint(names):
                    fit(other)
                figure = judge(other)
                if figure > height:
                    best, height = other, figure
        if height == before:
            break
    return best, height


def _point(peer: Baseline) -> tuple[float, ...]:
    return tuple(peer.setting(name) for name in peer.grid)


def _beside(value: float, values: Sequence[float]) -> list[float]:
    """Give the next lower and the next higher value."""
    lower = sorted(other for other in values if other < value)
    higher = sorted(other for other in values if other > value)
    return lower[-1:] + higher[:1]

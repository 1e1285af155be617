"""An interval that stays valid at every look: for a page that is looked at after every rating.

An ordinary 95 % interval is right if one looks once. Who looks after every rating and stops when it
is convincing is fooled far more often than once in twenty. A confidence sequence holds for all
looks together: the chance that somebody will *ever* see it exclude the truth is one in twenty at
most (Robbins 1970, *Statistical methods related to the law of the iterated logarithm*).

>>> [round(end, 2) for end in interval(60, 40)]         # at one look it would be 0.50 to 0.69
[0.44, 0.75]
>>> interval(0, 0)
(0.0, 1.0)
"""

import math
from collections.abc import Callable

_STEPS = 60  # of the bisection: 60 halvings reach the last bit


def interval(wins: int, losses: int, *, alpha: float = 0.05) -> tuple[float, float]:
    """Tell which shares of wins are still possible.

    How it works: whatever the true share p is, the ratio of how likely the wins and losses are if
    every share is as likely as any other, to how likely they are under p, is a fair game: its
    chance of ever passing 1/alpha is at most alpha (Ville 1939). The shares for which it has not
    passed are possible.

    Args:
        wins: How often it went one way, 0 or more.
        losses: How often it went the other way, 0 or more.
        alpha: The chance of ever being wrong.

    Returns:
        Both ends, 0 to 1.
    """
    n = wins + losses
    if n == 0:
        return 0.0, 1.0
    mixture = math.lgamma(wins + 1) + math.lgamma(losses + 1) - math.lgamma(n + 2)
    limit = mixture - math.log(1 / alpha)

    def possible(share: float) -> bool:
        likely = (wins and wins * math.log(share)) + (losses and losses * math.log1p(-share))
        return likely > limit

    middle = wins / n
    low = 0.0 if wins == 0 else _edge(possible, outside=0.0, inside=middle)
    high = 1.0 if losses == 0 else _edge(possible, outside=1.0, inside=middle)
    return low, high


def _edge(possible: Callable[[float], bool], *, outside: float, inside: float) -> float:
    """Halve the way between an impossible and a possible share."""
    for _ in range(_STEPS):
        half = (outside + inside) / 2
        if half not in (0.0, 1.0) and possible(half):
            inside = half
        else:
            outside = half
    return outside

"""Lesson 3: a like pulls.

You like Die Hard, [5, 1, 0], and stand at [3, 3, 3]. Your taste walks toward the film, 30 % of the
gap in every coordinate: 3 + 0.3 * (5 - 3) = 3.6, 3 + 0.3 * (1 - 3) = 2.4, 3 + 0.3 * (0 - 3) = 2.1.

>>> rounded(pull([3, 3, 3], [5, 1, 0], rate=0.3))
[3.6, 2.4, 2.1]

The share is called the *rate*. At 0 nothing is learned, at 1 you land on the film:

>>> pull([3, 3, 3], [5, 1, 0], rate=0), pull([3, 3, 3], [5, 1, 0], rate=1)
([3, 3, 3], [5, 1, 0])

A second like walks on from where the first has led:

>>> taste = pull(pull([3, 3, 3], [5, 1, 0], rate=0.3), [4, 1, 4], rate=0.3)
>>> rounded(taste)
[3.72, 1.98, 2.67]

The taste you were given stays as it was: `pull` gives a new one.

>>> before = [3, 3, 3]
>>> after = pull(before, [5, 1, 0], rate=0.3)
>>> before
[3, 3, 3]

Hint: one new coordinate is `mine + rate * (film - mine)`.
"""


def rounded(point: list[float]) -> list[float]:
    """Round a point, so that it can be read."""
    return [round(x, 3) for x in point]


def pull(taste: list[float], film: list[float], rate: float) -> list[float]:
    """Walk a share of the gap toward a film."""
    ...


if __name__ == "__main__":
    from check import run

    run()

"""Lesson 5: a memory that does not fade.

At the constant rate of 0.3 every like leaves only 0.7 of what was before. After ten more films the
first one weighs 0.3 * 0.7^10, less than one hundredth. Sometimes that is right: a mood. For a taste
it is not.

Let the n-th like learn at the rate 1/(n+1): the first at 1/2, the second at 1/3, ...

>>> rounded(remember([3, 3], [[5, 1]]))                    # half way
[4.0, 2.0]
>>> rounded(remember([3, 3], [[5, 1], [4, 1]]))            # then a third of the gap
[4.0, 1.667]

Now a small wonder: what comes out is the plain average of the start and all the films, every one
weighing the same.

>>> films = [[5, 1], [4, 1], [0, 5], [2, 2]]
>>> average = [(3 + 5 + 4 + 0 + 2) / 5, (3 + 1 + 1 + 5 + 2) / 5]
>>> rounded(remember([3, 3], films)) == rounded(average)
True

So their order does not matter, and nobody who likes nothing moves:

>>> rounded(remember([3, 3], films[::-1])) == rounded(average), remember([3, 3], [])
(True, [3, 3])

movieloop keeps memories of both kinds, each in coordinates of its own.

Hint: `enumerate(films, start=1)` counts n; `pull` of lesson 3 is here already.
"""


def rounded(point: list[float]) -> list[float]:
    """Round a point, so that it can be read."""
    return [round(x, 3) for x in point]


def pull(taste: list[float], film: list[float], rate: float) -> list[float]:
    """Walk a share of the gap toward a film."""
    return [mine + rate * (its - mine) for mine, its in zip(taste, film, strict=True)]


def remember(taste: list[float], films: list[list[float]]) -> list[float]:
    """Learn liked films, the n-th at the rate 1/(n+1)."""
    ...


if __name__ == "__main__":
    from check import run

    run()

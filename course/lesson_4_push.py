"""Lesson 4: a dislike pushes, but not through the wall.

You dislike The Notebook, [0, 5, 1]. Walk the gap backwards, by the same share:
3 - 0.3 * (0 - 3) = 3.9, 3 - 0.3 * (5 - 3) = 2.4, 3 - 0.3 * (1 - 3) = 3.6.

>>> rounded(push([3, 3, 3], [0, 5, 1], rate=0.3))
[3.9, 2.4, 3.6]

The farther you are, the farther you would be thrown: every dislike makes the gap 1.3 times as
large. Two hundred of them would throw you to 10^23, and the nearest film would mean nothing. So
there are walls: no coordinate leaves 0 to 5, where the films are.

>>> rounded(push([4.5, 3, 3], [0, 5, 1], rate=0.3))
[5, 2.4, 3.6]
>>> taste = [3, 3, 3]
>>> for _ in range(200):
...     taste = push(taste, [0, 5, 1], rate=0.3)
>>> taste
[5, 0, 5]

Whoever stands exactly on a film is not moved by disliking it. Which way should they go?

>>> push([0, 5, 1], [0, 5, 1], rate=0.3) == [0, 5, 1]
True

Hint: `min(5, max(0, x))` keeps x between the walls.
"""

LOW, HIGH = 0, 5


def rounded(point: list[float]) -> list[float]:
    """Round a point, so that it can be read."""
    return [round(x, 3) for x in point]


def push(taste: list[float], film: list[float], rate: float) -> list[float]:
    """Walk a share of the gap away from a film, between the walls."""
    ...


if __name__ == "__main__":
    from check import run

    run()

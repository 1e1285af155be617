"""Lesson 1: distance.

A film is a point: how much action, romance and science fiction it has, 0 to 5 each. Your taste is
a point of the same space. How far are they apart?

Count as a taxi drives in Manhattan: block by block, one coordinate after the other. From
[3, 3, 3] to Die Hard, [5, 1, 0], it is |3-5| + |3-1| + |3-0| = 2 + 2 + 3 = 7.

>>> distance([3, 3, 3], [5, 1, 0])
7

The way there is as long as the way back, and to where you stand it is 0:

>>> distance([5, 1, 0], [3, 3, 3]), distance([4, 1, 4], [4, 1, 4])
(7, 0)

It does not matter how many coordinates there are:

>>> distance([1.5], [0.5]), distance([0] * 100, [1] * 100)
(1.0, 100)

Hints: `zip(a, b)` gives the coordinates in pairs, `abs` takes the sign away, `sum` adds.
"""


def distance(a: list[float], b: list[float]) -> float:
    """Count the blocks between two points of equally many coordinates."""
    ...


if __name__ == "__main__":
    from check import run

    run()

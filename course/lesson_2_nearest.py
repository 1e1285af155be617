"""Lesson 2: the nearest film is the recommendation.

Five films, and how far each is from a taste:

>>> nearest([3, 3, 3], FILMS)
'The Matrix'

What somebody has seen is not recommended again:

>>> nearest([3, 3, 3], FILMS, seen={"The Matrix"})
'Blade Runner'

If two films are equally far, the one that stands first in the list is meant:

>>> nearest([2, 2], {"Heads": [1, 1], "Tails": [3, 3]})
'Heads'

And when nothing is left, there is nothing to say:

>>> nearest([3, 3, 3], FILMS, seen=set(FILMS)) is None
True

Hint: go through the films, remember the best one so far. `distance` of lesson 1 is here already.
"""

FILMS: dict[str, list[float]] = {
    "Die Hard": [5, 1, 0],
    "The Notebook": [0, 5, 1],
    "Blade Runner": [3, 0, 5],
    "Titanic": [2, 4, 0],
    "The Matrix": [4, 1, 4],
}


def distance(a: list[float], b: list[float]) -> float:
    """Count the blocks between two points."""
    return sum(abs(x - y) for x, y in zip(a, b, strict=True))


def nearest(
    taste: list[float], films: dict[str, list[float]], seen: set[str] | None = None
) -> str | None:
    """Name the film nearest to a taste that was not seen; None if there is none."""
    ...


if __name__ == "__main__":
    from check import run

    run()

"""Lesson 7: predict, then learn.

Is it any good? Ask the past. Go through what somebody said, oldest first. Before you learn a like,
look where the film stood on their list at that moment: 1 = it would have been recommended next.
Only then learn it. Whoever learns first and looks afterwards has looked up the answer.

>>> log = [("Die Hard", 1), ("The Matrix", 1), ("The Notebook", 0), ("Blade Runner", 1)]
>>> replay([3, 3, 3], log)
[4, 1, 1]

At the start Die Hard was fourth: The Matrix, Blade Runner and Titanic were nearer. After it was
learned, The Matrix was first. The dislike of The Notebook is learned but not counted: nobody wanted
it to be near. In the end Blade Runner was first.

Films somebody has rated leave the race:

>>> replay([3, 3, 3], [("The Matrix", 1), ("Blade Runner", 1)])
[1, 1]

Of films that are equally far, those that stand first in `FILMS` come first; the start is not
changed, and of nothing nothing can be told:

>>> start = [3, 3, 3]
>>> replay(start, [("The Notebook", 1)]), start, replay(start, [])
([5], [3, 3, 3], [])

The share of likes that were among the first k is the *hit rate*, HR@k:

>>> ranks = replay([3, 3, 3], log)
>>> sum(rank <= 2 for rank in ranks) / len(ranks)
0.6666666666666666

Hint: sort the films not yet rated by their distance - Python's sort keeps the order of equals -
and find the film's place. `learn` is here already.
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


def learn(taste: list[float], film: list[float], rating: int) -> list[float]:
    """Walk toward a liked film (1), away from a disliked one (0), between the walls 0 and 5."""
    way = 0.3 if rating else -0.3
    walked = [mine + way * (its - mine) for mine, its in zip(taste, film, strict=True)]
    return [min(5, max(0, x)) for x in walked]


def replay(taste: list[float], log: list[tuple[str, int]]) -> list[int]:
    """Give the rank of every liked film the moment before it is learned."""
    ...


if __name__ == "__main__":
    from check import run

    run()

"""Lesson 8: why page order fools what learns sequences.

MovieLens asked people to rate the films of a page, and many rated them from top to bottom: A, B, C,
D. The log has that order:

>>> [film for _, film in EVENING]
['A', 'B', 'C', 'D']

A model that only counts "after A people rated B" knows nothing of taste. But replayed one film
after the other, it is perfect: it has seen the page with other people.

>>> FOLLOWS
{'A': 'B', 'B': 'C', 'C': 'D'}
>>> hit_rate([EVENING], FOLLOWS)
1.0

What has it predicted? The page, not the person. On the page the next film is there whether it is
recommended or not. What a recommender is for is the next *visit*. So cut the log into sittings: a
new one begins after a pause of more than an hour (3,600 seconds).

>>> sittings([0, 60, 120])
[[0, 1, 2]]
>>> sittings([0, 60, 9_000, 9_100])
[[0, 1], [2, 3]]
>>> sittings([0, 3_600, 7_201]), sittings([])
([[0, 1], [2]], [])

Within a sitting learn nothing, and ask only for what the *next* sitting begins with. Ada was there
on three evenings:

>>> times = [time for time, _ in ADA]
>>> films = [film for _, film in ADA]
>>> parts = sittings(times)
>>> [[films[place] for place in part] for part in parts]
[['A', 'B', 'C'], ['Z'], ['A2', 'B2']]
>>> asked = [(films[before[-1]], films[after[0]]) for before, after in pairwise(parts)]
>>> asked
[('C', 'Z'), ('Z', 'A2')]
>>> sum(FOLLOWS.get(last) == first for last, first in asked) / len(asked)
0.0

From perfect to nothing, and only the question has changed. movieloop and all it is compared with
are asked the second one.

Hint: go through the times with `enumerate`; begin a new list when there is none yet, or when the
time is more than `pause` after the one before.
"""

from itertools import pairwise

EVENING = [(0, "A"), (20, "B"), (45, "C"), (60, "D")]
FOLLOWS = {"A": "B", "B": "C", "C": "D"}
ADA = [(0, "A"), (30, "B"), (70, "C"), (90_000, "Z"), (200_000, "A2"), (200_030, "B2")]


def hit_rate(evenings: list[list[tuple[int, str]]], follows: dict[str, str]) -> float:
    """Tell how often the film that followed was the one that was predicted."""
    pairs = [pair for evening in evenings for pair in pairwise(evening)]
    return sum(follows.get(a) == b for (_, a), (_, b) in pairs) / len(pairs)


def sittings(times: list[int], pause: int = 3_600) -> list[list[int]]:
    """Cut times in seconds, earliest first, into sittings; give the places of each."""
    ...


if __name__ == "__main__":
    from check import run

    run()

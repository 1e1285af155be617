"""Names for the people whom Wikidata's extract of 2018 knows by number only.

Other sources name the directors of the same films. Where both tell one director, that number is
that name; then films with two, one of whom is known by now; and so on until nothing new comes.

requires: the standard library only
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

_NUMBER = re.compile(r"Q[0-9]+")


def names_of(pairs: Iterable[tuple[list[str], list[str]]]) -> dict[str, str]:
    """Learn who is who from films that one source tells by number and another by name.

    >>> names_of([(["Q1"], ["Joel Coen"]), (["Q2", "Q1"], ["Ethan Coen", "Joel Coen"])])
    {'Q1': 'Joel Coen', 'Q2': 'Ethan Coen'}

    Args:
        pairs: The numbers and the names of the directors of each film.

    Returns:
        A name for each number that could be told.
    """
    left = [(list(numbers), list(names)) for numbers, names in pairs]
    known: dict[str, str] = {}
    while True:
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for numbers, names in left:
            taken = {known[number] for number in numbers if number in known}
            untold = [number for number in numbers if number not in known]
            free = [name for name in names if name not in taken]
            if len(untold) == len(free) == 1:
                votes[untold[0]][free[0]] += 1
        if not votes:
            return known
        known |= {number: names.most_common(1)[0][0] for number, names in votes.items()}


def named(people: list[str], names: dict[str, str]) -> list[str]:
    """Give people their names where they are known; numbers stay numbers.

    >>> named(["Q1", "Q9"], {"Q1": "Joel Coen"})
    ['Joel Coen', 'Q9']
    """
    return [names.get(one, one) for one in people]


def only_names(people: Iterable[str]) -> list[str]:
    """Leave out who has only a number."""
    return [one for one in people if not _NUMBER.fullmatch(one)]

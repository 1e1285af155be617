"""Lesson 6: where points come from.

Nobody wrote down how much romance ten thousand films have. But people have said what they like,
and films that the same people like belong together. Three people, four films:

>>> LIKES
{'ada': ['Alien', 'Blade Runner'], 'bob': ['Alien', 'Blade Runner'], 'eve': ['Titanic', 'Amélie']}

Put the films anywhere. Then, again and again, let every person gather their films a little: each
film they like walks a share of the gap toward the middle of all they like. With one coordinate:

>>> gather({"Alien": [0.0], "Blade Runner": [4.0]}, ["Alien", "Blade Runner"], rate=0.25)
{'Alien': [0.5], 'Blade Runner': [3.5]}

The middle is taken before anybody walks, and films that are not liked stay:

>>> gather({"A": [0.0], "B": [3.0], "C": [6.0], "D": [9.0]}, ["A", "B", "C"], rate=1.0)
{'A': [3.0], 'B': [3.0], 'C': [3.0], 'D': [9.0]}

Let all people do that twenty times, from places that mean nothing:

>>> films = {"Alien": [0.0, 3.0], "Titanic": [1.0, 3.0], "Blade Runner": [3.0, 0.0],
...          "Amélie": [3.0, 2.0]}
>>> for _ in range(20):
...     for liked in LIKES.values():
...         films = gather(films, liked, rate=0.1)
>>> distance(films["Alien"], films["Blade Runner"]) < 0.2
True
>>> distance(films["Alien"], films["Titanic"]) > 1
True

Nobody said what Alien is, and yet it stands beside Blade Runner. If this went on for ever, all
films that anybody likes together would fall into one point; so real training also holds apart what
is *not* liked together. movieloop does both at once, for all people, by following the slope of a
loss.

Hint: the middle of some points is, in every coordinate, their sum divided by how many there are.
`pull` of lesson 3 is here already. Give new points; do not change the old ones.
"""

LIKES = {
    "ada": ["Alien", "Blade Runner"],
    "bob": ["Alien", "Blade Runner"],
    "eve": ["Titanic", "Amélie"],
}


def distance(a: list[float], b: list[float]) -> float:
    """Count the blocks between two points."""
    return sum(abs(x - y) for x, y in zip(a, b, strict=True))


def pull(taste: list[float], film: list[float], rate: float) -> list[float]:
    """Walk a share of the gap toward a film."""
    return [mine + rate * (its - mine) for mine, its in zip(taste, film, strict=True)]


def gather(films: dict[str, list[float]], liked: list[str], rate: float) -> dict[str, list[float]]:
    """Let the liked films walk toward their middle; give all films."""
    ...


if __name__ == "__main__":
    from check import run

    run()

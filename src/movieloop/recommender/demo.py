"""A taste that nobody has, to watch the learning: drawn from the catalogue, labelled synthetic.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     opinions = demo(loop.live.space(), seed=1, n=20).opinions
...     opinions == demo(loop.live.space(), seed=1, n=20).opinions
True
>>> len(opinions), {opinion.rating for opinion in opinions} == {0, 1}
(20, True)
"""

import numpy as np

from movieloop.recommender.snapshot import Snapshot
from movieloop.schemas.demo import DemoOpinion, DemoOut
from movieloop.taste import DISLIKE, LIKE, manhattan_distance

_KNOWN = 1200  # people have heard of so many films
_DISLIKES = 0.2


def demo(space: Snapshot, *, seed: int, n: int) -> DemoOut:
    """Invent somebody with a taste of their own.

    How it works:
        1. A well-known film is the middle of the taste; a second one, among its near relatives,
           keeps it from being too simple.
        2. Of the well-known films those near to either are liked, some far away disliked.
        3. They come in random order, as life brings them.

    Args:
        space: The live space.
        seed: Another number, another person.
        n: How many opinions, 1 or more.

    Returns:
        The opinions; fewer where the catalogue is small.
    """
    random = np.random.default_rng(seed)
    order = np.argsort([-movie.popularity for movie in space.movies], kind="stable")
    known = order[: max(2, min(_KNOWN, len(order)))]
    points = space.taste_of(space.embeddings.points)[known]
    first = int(random.integers(len(known)))
    distances = manhattan_distance(points[first], points)
    near = np.argsort(distances, kind="stable")
    second = int(near[min(len(near) - 1, int(random.integers(10, 60)))])
    distances = np.minimum(distances, manhattan_distance(points[second], points))
    near = np.argsort(distances, kind="stable")
    dislikes = int(n * _DISLIKES)
    liked = near[: n - dislikes]
    far = near[len(near) // 2 :]
    disliked = random.choice(far, size=min(dislikes, len(far)), replace=False)
    given = [(int(row), LIKE) for row in liked] + [(int(row), DISLIKE) for row in disliked]
    random.shuffle(given)
    movies = [(space.movies[known[row]], rating) for row, rating in given]
    middle, other = (space.movies[known[row]].label for row in (first, second))
    return DemoOut(
        description=f"Somebody invented, who loves films like {middle} and {other}.",
        opinions=[
            DemoOpinion(movie_id=movie.movie_id, title=movie.label, rating=rating)
            for movie, rating in movies
        ],
    )

"""Lesson 6: a movie recommender that learns - five films, three coordinates, one page.

    uvicorn movie_recommendation_lesson6:app --reload

Every film is a point: how much action, romance and science fiction it has, 0 to 5. A new user
stands at [3, 3, 3], and the nearest film by Manhattan distance is recommended: The Matrix, at
|3-4| + |3-1| + |3-4| = 4. Three opinions later the profile retrains (here in the shell):

    curl -X POST localhost:8000/feedback -H 'Content-Type: application/json' \
         -d '{"user_id": "ada", "movie_name": "Die Hard", "rating": 1}'
    curl -X POST localhost:8000/feedback -H 'Content-Type: application/json' \
         -d '{"user_id": "ada", "movie_name": "The Matrix", "rating": 1}'
    curl -X POST localhost:8000/feedback -H 'Content-Type: application/json' \
         -d '{"user_id": "ada", "movie_name": "The Notebook", "rating": 0}'
    curl localhost:8000/user/ada/profile
    curl localhost:8000/recommend/ada

A like pulls the profile 30 % of the way toward the film, a dislike pushes it away by as much:

    start                  [3.0,   3.0,   3.0  ]
    like Die Hard          [3.6,   2.4,   2.1  ]   3.0 + 0.3 * (5 - 3.0) = 3.6 ...
    like The Matrix        [3.72,  1.98,  2.67 ]
    dislike The Notebook   [4.836, 1.074, 3.171]   3.72 - 0.3 * (0 - 3.72) = 4.836 ...

so the nearest unseen film is now Blade Runner:

>>> with open_lesson(":memory:") as lesson:
...     before = lesson.recommend("ada").recommended_movie
...     for title, rating in [("Die Hard", 1), ("The Matrix", 1), ("The Notebook", 0)]:
...         answer = lesson.add_feedback("ada", title, rating)
...     profile = lesson.users.profile("ada").coordinates
...     after = lesson.recommend("ada").recommended_movie
>>> before, answer.retrained, after
('The Matrix', True, 'Blade Runner')
>>> {name: round(value, 3) for name, value in profile.items()}
{'action': 4.836, 'romance': 1.074, 'sci-fi': 3.171}

The parts are movieloop's own: `taste.py` is the arithmetic, the rest keeps it safe and serves
it. The feedback is kept in movie_recommendation_lesson6.db, beside this file.
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "src"))  # so that the lesson runs from a clone as it is

from movieloop import Embeddings, Memory, Movie, MovieLoop  # noqa: E402
from movieloop.api import create_app  # noqa: E402

COORDINATES = ("action", "romance", "sci-fi")
FILMS = {
    Movie(1, "Die Hard", 1988, ("Action",), popularity=3): (5, 1, 0),
    Movie(2, "The Notebook", 2004, ("Romance",), popularity=1): (0, 5, 1),
    Movie(3, "Blade Runner", 1982, ("Sci-Fi", "Action"), popularity=2): (3, 0, 5),
    Movie(4, "Titanic", 1997, ("Romance", "Action"), popularity=4): (2, 4, 0),
    Movie(5, "The Matrix", 1999, ("Sci-Fi", "Action"), popularity=5): (4, 1, 4),
}
NEW_PROFILE = (3.0, 3.0, 3.0)
RATE = 0.3  # one constant rate: every opinion moves the profile 30 % of the gap
RETRAIN_AFTER = 3  # opinions


def open_lesson(database: str | Path = HERE / "movie_recommendation_lesson6.db") -> MovieLoop:
    """Open the five-film system.

    >>> with open_lesson(":memory:") as lesson:
    ...     lesson.recommend("ada").similarity_score
    4.0

    Args:
        database: The SQLite file; ":memory:" for a throw-away one.

    Returns:
        The open loop; close it, or use it in a `with` block.
    """
    embeddings = Embeddings(
        movie_ids=np.array([film.movie_id for film in FILMS]),
        points=np.array(list(FILMS.values())),
        start=np.array(NEW_PROFILE),
        memories=(Memory("taste", 3, floor=RATE, ceiling=RATE, push=1.0, seen=0.0),),
        coordinates=COORDINATES,
    )
    films = (list(FILMS), embeddings.to_bytes(), "the five films of lesson 6")
    return MovieLoop.open(database, films=films, retrain_after=RETRAIN_AFTER)


app = create_app(open_lesson, title="movieloop, lesson 6", about=__doc__)

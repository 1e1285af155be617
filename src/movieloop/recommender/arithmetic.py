"""The numbers behind one film's place: a reader of `taste.py` can do the sum again.

>>> from movieloop.recommender.loop import MovieLoop
>>> with MovieLoop.open(":memory:") as loop:
...     said = loop.add_feedback("ada", "Alien (1979)", 1)
...     told = loop.arithmetic("ada", "Heat (1995)")
>>> lesson = told.lesson
>>> rate = 1 / (lesson.likes_before + 1 + told.rates.patience[0])
>>> lesson.after[0] == lesson.before[0] + rate * (lesson.point[0] - lesson.before[0])
True
"""

import numpy as np

from movieloop.data import Movie
from movieloop.errors import NoPointYet
from movieloop.model.fold_in import opinions
from movieloop.recommender.snapshot import Snapshot
from movieloop.recommender.stored import stored_movie
from movieloop.recommender.user_state import UserWithLog
from movieloop.schemas.arithmetic import ArithmeticOut, Lesson, RatesOut
from movieloop.taste import LIKE, Vector, manhattan_distance


def arithmetic_of(space: Snapshot, user: UserWithLog, user_id: str, movie: Movie) -> ArithmeticOut:
    """Tell the numbers behind a film's distance and the last step of learning.

    Args:
        space: The live space.
        user: The user.
        user_id: Their id.
        movie: The film.

    Returns:
        The numbers, unrounded.

    Raises:
        NoPointYet: The film came after the last training.
    """
    row = space.row(movie.movie_id)
    if row is None:
        raise NoPointYet(movie.label)
    point = space.embeddings.points[row]
    return ArithmeticOut(
        user_id=user_id,
        movie_id=movie.movie_id,
        embeddings_version=space.embeddings.version,
        profile=user.profile.tolist(),
        point=point.tolist(),
        distance=float(manhattan_distance(user.profile, point)),
        rates=_rates(space),
        lesson=_lesson(space, user),
    )


def _rates(space: Snapshot) -> RatesOut:
    rates, box = space.embeddings.rates, space.embeddings.box

    def whole(value: Vector | float) -> list[float]:
        values: list[float] = np.broadcast_to(value, space.embeddings.start.shape).tolist()
        return values

    return RatesOut(
        floor=whole(rates.floor),
        ceiling=whole(rates.ceiling),
        push=whole(rates.push),
        seen=whole(rates.seen),
        patience=whole(rates.patience),
        low=whole(box.low),
        high=whole(box.high),
    )


def _lesson(space: Snapshot, user: UserWithLog) -> Lesson | None:
    """Replay the history up to its last opinion, and that one apart."""
    known = space.embeddings
    counting = [item for item in opinions(user.learned) if item.movie_id in known.row_of]
    if not counting:
        return None
    *earlier, last = counting
    before = known.learn([(item.movie_id, item.rating) for item in earlier])
    likes = sum(item.rating == LIKE for item in earlier)
    after = known.learn([(last.movie_id, last.rating)], profile=before, likes=likes)
    return Lesson(
        feedback_id=last.feedback_id,
        movie_id=last.movie_id,
        title=stored_movie(space.catalog, last.movie_id).label,
        rating=last.rating,
        likes_before=likes,
        before=before.tolist(),
        point=known.points[known.row_of[last.movie_id]].tolist(),
        after=after.tolist(),
    )

"""Made-up ratings for the tests of the evaluation, and the law every scorer must keep."""

from collections.abc import Callable

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.loading import Data
from movieloop.replay.replay import Replay

MINUTE = 60_000
USERS, MOVIES, EVENTS = 25, 30, 700


def small_data(
    seed: int = 0, *, people: int = USERS, films: int = MOVIES, events: int = EVENTS
) -> Data:
    """People rate films, two camps with tastes of their own, in sittings of a few films."""
    random = np.random.default_rng(seed)
    users, movies, ratings, times = [], [], [], []
    seen: set[tuple[int, int]] = set()
    moment = 0
    while len(users) < events:
        user = int(random.integers(people))
        moment += int(random.integers(1, 600)) * MINUTE
        for step in range(int(random.integers(1, 6))):
            movie = int(random.integers(films))
            if (user, movie) in seen:
                continue
            seen.add((user, movie))
            likes = random.random() < (0.8 if (user + movie) % 2 else 0.3)
            users.append(user)
            movies.append(movie)
            ratings.append(1 if likes else [0, None][int(random.integers(2))])
            times.append(moment + 5_000 * step)
        if len(seen) == people * films:
            break
    genres = np.eye(5, dtype=np.bool_)[np.arange(films) % 5]
    genres[::2, 0] = True
    return Data("small", RatingLog.of(users, movies, ratings, times), genres)


def turned(log: RatingLog, events: np.ndarray) -> RatingLog:
    """Turn what some events say upside down: likes are dislikes and about other films."""
    movie, rating = log.movie.copy(), log.rating.copy()
    movie[events] = (movie[events] + 7) % len(log.movie_ids)
    rating[events] = 1 - np.maximum(rating[events], 0)
    return RatingLog(log.user, movie, rating, log.time, log.movie_ids)


def knows_only_the_past(make: Callable[[], Learner], log: RatingLog, end: int) -> bool:
    """Whether no score moves when events turn that nobody can have learned by then.

    Those are all from the question on, and those of the same sitting before it.
    """
    replay = Replay(log, end, len(log))
    inside = np.flatnonzero(log.position[replay.events] > replay.known)  # the sitting runs
    for question in inside[::5]:
        event, user = replay.events[question], replay.user[question]
        unknown = np.arange(len(log)) >= event
        first = log.by_user[log.starts[user] + replay.known[question]]
        unknown |= (np.arange(len(log)) >= max(first, end)) & (log.user == user)
        scores = []
        for version in (log, turned(log, np.flatnonzero(unknown))):
            learner = make()
            learner.fit(version, end)
            again = Replay(version, end, len(log), asked=np.array([event]))
            if len(again.events) == 0:  # only opinions ask
                break
            scores.append(learner.scores(again, slice(0, 1)))
        if len(scores) == 2 and not np.array_equal(*scores):
            return False
    return True

"""A world of two tastes: half the people like the even films, half the odd ones."""

from dataclasses import replace

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.model.embeddings import Memory
from movieloop.model.popularity import LivePopularity
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.training.hyperparameters import Hyperparameters
from movieloop.training.train import Trained

MINUTE = 60_000
TINY = Hyperparameters(
    "tiny",
    (Memory("slow", 4, patience=2.0), Memory("fast", 4, floor=0.2, ceiling=0.2, push=0.0)),
    epochs=6,
    learning_rate=0.05,
    half_life=300.0,
    trust=2.0,
)


def two_tastes(
    *, people: int = 60, films: int = 40, events: int = 20, seed: int = 0, unrated: int = 0
) -> RatingLog:
    """Everybody rates `events` films, three of four of their own kind; likes only those.

    The last `unrated` films are rated by nobody.
    """
    random = np.random.default_rng(seed)
    users, movies, ratings, times = [], [], [], []
    for user in range(people):
        own = np.arange(films - unrated) % 2 == user % 2
        chances = np.where(own, 3.0, 1.0)
        seen = random.choice(films - unrated, events, replace=False, p=chances / chances.sum())
        for movie in seen.tolist():
            users.append(user)
            movies.append(movie)
            ratings.append(1 if own[movie] else [0, None][int(random.integers(2))])
            times.append(int(random.integers(0, 100_000)) * MINUTE)
    return RatingLog.of(users, movies, ratings, times, movie_ids=range(films))


LIVELY = replace(TINY, name="livelier", learning_rate=0.02, freshness=0.5)


class Popular:
    """Live popularity, the plain way."""

    name = "popularity"

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life

    def scores(self, replay: Replay, part: slice) -> np.ndarray:
        live = LivePopularity(replay.log, half_life=self.half_life, clock="likes")
        return live.at(replay.time[part])


def scorer(trained: Trained) -> EmbeddingScorer:
    return EmbeddingScorer(trained.embeddings(np.zeros(len(trained.movie_ids))))


class Killed(BaseException):
    """What a kill looks like from inside."""

"""Compiled ranking: where did the films stand that people liked next?

Choosing how to train asks that a great many times, so it does not go through
`evaluation.replay`, which is plain and asks anybody, but through two loops that are tested
against it. Ranks count from 1, films the user had rated are out, ties count half.
"""

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import LIKED
from movieloop.model.compiling import compiled, prange
from movieloop.model.kernels import Floats, Ints
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay

Ranks = NDArray[np.float64]
_FAR = 500.0  # half-lives after which counts are scaled back, so that 2**x stays a float


def popular_ranks(replay: Replay, half_lives: NDArray[np.float64]) -> Ranks:
    """Rank by live popularity, for many half-lives at once.

    >>> from movieloop.data.interactions import RatingLog
    >>> log = RatingLog.of(users="abcd", movies=[7, 7, 8, 8], ratings=[1, 1, 1, 1],
    ...                    times=[0, 100_000, 200_000, 300_000])
    >>> popular_ranks(Replay(log, 3, 4), np.array([0.5, 100.0]))  # 8 came last
    array([[1.],
           [2.]])

    Args:
        replay: The questions.
        half_lives: Likes of anybody after which a like counts half, shape (half-lives,).

    Returns:
        The rank of the film asked about, shape (half-lives, questions).
    """
    log = replay.log
    learned_at = log.learned_at
    likes = np.flatnonzero(log.rating == LIKED)
    likes = likes[np.argsort(learned_at[likes], kind="stable")]
    until = np.searchsorted(learned_at[likes], replay.time, side="right").astype(np.int64)
    rated, starts = rated_before(replay)
    ranks = np.empty((len(half_lives), len(until)))
    _popular(
        log.movie[likes], until, half_lives, replay.target, rated, starts, len(log.movie_ids), ranks
    )
    return ranks


def rated_before(replay: Replay) -> tuple[Ints, Ints]:
    """List the films each user had rated before each question.

    Args:
        replay: The questions.

    Returns:
        Rows of movies, all questions one after the other, and where each question's start,
        shape (questions + 1,).
    """
    known = Histories.before(replay.log, replay.user, replay.log.position[replay.events])
    return replay.log.movie[known.events], known.starts


@compiled(parallel=True)
def _popular(
    movies: Ints,
    until: Ints,
    half_lives: NDArray[np.float64],
    targets: Ints,
    rated: Ints,
    starts: Ints,
    count: int,
    ranks: Ranks,
) -> None:
    for i in prange(len(half_lives)):
        counts = np.zeros(count)
        asked = np.full(count, -1)
        reference, after = 0, 0
        for q in range(len(until)):
            for like in range(after, until[q]):
                if (like - reference) / half_lives[i] > _FAR:
                    counts *= 2.0 ** ((reference - like) / half_lives[i])
                    reference = like
                counts[movies[like]] += 2.0 ** ((like - reference) / half_lives[i])
            after = max(after, until[q])
            ranks[i, q] = _rank(counts, targets[q], rated, starts[q], starts[q + 1], asked, q)


@compiled(parallel=True)
def mixed_ranks(
    taste: Floats,
    content: Floats,
    known: NDArray[np.float64],
    weights: NDArray[np.float64],
    targets: Ints,
    rated: Ints,
    starts: Ints,
    ranks: Ranks,
) -> None:
    """Rank by log popularity plus taste plus content, for several pairs of weights.

    >>> ranks, nothing = np.empty((2, 1)), np.zeros((1, 2), np.float32)
    >>> mixed_ranks(np.array([[0.0, 3.0]], np.float32), nothing, np.array([[2.0, 0.0]]),
    ...             np.array([[1.0, 0.0], [0.5, 0.0]]), np.array([0]), np.array([1]),
    ...             np.array([0, 0]), ranks)
    >>> ranks
    array([[2.],
           [1.]])

    Args:
        taste: See `EmbeddingScorer.parts`, shape (questions, movies).
        content: The same of what films are about, same shape.
        known: Log popularity, same shape.
        weights: How much taste and content count, shape (pairs, 2).
        targets: The film each question is about.
        rated: See `rated_before`.
        starts: Where each question's rated films start in `rated`.
        ranks: Is filled, shape (pairs, questions).
    """
    for q in prange(len(targets)):
        asked = np.full(taste.shape[1], -1)
        scores = np.empty(taste.shape[1])
        for w in range(len(weights)):
            for j in range(taste.shape[1]):
                scores[j] = known[q, j] + weights[w, 0] * taste[q, j]
                scores[j] += weights[w, 1] * content[q, j]
            ranks[w, q] = _rank(scores, targets[q], rated, starts[q], starts[q + 1], asked, w)


@compiled()
def _rank(
    scores: NDArray[np.float64],
    target: int,
    rated: Ints,
    start: int,
    end: int,
    asked: Ints,
    question: int,
) -> float:
    """Count who is better among the unrated; `asked` remembers whom this question struck out."""
    own = scores[target]
    better, ties = 0, -1
    for j in range(len(scores)):
        better += scores[j] > own
        ties += scores[j] == own
    for i in range(start, end):
        movie = rated[i]
        if movie != target and asked[movie] != question:
            asked[movie] = question
            better -= scores[movie] > own
            ties -= scores[movie] == own
    return 1.0 + better + ties / 2.0

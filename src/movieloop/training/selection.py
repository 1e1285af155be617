"""What predicts best? Half-lives, plans and weights, judged by the newest ratings.

Two figures judge. `hit_rate`, the share of likes that stood in the top 10, is what people see;
`gain`, the mean of 1 / log2(1 + rank), also sees a like that comes from rank 300 to 30, and so
wavers less, so it chooses. A livelier plan than the calmest must win clearly, by more than two
standard errors over people, because the winner among many is partly a lucky one (the idea of
Breiman et al. 1984).

>>> people = np.array([0, 0, 1, 2, 3, 4])
>>> clearly([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0], people)         # everybody gains
True
>>> clearly([1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], people)         # one person gains
False
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.replay.metrics import hit_rate
from movieloop.replay.rank_kernels import mixed_ranks, popular_ranks, rated_before
from movieloop.replay.replay import QUESTIONS, Replay, spread
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.taste import Matrix
from movieloop.training.hyperparameters import Hyperparameters
from movieloop.training.train import Trained, train

HALF_LIVES = tuple(float(round(100 * 2 ** (step / 2))) for step in range(22))  # likes
WEIGHTS = (1.0, 0.6)
TRIAL_CUTS = 20_000  # rows of an epoch when a plan is tried, at most

Say = Callable[[str, float], None]
Ranks = NDArray[np.float64]


class Choice(NamedTuple):
    """One thing that was tried.

    Attributes:
        name: What it was.
        hit_rate: The share of held-back likes that stood in the top 10.
        gain: The mean of 1 / log2(1 + rank) of held-back likes.
    """

    name: str
    hit_rate: float
    gain: float


def newest(past: RatingLog, cut: int) -> Replay:
    """Ask about the likes from `cut` on, not too many.

    Args:
        past: Everybody's ratings.
        cut: The first event that is asked about.

    Returns:
        The questions.
    """
    asked = cut + np.flatnonzero(past.rating[cut:] == LIKED)
    return Replay(past, cut, len(past), spread(asked, QUESTIONS))


def choose_half_life(replay: Replay) -> tuple[float, list[Choice]]:
    """Find the half-life whose popularity predicts best; a tie goes to the longer one.

    Args:
        replay: The questions.

    Returns:
        The half-life in likes, and what was tried.
    """
    if len(replay.events) == 0:
        return HALF_LIVES[-1], []
    ranks = popular_ranks(replay, np.array(HALF_LIVES))
    choices = [
        _judged(f"popularity, half-life {half_life:g} likes", tried)
        for half_life, tried in zip(HALF_LIVES, ranks, strict=True)
    ]
    best = max(range(len(choices)), key=lambda i: (choices[i].gain, i))
    return HALF_LIVES[best], choices


def choose_plan(
    past: RatingLog,
    cut: int,
    replay: Replay,
    plans: Sequence[Hyperparameters],
    *,
    half_life: float,
    seed: int,
    tell: Say,
    features: Matrix | None = None,
) -> tuple[Hyperparameters, list[Choice]]:
    """Try the plans and weights, the calmest first; a later one must win clearly.

    Args:
        past: Everybody's ratings.
        cut: Train on the events before this one.
        replay: The questions.
        plans: What to try, at least one.
        half_life: What suits popularity alone.
        seed: The same seed gives the same choice.
        tell: Is told what is being done and which share of it.
        features: What is known of every movie beside ratings, shape (movies, features).

    Returns:
        The plan with its half-life and weight, and what was tried.
    """
    choices: list[Choice] = []
    best: tuple[Hyperparameters, Ranks] | None = None
    for tried in plans:
        plan = replace(tried, half_life=half_life * tried.freshness, weight=1.0)
        trained = train(
            past,
            plan,
            end=cut,
            seed=seed,
            progress=partial(_pass_on, tell, plan),
            features=features,
            cuts=TRIAL_CUTS,
        )
        for weight, ranks in zip(WEIGHTS, _ranks(trained, replay), strict=True):
            choices.append(_judged(f"{plan.name}, weight {weight:g}", ranks))
            if best is None or clearly(_gains(ranks), _gains(best[1]), replay.user):
                best = (plan.weighing(weight), ranks)
    assert best is not None  # noqa: S101 - there are plans
    return best[0], choices


def clearly(figures: ArrayLike, others: ArrayLike, user: NDArray[np.int64]) -> bool:
    """Tell whether one choice beats another by more than two standard errors over people.

    Args:
        figures: A figure for every question, shape (questions,).
        others: The other choice's figures.
        user: Who was asked, shape (questions,).

    Returns:
        Whether it does.
    """
    more = np.asarray(figures, dtype=np.float64) - np.asarray(others, dtype=np.float64)
    by_user = np.bincount(user, weights=more)
    return float(more.sum()) > 2 * float(np.sqrt((by_user**2).sum()))


def _ranks(trained: Trained, replay: Replay) -> Ranks:
    """Rank what was liked next, at every weight, shape (weights, questions)."""
    nothing = np.zeros(len(trained.movie_ids))
    scorer = EmbeddingScorer(trained.embeddings(nothing))
    rated, starts = rated_before(replay)
    ranks = np.empty((len(WEIGHTS), len(replay.events)))
    for part in replay.parts():
        taste, known = scorer.parts(replay, part)
        found = np.empty((len(WEIGHTS), part.stop - part.start))
        asked = starts[part.start : part.stop + 1]
        mixed_ranks(taste, known, np.array(WEIGHTS), replay.target[part], rated, asked, found)
        ranks[:, part] = found
    return ranks


def _judged(name: str, ranks: Ranks) -> Choice:
    return Choice(name, hit_rate(ranks), float(_gains(ranks).mean()))


def _gains(ranks: Ranks) -> Ranks:
    return np.asarray(1 / np.log2(1 + ranks))


def _pass_on(tell: Say, plan: Hyperparameters, share: float, loss: float) -> None:
    tell(f"trying the {plan.name} plan, loss {loss:.3f}", share)

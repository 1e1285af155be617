"""What predicts best? Half-lives, plans and their mixtures, judged by the newest ratings.

Two figures judge. `hit_rate`, the share of likes that stood in the top 10, is what people see;
`gain`, the mean of 1 / log2(1 + rank), also sees a like that comes from rank 300 to 30, and so
wavers less.

- Of one plan the mixture with the highest gain is taken: so much taste, so much of what films are
  about, popularity fading so fast. All are chosen together, after training.
- A mixture that finds fewer likes than live popularity is out, also if they are clearly fewer only
  for those of whom little, some or much is known.
- Beside it stands a share of what is learned where time means nothing, for newcomers, who gain by
  it far more than the others lose: the largest that costs at most 3 of 100 likes found.
- A livelier plan must win clearly in gain *and* hits, by more than two standard errors over people,
  because the winner among many is partly a lucky one (the idea of Breiman et al. 1984).

>>> people = np.array([0, 0, 1, 2, 3, 4])
>>> clearly([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0], people)         # everybody gains
True
>>> clearly([1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], people)         # one person gains
False
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.model.content import Content
from movieloop.replay.metrics import hit_rate, hits
from movieloop.replay.rank_kernels import popular_ranks
from movieloop.replay.replay import QUESTIONS, Replay, spread
from movieloop.taste import Matrix
from movieloop.training.hyperparameters import BESIDE, Hyperparameters
from movieloop.training.members import Member, Trainer, train_here
from movieloop.training.mixing import (
    SHARES,
    Mixture,
    Ranks,
    mixtures_of,
    ranks_beside,
    ranks_mixed,
)
from movieloop.training.train import Trained

HALF_LIVES = tuple(float(round(100 * 2 ** (step / 2))) for step in range(22))  # likes
COST = 0.03  # of the likes found: what newcomers may cost those who are known
KNOWN = (0, 5, 20)  # ratings known of a person: little, some, well
TRIAL_CUTS = 20_000  # rows of an epoch when a plan is tried, at most

Say = Callable[[str, float], None]


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
    content: Content | None = None,
    trainer: Trainer = train_here,
) -> tuple[Hyperparameters, list[Choice]]:
    """Try the plans and their mixtures, the calmest first; a later one must win clearly.

    Args:
        past: Everybody's ratings.
        cut: Train on the events before this one.
        replay: The questions.
        plans: What to try, at least one.
        half_life: What suits popularity alone.
        seed: The same seed gives the same choice.
        tell: Is told what is being done and which share of it.
        features: What is known of every movie beside ratings, shape (movies, features).
        content: What the movies are about; None if nothing is known.
        trainer: Trains what is tried: here, or elsewhere.

    Returns:
        The plan with its half-life and weights, and what was tried.
    """
    choices: list[Choice] = []
    popular = popular_ranks(replay, np.array([half_life]))[0]
    best: tuple[Hyperparameters, Ranks, Trained] | None = None
    ready = [replace(plan, half_life=half_life * plan.freshness, weight=1.0) for plan in plans]
    members = [Member(past, plan, cut, seed, TRIAL_CUTS, features) for plan in ready]
    members.append(Member(past, replace(BESIDE, voices=1), cut, features=features, drawn=True))
    *tried, beside = trainer(
        members, lambda share, loss: tell(f"trying {len(members)} plans, loss {loss:.3f}", share)
    )
    for plan, trained in zip(ready, tried, strict=True):
        tell(f"mixing the {plan.name} plan", 0.5)
        mixtures = mixtures_of(content)
        ranks = ranks_mixed(trained, replay, content, mixtures)
        for mixture, found in zip(mixtures, ranks, strict=True):
            choices.append(_judged(f"{plan.name}, {mixture}", found))
        mixture, found = _best(mixtures, ranks, popular, replay)
        if best is None or (
            clearly(_gains(found), _gains(best[1]), replay.user)
            and clearly(hits(found), hits(best[1]), replay.user)
        ):
            best = (plan.mixed(*mixture), found, trained)
    assert best is not None  # noqa: S101 - there are plans
    plan, ranks, trained = best
    tell("choosing the share for newcomers", 0.5)
    shares = ranks_beside(trained, beside, plan, replay, content)
    choices += [
        _judged(f"{plan.name}, timeless {share:g}", found)
        for share, found in zip(SHARES, shares, strict=True)
    ]
    return replace(plan, timeless=_share(shares, ranks, popular, replay)), choices


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


def stands(ranks: Ranks, popular: Ranks, replay: Replay) -> bool:
    """Tell whether somebody finds no fewer likes than live popularity does.

    Args:
        ranks: Where they had what was liked next, shape (questions,).
        popular: Where live popularity had it.
        replay: The questions.

    Returns:
        False if there are fewer hits, or clearly fewer for people of whom little, some or much
        is known.
    """
    ours, theirs = hits(ranks), hits(popular)
    if ours.sum() < theirs.sum():
        return False
    known = np.searchsorted(KNOWN, replay.known, side="right")
    parts = [known == part for part in np.unique(known)]
    return not any(clearly(theirs[part], ours[part], replay.user[part]) for part in parts)


def _best(
    mixtures: Sequence[Mixture], ranks: Ranks, popular: Ranks, replay: Replay
) -> tuple[Mixture, Ranks]:
    """Take the mixture with the highest gain that stands; if none does, the one with most hits."""
    order = np.argsort(-_gains(ranks).mean(axis=1), kind="stable")
    standing = [i for i in order if stands(ranks[i], popular, replay)]
    chosen = standing[0] if standing else int(np.argmax(hits(ranks).sum(axis=1)))
    return mixtures[chosen], ranks[chosen]


def _share(shares: Ranks, ranks: Ranks, popular: Ranks, replay: Replay) -> float:
    """Take the largest share that costs few likes of people who are known."""
    least = (1 - COST) * hits(ranks).sum()
    for share, found in zip(SHARES, shares, strict=True):
        fewer = stands(ranks, popular, replay) and not stands(found, popular, replay)
        if hits(found).sum() >= least and not fewer:
            return share
    return 0.0


def _judged(name: str, ranks: Ranks) -> Choice:
    return Choice(name, hit_rate(ranks), float(_gains(ranks).mean()))


def _gains(ranks: Ranks) -> Ranks:
    return np.asarray(1 / np.log2(1 + ranks))

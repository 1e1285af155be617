"""Choosing how to train, by looking at the newest ratings; then training on all of them.

Nobody should have to know what a half-life is. So the newest tenth of the ratings is held
back, and what predicts it best is chosen (`selection`):

1. the half-life of popularity, counted in likes;
2. the plan, from calm to lively (`hyperparameters.CANDIDATES`);
3. how much taste, content and the past weigh beside each other (`selection`);
4. how much of a training where time means nothing stands beside them for newcomers.

>>> log = RatingLog.of(users=[u for u in range(40) for _ in range(4)],
...                    movies=[m for u in range(40) for m in ([1, 2, 3, 4] if u % 2 else [5, 6, 7, 8])],
...                    ratings=[1] * 160, times=[1000 * 300 * i for i in range(160)])
>>> fitted = fit(log)                        # too little to choose by: the calm plan
>>> fitted.trained.plan.name, fitted.trained.points.shape
('calm', (8, 144))
"""  # noqa: E501

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.model.content import Content
from movieloop.taste import Matrix
from movieloop.training.checkpoint import TrainingCheckpoint, delete, digest_of
from movieloop.training.ensemble import train_ensemble
from movieloop.training.hyperparameters import CANDIDATES, Hyperparameters
from movieloop.training.members import Trainer, train_here
from movieloop.training.selection import Choice, Say, choose_half_life, choose_plan, newest
from movieloop.training.train import Trained

HELD_BACK = 0.1  # of the ratings, the newest
_LEAST_QUESTIONS, _LEAST_EVENTS = 100, 500  # less says nothing about plans


class Fitted(NamedTuple):
    """What came out.

    Attributes:
        trained: The points, trained on everything.
        plan: How one voice of them was trained.
        choices: What was tried, in order.
    """

    trained: Trained
    plan: Hyperparameters
    choices: Sequence[Choice]


def fit(
    log: RatingLog,
    *,
    end: int | None = None,
    seed: int = 0,
    plans: Sequence[Hyperparameters] = CANDIDATES,
    say: Say | None = None,
    checkpoint: Path | None = None,
    features: Matrix | None = None,
    content: Content | None = None,
    trainer: Trainer = train_here,
) -> Fitted:
    """Choose how to train on the newest ratings, then train on all.

    Args:
        log: Everybody's ratings.
        end: Learn from events before this one only; all if None.
        seed: The same seed gives the same points.
        plans: What to try, the calmest first.
        say: Is told what is being done and which share of it, 0 to 1.
        checkpoint: A file to go on from after a kill, to the same points; deleted at the end.
        features: What is known of every movie beside ratings, shape (movies, features).
        content: What the movies are about; None if nothing is known.
        trainer: Trains what is tried and what comes out: here, or elsewhere.

    Returns:
        The points and what was tried.

    Raises:
        TooLittleData: There are not enough likes, people or movies.
    """
    past = log if end is None else log.first(end)
    tell = say or (lambda what, share: None)
    chosen = checkpoint and checkpoint.with_name(f"{checkpoint.name}.plan")
    plan, choices = choose(
        past,
        seed=seed,
        plans=plans,
        say=say,
        checkpoint=chosen,
        features=features,
        content=content,
        trainer=trainer,
    )
    trained = train_ensemble(
        past,
        plan,
        seed=seed,
        progress=lambda share, loss: tell(f"training, loss {loss:.3f}", share),
        checkpoint=checkpoint,
        features=features,
        content=content,
        trainer=trainer,
    )
    if chosen is not None:
        delete(chosen)
    return Fitted(trained, plan, choices)


def choose(
    past: RatingLog,
    *,
    seed: int = 0,
    plans: Sequence[Hyperparameters] = CANDIDATES,
    say: Say | None = None,
    checkpoint: Path | None = None,
    features: Matrix | None = None,
    content: Content | None = None,
    trainer: Trainer = train_here,
) -> tuple[Hyperparameters, Sequence[Choice]]:
    """Choose how to train: try everything on the newest ratings.

    Args:
        past: Everybody's ratings.
        seed: The same seed gives the same choice.
        plans: What to try, the calmest first.
        say: Is told what is being done and which share of it, 0 to 1.
        checkpoint: A file that keeps what was chosen; whoever names it deletes it.
        features: What is known of every movie beside ratings, shape (movies, features).
        content: What the movies are about; None if nothing is known.
        trainer: Trains what is tried and what comes out: here, or elsewhere.

    Returns:
        The plan with its half-life and weight, and what was tried, in order.
    """
    tell = say or (lambda what, share: None)
    kept = None
    if checkpoint is not None:
        columns = (past.user, past.movie, past.rating, past.time, past.movie_ids)
        known = np.zeros(0) if features is None else features
        about = np.zeros(0) if content is None else content.points
        kept = TrainingCheckpoint(
            checkpoint, digest_of(*columns, known, about, tuple(plans), past.session_gap, seed)
        )
    remembered = _remembered(kept, plans)
    if remembered is not None:
        return remembered
    plan, choices = _chosen(
        past, plans, seed=seed, tell=tell, features=features, content=content, trainer=trainer
    )
    if kept is not None:
        _remember(kept, plan, choices)
    return plan, choices


def _chosen(
    past: RatingLog,
    plans: Sequence[Hyperparameters],
    *,
    seed: int,
    tell: Say,
    features: Matrix | None,
    content: Content | None,
    trainer: Trainer,
) -> tuple[Hyperparameters, list[Choice]]:
    """Try everything on the newest ratings."""
    cut = int(len(past) * (1 - HELD_BACK))
    replay = newest(past, cut)
    tell("how fast popularity fades", 0.0)
    half_life, choices = choose_half_life(replay)
    if len(replay.events) < _LEAST_QUESTIONS or cut < _LEAST_EVENTS:
        return replace(plans[0], half_life=half_life), choices
    plan, more = choose_plan(
        past,
        cut,
        replay,
        plans,
        half_life=half_life,
        seed=seed,
        tell=tell,
        features=features,
        content=content,
        trainer=trainer,
    )
    return plan, choices + more


def _remember(kept: TrainingCheckpoint, plan: Hyperparameters, choices: Sequence[Choice]) -> None:
    kept.save(
        {
            "plan": np.array(plan.name),
            "mixture": np.array(
                [plan.weight, plan.content, plan.timeless, plan.half_life, plan.taught_at], float
            ),
            "names": np.array([choice.name for choice in choices], dtype=str),
            "figures": np.array([choice[1:] for choice in choices]).reshape(-1, 2),
        }
    )


def _remembered(
    kept: TrainingCheckpoint | None, plans: Sequence[Hyperparameters]
) -> tuple[Hyperparameters, list[Choice]] | None:
    """Read what a killed run had chosen for the same log."""
    found = kept.load() if kept is not None else {}
    if not found:
        return None
    plan = next(plan for plan in plans if plan.name == found["plan"].item())
    weight, content, timeless, half_life, taught_at = found["mixture"].tolist()
    taught = None if np.isnan(taught_at) else taught_at
    choices = [
        Choice(name, *figures)
        for name, figures in zip(found["names"].tolist(), found["figures"].tolist(), strict=True)
    ]
    mixed = replace(
        plan,
        weight=weight,
        content=content,
        timeless=timeless,
        half_life=half_life,
        taught_at=taught,
    )
    return mixed, choices

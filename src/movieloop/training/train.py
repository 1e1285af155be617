"""The movies learn too: from everybody's ratings to points, by the same distance that serves.

One row of training is one person at one moment: the profile is the exact fold of what they had
said before, and it should stand near the films they like next. A movie's score is

    log popularity at that moment - (distance to the profile - distance to the origin)

so at the origin taste says nothing and plain popularity ranks; taste has to earn what it adds.
The loss is the cross-entropy between softmax(scores) over the unrated movies - where there are many,
over a draw of them (`rivals`) - and the next few likes. A fold is linear in the points - its weights are known numbers - so the gradient is exact
(`kernels.gradients`), and `optimizer` walks down it from an SVD of the likes.

>>> log = RatingLog.of(users=[u for u in range(40) for _ in range(4)],
...                    movies=[m for u in range(40) for m in ([1, 2, 3, 4] if u % 2 else [5, 6, 7, 8])],
...                    ratings=[1] * 160, times=[1000 * 300 * i for i in range(160)])
>>> plan = Hyperparameters("tiny", (Memory("slow", 2),), half_life=100.0, epochs=20, learning_rate=0.05)
>>> trained = train(log, plan)
>>> trained.points.shape, trained.start
((8, 2), array([0., 0.]))
"""  # noqa: E501

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.errors import TooLittleData
from movieloop.model.embeddings import Embeddings, Memory, blocks_of, speeds_of
from movieloop.model.kernels import Floats
from movieloop.model.popularity import LivePopularity
from movieloop.taste import Matrix, Vector
from movieloop.training.checkpoint import TrainingCheckpoint, delete, digest_of
from movieloop.training.cold_start import shrink_rare_items
from movieloop.training.examples import TrainingExamples
from movieloop.training.hyperparameters import Hyperparameters
from movieloop.training.initialization import initial_points
from movieloop.training.kernels import WORKERS, gradients
from movieloop.training.optimizer import Adam
from movieloop.training.rivals import Rivals

BATCH = 512  # rows a step
RIVALS = 2000  # movies that compete with the targets of a step, about
SAVED_EVERY = 10.0  # seconds
MOST_COORDINATES = 1.5e11  # row x rival x coordinate an epoch, so that big data end too
MOMENTS = 600  # snapshots of popularity, at most
_MOMENT_BYTES = 400 * 2**20
_LEAST = {"likes": 50, "people who liked something": 5, "movies that were liked": 5}

Progress = Callable[[float, float], None]


@dataclass(frozen=True, eq=False)
class Trained:
    """What training made.

    Attributes:
        plan: How it was trained; its half-life is set.
        movie_ids: The movie of every row.
        points: Where the movies stand, without popularity, shape (movies, d).
        start: Where newcomers stand, shape (d,).
        loss: The mean loss of the last epoch, in nats a row.
    """

    plan: Hyperparameters
    movie_ids: Ints
    points: Matrix
    start: Vector
    loss: float

    @property
    def reach(self) -> Vector:
        """The distance of every movie to the origin, shape (movies,)."""
        return np.asarray(np.abs(self.points).sum(axis=1))

    @property
    def taste(self) -> Embeddings:
        """The space without popularity, where profiles are folded."""
        return Embeddings(self.movie_ids, self.points, self.start, self.plan.memories)

    def embeddings(self, likes: Vector) -> Embeddings:
        """Make the space that serves: taste, and the popularity of a moment.

        Args:
            likes: Decayed likes of every movie at that moment, shape (movies,).

        Returns:
            The embeddings; their last coordinate is popularity.
        """
        bare = np.hstack([self.points, np.zeros((len(self.points), 1))])
        space = Embeddings(
            movie_ids=self.movie_ids,
            points=bare,
            start=np.append(self.start, 0.0),
            memories=(*self.plan.memories, Memory.popularity()),
            half_life=self.plan.half_life,
            smoothing=self.plan.smoothing,
        )
        return space.with_popularity(likes)


def train(
    log: RatingLog,
    plan: Hyperparameters,
    *,
    end: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
    keep: bool = False,
    features: Matrix | None = None,
    cuts: int | None = None,
) -> Trained:
    """Learn points from the first `end` events.

    How it works:
        1. Begin at an SVD of the popularity-scaled like matrix, near the origin.
        2. An epoch cuts everybody's history where their sittings begin, and at a share of the
           places inside, and takes a step of Adam for each batch of such rows.
        3. The points are averaged over the second half of all steps.
        4. Movies with few likes are drawn to where movies like them stand.

    Args:
        log: Everybody's ratings.
        plan: How to train; its half_life must be set.
        end: Learn from events before this one only; all if None.
        seed: The same seed gives the same points.
        progress: Is told the share done, 0 to 1, and the loss so far.
        checkpoint: A file to go on from after a kill, to the same points; deleted at the end.
        keep: Whether the file stays and holds what came out, for an ensemble that is not done yet.
        features: What is known of every movie beside ratings, shape (movies, features).
        cuts: How many rows an epoch has, at most; None for as many as end in fair time.

    Returns:
        The points.

    Raises:
        TooLittleData: There are not enough likes, people or movies.
        FloatingPointError: A point came out that is not a finite number.
    """
    if plan.half_life is None:
        raise ValueError("fit a half-life first")
    past = log.first(len(log) if end is None else end)
    _refuse_too_little(past)
    popular = LivePopularity(past, half_life=plan.taught_at or plan.half_life, clock="likes")
    kept = None
    if checkpoint is not None:
        columns = (past.user, past.movie, past.rating, past.time, past.movie_ids)
        known = np.zeros(0) if features is None else features
        kept = TrainingCheckpoint(
            checkpoint, digest_of(*columns, known, plan, past.session_gap, seed, cuts)
        )
    done = kept.load() if kept is not None else {}
    if "done" in done:
        points, loss = done["done"].astype(np.float64), float(done["loss"])
        return Trained(plan, log.movie_ids, points[:-1], points[-1], loss)
    walk = partial(_walk, seed=seed, progress=progress, kept=kept)
    points, loss = walk(past, plan, popular, most=cuts or _fair(past, plan))
    points[:-1] = shrink_rare_items(
        points[:-1],
        likes=np.bincount(past.movie[past.rating == LIKED], minlength=len(log.movie_ids)),
        now=popular.at([past.all_learned_at])[0],
        trust=plan.trust,
        features=features,
    )
    points *= plan.weight
    if not np.isfinite(points).all():
        raise FloatingPointError("training came to a point that is not a finite number")
    if kept is not None and keep:
        kept.save({"done": points, "loss": np.array(loss)})
    elif kept is not None:
        delete(kept.path)
    return Trained(plan, log.movie_ids, points[:-1], points[-1], loss)


def _refuse_too_little(past: RatingLog) -> None:
    likes = past.rating == LIKED
    found = (int(likes.sum()), len(np.unique(past.user[likes])), len(np.unique(past.movie[likes])))
    for count, (what, least) in zip(found, _LEAST.items(), strict=True):
        if count < least:
            raise TooLittleData(
                f"Training needs at least {least} {what}; there are {count}. Rate or import more."
            )


def _fair(past: RatingLog, plan: Hyperparameters) -> int:
    """Tell how many rows an epoch may have: the more movies and coordinates, the fewer."""
    rivals = min(len(past.movie_ids), RIVALS)
    return max(20 * BATCH, int(MOST_COORDINATES / (rivals * plan.embedding_size)))


def _walk(
    past: RatingLog,
    plan: Hyperparameters,
    popular: LivePopularity,
    *,
    seed: int,
    most: int,
    progress: Progress | None,
    kept: TrainingCheckpoint | None,
) -> tuple[Matrix, float]:
    """Take all steps; give the points with the start in the last row, and the last loss."""
    rng = np.random.default_rng(seed)
    cuts = TrainingExamples.of(past)
    epochs = [cuts.draw(plan.inside, most, rng) for _ in range(plan.epochs)]
    steps = sum(-(-len(epoch) // BATCH) for epoch in epochs)
    state = kept.load() if kept is not None else {}
    walk = Adam(
        np.zeros((len(past.movie_ids), plan.embedding_size), np.float32)
        if state
        else initial_points(past, plan, rng),
        learning_rate=plan.learning_rate,
        reg=plan.reg,
        steps=steps,
        learns_start=plan.learns_start,
    )
    told = np.zeros(2)  # the epoch's loss and rows so far
    if state:
        walk.restore(state)
        told = state["told"].astype(np.float64)
    moments, offsets = _moments(past, popular, plan)
    blocks, speeds = blocks_of(plan.memories), speeds_of(plan.memories)
    partial = np.empty((WORKERS, len(past.movie_ids) + 1, plan.embedding_size), np.float32)
    losses = np.zeros(WORKERS)
    likes = np.bincount(past.movie[past.rating == LIKED], minlength=len(past.movie_ids))
    rivals = Rivals(likes, most=RIVALS, seed=seed)
    saved = time.monotonic()
    for step, (begins_epoch, part) in enumerate(_batches(epochs)):
        if step < walk.taken:
            continue
        if begins_epoch:
            told[:] = 0
        gradients(
            walk.points(),
            blocks,
            speeds,
            cuts.movie,
            cuts.rating,
            cuts.begins[part],
            part,
            cuts.ends[part],
            cuts.replaced,
            plan.targets,
            offsets,
            np.maximum(np.searchsorted(moments, cuts.time[part], side="right") - 1, 0),
            *rivals.draw(step),
            partial,
            losses,
        )
        walk.step(partial.sum(axis=0) / np.float32(len(part)))
        told += losses.sum(), len(part)
        if kept is not None and time.monotonic() - saved > SAVED_EVERY:
            kept.save({**walk.state(), "told": told})
            saved = time.monotonic()
        if progress:
            progress(walk.taken / steps, told[0] / told[1])
    return walk.average().astype(np.float64), float(told[0] / told[1])


def _batches(epochs: list[Ints]) -> Iterator[tuple[bool, Ints]]:
    """Cut epochs into batches, and tell which of these begin one."""
    for cuts in epochs:
        for first in range(0, len(cuts), BATCH):
            yield first == 0, cuts[first : first + BATCH]


def _moments(
    past: RatingLog, popular: LivePopularity, plan: Hyperparameters
) -> tuple[Ints, Floats]:
    """Take snapshots of log popularity, evenly spread over the log."""
    count = max(2, min(MOMENTS, _MOMENT_BYTES // (4 * len(past.movie_ids))))
    moments = np.linspace(past.time[0], past.time[-1], count).astype(np.int64)
    offsets = np.log(popular.at(moments) + plan.smoothing).astype(np.float32)
    return moments, offsets

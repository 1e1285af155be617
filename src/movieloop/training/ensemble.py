"""Several spaces side by side: what one training got wrong by chance, the others outvote.

Manhattan distances add up. So points trained from different seeds, each made smaller by their
number, stand side by side as one space, and its distance is the mean of theirs - an ensemble
that is still one space, one distance, one profile.

>>> from movieloop.training.hyperparameters import Memory, Hyperparameters
>>> plan = Hyperparameters("tiny", (Memory("slow", 1),), half_life=100.0)
>>> one = Trained(plan, np.array([7, 8]), np.array([[2.0], [4.0]]), np.zeros(1), loss=3.0)
>>> two = Trained(plan, np.array([7, 8]), np.array([[0.0], [6.0]]), np.zeros(1), loss=2.0)
>>> choir = stack([one, two])
>>> choir.points
array([[1., 0.],
       [2., 3.]])
>>> [memory.name for memory in choir.plan.memories], choir.loss
(['slow 1', 'slow 2'], 2.5)
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from movieloop.data.interactions import RatingLog
from movieloop.model.content import Content
from movieloop.taste import Matrix
from movieloop.training.checkpoint import delete
from movieloop.training.hyperparameters import Hyperparameters
from movieloop.training.train import Progress, Trained, train


def stack(voices: Sequence[Trained]) -> Trained:
    """Put trained points side by side.

    Args:
        voices: The same plan, trained on the same log from different seeds; at least one.

    Returns:
        One space; a single voice as it is.
    """
    first, count = voices[0], len(voices)
    if count == 1:
        return first
    memories = tuple(
        replace(memory, name=f"{memory.name} {number}")
        for number in range(1, count + 1)
        for memory in first.plan.memories
    )
    return Trained(
        replace(first.plan, memories=memories, voices=1),
        first.movie_ids,
        np.hstack([voice.points for voice in voices]) / count,
        np.concatenate([voice.start for voice in voices]) / count,
        float(np.mean([voice.loss for voice in voices])),
    )


def beside_content(trained: Trained, content: Content | None) -> Trained:
    """Put what films are about beside what was learned, as heavy as the plan says.

    >>> from movieloop.training.hyperparameters import Memory, Hyperparameters
    >>> plan = Hyperparameters("tiny", (Memory("slow", 1),), half_life=100.0, content=0.5)
    >>> learned = Trained(plan, np.array([7]), np.array([[2.0]]), np.zeros(1), loss=3.0)
    >>> beside_content(learned, Content(np.array([[0.0, 4.0]]), (Memory("genres", 2),))).points
    array([[2., 0., 2.]])

    Args:
        trained: The points.
        content: Of the same movies; None if nothing is known.

    Returns:
        One space; the points as they are where content weighs nothing.
    """
    weight = trained.plan.content
    if content is None or weight == 0:
        return trained
    return replace(
        trained,
        plan=replace(trained.plan, memories=(*trained.plan.memories, *content.memories)),
        points=np.hstack([trained.points, content.points * weight]),
        start=np.append(trained.start, np.zeros(content.points.shape[1])),
    )


def train_ensemble(
    log: RatingLog,
    plan: Hyperparameters,
    *,
    end: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
    features: Matrix | None = None,
    content: Content | None = None,
) -> Trained:
    """Train all voices of a plan, one after the other, and put them and the content side by side.

    Args:
        log: Everybody's ratings.
        plan: How to train, and how many voices; its half_life must be set.
        end: Learn from events before this one only; all if None.
        seed: Of the first voice; the others take the next ones.
        progress: Is told the share done, 0 to 1, and the loss so far.
        checkpoint: A file to go on from after a kill; every voice has one of its own, numbered
            from it. They are deleted at the end.
        features: What is known of every movie beside ratings, shape (movies, features).
        content: What the movies are about; None if nothing is known.

    Returns:
        The points.

    Raises:
        TooLittleData: There are not enough likes, people or movies.
    """

    def kept(number: int) -> Path | None:
        return checkpoint and checkpoint.with_name(f"{checkpoint.name}.{number + 1}")

    def voice(number: int) -> Trained:
        def tell(share: float, loss: float) -> None:
            if progress is not None:
                progress((number + share) / plan.voices, loss)

        return train(
            log,
            plan,
            end=end,
            seed=seed + number,
            progress=tell,
            checkpoint=kept(number),
            keep=True,
            features=features,
        )

    learned = stack([voice(number) for number in range(plan.voices)])
    trained = beside_content(learned, content)
    for file in map(kept, range(plan.voices)):
        if file is not None:
            delete(file)
    return trained

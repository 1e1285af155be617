"""Points side by side: Manhattan distances add up, so several spaces are one.

What one training got wrong by chance, the others outvote: points trained from different seeds, each
made smaller by their number, stand side by side as one space, and its distance is the mean of
theirs. Beside them stands what films are about, and what was learned where time means nothing: an
ensemble that is still one space, one distance, one profile.

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

import numpy as np

from movieloop.model.content import Content
from movieloop.model.embeddings import Memory
from movieloop.taste import Matrix, Vector
from movieloop.training.hyperparameters import PATIENCE
from movieloop.training.train import Trained


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
    start = np.zeros(content.points.shape[1])
    return _beside(trained, content.memories, content.points * weight, start)


def beside_timeless(trained: Trained, timeless: Trained | None) -> Trained:
    """Put what was learned where time means nothing beside the rest, as heavy as the plan says.

    It moves much after the first likes, which is what newcomers need; its patience holds it back.

    >>> from movieloop.training.hyperparameters import Memory, Hyperparameters
    >>> plan = Hyperparameters("tiny", (Memory("slow", 1),), half_life=100.0, timeless=0.5)
    >>> learned = Trained(plan, np.array([7]), np.array([[2.0]]), np.zeros(1), loss=3.0)
    >>> other = Trained(plan, np.array([7]), np.array([[4.0]]), np.zeros(1), loss=3.0)
    >>> both = beside_timeless(learned, other)
    >>> both.points, both.plan.memories[1]
    (array([[2., 2.]]), Memory(name='timeless slow', ... patience=4.0))

    Args:
        trained: The points.
        timeless: Of the same movies; None if nothing was trained.

    Returns:
        One space; the points as they are where it weighs nothing.
    """
    share = trained.plan.timeless
    if timeless is None or share == 0:
        return trained
    memories = tuple(
        replace(memory, name=f"timeless {memory.name}", patience=PATIENCE)
        for memory in timeless.plan.memories
    )
    return _beside(trained, memories, timeless.points * share, timeless.start * share)


def _beside(trained: Trained, memories: Sequence[Memory], points: Matrix, start: Vector) -> Trained:
    return replace(
        trained,
        plan=replace(trained.plan, memories=(*trained.plan.memories, *memories)),
        points=np.hstack([trained.points, points]),
        start=np.append(trained.start, start),
    )

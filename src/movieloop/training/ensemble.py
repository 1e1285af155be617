"""Training everything that stands side by side in a space: all voices, and what is beside them.

>>> log = RatingLog.of(users=[u for u in range(40) for _ in range(4)],
...                    movies=[m for u in range(40) for m in ([1, 2, 3, 4] if u % 2 else [5, 6, 7, 8])],
...                    ratings=[1] * 160, times=[1000 * 300 * i for i in range(160)])
>>> from movieloop.model.embeddings import Memory
>>> plan = Hyperparameters("tiny", (Memory("slow", 2),), half_life=100.0, voices=2, epochs=1)
>>> train_ensemble(log, plan).points.shape
(8, 4)
"""  # noqa: E501

from pathlib import Path

from movieloop.data.interactions import RatingLog
from movieloop.model.content import Content
from movieloop.taste import Matrix
from movieloop.training.checkpoint import delete
from movieloop.training.hyperparameters import BESIDE, Hyperparameters
from movieloop.training.members import Member, Trainer, train_here
from movieloop.training.side_by_side import beside_content, beside_timeless, stack
from movieloop.training.train import Progress, Trained


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
    trainer: Trainer = train_here,
) -> Trained:
    """Train all voices of a plan, and put everything side by side.

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
        trainer: Trains them: here, or elsewhere.

    Returns:
        The points.

    Raises:
        TooLittleData: There are not enough likes, people or movies.
    """
    files = [
        checkpoint and checkpoint.with_name(f"{checkpoint.name}.{number + 1}")
        for number in range(plan.voices)
    ]
    voices = [
        Member(log, plan, end, seed + number, features=features, checkpoint=file)
        for number, file in enumerate(files)
    ]
    timeless = [
        Member(log, BESIDE, end, number, features=features, drawn=True)
        for number in range(BESIDE.voices if plan.timeless > 0 else 0)
    ]
    trained = trainer([*voices, *timeless], progress)
    learned = beside_content(stack(trained[: len(voices)]), content)
    for file in files:
        if file is not None:
            delete(file)
    return beside_timeless(learned, stack(trained[len(voices) :])) if timeless else learned

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
from movieloop.training.side_by_side import beside_content, beside_timeless, stack
from movieloop.training.timeless import train_timeless
from movieloop.training.train import Progress, Trained, train


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
    """Train all voices of a plan, one after the other, and put everything side by side.

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

    voices = plan.voices + (BESIDE.voices if plan.timeless > 0 else 0)

    def told(first: int, count: int) -> Progress:
        def tell(share: float, loss: float) -> None:
            if progress is not None:
                progress((first + count * share) / voices, loss)

        return tell

    def voice(number: int) -> Trained:
        return train(
            log,
            plan,
            end=end,
            seed=seed + number,
            progress=told(number, 1),
            checkpoint=kept(number),
            keep=True,
            features=features,
        )

    learned = stack([voice(number) for number in range(plan.voices)])
    trained = beside_content(learned, content)
    if plan.timeless > 0:
        past = log if end is None else log.first(end)
        tell = told(plan.voices, BESIDE.voices)
        timeless = train_timeless(past, BESIDE, features=features, progress=tell)
        trained = beside_timeless(trained, timeless)
    for file in map(kept, range(plan.voices)):
        if file is not None:
            delete(file)
    return trained

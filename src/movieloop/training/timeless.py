"""Training where time means nothing: every voice hears the likes in another drawn order.

Lists of favourites, an import without dates, people who are held out whole: what came first says
nothing there. So the likes are shuffled, each a sitting of its own, and popularity never fades.
Whole lists are to be found, and who saw a film says much about which others they will like; so films
without an opinion teach as likes do, half of them in each voice.

>>> log = RatingLog.of(users=[u for u in range(40) for _ in range(4)],
...                    movies=[m for u in range(40) for m in ([1, 2, 3, 4] if u % 2 else [5, 6, 7, 8])],
...                    ratings=[1] * 160, times=[0] * 160)
>>> plan = replace(TIMELESS, memories=TIMELESS.memories[:1], voices=2, epochs=1)
>>> train_timeless(log, plan).points.shape
(8, 96)
"""  # noqa: E501

from dataclasses import replace

import numpy as np

from movieloop.data.interactions import LIKED, ONLY_SEEN, RatingLog
from movieloop.taste import Matrix
from movieloop.training.hyperparameters import TIMELESS, Hyperparameters
from movieloop.training.side_by_side import stack
from movieloop.training.train import Progress, Trained, train


def train_timeless(
    log: RatingLog,
    plan: Hyperparameters = TIMELESS,
    *,
    features: Matrix | None = None,
    progress: Progress | None = None,
) -> Trained:
    """Train all voices of a plan, each on the likes in an order of its own.

    Args:
        log: Everybody's ratings, in any order; dislikes teach nothing.
        plan: How to train, and how many voices.
        features: What is known of every movie beside ratings, shape (movies, features).
        progress: Is told the share done, 0 to 1, and the loss so far.

    Returns:
        The points; the same for the same log and plan.

    Raises:
        TooLittleData: There are not enough likes, people or movies.
    """

    def voice(number: int) -> Trained:
        def tell(share: float, loss: float) -> None:
            if progress is not None:
                progress((number + share) / plan.voices, loss)

        drawn = in_drawn_order(log, number, neutral=plan.neutral)
        return train(drawn, plan, seed=number, features=features, progress=tell)

    return stack([voice(number) for number in range(plan.voices)])


def in_drawn_order(log: RatingLog, seed: int, *, neutral: float = 0.0) -> RatingLog:
    """Keep the likes and give them times in a drawn order, each a sitting of its own.

    >>> log = RatingLog.of("aab", [1, 2, 1], [1, 0, 1], [0, 0, 0])
    >>> drawn = in_drawn_order(log, 0)
    >>> len(drawn), int(drawn.known.max())
    (2, 0)

    Args:
        log: Everybody's ratings.
        seed: Of the drawing.
        neutral: Share of the films seen without an opinion that are taken for likes.

    Returns:
        The likes.
    """
    rng = np.random.default_rng(seed)
    seen = np.flatnonzero(log.rating == ONLY_SEEN)
    taken = seen[rng.random(len(seen)) < neutral]
    order = rng.permutation(np.concatenate([np.flatnonzero(log.rating == LIKED), taken]))
    pause = max(100_000, int(log.session_gap * 1000) + 1)
    likes = np.full(len(order), LIKED, dtype=np.int8)
    times = np.arange(len(order), dtype=np.int64) * pause
    return replace(log.part(order), rating=likes, time=times)

"""Training where time means nothing: every voice hears the likes in another drawn order.

Lists of favourites, an import without dates, people who are held out whole: what came first says
nothing there. So the likes are shuffled, each a sitting of its own, and popularity never fades.
Whole lists are to be found, and who saw a film says much about which others they will like; so films
without an opinion teach as likes do, half of them in each voice.

>>> log = RatingLog.of(users=[u for u in range(40) for _ in range(4)],
...                    movies=[m for u in range(40) for m in ([1, 2, 3, 4] if u % 2 else [5, 6, 7, 8])],
...                    ratings=[1] * 160, times=[0] * 160)
>>> from dataclasses import replace
>>> plan = replace(TIMELESS, memories=TIMELESS.memories[:1], voices=2, epochs=1)
>>> train_timeless(log, plan).points.shape
(8, 96)
"""  # noqa: E501

from movieloop.data.interactions import RatingLog
from movieloop.taste import Matrix
from movieloop.training.hyperparameters import TIMELESS, Hyperparameters
from movieloop.training.members import Member, train_here
from movieloop.training.side_by_side import stack
from movieloop.training.train import Progress, Trained


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
    voices = [
        Member(log, plan, seed=number, features=features, drawn=True)
        for number in range(plan.voices)
    ]
    return stack(train_here(voices, progress))

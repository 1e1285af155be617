"""A log as it would be if time meant nothing: its likes in a drawn order."""

from dataclasses import replace

import numpy as np

from movieloop.data.interactions import LIKED, ONLY_SEEN, RatingLog


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

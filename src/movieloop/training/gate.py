"""May a candidate serve? It is judged by likes that neither side has learned from.

The log is cut in three, by the time of the ratings: *learn*, *choose* how to train, *judge*. A
trial, trained as the candidate is but without the judging slice, is replayed on it beside the live
points; what those were trained on is no part of the slice. Points that came with the program have
learned nothing of this log.

The candidate goes live by itself if enough likes judge it and it is no worse, chance allowed for:
the lower 90 % bound of the difference, over people, stays above -1 % of what the live points find.

>>> people = np.repeat(np.arange(50), 10)
>>> good, bad = np.arange(500) % 10 < 6, np.arange(500) % 10 < 4
>>> judged(good, bad, people).promoted, judged(bad, good, people).promoted
(True, False)
>>> judged(good[:50], bad[:50], people[:50]).reason
'Only 50 likes are newer than what the candidate and the live points learned from; 200 are needed.'
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit  # type: ignore[import-untyped]

from movieloop.data.interactions import LIKED, Ints, RatingLog
from movieloop.replay.replay import QUESTIONS, spread

ENOUGH = 200  # likes that must judge
WORSE = 0.01  # of the live points' hits: so much less is no less
CONFIDENCE = 0.9
SLICE = 0.1  # of the ratings, the newest; more where they hold too few likes, half at most


class Verdict(NamedTuple):
    """What was decided, and by what.

    Attributes:
        promoted: Whether the candidate goes live.
        reason: Why, in a sentence.
        likes: How many likes judged.
        hit_rate: The share of them that stood in the candidate's top 10; None for none.
        live_hit_rate: The same of the live points.
        bound: The lower bound of hits won a like, candidate minus live; None for none.
    """

    promoted: bool
    reason: str
    likes: int = 0
    hit_rate: float | None = None
    live_hit_rate: float | None = None
    bound: float | None = None


def judging_slice(log: RatingLog, live_until: int | None) -> tuple[int, Ints]:
    """Choose the newest likes that may judge.

    How it works:
        1. The newest tenth of the ratings, or more if it holds fewer than 200 likes, half of all
           at most.
        2. Nothing the live points were trained on.
        3. Nothing of the moment in which the last rating before it was given.
        4. Of these the likes of films that were new to their users.

    Args:
        log: Everybody's ratings.
        live_until: When the newest rating was given that the live points were trained or chosen
            on, in milliseconds since 1970; None if they have seen nothing of this log.

    Returns:
        The first event of the slice, and the events that judge, oldest first.
    """
    likes = np.flatnonzero(log.rating == LIKED)
    start = int(len(log) * (1 - SLICE))
    if len(likes) >= ENOUGH:
        start = min(start, int(likes[-ENOUGH]))
    start = max(start, len(log) // 2)
    if live_until is not None:
        start = max(start, int(np.searchsorted(log.time, live_until, side="right")))
    if 0 < start < len(log):
        start = int(np.searchsorted(log.time, log.time[start - 1], side="right"))
    asked = likes[(likes >= start) & log.first_time[likes]]
    return start, spread(asked, QUESTIONS)


def judged(
    hits: ArrayLike, live_hits: ArrayLike, user: NDArray[np.int64], *, forgotten: bool = False
) -> Verdict:
    """Decide by who would have had which like in the top 10.

    How it works:
        1. Likes of one person are not independent, so differences are added up by person, and
           their spread over people bounds the sum (Student's t).
        2. After somebody was forgotten the live points still hold what they taught, so the
           candidate goes live unless it is clearly worse.

    Args:
        hits: Whether each like stood in the candidate's top 10, shape (likes,).
        live_hits: The same of the live points.
        user: Who liked, shape (likes,).
        forgotten: Whether somebody was forgotten whom the live points have learned from.

    Returns:
        The verdict.
    """
    ours, theirs = np.asarray(hits, dtype=np.float64), np.asarray(live_hits, dtype=np.float64)
    likes = len(ours)
    if likes < ENOUGH:
        return unmeasured(likes, forgotten=forgotten)
    won, reach = _difference(ours - theirs, user)
    allowed = -WORSE * float(theirs.sum())
    found = (
        f"It finds {ours.mean():.1%} of {likes:,} newer likes, the live points {theirs.mean():.1%}"
    )
    if forgotten:
        promoted = won + reach >= allowed
        reason = (
            f"{found}; somebody was forgotten, and it is not clearly worse."
            if promoted
            else f"{found}: clearly worse, though somebody was forgotten."
        )
    else:
        promoted = won - reach > allowed
        reason = f"{found}" + (
            ": no worse." if promoted else ": that may be worse by more than 1 % of theirs."
        )
    return Verdict(
        promoted, reason, likes, float(ours.mean()), float(theirs.mean()), (won - reach) / likes
    )


def unmeasured(likes: int, *, forgotten: bool = False) -> Verdict:
    """Decide where too few likes could judge.

    >>> unmeasured(50).promoted, unmeasured(50, forgotten=True).promoted
    (False, True)

    Args:
        likes: How many there are.
        forgotten: Whether somebody was forgotten whom the live points have learned from.

    Returns:
        The verdict: the candidate is kept, unless the live points had better go.
    """
    if forgotten:
        return Verdict(True, "Somebody was forgotten, and nothing says that it is worse.", likes)
    return Verdict(
        False,
        f"Only {likes} likes are newer than what the candidate and the live points learned from; "
        f"{ENOUGH} are needed.",
        likes,
    )


def _difference(more: NDArray[np.float64], user: NDArray[np.int64]) -> tuple[float, float]:
    """Add up what was won, and tell how far chance reaches, over people."""
    people, number = np.unique(user, return_inverse=True)
    by_person = np.bincount(number, weights=more)
    won, count = float(more.sum()), len(people)
    if count < 2:  # noqa: PLR2004 - one person says nothing about others
        return won, float("inf")
    error = float(np.sqrt(count) * by_person.std(ddof=1))
    return won, error * float(stdtrit(count - 1, CONFIDENCE))

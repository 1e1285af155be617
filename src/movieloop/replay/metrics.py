"""From ranks to figures: how often the liked film was in the top 10, and how sure that is.

A *rank* says where a film stood the moment before somebody rated it, 1 = it would have been
recommended next. Four liked films stood at 1, 3, 10 and 40:

>>> ranks = np.array([1.0, 3.0, 10.0, 40.0])
>>> hit_rate(ranks)                         # three of four were in the top 10
0.75
>>> round(ndcg(ranks), 3)                   # (1 + 1/log2(4) + 1/log2(11)) / 4: higher up is better
0.447
>>> round(reciprocal(ranks), 3)             # (1 + 1/3 + 1/10 + 1/40) / 4
0.365

Ranks of ties lie half way, 1.5 for two films that share the first place.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata  # type: ignore[import-untyped]

from movieloop.data.ranks import BUCKETS, TOP, bucket_of

Floats = NDArray[np.float64]
RESAMPLES = 1000


class Interval(NamedTuple):
    """Where a figure lies with 95 % confidence."""

    low: float
    high: float


def hits(ranks: ArrayLike, n: int = TOP) -> Floats:
    """Tell which films stood in the top n: 1 if so, else 0.

    >>> hits([1, 10, 10.5])
    array([1., 1., 0.])

    Args:
        ranks: From 1, ties half way.
        n: How long the list is.

    Returns:
        One number a rank.
    """
    return (np.asarray(ranks) <= n).astype(np.float64)


def gains(ranks: ArrayLike, n: int = TOP) -> Floats:
    """Tell what each place is worth: 1 at the top, 1/log2(rank + 1) below, 0 outside the top n.

    >>> gains([1, 3, 99])
    array([1. , 0.5, 0. ])

    Args:
        ranks: From 1, ties half way.
        n: How long the list is.

    Returns:
        One number a rank, 0 to 1.
    """
    place = np.asarray(ranks, dtype=np.float64)
    return np.asarray(np.where(place <= n, 1 / np.log2(place + 1), 0))


def hit_rate(ranks: ArrayLike, n: int = TOP) -> float:
    """Count how many films stood in the top n.

    >>> hit_rate([1, 10, 10.5, 99])
    0.5

    Args:
        ranks: From 1, ties half way.
        n: How long the list is.

    Returns:
        A share, NaN without ranks.
    """
    return _mean(hits(ranks, n))


def ndcg(ranks: ArrayLike, n: int = TOP) -> float:
    """Average what the places are worth: NDCG where each list has one film to find.

    >>> ndcg([1, 3, 99])
    0.5

    Args:
        ranks: From 1, ties half way.
        n: How long the list is.

    Returns:
        The mean, 0 to 1, NaN without ranks.
    """
    return _mean(gains(ranks, n))


def debiased_ndcg(ranks: ArrayLike, likes: ArrayLike, n: int = TOP) -> float:
    """Average what the places are worth, a film everybody likes counting less.

    Whoever only repeats what is popular finds many films and nothing new. So each film weighs
    1 / sqrt(likes + 1), a mild inverse propensity (Yang et al. 2018, "Unbiased offline
    recommender evaluation for missing-not-at-random implicit feedback").

    >>> round(debiased_ndcg([1, 99], likes=[99, 0]), 3)  # found what 99 like, missed the new one
    0.091

    Args:
        ranks: From 1, ties half way.
        likes: Of the film, from all people in the past, same shape.
        n: How long the list is.

    Returns:
        The weighted mean, 0 to 1, NaN without ranks.
    """
    weights = 1 / np.sqrt(np.asarray(likes, dtype=np.float64) + 1)
    return float(np.average(gains(ranks, n), weights=weights)) if weights.size else float("nan")


def reciprocal(ranks: ArrayLike) -> float:
    """Score one film a list by 1/rank.

    >>> reciprocal([1, 4])
    0.625

    Args:
        ranks: From 1, ties half way.

    Returns:
        The mean, 0 to 1, NaN without ranks.
    """
    return _mean(1 / np.asarray(ranks, dtype=np.float64))


def auc(liked: ArrayLike, disliked: ArrayLike) -> float:
    """Tell how often a liked film stood higher than a disliked one (Mann-Whitney).

    >>> auc(liked=[1, 4], disliked=[4, 9])      # 1<4, 1<9, 4=4, 4<9
    0.875

    Args:
        liked: Places of liked films, lower = better; shares of the list's length, where lists
            differ in length.
        disliked: Places of disliked films.

    Returns:
        0.5 = chance, 1 = every liked film stood above every disliked one; NaN if one is empty.
    """
    good, bad = np.asarray(liked), np.asarray(disliked)
    if not (len(good) and len(bad)):
        return float("nan")
    above = rankdata(np.concatenate([good, bad]))[: len(good)].sum()
    return float(1 - (above - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad)))


def by_known(ranks: ArrayLike, known: ArrayLike) -> dict[str, tuple[float, int]]:
    """Split the hit rate by how many ratings were known of the person.

    >>> by_known(ranks=[5, 50, 5], known=[0, 0, 3])["0"], by_known([5], known=[3])["2-4"]
    ((0.5, 2), (1.0, 1))

    Args:
        ranks: Of liked films.
        known: How many ratings were learned when the film was asked about.

    Returns:
        For every bucket its hit rate, NaN if it is empty, and its number of films.
    """
    place = np.asarray(ranks)
    bucket = np.array([bucket_of(ratings) for ratings in np.asarray(known).tolist()], dtype=str)
    parts = {name: place[bucket == name] for name in BUCKETS}
    return {name: (hit_rate(part), len(part)) for name, part in parts.items()}


def interval(values: ArrayLike, users: ArrayLike, *, seed: int = 0) -> Interval:
    """Bootstrap the mean of a figure over people: draw as many people, again and again.

    People, not films, are drawn: the films of one person go well or badly together.

    >>> interval([1, 0, 1, 0], users=[1, 1, 2, 2])      # both people have the same mean
    Interval(low=0.5, high=0.5)

    Args:
        values: One figure a question, for example hits.
        users: Whose question it was.
        seed: Of the drawing.

    Returns:
        The middle 95 % of the means.
    """
    sums, counts = _by_user(values, users)
    drawn = _draws(len(sums), seed)
    return _middle(drawn @ sums / np.maximum(drawn @ counts, 1))


def ratio(values: ArrayLike, others: ArrayLike, users: ArrayLike, *, seed: int = 0) -> Interval:
    """Bootstrap how many times as good one is as another on the same questions.

    >>> ratio([2, 4, 6], [1, 2, 3], users=[1, 2, 3])
    Interval(low=2.0, high=2.0)

    Args:
        values: One figure a question.
        others: The other's figures for the same questions.
        users: Whose question it was.
        seed: Of the drawing; both are drawn together.

    Returns:
        The middle 95 % of the ratios; above 1 all over means: certainly better.
    """
    sums, _ = _by_user(values, users)
    against, _ = _by_user(others, users)
    drawn = _draws(len(sums), seed)
    return _middle(drawn @ sums / np.maximum(drawn @ against, 1e-12))


def _mean(values: ArrayLike) -> float:
    numbers = np.asarray(values, dtype=np.float64)
    return float(numbers.mean()) if numbers.size else float("nan")


def _by_user(values: ArrayLike, users: ArrayLike) -> tuple[Floats, Floats]:
    """Add up the values of each person and count them."""
    who = np.unique(np.asarray(users), return_inverse=True)[1]
    sums = np.bincount(who, weights=np.asarray(values, dtype=np.float64))
    return sums.astype(np.float64), np.bincount(who).astype(np.float64)


def _draws(users: int, seed: int) -> Floats:
    """Draw how often each person is in each resample, shape (resamples, users)."""
    if not users:
        return np.zeros((1, 0))
    drawn = np.random.default_rng(seed).multinomial(users, np.full(users, 1 / users), RESAMPLES)
    return drawn.astype(np.float64)


def _middle(values: Floats) -> Interval:
    low, high = np.quantile(values, [0.025, 0.975]).tolist()
    return Interval(low, high)

"""What a rank means, the same for promises kept live and for replays.

A *rank* says where a film stood the moment before somebody rated it, 1 = it would have been
recommended next.
"""

from bisect import bisect_right

TOP = 10  # a film was found if it stood among so many
BUCKET_FROM = (0, 1, 2, 5, 10, 20, 50)  # ratings somebody had given before
BUCKETS = ("0", "1", "2-4", "5-9", "10-19", "20-49", "50+")


def bucket_of(ratings_before: int) -> str:
    """Name the range a number of earlier ratings lies in.

    >>> [bucket_of(ratings) for ratings in (0, 1, 4, 50, 1000)]
    ['0', '1', '2-4', '50+', '50+']

    Args:
        ratings_before: How many ratings somebody had given before, 0 or more.

    Returns:
        One of `BUCKETS`.
    """
    return BUCKETS[bisect_right(BUCKET_FROM, ratings_before) - 1]

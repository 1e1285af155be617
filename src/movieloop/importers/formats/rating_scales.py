"""From stars to opinions: the one place that decides what a like is.

    out of 5        out of 10      becomes
    4 and more      8 and more     like (1)
    3 and 3.5       6 and 7        seen, without an opinion (None)
    2.5 and less    5 and less     dislike (0)

Between the two nobody can tell, and a wrong lesson is worse than none; the film still counts
as seen, so it is not recommended. The rule is the one movieloop was measured with. A heart or
"two thumbs up" is a like, a film watched without a rating is seen.

>>> [from_stars(stars) for stars in (5, 4, 3.5, 2.5, 0.5)]
[1, 1, None, 0, 0]
>>> [from_ten(points) for points in (8, 7, 5)]
[1, None, 0]
"""

from movieloop.taste import DISLIKE, LIKE, SEEN, Rating

LIKE_FROM = 4.0
DISLIKE_TO = 2.5
MOST_STARS = 5.0
HEART: Rating = LIKE
WATCHED: Rating = SEEN
_THUMBS = {1: DISLIKE, 2: LIKE, 3: LIKE}


def from_stars(stars: float) -> Rating:
    """Turn stars out of 5 into an opinion: 4 and more like, 2.5 and less dislike.

    >>> from_stars(4.5), from_stars(3), from_stars(1)
    (1, None, 0)

    Args:
        stars: 0 to 5.

    Returns:
        1 like, 0 dislike, None in between.

    Raises:
        ValueError: There are less than 0 stars, more than 5, or it is no number.
    """
    if not 0.0 <= stars <= MOST_STARS:
        raise ValueError(f"{stars:g} is no number of stars from 0 to 5")
    return LIKE if stars >= LIKE_FROM else DISLIKE if stars <= DISLIKE_TO else SEEN


def from_ten(points: float) -> Rating:
    """Turn points out of 10 into an opinion: they are halved.

    >>> from_ten(9), from_ten(6), from_ten(2)
    (1, None, 0)

    Args:
        points: 0 to 10.

    Returns:
        1 like, 0 dislike, None in between.

    Raises:
        ValueError: There are less than 0 points, more than 10, or it is no number.
    """
    if not 0.0 <= points <= 2 * MOST_STARS:
        raise ValueError(f"{points:g} is no number of points from 0 to 10")
    return from_stars(points / 2)


def from_thumbs(thumbs: float) -> Rating:
    """Turn Netflix' thumbs into an opinion: 1 is down, 2 is up, 3 is two thumbs up.

    >>> from_thumbs(1), from_thumbs(2), from_thumbs(3)
    (0, 1, 1)

    Args:
        thumbs: 1, 2 or 3.

    Returns:
        1 like, 0 dislike.

    Raises:
        ValueError: It is another number.
    """
    if thumbs not in _THUMBS:
        raise ValueError(f"{thumbs:g} is no thumb: 1 is down, 2 up, 3 two thumbs up")
    return _THUMBS[int(thumbs)]

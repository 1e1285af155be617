"""From stars to opinions: the one place that decides what a like is.

    out of 5        out of 10      becomes
    4 and more      8 and more     like (1)
    3 and 3.5       6 and 7        seen, without an opinion (None)
    2.5 and less    5 and less     dislike (0)

Between the two nobody can tell, and a wrong lesson is worse than none; the film still counts
as seen, so it is not recommended. The rule is the one movieloop was measured with. A heart or
"two thumbs up" is a like, a film watched without a rating is seen. No service lets people give 0:
it is how files write "not rated".

>>> [from_stars(stars) for stars in (5, 4, 3.5, 2.5, 0.5)]
[1, 1, None, 0, 0]
>>> [from_ten(points) for points in (8, 7, 5)]
[1, None, 0]
"""

from functools import lru_cache

from movieloop.importers.formats.values import decimal, given
from movieloop.taste import DISLIKE, LIKE, SEEN, Rating

LIKE_FROM = 4.0
DISLIKE_TO = 2.5
MOST_STARS = 5.0
HEART: Rating = LIKE
WATCHED: Rating = SEEN
_THUMBS = {1: DISLIKE, 2: LIKE, 3: LIKE}
_STAR, _HALF = "★⭐", "½"
_LIKES = {"like", "liked", "love", "loved", "yes", "up", "+", "+1", "👍", "❤", "true"}
_DISLIKES = {"dislike", "disliked", "hate", "hated", "no", "down", "-1", "👎"}
_SEEN = {"seen", "watched", "neutral", "completed", "ok"}


@lru_cache(maxsize=1_000)
def points_of(text: str) -> float | None:
    """Read how many points somebody gave; nothing and 0 are no rating.

    >>> points_of("4,5"), points_of("★★★½"), points_of("0"), points_of("")
    (4.5, 3.5, None, None)

    Args:
        text: A number, stars, or nothing.

    Returns:
        The points; None without a rating.

    Raises:
        ValueError: It is something else.
    """
    shown = given(text)
    if shown and not shown.strip(_STAR + _HALF):
        return sum(letter in _STAR for letter in shown) + 0.5 * shown.count(_HALF)
    return (decimal(shown.replace(_HALF, ".5")) or None) if shown else None


def from_scale(points: float, most: float) -> Rating:
    """Turn points of any scale into an opinion.

    >>> from_scale(9, 10), from_scale(1, 5), from_scale(70, 100)
    (1, 0, None)

    Args:
        points: How many.
        most: How many there are at most.

    Returns:
        1 like, 0 dislike, None in between.

    Raises:
        ValueError: There are less than 0 points, more than `most`, or it is no number.
    """
    if not 0.0 <= points <= most:
        raise ValueError(f"{points:g} is no number from 0 to {most:g}")
    return from_stars(points * MOST_STARS / most)


def from_word(text: str) -> Rating:
    """Turn a word into an opinion.

    >>> from_word("Liked"), from_word("dislike"), from_word("seen")
    (1, 0, None)

    Args:
        text: "like", "dislike", "seen", or something that means the same.

    Returns:
        1 like, 0 dislike, None seen.

    Raises:
        ValueError: It means none of them.
    """
    word = text.strip().casefold()
    if word in _LIKES:
        return LIKE
    if word in _DISLIKES:
        return DISLIKE
    if word in _SEEN:
        return SEEN
    raise ValueError(f"{text[:40]!r} is none of like, dislike and seen")


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

"""Single values as files write them: numbers, years, ids.

>>> decimal("4.5"), year_of("1999-03-31"), imdb_id_of("0114709"), tmdb_id_of("603")
(4.5, 1999, 'tt0114709', 603)
"""

import re

_IMDB = re.compile(r"(?:tt)?0*([0-9]{1,9})")
_IMDB_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?imdb\.com/(?:[a-z-]+/)?title/(tt[0-9]+)(?:[/?#].*)?"
)
_FIRST_FILM, _LAST_YEAR = 1870, 2100


def decimal(text: str) -> float:
    """Read a number.

    >>> decimal("3.5")
    3.5

    Args:
        text: What should be a number.

    Returns:
        The number; "nan" and "1e999" are numbers too, and whoever asks says which ones will do.

    Raises:
        ValueError: It is none.
    """
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no number") from None


def year_of(text: str) -> int | None:
    """Read a year, also from the front of a date.

    >>> year_of("1999"), year_of("1999-03-31"), year_of(""), year_of("soon")
    (1999, 1999, None, None)

    Args:
        text: A year, a date that begins with it, or anything else.

    Returns:
        The year; None if the text does not begin with one.
    """
    digits = text.strip()[:4]
    year = int(digits) if digits.isascii() and digits.isdigit() else 0
    return year if _FIRST_FILM <= year <= _LAST_YEAR else None


def imdb_id_of(text: str) -> str | None:
    """Read an IMDb id, with or without its "tt" and zeros.

    >>> imdb_id_of("0114709"), imdb_id_of("tt10872600"), imdb_id_of("")
    ('tt0114709', 'tt10872600', None)
    >>> imdb_id_of("https://www.imdb.com/title/tt0114709/?ref_=x")
    'tt0114709'

    Args:
        text: An id, the address of its page, or anything else.

    Returns:
        "tt" and 7 digits or more; None if it is no IMDb id.
    """
    text = text.strip()
    page = _IMDB_ADDRESS.fullmatch(text)
    match = _IMDB.fullmatch(page[1] if page else text) if text.isascii() else None
    return f"tt{int(match[1]):07d}" if match and int(match[1]) else None


def tmdb_id_of(text: str) -> int | None:
    """Read a film's number at TMDB.

    >>> tmdb_id_of("603"), tmdb_id_of("none")
    (603, None)

    Args:
        text: A number, or anything else.

    Returns:
        The number; None if it is none of at most 9 digits.
    """
    digits = text.strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None

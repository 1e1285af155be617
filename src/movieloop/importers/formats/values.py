"""Single values as files write them: numbers, years, ids.

>>> decimal("4.5"), year_of("1999-03-31"), imdb_id_of("0114709"), tmdb_id_of("603")
(4.5, 1999, 'tt0114709', 603)
"""

import re

from movieloop.data import imdb_id_of
from movieloop.data.movie import FIRST_YEAR

__all__ = ["decimal", "given", "imdb_id_of", "tmdb_id_of", "whole", "year_of"]

_LAST_YEAR = 2100
_NOTHING = {"", "-", "–", "nan", "none", "null", "n/a", "na", "nil", r"\n", "undefined", "unrated"}
_POINT_ZERO = re.compile(r"([0-9]+)\.0*")


def given(text: str) -> str:
    """Give a value back, empty if it is one of the words programs write for nothing.

    >>> given(" 4 "), given("NaN"), given("null")
    ('4', '', '')

    Args:
        text: A cell.

    Returns:
        What stands in it.
    """
    shown = text.strip()
    return "" if shown.casefold() in _NOTHING else shown


def decimal(text: str) -> float:
    """Read a number, with a point or a comma before the fraction.

    >>> decimal("3.5"), decimal("3,5")
    (3.5, 3.5)

    Args:
        text: What should be a number.

    Returns:
        The number; "nan" and "1e999" are numbers too, and whoever asks says which ones will do.

    Raises:
        ValueError: It is none.
    """
    try:
        return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no number") from None


def whole(text: str) -> str:
    """Write a whole number as people do, also where a program made a fraction of it.

    >>> whole("1.0"), whole("7"), whole("tt7")
    ('1', '7', 'tt7')

    Args:
        text: A number, or anything else.

    Returns:
        The number without ".0"; anything else as it is.
    """
    match = _POINT_ZERO.fullmatch(text) if "." in text else None
    return match[1] if match else text


def year_of(text: str) -> int | None:
    """Read a year, also from the front of a date.

    >>> year_of("1999"), year_of("1999-03-31"), year_of("(1999)"), year_of("soon")
    (1999, 1999, 1999, None)

    Args:
        text: A year, a date that begins with it, or anything else.

    Returns:
        The year; None if the text does not begin with one.
    """
    digits = text.strip().lstrip("(")[:4]
    year = int(digits) if digits.isascii() and digits.isdigit() else 0
    return year if FIRST_YEAR <= year <= _LAST_YEAR else None


def tmdb_id_of(text: str) -> int | None:
    """Read a film's number at TMDB.

    >>> tmdb_id_of("603"), tmdb_id_of("603.0"), tmdb_id_of("none")
    (603, 603, None)

    Args:
        text: A number, or anything else.

    Returns:
        The number; None if it is none of at most 9 digits.
    """
    digits = whole(text.strip())
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) and int(digits) else None

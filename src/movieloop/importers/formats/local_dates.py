"""Dates in the order of the account's country, which the file does not tell.

"3/4/21" is the 4th of March in one country and the 3rd of April in another. All dates of a
file are written alike, so together they tell:

>>> read = date_reader(["4/13/21", "3/4/21"])       # 13 is no month
>>> read("3/4/21") == read("2021-03-04")
True
>>> read = date_reader(["3/4/21", "5/3/21"])        # newest first, so these are days first
>>> read("3/4/21") == read("2021-04-03")
True
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise

from movieloop.importers.formats.dates import checked

_DATE = re.compile(r"(\d{1,4})([-./])\s?(\d{1,2})[-./]\s?(\d{4}|\d{2})\.?")
_THIS_CENTURY = 2000


def date_reader(dates: Iterable[str]) -> Callable[[str], int | None]:
    """Find out how the dates of a file are written.

    How it works:
        1. The right order of day and month makes the most of them dates.
        2. If both do, it is the one in which they run from new to old.
        3. If nothing tells, a slash means the month is first, as in "12/31/21".

    Args:
        dates: All dates of a file, in its order, newest first.

    Returns:
        A reader of one date: milliseconds since 1970, None for an empty text; it raises
        `ValueError` for one that cannot be read.
    """
    found = [date for date in dates if date]

    def fitness(month_first: bool) -> tuple[int, int, bool]:
        moments = [moment for date in found if (moment := _moment(date, month_first))]
        falling = sum(newer >= older for newer, older in pairwise(moments))
        return len(moments), falling, month_first == ("/" in "".join(found[:1]))

    return partial(_read, month_first=max((True, False), key=fitness))


def _read(date: str, *, month_first: bool) -> int | None:
    if not date:
        return None
    moment = _moment(date, month_first)
    if moment is None:
        raise ValueError(f"{date[:40]!r} is no date such as 12/31/21")
    return checked(moment.timestamp() * 1000)


def _moment(date: str, month_first: bool) -> datetime | None:
    """Read a date in one of the two orders; None if it is none."""
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    first, _, second, third = match.groups()
    if len(first) > 2:  # noqa: PLR2004 - the year is in front, and nothing is left to guess
        year, month, day = int(first), int(second), int(third)
    else:
        month, day = (int(first), int(second)) if month_first else (int(second), int(first))
        year = int(third) + (_THIS_CENTURY if len(third) == 2 else 0)  # noqa: PLR2004
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None

"""When a film was rated: seconds, dates and ISO times become milliseconds since 1970, UTC.

>>> from_unix("964982703"), from_iso("2021-03-05"), from_iso("2021-03-05T10:00:00.000Z")
(964982703000, 1614902400000, 1614938400000)

A moment before 1970 or after tomorrow is a slip of the file: the order of a history decides
what is learned from it, so such a row is refused, not guessed.
"""

import math
import time
from datetime import UTC, datetime

from movieloop.importers.formats.values import decimal

DAY = 86_400_000  # milliseconds


def checked(moment: float) -> int:
    """Refuse a moment before 1970 or more than a day in the future.

    >>> checked(1_500.0)
    1500

    Args:
        moment: Milliseconds since 1970, UTC.

    Returns:
        The same, as a whole number.

    Raises:
        ValueError: It is too early, too late or no number.
    """
    if not math.isfinite(moment):
        raise ValueError("the time is no number")
    if moment < 0:
        raise ValueError("it is dated before 1970")
    if moment > time.time() * 1000 + DAY:
        raise ValueError("it is dated in the future")
    return int(moment)


def from_unix(seconds: str) -> int | None:
    """Read seconds since 1970, as MovieLens writes them.

    >>> from_unix("10"), from_unix("1.5"), from_unix("")
    (10000, 1500, None)

    Args:
        seconds: A number, or nothing.

    Returns:
        Milliseconds; None for nothing.

    Raises:
        ValueError: It is no number, before 1970 or in the future.
    """
    if not seconds:
        return None
    return checked(decimal(seconds) * 1000)


def from_iso(text: str) -> int | None:
    """Read a date or a date and time; without a time zone it is UTC.

    >>> from_iso("1970-01-02"), from_iso("1970-01-01 00:00:10"), from_iso("")
    (86400000, 10000, None)

    Args:
        text: "2021-03-05", "2021-03-05 10:00:00", "2021-03-05T10:00:00Z", or nothing.

    Returns:
        Milliseconds; None for nothing.

    Raises:
        ValueError: It is no date, before 1970 or in the future.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return checked((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    except OverflowError:
        raise ValueError(f"{text[:40]!r} is no date") from None
    except ValueError as error:
        if str(error).startswith("it is dated"):
            raise
        raise ValueError(f"{text[:40]!r} is no date such as 2021-03-05") from None

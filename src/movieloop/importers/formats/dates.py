"""When a film was rated: whatever way a file writes it becomes milliseconds since 1970, UTC.

>>> from_unix("964982703"), moment_of("2021-03-05"), moment_of("5 March 2021")
(964982703000, 1614902400000, 1614902400000)

"3/4/21" is the 4th of March in one country and the 3rd of April in another. All dates of a file
are written alike, so together they tell:

>>> read = date_reader(["4/13/21", "3/4/21"])       # 13 is no month
>>> read("3/4/21") == read("2021-03-04")
True
>>> read = date_reader(["3/4/21", "5/3/21"], newest_first=True)     # so these are days first
>>> read("3/4/21") == read("2021-04-03")
True

A date nobody can read, one before 1970 - some file the day of release - and one of the future is
None: the opinion counts, only its place in the history is not known.
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Literal

Reader = Callable[[str], int | None]
Order = Literal["month", "day"]

DAY = 86_400_000  # milliseconds
_EXCEL_BEGINS = datetime(1899, 12, 30, tzinfo=UTC)
_EXCEL_DAYS = range(25_569, 80_000)  # 1970 to 2119
_SECONDS_DIGITS = 11  # so many digits are never more than `_MILLISECONDS`
_SECONDS, _MILLISECONDS, _MICROSECONDS = 1e8, 1e11, 1e14
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?:[eE]\+?[0-9]+)?")
_PARTS = r"(\d{1,4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,4})\s*[日일]?\.?"
_TIME = (
    r"(?:[\sT,]+(?:at\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?[Mm]?\.?)?"
)
_ZONE = r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_NUMERIC = re.compile(_PARTS + _TIME + _ZONE)
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?")
# The beginnings of the months' names, without accents, in a dozen languages.
_MONTHS = [
    "jan|ene|gen|ian|sty|led|oca|янв|січ|ιαν", "feb|fev|lut|uno|sub|фев|лют|φεβ",
    "mar|maa|mrt|bre|мар|бер|μαρ", "apr|avr|abr|kwi|dub|nis|апр|кві|απρ",
    "may|mai|maj|mei|mag|kve|маи|мая|тра|μαι", "jun|juin|giu|iun|cze|cer|haz|июн|чер|ιουν",
    "jul|juil|lug|iul|lip|tem|июл|лип|ιουλ", "aug|aou|ago|sie|srp|agu|авг|сер|αυγ",
    "sep|set|wrz|zar|eyl|сен|вер|σεπ", "oct|okt|ott|out|paz|rij|eki|окт|жов|οκτ",
    "nov|noi|lis|kas|ноя|лис|νοε", "dec|dez|dic|des|gru|pro|ara|дек|гру|δεκ",
]  # fmt: skip
_MONTH_OF = {
    part: number for number, names in enumerate(_MONTHS, start=1) for part in names.split("|")
}


def from_unix(text: str) -> int | None:
    """Read seconds since 1970, as MovieLens writes them, or what a program made of them.

    >>> from_unix("10"), from_unix("1112486027000"), from_unix("2005-04-02 23:53:47")
    (10000, 1112486027000, 1112486027000)

    Args:
        text: Seconds, milliseconds, microseconds, a date and time, or nothing.

    Returns:
        Milliseconds; None for nothing and for what cannot be read.
    """
    if len(text) <= _SECONDS_DIGITS and text.isascii() and text.isdigit():
        return _possible(int(text) * 1000)
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", "."))
        return _possible(number * 1000 if number < _MILLISECONDS else _scaled(number))
    return moment_of(text)


def moment_of(text: str, order: Order = "month") -> int | None:
    """Read a date, with or without a time; without a time zone it is UTC.

    >>> moment_of("1970-01-02"), moment_of("7/28/2022 4:22"), moment_of("44256"), moment_of("soon")
    (86400000, 1658982120000, 1614556800000, None)

    Args:
        text: The date in any of the usual forms, or as Excel numbers days.
        order: What comes first where the numbers do not tell.

    Returns:
        Milliseconds; None for nothing, for what cannot be read, before 1970 and in the future.
    """
    moment = _read(text.strip(), order)
    return None if moment is None else _possible(moment.timestamp() * 1000)


def date_reader(dates: Iterable[str], *, newest_first: bool = False) -> Reader:
    """Find out how the dates of a file are written.

    How it works:
        1. The right order of day and month makes the most of them dates of the past.
        2. If both do, it is the one in which they run from old to new, or from new to old.
        3. If nothing tells, a slash means the month is first, as in "12/31/21".

    Args:
        dates: All dates of a file, in its order.
        newest_first: Whether such files begin with the newest.

    Returns:
        A reader of one date: milliseconds since 1970, None for what cannot be read.
    """
    found = [date.strip() for date in dates if date.strip()]

    def fitness(order: Order) -> tuple[int, int, int, bool]:
        moments = [at for date in found if (at := moment_of(date, order)) is not None]
        rising = sum(one <= next_one for one, next_one in pairwise(moments))
        falling = sum(one >= next_one for one, next_one in pairwise(moments))
        usual = falling if newest_first else rising
        as_usual = (order == "month") == ("/" in "".join(found[:1]))
        return len(moments), max(rising, falling), usual, as_usual

    orders: Sequence[Order] = ("month", "day")
    return partial(moment_of, order=max(orders, key=fitness))


def need_each_other(dates: Iterable[str]) -> bool:
    """Tell whether dates are written so that only all of them tell what they mean.

    >>> need_each_other(["2021-03-05"]), need_each_other(["3/4/21"])
    (False, True)

    Args:
        dates: Some dates of a file.

    Returns:
        Whether day and month can be mistaken for each other.
    """
    matches = (_NUMERIC.match(date.strip()) for date in dates)
    return any(match is not None and len(match[1]) <= 2 for match in matches)  # noqa: PLR2004


def _possible(moment: float) -> int | None:
    """Keep a moment from 1970 to a day from now."""
    return int(moment) if 0 <= moment <= time.time() * 1000 + DAY else None


def _scaled(number: float) -> float:
    return number if number < _MICROSECONDS else number / 1000


def _read(text: str, order: Order) -> datetime | None:
    try:
        if text[4:5] == "-":
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        pass
    try:
        if _NUMBER.fullmatch(text):
            return _numbered(text)
        digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
        match = _NUMERIC.fullmatch(digits)
        return _in_numbers(match, order) if match else _in_words(digits)
    except (ValueError, OverflowError, OSError):
        return None


def _numbered(text: str) -> datetime | None:
    """Read seconds since 1970, 20210301, or days as Excel counts them."""
    number = float(text.replace(",", "."))
    if int(number) in _EXCEL_DAYS:
        return _EXCEL_BEGINS + timedelta(days=number)
    if len(text) == 8:  # noqa: PLR2004 - year, month, day
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC)
    if number < _SECONDS:
        return None
    return datetime.fromtimestamp(number if number < _MILLISECONDS else _scaled(number) / 1000, UTC)


def _in_numbers(match: re.Match[str], order: Order) -> datetime:
    """Read "3/4/21 10:05 PM" in one of the two orders."""
    first, second, third, hour, minute, sec, half, zone = match.groups()
    if len(first) > 2:  # noqa: PLR2004 - the year is in front, and nothing is left to guess
        year, month, day = int(first), int(second), int(third)
    else:
        year = _whole_year(third)
        month, day = (int(first), int(second)) if order == "month" else (int(second), int(first))
    return _moment(year, month, day, (hour, minute, sec, half), zone)


def _in_words(text: str) -> datetime | None:
    """Read "Sun Mar  1 00:00:00 2015", "1 March 2015", "5 de marzo de 2015"."""
    clock = _CLOCK.search(text)
    rest = _CLOCK.sub(" ", text)
    plain = unicodedata.normalize("NFKD", rest.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    months = list({number for word in _WORD.findall(plain) if (number := _month(word))})
    numbers = re.findall(r"\d+", plain)
    if len(months) != 1 or len(numbers) != 2:  # noqa: PLR2004 - a day and a year
        return None
    day, year = (numbers[1], numbers[0]) if len(numbers[0]) > 2 else numbers  # noqa: PLR2004
    return _moment(_whole_year(year), months[0], int(day), clock.groups() if clock else (None,) * 4)


def _month(word: str) -> int | None:
    return _MONTH_OF.get(word[:4]) or _MONTH_OF.get(word[:3])


def _whole_year(text: str) -> int:
    year = int(text)
    if len(text) <= 2:  # noqa: PLR2004 - this century's
        return 2000 + year
    return year - 543 if 2500 < year < 2643 else year  # noqa: PLR2004 - as Thais count


def _moment(
    year: int, month: int, day: int, clock: Sequence[str | None], zone: str | None = None
) -> datetime:
    hour, minute, second, half = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half in "Pp" else 0)
    moment = datetime(year, month, day, hours, int(minute or 0), int(second or 0), tzinfo=UTC)
    if zone and zone[0] in "+-":
        away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        moment += away if zone[0] == "-" else -away
    return moment

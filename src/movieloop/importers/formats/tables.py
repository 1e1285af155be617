r"""Lines and columns: tables of any delimiter, whatever is wrong with a line.

A row is a line, or several if a cell in quotes goes on over line ends. A stray quote costs that
row, not the rest of the file, and a gigantic line costs no memory. Names of columns are compared
without capitals, blanks, underscores and dashes: "Movie ID" is "movie_id" is "movieId".

>>> columns_of('"Date","Name","Letterboxd URI"\n')
('date', 'name', 'letterboxduri')
>>> fields('Heat,"Me, Myself & I",""', ",")
['Heat', 'Me, Myself & I', '']
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.rows import BadRow, Row

Fields: TypeAlias = tuple[int, list[str]]
_DELIMITERS = ",\t;|"
_LOOKED_AT = 20
_MOST_LINES = 200  # of one cell
_FOR_EXCEL = re.compile(r"\"?sep=(.)\"?", re.IGNORECASE)
_NO_PART_OF_A_NAME = re.compile(r"[\s_.-]+")


def numbered_lines(bundle: Bundle, name: str) -> Iterator[tuple[int, str] | BadRow]:
    """Read a file line by line, empty lines left out.

    Args:
        bundle: Where the file is.
        name: What it is called there.

    Yields:
        (line number, text), or a `BadRow` for a line over 1 MiB.
    """
    for number, text in enumerate(bundle.lines(name), start=1):
        if text is None:
            yield BadRow(number, "the line is longer than 1 MiB")
        elif text:
            yield number, text


def fields(line: str, delimiter: str) -> list[str]:
    """Split a line into its fields.

    Args:
        line: One line without its end.
        delimiter: What stands between the fields.

    Returns:
        The fields without their quotes.

    Raises:
        ValueError: A quote is never closed, or a field is gigantic.
    """
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader(line.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        raise ValueError("its quotes do not fit") from None


def delimiter_of(line: str) -> str:
    r"""Guess what stands between the columns from a header: comma, tab, semicolon or bar.

    >>> delimiter_of("Title,Date"), delimiter_of("user_id:token\titem_id:token")
    (',', '\t')

    Args:
        line: The header.

    Returns:
        The one that occurs most; a comma if none does.
    """
    return max(_DELIMITERS, key=line.count)


def columns_of(head: str) -> tuple[str, ...]:
    r"""Read the names of the columns from the beginning of a file.

    >>> columns_of("sep=;\nMovie ID;Your rating\n")
    ('movieid', 'yourrating')

    Args:
        head: The beginning, at least one line of it.

    Returns:
        The names in lower case without blanks; empty if the first line is no header.
    """
    first, _, rest = head.lstrip().partition("\n")
    told = _FOR_EXCEL.fullmatch(first.strip())
    if told:
        first = rest.partition("\n")[0]
    delimiter = told[1] if told else delimiter_of(first)
    try:
        return tuple(map(_plain_name, fields(first, delimiter)))
    except ValueError:
        return ()


def _plain_name(column: str) -> str:
    return _NO_PART_OF_A_NAME.sub("", column.casefold())


def with_columns(bundle: Bundle, *wanted: str, beside: str | None = None) -> list[str]:
    """Find the files that have some columns.

    Args:
        bundle: Where to look.
        wanted: Names of columns, in lower case without blanks.
        beside: Only files in the folder of this file.

    Returns:
        The names of the files that have all of them, the largest file first.
    """
    return _largest(bundle, lambda head: set(wanted) <= set(columns_of(head)), beside)


def with_lines(bundle: Bundle, pattern: re.Pattern[str], *, beside: str | None = None) -> list[str]:
    """Find the files without a header whose lines look in a certain way.

    Args:
        bundle: Where to look.
        pattern: What most of the first lines must match, as a whole.
        beside: Only files in the folder of this file.

    Returns:
        The names of these files, the largest file first.
    """

    def fits(head: str) -> bool:
        looked_at = [line for line in head.splitlines() if line][:_LOOKED_AT]
        if not looked_at or not looked_at[0][0].isdigit():  # a header: another format's
            return False
        return sum(pattern.fullmatch(line) is not None for line in looked_at) * 2 > len(looked_at)

    return _largest(bundle, fits, beside)


def _largest(bundle: Bundle, fits: Callable[[str], bool], beside: str | None) -> list[str]:
    folder = None if beside is None else PurePosixPath(beside).parent
    found = [
        name
        for name in bundle.names
        if folder in (None, PurePosixPath(name).parent) and fits(bundle.head(name))
    ]
    return sorted(found, key=lambda name: -bundle.size(name))


def table(
    bundle: Bundle, name: str, columns: Sequence[str], *, needed: int = 0
) -> Iterator[Fields | BadRow]:
    """Read some columns of a file with a header.

    A program may leave out empty cells at the end of a row, or add some.

    Args:
        bundle: Where the file is.
        name: What it is called there.
        columns: The columns to read, in lower case without blanks.
        needed: So many of them, the first ones, must not be left out of a row.

    Yields:
        (line number, one field a column without blanks around it; "" where the file has no
        such column), or a `BadRow` for a row that does not fit the header.
    """
    waiting = _Lines(numbered_lines(bundle, name))
    places: list[int | None] = []
    width, fewest, delimiter = 0, 0, ""
    for line in waiting:
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        if not width:
            told = _FOR_EXCEL.fullmatch(text.strip())
            if told and not delimiter:
                delimiter = told[1]
                continue
            delimiter = delimiter or delimiter_of(text)
            names = tuple(map(_plain_name, fields(text, delimiter)))
            width = len(names)
            places = [names.index(column) if column in names else None for column in columns]
            fewest = 1 + max((p for p in places[:needed] if p is not None), default=-1)
            continue
        try:
            found = _record(text, waiting, delimiter, width)
            if len(found) != width:
                found = _fitted(found, width, fewest)
        except ValueError as error:
            yield BadRow(number, str(error))
            continue
        yield number, ["" if place is None else found[place].strip() for place in places]


class _Lines:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[tuple[int, str] | BadRow]) -> None:
        self._lines = lines
        self._ahead: deque[tuple[int, str] | BadRow] = deque()

    def __iter__(self) -> Iterator[tuple[int, str] | BadRow]:
        for line in self._lines:
            yield line
            while self._ahead:
                yield self._ahead.popleft()

    def ahead(self) -> Iterator[str]:
        """Look at the next lines without taking them."""
        for place in range(_MOST_LINES):
            if place == len(self._ahead):
                following = next(self._lines, None)
                if following is None:
                    return
                self._ahead.append(following)
            line = self._ahead[place]
            if isinstance(line, BadRow):
                return
            yield line[1]

    def take(self, count: int) -> None:
        """Take lines that were looked at."""
        for _ in range(count):
            self._ahead.popleft()


def _record(text: str, waiting: _Lines, delimiter: str, width: int) -> list[str]:
    """Split a row; if a cell in quotes is still open at its end, the row goes on."""
    try:
        return fields(text, delimiter)
    except ValueError:
        if text.count('"') % 2 == 0:
            raise
        whole = text
        for taken, more in enumerate(waiting.ahead(), start=1):
            whole += "\n" + more
            if more.count('"') % 2:
                found = fields(whole, delimiter)
                if len(found) != width:
                    break
                waiting.take(taken)
                return found
        raise


def _fitted(found: list[str], width: int, fewest: int) -> list[str]:
    """Bring a row to the width of its header, if only empty cells are missing or too many."""
    if len(found) < fewest or any(found[width:]):
        raise ValueError(f"it has {len(found)} columns, the header has {width}")
    return [*found[:width], *[""] * (width - len(found))]


def split_lines(
    bundle: Bundle, name: str, separator: str, *, width: int
) -> Iterator[Fields | BadRow]:
    """Read the columns of a file without a header and without quotes.

    Args:
        bundle: Where the file is.
        name: What it is called there.
        separator: What stands between the columns.
        width: How many columns a line has at least.

    Yields:
        (line number, fields), or a `BadRow` for a line with fewer columns.
    """
    for line in numbered_lines(bundle, name):
        if isinstance(line, BadRow):
            yield line
            continue
        found = line[1].split(separator)
        if len(found) < width:
            yield BadRow(line[0], f"it has {len(found)} columns instead of {width}")
        else:
            yield line[0], found


def each(found: Iterable[Fields | BadRow], make: Callable[[int, list[str]], Row]) -> Iterator[Row]:
    """Make a row of every line; what cannot be made is a bad row.

    >>> rows = each([(2, ["x"]), (3, ["4"])], lambda line, values: BadRow(line, str(int("4"))))
    >>> [row.line for row in rows]
    [2, 3]

    Args:
        found: Lines taken apart.
        make: Makes a row of a line's number and fields; a `ValueError` says what is wrong.

    Yields:
        One row a line.
    """
    for item in found:
        if isinstance(item, BadRow):
            yield item
            continue
        try:
            row = make(*item)
        except ValueError as error:
            row = BadRow(item[0], str(error))
        yield row

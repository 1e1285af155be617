r"""Lines and columns: text files read one line at a time, whatever is wrong with a line.

A row is one line. A stray quote therefore costs that row, not the rest of the file, and a
gigantic line costs no memory.

>>> columns_of('"Date","Name","Letterboxd URI"\n')
('date', 'name', 'letterboxd uri')
>>> fields('Heat,"Me, Myself & I",""', ",")
['Heat', 'Me, Myself & I', '']
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from movieloop.importers.formats.archive import Bundle, decoded
from movieloop.importers.formats.rows import BadRow, Row

LONGEST_LINE = 1024**2
Fields: TypeAlias = tuple[int, list[str]]
_DELIMITERS = ",\t;"
_LOOKED_AT = 20


def lines(bundle: Bundle, name: str) -> Iterator[tuple[int, str] | BadRow]:
    """Read a file line by line: UTF-8 or else Latin-1, any line ending, empty lines left out.

    Args:
        bundle: Where the file is.
        name: What it is called there.

    Yields:
        (line number, text), or a `BadRow` for a line over 1 MiB.
    """
    number = 0
    with bundle.open(name) as stream:
        while raw := stream.readline(LONGEST_LINE + 1):
            number += 1
            bundle.count(len(raw))
            if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(LONGEST_LINE)
                    bundle.count(len(raw))
                yield BadRow(number, "the line is longer than 1 MiB")
                continue
            text = decoded(raw.rstrip(b"\r\n"))
            if text:
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
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        raise ValueError("its quotes do not fit") from None


def delimiter_of(line: str) -> str:
    r"""Guess what stands between the columns from a header: a comma, a tab or a semicolon.

    >>> delimiter_of("Title,Date"), delimiter_of("user_id:token\titem_id:token")
    (',', '\t')

    Args:
        line: The header.

    Returns:
        The one that occurs most; a comma if none does.
    """
    return max(_DELIMITERS, key=line.count)


def columns_of(head: str) -> tuple[str, ...]:
    """Read the names of the columns from the beginning of a file.

    Args:
        head: The beginning, at least one line of it.

    Returns:
        The names in lower case; empty if the first line is no header.
    """
    first = head.lstrip().partition("\n")[0].rstrip("\r")
    try:
        return tuple(field.strip().lower() for field in fields(first, delimiter_of(first)))
    except ValueError:
        return ()


def with_columns(bundle: Bundle, *wanted: str, beside: str | None = None) -> list[str]:
    """Find the files that have some columns.

    Args:
        bundle: Where to look.
        wanted: Names of columns, in lower case.
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


def table(bundle: Bundle, name: str, columns: Sequence[str]) -> Iterator[Fields | BadRow]:
    """Read some columns of a file with a header.

    Args:
        bundle: Where the file is.
        name: What it is called there.
        columns: The columns to read, in lower case.

    Yields:
        (line number, one field a column without blanks around it; "" where the file has no
        such column), or a `BadRow` for a line that does not fit the header.
    """
    places: list[int | None] = []
    width, delimiter = 0, ","
    for line in lines(bundle, name):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        if not width:
            delimiter = delimiter_of(text.strip())
            names = columns_of(text)
            width = len(names)
            places = [names.index(column) if column in names else None for column in columns]
            continue
        try:
            found = fields(text, delimiter)
            if len(found) != width:
                raise ValueError(f"it has {len(found)} columns, the header has {width}")
        except ValueError as error:
            yield BadRow(number, str(error))
            continue
        yield number, ["" if place is None else found[place].strip() for place in places]


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
    for line in lines(bundle, name):
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

"""Letterboxd: the ZIP of one's own account, or the folder it was unpacked to.

    ratings.csv      Date,Name,Year,Letterboxd URI,Rating       0.5 to 5 stars
    watched.csv      Date,Name,Year,Letterboxd URI              seen
    likes/films.csv  Date,Name,Year,Letterboxd URI              hearts
    diary.csv        ... ,Rating,Rewatch,Tags,Watched Date      when it was really seen

One film gives one row: a heart beats stars, stars beat "watched", and of two of a kind - people
hand in a folder with last year's export beside this year's - the newer one counts. It is dated by
the diary's latest Watched Date, else by the day it was entered. watchlist.csv looks like
watched.csv, so within an export the files are told by name, and a single file must be called
watchlist or be ratings.csv or diary.csv, which have columns of their own. profile.csv (it holds
an e-mail), deleted/ and orphaned/ are never read.

Letterboxd tells no number of a film. Two films of one title and year are told apart by their
addresses, and which of them the catalogue has, nobody can say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import refuse
from movieloop.importers.formats.dates import Reader, date_reader
from movieloop.importers.formats.rating_scales import HEART, WATCHED, from_stars, points_of
from movieloop.importers.formats.rows import (
    BadRow,
    Dataset,
    FilmFacts,
    RatingRow,
    Row,
    SkippedRow,
    WishRow,
)  # fmt: skip
from movieloop.importers.formats.tables import columns_of, each, table, with_columns
from movieloop.importers.formats.titles import clean
from movieloop.importers.formats.values import whole, year_of
from movieloop.taste import Rating

UNDERSTOOD = "Letterboxd (the ZIP of your account's export)"
_FILM = ("date", "name", "year", "letterboxduri")
_COLUMNS = ("name", "year", "date", "letterboxduri", "rating", "watcheddate")
_LIST = "Letterboxd list export"
_DIARY = 1


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the export: how strongly it speaks, and what it says of a film."""

    name: str
    strength: int
    opinion: Callable[[str], Rating]


class _Line(NamedTuple):
    """One line of one file; the address is the film's, "" in a diary, which tells the entry's.

    `speaks` tells whether it holds stars or a heart.
    """

    row: RatingRow
    strength: int
    address: str
    seen_on: int
    speaks: bool


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Letterboxd by the column Letterboxd URI, and its lists by their first line.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.

    Raises:
        InvalidInput: It is a single table, and nobody can tell whether its films were seen.
    """
    found = with_columns(bundle, *_FILM)
    if not found:
        lists = [name for name in bundle.names if bundle.head(name).startswith(_LIST)]
        return _lists(bundle, lists) if lists else None
    files = [file for name in found if (file := _role(bundle, name))]
    wishes = [name for name in found if PurePosixPath(name).stem.casefold().startswith("watchlist")]
    if not files and not wishes:
        refuse(f"{bundle.called} may be a watchlist. Give the whole ZIP of the Letterboxd export.")
    files.sort(key=lambda file: file.strength)

    def rows() -> Iterator[Row]:
        yield from _rows(bundle, files)
        for name in wishes:
            yield from _wished(bundle, name)

    return Dataset("letterboxd", "Letterboxd export", rows, bundle)


def _role(bundle: Bundle, name: str) -> _File | None:
    """Tell what a file says; None for one that says nothing about films seen."""
    columns = columns_of(bundle.head(name))
    path = PurePosixPath(name)
    if "review" in columns:
        return None
    if "watcheddate" in columns:
        return _File(name, _DIARY, _stars)
    if "rating" in columns:
        return _File(name, 2, _stars)
    if path.name == "watched.csv" and not bundle.single:
        return _File(name, 0, lambda _: WATCHED)
    if path.parts[-2:] == ("likes", "films.csv"):
        return _File(name, 3, lambda _: HEART)
    return None


def _stars(text: str) -> Rating:
    stars = points_of(text)
    return WATCHED if stars is None else from_stars(stars)


def _rows(bundle: Bundle, files: list[_File]) -> Iterator[Row]:
    """Read all files, then give one row a film."""
    lines: list[_Line] = []
    for file in files:
        read = date_reader(_dates(bundle, file.name))
        for found in table(bundle, file.name, _COLUMNS, needed=3):
            try:
                lines.append(_line(file, found, read))
            except ValueError as error:
                number = found.line if isinstance(found, BadRow) else found[0]
                yield BadRow(number, f"{file.name}: {error}")
    addresses: dict[str, set[str]] = {}
    for line in lines:
        if line.address:
            addresses.setdefault(line.row.film.key, set()).add(line.address)
    films: dict[str, list[_Line]] = {}
    for line in lines:
        several = len(addresses.get(line.row.film.key, ())) > 1
        key = f"{line.row.film.key}|{line.address}" if several else line.row.film.key
        film = replace(line.row.film, key=key, namesakes=several)
        films.setdefault(key, []).append(line._replace(row=replace(line.row, film=film)))
    yield from map(_one, films.values())


def _dates(bundle: Bundle, name: str) -> Iterator[str]:
    for found in table(bundle, name, ("date", "watcheddate")):
        if not isinstance(found, BadRow):
            yield from filter(None, found[1])


def _line(file: _File, found: tuple[int, list[str]] | BadRow, read: Reader) -> _Line:
    if isinstance(found, BadRow):
        raise ValueError(found.reason)
    number, (name, year, entered, address, stars, watched) = found
    title, of = clean(name), year_of(whole(year))
    if not title:
        raise ValueError("it names no film")
    film = FilmFacts(f"letterboxd:{title}|{of or ''}", title, of)
    row = RatingRow.dated(
        number, None, film, file.opinion(stars), when=entered, moment=read(entered)
    )
    own = address if file.strength != _DIARY and "/" in address else ""
    speaks = points_of(stars) is not None or row.rating is HEART
    return _Line(row, file.strength, own, read(watched) or 0, speaks)


def _one(lines: list[_Line]) -> RatingRow:
    """Choose what is said of a film: by the strongest file that says something, the newest."""

    def weight(line: _Line) -> tuple[int, int]:
        return line.strength if line.speaks else -1, line.seen_on or line.row.rated_at or 0

    row = max(lines, key=weight).row
    seen_on = max(line.seen_on for line in lines)
    return replace(row, rated_at=seen_on, undated="") if seen_on else row


def _wished(bundle: Bundle, name: str) -> Iterator[Row]:
    """Read the watchlist."""
    read = date_reader(_dates(bundle, name))

    def wish(line: int, values: list[str]) -> Row:
        title, year = clean(values[0]), year_of(whole(values[1]))
        if not title:
            raise ValueError("it names no film")
        film = FilmFacts(f"letterboxd:{title}|{year or ''}", title, year)
        return WishRow(line, film, read(values[2]))

    return each(table(bundle, name, _COLUMNS[:3], needed=2), wish)


def _lists(bundle: Bundle, names: list[str]) -> Dataset:
    def rows() -> Iterator[Row]:
        for name in names:
            yield from _listed(bundle, name)

    return Dataset("letterboxd", "Letterboxd list", rows, bundle)


def _listed(bundle: Bundle, name: str) -> Iterator[Row]:
    """Count the films of a list, which says neither that they were seen nor that they are liked."""
    begun = False
    for number, text in enumerate(bundle.lines(name), start=1):
        if begun and text:
            yield SkippedRow(number, "on a list, which does not say that it was seen")
        begun = begun or (text or "").startswith("Position,")

"""Letterboxd: the ZIP of one's own account, or the folder it was unpacked to.

    ratings.csv      Date,Name,Year,Letterboxd URI,Rating       0.5 to 5 stars
    watched.csv      Date,Name,Year,Letterboxd URI              seen
    likes/films.csv  Date,Name,Year,Letterboxd URI              hearts
    diary.csv        ... ,Rating,Rewatch,Tags,Watched Date      when it was really seen

One film gives one row: a heart beats stars, stars beat "watched". It is dated by the diary's
latest Watched Date, else by the day it was entered. watchlist.csv looks like watched.csv, so
within an export the files are told by name; a single file must be ratings.csv or diary.csv,
which have columns of their own. profile.csv (it holds an e-mail), deleted/ and orphaned/ are
never read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from movieloop.importers.formats.archive import Bundle, refuse
from movieloop.importers.formats.dates import from_iso
from movieloop.importers.formats.rating_scales import HEART, WATCHED, from_stars
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts, RatingRow, Row
from movieloop.importers.formats.tables import columns_of, table, with_columns
from movieloop.importers.formats.titles import clean
from movieloop.importers.formats.values import decimal, year_of
from movieloop.taste import Rating

UNDERSTOOD = "Letterboxd (the ZIP of your account's export)"
_FILM = ("date", "name", "year", "letterboxd uri")
_COLUMNS = ("date", "name", "year", "rating", "watched date")


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the export: how strongly it speaks, and what it says of a film."""

    name: str
    strength: int
    opinion: Callable[[str], Rating]


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Letterboxd by the column Letterboxd URI.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.

    Raises:
        InvalidInput: It is a single list, and nobody can tell whether its films were seen.
    """
    found = with_columns(bundle, *_FILM)
    if not found:
        return None
    files = [file for name in found if (file := _role(bundle, name))]
    if not files:
        refuse(f"{bundle.called} may be a watchlist. Give the whole ZIP of the Letterboxd export.")
    files.sort(key=lambda file: file.strength)
    return Dataset("letterboxd", "Letterboxd export", lambda: _rows(bundle, files), bundle.share)


def _role(bundle: Bundle, name: str) -> _File | None:
    """Tell what a file says; None for one that says nothing about films seen."""
    columns = columns_of(bundle.head(name))
    path = PurePosixPath(name)
    if "review" in columns:
        return None
    if "watched date" in columns:
        return _File(name, 1, _stars)
    if "rating" in columns:
        return _File(name, 2, _stars)
    if path.name == "watched.csv" and not bundle.single:
        return _File(name, 0, lambda _: WATCHED)
    if path.parts[-2:] == ("likes", "films.csv"):
        return _File(name, 3, lambda _: HEART)
    return None


def _stars(text: str) -> Rating:
    return from_stars(decimal(text)) if text else WATCHED


def _rows(bundle: Bundle, files: list[_File]) -> Iterator[Row]:
    """Read all files, the weakest first, then give one row a film."""
    merged: dict[str, RatingRow] = {}
    seen_on: dict[str, int] = {}
    for file in files:
        merge = partial(_merge, merged, seen_on, file)
        for found in table(bundle, file.name, _COLUMNS):
            bad = found if isinstance(found, BadRow) else merge(*found)
            if bad is not None:
                yield BadRow(bad.line, f"{file.name}: {bad.reason}")
    for key, row in merged.items():
        yield replace(row, rated_at=seen_on.get(key, row.rated_at))


def _merge(
    merged: dict[str, RatingRow],
    seen_on: dict[str, int],
    file: _File,
    line: int,
    values: list[str],
) -> BadRow | None:
    """Put one line in: what it says replaces what a weaker file said."""
    entered, name, year, stars, watched = values
    title = clean(name)
    key = f"letterboxd:{title}|{year_of(year) or ''}"
    try:
        if not title:
            raise ValueError("it names no film")
        row = RatingRow(
            line,
            None,
            FilmFacts(key, title, year_of(year)),
            file.opinion(stars),
            from_iso(entered),
        )
        if watched:
            seen_on[key] = max(seen_on.get(key, 0), from_iso(watched) or 0)
    except ValueError as error:
        return BadRow(line, str(error))
    if key not in merged or stars or row.rating is not WATCHED:
        merged[key] = row
    return None

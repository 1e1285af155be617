"""JSON exports: read whole, taken apart entry by entry, whatever the entries hold."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.containers import refuse
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts, Row
from movieloop.importers.formats.titles import clean
from movieloop.importers.formats.values import imdb_id_of, tmdb_id_of, year_of

Json = Any  # whatever a file holds


def first_entry(head: str) -> Mapping[str, Json]:
    """Read the first entry of a list, or an object, from the beginning of a file.

    >>> first_entry('[{"rating": 9}, {"rat'), first_entry("Title,Date")
    ({'rating': 9}, {})

    Args:
        head: The beginning of the file.

    Returns:
        The entry; empty if the file is no JSON, or its first entry does not end there.
    """
    text = head.lstrip()
    start = text.find("{")
    if start < 0 or text[:start].strip() not in ("", "["):
        return {}
    try:
        first, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}
    return first if isinstance(first, dict) else {}


def whole(bundle: Bundle, name: str) -> Json:
    """Read a file.

    Args:
        bundle: Where it is.
        name: What it is called there.

    Returns:
        What it holds.

    Raises:
        InvalidInput: It is no whole JSON, or larger than any export of one person.
    """
    try:
        return json.loads(bundle.text(name))
    except (ValueError, RecursionError) as error:
        refuse(f"{name} in {bundle.called} is no whole JSON ({error}). Export it anew.")


def dataset_of(
    bundle: Bundle,
    fits: Callable[[str], bool],
    called: tuple[str, str],
    read: Callable[[str, Json], Iterator[Row]],
) -> Dataset | None:
    """Recognise an export by the beginnings of its files.

    Args:
        bundle: What was handed in.
        fits: Tells from its beginning whether a file belongs to it.
        called: What the export is called, and what it is, for people.
        read: Makes the rows of a file's name and what it holds.

    Returns:
        How to read the files that belong to it; None if there is none.
    """
    files = [name for name in bundle.names if fits(bundle.head(name))]
    if not files:
        return None

    def rows() -> Iterator[Row]:
        for name in files:
            yield from read(name, whole(bundle, name))

    return Dataset(*called, rows, bundle)


def rows_of(name: str, entries: Json, make: Callable[[int, Json], Row]) -> Iterator[Row]:
    """Make a row of every entry; what cannot be made is a bad row. Rows are numbered by entry.

    Args:
        name: What the file is called.
        entries: A list; anything else has no rows.
        make: Makes a row of an entry's number and the entry; a `ValueError` says what is wrong.

    Yields:
        One row an entry.
    """
    for number, entry in enumerate(entries if isinstance(entries, list) else (), start=1):
        try:
            row = make(number, entry)
        except ValueError as error:
            row = BadRow(number, f"{PurePosixPath(name).name}: {error}")
        yield row


def film_of(movie: Json, source: str) -> FilmFacts:
    """Put a film together from `{"title", "year", "ids": {"imdb", "tmdb", ...}}`.

    Args:
        movie: What the entry tells of the film.
        source: Whose ids these are, "trakt" say.

    Returns:
        The film.

    Raises:
        ValueError: It tells neither a title nor an IMDb or TMDB number.
    """
    if not isinstance(movie, dict):
        raise ValueError("the entry holds no movie")
    held = movie.get("ids")
    ids = {
        name: clean(str(value))
        for name, value in (held.items() if isinstance(held, dict) else ())
        if value is not None
    }
    title, year = clean(str(movie.get("title") or "")), year_of(str(movie.get("year") or ""))
    imdb_id, tmdb_id = imdb_id_of(ids.get("imdb", "")), tmdb_id_of(ids.get("tmdb", ""))
    if not title and imdb_id is None and tmdb_id is None:
        raise ValueError("the movie has no title")
    key = ids.get(source) or ids.get("slug") or imdb_id or f"{title}|{year}"
    return FilmFacts(f"{source}:{key}", title, year, imdb_id, tmdb_id)

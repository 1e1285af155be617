"""Trakt: the ZIP of one's own account, or one JSON file of it.

    ratings-movies.json    [{"rated_at": "2021-03-05T10:00:00.000Z", "rating": 9,
                             "movie": {"title": "The Matrix", "year": 1999,
                                       "ids": {"trakt": 481, "imdb": "tt0133093", "tmdb": 603}}}]
    watched-movies.json    [{"plays": 2, "last_watched_at": "...", "movie": {...}}]

Both are told by what their entries hold, in whatever folder they lie. Rows are numbered by
entry, as such a file may be one single line.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from movieloop.importers.formats.archive import Bundle, decoded, refuse
from movieloop.importers.formats.dates import from_iso
from movieloop.importers.formats.rating_scales import WATCHED, from_ten
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts, RatingRow, Row
from movieloop.importers.formats.titles import clean
from movieloop.importers.formats.values import decimal, imdb_id_of, tmdb_id_of, year_of

UNDERSTOOD = "Trakt (the ZIP of your account's export, or ratings-movies.json)"
_MOST_BYTES = 64 * 1024**2
_SEEN_WHEN = ("last_watched_at", "watched_at")


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Trakt by JSON lists of movies that were rated or watched.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    files = [name for name in bundle.names if _fits(bundle.head(name))]
    if not files:
        return None
    return Dataset("trakt", "Trakt export", lambda: _rows(bundle, files), bundle.share)


def _fits(head: str) -> bool:
    """Tell whether a file begins with a movie that was rated or watched."""
    text = head.lstrip()
    start = text.find("{")
    if not text.startswith("[") or start < 0:
        return False
    try:
        first, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return False
    return isinstance(first.get("movie"), dict) and (
        "rated_at" in first or any(when in first for when in _SEEN_WHEN)
    )


def _rows(bundle: Bundle, files: list[str]) -> Iterator[Row]:
    for name in files:
        if bundle.size(name) > _MOST_BYTES:
            refuse(f"{name} is larger than {_MOST_BYTES >> 20} MiB: no Trakt export is.")
        with bundle.open(name) as stream:
            raw = stream.read(_MOST_BYTES)
        bundle.count(len(raw))
        try:
            entries = json.loads(decoded(raw))
        except (ValueError, RecursionError) as error:
            refuse(f"{name} in {bundle.called} is no whole JSON ({error}). Export it anew.")
        for number, entry in enumerate(entries, start=1):
            try:
                row: Row = _row(number, entry)
            except ValueError as error:
                row = BadRow(number, f"{PurePosixPath(name).name}: {error}")
            yield row


def _row(number: int, entry: Any) -> RatingRow:  # noqa: ANN401 - JSON, whatever it holds
    movie = entry.get("movie") if isinstance(entry, dict) else None
    if not isinstance(movie, dict):
        raise ValueError("the entry holds no movie")
    known_ids = movie.get("ids")
    ids = {
        name: clean(str(value))
        for name, value in (known_ids.items() if isinstance(known_ids, dict) else ())
        if value is not None
    }
    title, year = clean(str(movie.get("title") or "")), year_of(str(movie.get("year") or ""))
    imdb_id = imdb_id_of(ids.get("imdb", ""))
    if not title and imdb_id is None:
        raise ValueError("the movie has no title")
    key = ids.get("trakt") or ids.get("slug") or imdb_id or f"{title}|{year}"
    film = FilmFacts(f"trakt:{key}", title, year, imdb_id, tmdb_id_of(ids.get("tmdb", "")))
    rated = entry.get("rated_at")
    when = rated or next((entry[name] for name in _SEEN_WHEN if entry.get(name)), "")
    opinion = from_ten(decimal(str(entry.get("rating")))) if rated else WATCHED
    return RatingRow(number, None, film, opinion, from_iso(str(when)))

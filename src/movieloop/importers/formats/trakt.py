"""Trakt: the ZIP of one's own account, or one JSON file of it.

    ratings-movies.json    [{"rated_at": "2021-03-05T10:00:00.000Z", "rating": 9,
                             "movie": {"title": "The Matrix", "year": 1999,
                                       "ids": {"trakt": 481, "imdb": "tt0133093", "tmdb": 603}}}]
    watched-movies.json    [{"plays": 2, "last_watched_at": "...", "movie": {...}}]
    watched-history.json   films and episodes, in the order they were watched

All are told by what their entries hold, in whatever folder they lie. Rows are numbered by entry,
as such a file may be one single line. Series and their episodes are passed over.
"""

from collections.abc import Iterator

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import moment_of
from movieloop.importers.formats.json_files import Json, dataset_of, film_of, first_entry, rows_of
from movieloop.importers.formats.kinds import OTHER
from movieloop.importers.formats.rating_scales import WATCHED, from_ten, points_of
from movieloop.importers.formats.rows import Dataset, RatingRow, Row, SkippedRow, WishRow

UNDERSTOOD = "Trakt (the ZIP of your account's export, or ratings-movies.json)"
_WATCHED_AT = ("last_watched_at", "watched_at")
_KINDS = ("movie", "show", "episode", "season")


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Trakt by JSON lists of what was rated, watched or listed.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    return dataset_of(bundle, _fits, ("trakt", "Trakt export"), _rows)


def _rows(name: str, held: Json) -> Iterator[Row]:
    return rows_of(name, held, _row)


def _fits(head: str) -> bool:
    """Tell whether a file begins with something that was rated, watched or listed."""
    if not head.lstrip().startswith("["):
        return False
    first = first_entry(head)
    return any(isinstance(first.get(kind), dict) for kind in _KINDS) and any(
        when in first for when in ("rated_at", "listed_at", *_WATCHED_AT)
    )


def _row(number: int, entry: Json) -> Row:
    if not isinstance(entry, dict):
        raise ValueError("the entry holds no movie")
    if not isinstance(entry.get("movie"), dict):
        if any(isinstance(entry.get(kind), dict) for kind in _KINDS):
            return SkippedRow(number, OTHER)
        raise ValueError("the entry holds no movie")
    film = film_of(entry["movie"], "trakt")
    seen = next((entry[name] for name in _WATCHED_AT if entry.get(name)), "")
    if not entry.get("rated_at") and not seen and entry.get("listed_at"):
        return WishRow(number, film, moment_of(str(entry["listed_at"])))
    points = points_of(str(entry.get("rating") or "")) if entry.get("rated_at") else None
    when = str(entry.get("rated_at") or seen)
    opinion = WATCHED if points is None else from_ten(points)
    return RatingRow.dated(number, None, film, opinion, when=when, moment=moment_of(when))

"""Simkl: the JSON backup of one's own account.

{"movies": [{"last_watched_at": "...", "user_rating": 9, "user_rated_at": "...",
"status": "completed", "movie": {"title", "year", "ids": {"imdb", ...}}}],
"shows": [...], "anime": [...]}
"""

from collections.abc import Iterator

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import moment_of
from movieloop.importers.formats.json_files import Json, dataset_of, film_of, rows_of
from movieloop.importers.formats.kinds import OTHER
from movieloop.importers.formats.rating_scales import WATCHED, from_ten, points_of
from movieloop.importers.formats.rows import Dataset, RatingRow, Row, SkippedRow, WishRow

UNDERSTOOD = "Simkl (the JSON backup of your account)"
_WAITS = "plantowatch"


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Simkl by an object with a list of movies that have a status.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    return dataset_of(bundle, _fits, ("simkl", "Simkl export"), _rows)


def _rows(name: str, held: Json) -> Iterator[Row]:
    yield from rows_of(name, held.get("movies"), _row)
    for other in ("shows", "anime"):
        yield from rows_of(name, held.get(other), _other)


def _fits(head: str) -> bool:
    text = "".join(head.split())
    listed = text.startswith(('{"movies":[{', '{"shows":[{', '{"anime":[{'))
    return listed and any(f'"{key}":' in text for key in ("user_rating", "user_rated_at", "status"))


def _other(number: int, entry: Json) -> Row:
    """Read a series; what counts as anime may be a film."""
    return _row(number, entry) if _is_film(entry) else SkippedRow(number, OTHER)


def _is_film(entry: Json) -> bool:
    return isinstance(entry, dict) and "movie" in (entry.get("anime_type"), *entry)


def _row(number: int, entry: Json) -> Row:
    if not isinstance(entry, dict):
        raise ValueError("the entry holds no movie")
    film = film_of(entry.get("movie") or entry.get("show"), "simkl")
    points = points_of(str(entry.get("user_rating") or ""))
    if points is None and entry.get("status") == _WAITS:
        return WishRow(number, film, moment_of(str(entry.get("added_to_watchlist_at") or "")))
    if points is None and entry.get("status") == "notinteresting":
        return SkippedRow(number, "not interesting, though not seen")
    when = str(
        (entry.get("user_rated_at") if points else None) or entry.get("last_watched_at") or ""
    )
    opinion = WATCHED if points is None else from_ten(points)
    return RatingRow.dated(number, None, film, opinion, when=when, moment=moment_of(when))

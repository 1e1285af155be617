"""movieloop's own export, `movieloop export ada` or `GET /user/ada/export`: nothing is lost.

    {"user_id": "ada", "feedback": [{"title": "Alien", "year": 1979, "imdb_id": "tt0078748",
                                     "rating": 1, "created_at": "2026-11-26T05:54:53.786000Z"}]}

Every opinion comes over with its time to the millisecond, replaced ones too; what was taken back
does not.
"""

from collections.abc import Iterator

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import moment_of
from movieloop.importers.formats.json_files import Json, dataset_of, rows_of
from movieloop.importers.formats.rows import Dataset, FilmFacts, RatingRow, Row, WishRow
from movieloop.importers.formats.titles import clean
from movieloop.importers.formats.values import imdb_id_of, tmdb_id_of, year_of

UNDERSTOOD = "movieloop (the JSON of `movieloop export`)"


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise an export by the names of its first fields.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    return dataset_of(bundle, _fits, ("movieloop", "movieloop export"), _rows)


def _rows(name: str, held: Json) -> Iterator[Row]:
    yield from rows_of(name, held.get("feedback"), _row)
    yield from rows_of(name, held.get("watchlist"), _wish)


def _fits(head: str) -> bool:
    text = "".join(head[:2_000].split())
    return text.startswith('{"user_id":') and '"feedback":[' in text


def _row(number: int, entry: Json) -> Row:
    if not isinstance(entry, dict) or entry.get("rating") not in (0, 1, None):
        raise ValueError("the entry holds no opinion")
    when = str(entry.get("created_at") or "")
    return RatingRow.dated(
        number, None, _film(entry), entry["rating"], when=when, moment=moment_of(when)
    )


def _wish(number: int, entry: Json) -> Row:
    if not isinstance(entry, dict):
        raise ValueError("the entry holds no film")
    return WishRow(number, _film(entry), moment_of(str(entry.get("added_at") or "")))


def _film(entry: Json) -> FilmFacts:
    title, year = clean(str(entry.get("title") or "")), year_of(str(entry.get("year") or ""))
    imdb_id = imdb_id_of(str(entry.get("imdb_id") or ""))
    if not title and imdb_id is None:
        raise ValueError("the entry names no film")
    key = imdb_id or f"{title}|{year or ''}"
    tmdb_id = tmdb_id_of(str(entry.get("tmdb_id") or ""))
    return FilmFacts(f"movieloop:{key}", title, year, imdb_id, tmdb_id)

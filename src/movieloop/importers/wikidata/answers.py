"""Answers of the query service, read as films: from the network or from a saved file.

Two shapes: what the service sends (SPARQL 1.1 JSON: every value is an object with a type), and what
its web page saves as "JSON file" (a list of plain rows). A film comes as one row or as several.

>>> row = {"film": "http://www.wikidata.org/entity/Q103569", "label": "Alien", "date": "1979-05-25"}
>>> films, _ = films_of([row])
>>> films[0].label, films[0].wikidata_id
('Alien (1979)', 'Q103569')
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from movieloop.data import Movie, imdb_id_of
from movieloop.data.genres import fold_genres
from movieloop.data.movie import FIRST_YEAR, latest_year, wikidata_id_of
from movieloop.data.places import country_of, language_of
from movieloop.data.titles import title_key
from movieloop.errors import InvalidInput
from movieloop.recommender.new_movies import clean

_LONGEST_TITLE, _LONGEST_TEXT, _MOST = 300, 500, 20
_MINUTES = range(1, 1501)
_MOST_BYTES = 256 * 2**20
Row = Mapping[str, str]


def rows_of(answer: object) -> list[Row]:
    """Take the rows out of an answer.

    Args:
        answer: Parsed JSON of either shape.

    Returns:
        One mapping from name to text a row.

    Raises:
        InvalidInput: It is neither.
    """
    if isinstance(answer, Mapping):
        results = answer.get("results")
        answer = results.get("bindings") if isinstance(results, Mapping) else None
    if not isinstance(answer, list) or not all(isinstance(row, Mapping) for row in answer):
        raise InvalidInput("answer", "It is no answer of Wikidata's query service.")
    return [dict(_cells(row)) for row in answer]


def _cells(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, cell in row.items():
        value = cell.get("value") if isinstance(cell, Mapping) else cell
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield str(name), str(value)


def rows_in(path: Path) -> list[Row]:
    """Read a saved answer.

    Args:
        path: A JSON file.

    Returns:
        Its rows.

    Raises:
        InvalidInput: It cannot be read, or is no answer.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InvalidInput("FILE", f"{path} is larger than {_MOST_BYTES // 2**20} MiB.")
        return rows_of(json.loads(path.read_bytes()))
    except OSError as error:
        raise InvalidInput("FILE", f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise InvalidInput("FILE", f"{path} is not JSON, or only a part of it.") from None


def films_of(rows: Iterable[Row]) -> tuple[list[Movie], Counter[str]]:
    """Read rows as films; rows about one film are joined.

    Args:
        rows: What `rows_of` gives.

    Returns:
        The films, their numbers 0, in the order in which they first come; and why others were left
        out, counted.
    """
    joined: dict[str, dict[str, list[str]]] = {}
    left_out = Counter[str]()
    for row in rows:
        item = wikidata_id_of(_first(row, "film", "item", "movie"))
        if item is None:
            left_out["no item of Wikidata"] += 1
            continue
        cells = joined.setdefault(item, {})
        for name, text in row.items():
            cells.setdefault(name, []).append(text)
    films = []
    for item, cells in joined.items():
        film, why = _film(item, cells)
        if film is None:
            left_out[why] += 1
        else:
            films.append(film)
    return films, left_out


def numbers_of(rows: Iterable[Row]) -> list[Movie]:
    """Read rows as numbers elsewhere.

    Args:
        rows: What `rows_of` gives.

    Returns:
        Films of which only numbers are told: their title is "".
    """
    found: dict[str, tuple[str | None, int | None]] = {}
    for row in rows:
        item = wikidata_id_of(_first(row, "film", "item", "movie"))
        if item is not None:
            imdb, tmdb = found.get(item, (None, None))
            found[item] = (
                imdb or imdb_id_of(row.get("imdb", "")),
                tmdb or _whole(row.get("tmdb", "")),
            )
    return [
        Movie(0, "", imdb_id=imdb, tmdb_id=tmdb, wikidata_id=item)
        for item, (imdb, tmdb) in found.items()
    ]


def _film(item: str, cells: Mapping[str, list[str]]) -> tuple[Movie | None, str]:
    label = _label(cells, item)
    original = clean(next(iter(cells.get("original", [])), ""))
    title = label or original
    years = [year for text in cells.get("date", []) if (year := _year(text)) is not None]
    if not title_key(title):
        return None, "no title"
    if len(title) > _LONGEST_TITLE:
        return None, "a title that is none: it is too long"
    if not years:
        return None, "no year"
    if not FIRST_YEAR <= min(years) <= latest_year():
        return None, "a year that cannot be"
    minutes = _whole(next(iter(cells.get("minutes", [])), ""))
    links = _whole(next(iter(cells.get("links", [])), "")) or 0
    movie = Movie(
        movie_id=0,
        title=title,
        year=min(years),
        genres=fold_genres(_listed(cells, "genres", "genre", "genreLabel"), [], ""),
        imdb_id=next(filter(None, map(imdb_id_of, cells.get("imdb", []))), None),
        popularity=popularity_of(links),
        tmdb_id=next(filter(None, map(_whole, cells.get("tmdb", []))), None),
        wikidata_id=item,
        other_titles=(original,)
        if original and original != title and len(original) <= _LONGEST_TITLE
        else (),
        directors=_names(cells, "directors", "director", "directorLabel"),
        countries=_codes(_listed(cells, "countries", "country"), country_of),
        languages=_codes(_listed(cells, "languages", "language"), language_of),
        runtime=minutes if minutes in _MINUTES else None,
        cast=_names(cells, "cast", "actor", "actorLabel"),
        about=_about(cells),
    )
    return movie, ""


def popularity_of(links: int) -> int:
    """Guess how well known a film is from how many Wikipedias know it.

    Fitted by eye to the packaged films of 2020 to 2024: those 10 to 19 Wikipedias know have a
    median popularity of 116, those of 20 to 29 of 334, of 30 to 39 of 828, of 60 to 69 of 2,600.

    >>> popularity_of(5), popularity_of(24), popularity_of(65)
    (15, 346, 2535)

    Args:
        links: How many, 0 or more.

    Returns:
        As `Movie.popularity`.
    """
    return round(0.6 * min(links, 130) ** 2)


def _label(cells: Mapping[str, list[str]], item: str) -> str:
    texts = [clean(text) for text in (*cells.get("label", []), *cells.get("filmLabel", []))]
    return next((text for text in texts if text and text != item), "")


def _about(cells: Mapping[str, list[str]]) -> str:
    """Keep a description that says more than "2026 film by somebody"."""
    text = clean(next(iter(cells.get("about", [])), ""))[:_LONGEST_TEXT]
    return "" if " film by " in f" {text} " or " film directed by " in f" {text} " else text


def _names(cells: Mapping[str, list[str]], *columns: str) -> tuple[str, ...]:
    names = [clean(name)[:100] for name in _listed(cells, *columns)]
    kept = [name for name in names if name and wikidata_id_of(name) is None]
    return tuple(dict.fromkeys(kept))[:_MOST]


def _codes(words: Iterable[str], find: Any) -> tuple[str, ...]:  # noqa: ANN401 - a function
    return tuple(dict.fromkeys(filter(None, map(find, words))))[:_MOST]


def _listed(cells: Mapping[str, list[str]], *columns: str) -> list[str]:
    return [
        part.strip()
        for column in columns
        for text in cells.get(column, [])
        for part in text.split("|")
        if part.strip()
    ]


def _first(row: Row, *columns: str) -> str:
    return next((row[column] for column in columns if column in row), "")


def _year(text: str) -> int | None:
    head = text.strip().lstrip("+")[:4]
    return int(head) if head.isascii() and head.isdigit() else None


def _whole(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return round(number) if math.isfinite(number) and 0 < number < 2**53 else None

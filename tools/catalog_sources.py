"""Read the three public data sets and join them into one list of films.

MovieTweetings knows who liked what, Wikidata knows the facts, the Wikipedia
film list knows American films in more detail. They meet on the IMDb number
(MovieTweetings and Wikidata) and on the English Wikipedia title (Wikidata and
the film list). Nothing is judged here; `catalog_films` does that.

requires: the standard library only
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

LIKE, DISLIKE = 8, 5
"""On MovieTweetings' scale from 0 to 10: at least 8 is a like, at most 5 a dislike."""

RATINGS = "movietweetings/ratings.dat"
LATER_RATINGS = "films-to-2025/movietweetings_2014.dat.gz"
WIKIDATA = "wikidata-movies/wikidata-movies.json.gz"
GENRES = "wikidata-movies/genres.json"
WIKIPEDIA = "wikipedia-movies/movies.json.gz"


class MissingData(Exception):
    """A data set is not where `--data` says it is."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One tweet about a film: who, which IMDb number, 0 to 10, when (unix seconds)."""

    user: int
    movie_id: int
    score: int
    time: int


@dataclass(slots=True)
class Record:
    """What the sources say about one film, before anybody judged it."""

    movie_id: int
    imdb_id: str
    page: str
    label: str
    date: str
    genres: list[str]
    directors: list[str] = field(default_factory=list)
    cast: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    based_on: str = ""
    series: str = ""
    country: str = ""
    language: str = ""
    acclaimed: bool = False
    locations: int = 0
    wiki_year: int = 0
    wiki_genres: list[str] = field(default_factory=list)
    wiki_cast: list[str] = field(default_factory=list)
    extract: str = ""
    qid: str = ""


def require(data: Path) -> None:
    """Stop with a message that names every missing file.

    Args:
        data: The folder given as `--data`.

    Raises:
        MissingData: At least one of the files is not there.

    >>> require(Path("/nowhere"))  # doctest: +ELLIPSIS, +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    catalog_sources.MissingData: Missing in /nowhere: movietweetings/ratings.dat, ...
    """
    needed = (RATINGS, WIKIDATA, GENRES, WIKIPEDIA, LATER_RATINGS, "films-to-2025/ranked.csv.gz")
    missing = [name for name in needed if not (data / name).exists()]
    if missing:
        raise MissingData(
            f"Missing in {data}: {', '.join(missing)}. SOURCES.md says where to get them."
        )


def strip_page(page: str) -> str:
    """Remove what Wikipedia adds to a title to tell pages apart.

    >>> strip_page("Titanic (1997 film)"), strip_page("M (1931 film)")
    ('Titanic', 'M')
    >>> strip_page("Don't Look Up (And Other Tales)")
    "Don't Look Up (And Other Tales)"

    Args:
        page: The title of an article.

    Returns:
        The title as people say it.
    """
    return re.sub(r" \([^()]*(film|movie|documentary|video)[^()]*\)$", "", page)


def read_ratings(data: Path, name: str = RATINGS) -> list[Rating]:
    """Read MovieTweetings: `user::imdb number::rating::unix seconds`, one a line."""
    path = data / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [Rating(*map(int, line.split("::"))) for line in lines]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_records(data: Path, added: list[dict[str, Any]] | None = None) -> list[Record]:
    """Read Wikidata's films and add what the Wikipedia film list says about them.

    How it works:
        1. Wikidata gives one record for each IMDb number (the fuller of two).
        2. The film list joins on the article's title, then on (title, year) where
           the article was renamed since.

    Args:
        data: The folder that holds the data sets.
        added: Rows like Wikidata's for films that are not there.

    Returns:
        One record a film, in ascending order of the IMDb number.
    """
    label_of = {row["wikidata_id"]: row.get("genre_label", "") for row in _lines(data / GENRES)}
    rows: dict[str, dict[str, Any]] = {}
    for row in _lines(data / WIKIDATA):
        old = rows.get(row["imdb_id"])
        if row["imdb_id"].startswith("tt") and (old is None or len(str(row)) > len(str(old))):
            rows[row["imdb_id"]] = row
    for row in added or []:
        rows.setdefault(row["imdb_id"], row)

    by_page: dict[str, dict[str, Any]] = {}
    by_title: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for entry in _lines(data / WIKIPEDIA):
        if entry.get("href"):
            page = unquote(entry["href"].split("#")[0]).replace("_", " ")
            if page not in by_page or len(entry.get("extract") or "") > len(
                by_page[page].get("extract") or ""
            ):
                by_page[page] = entry
        by_title[entry["title"].casefold(), entry["year"]].append(entry)

    records = [_record(row, label_of) for row in rows.values()]
    taken = {record.page for record in records}
    for record in records:
        found = by_page.get(record.page) or _renamed(record, by_title, taken)
        if found:
            record.wiki_year = found["year"]
            record.wiki_genres = found.get("genres", [])
            record.wiki_cast = found.get("cast", [])
            record.extract = found.get("extract") or ""
    return sorted(records, key=lambda record: record.movie_id)


def _record(row: dict[str, Any], label_of: dict[str, str]) -> Record:
    imdb_id = row["imdb_id"]
    return Record(
        movie_id=int(imdb_id[2:]),
        imdb_id=imdb_id,
        page=row["enwiki_title"],
        label=row.get("label", ""),
        date=row.get("publication_date", ""),
        genres=[label_of.get(g, "").lower() for g in row.get("genre", [])],
        directors=row.get("director", []),
        cast=row.get("cast_member", []),
        subjects=row.get("main_subject", []),
        based_on=row.get("based_on", ""),
        series=row.get("series", ""),
        country=row.get("country_of_origin", ""),
        language=row.get("original_language", ""),
        acclaimed="metacritic_id" in row,
        locations=len(row.get("filming_location", [])),
        qid=row.get("wikidata_id", ""),
    )


def _renamed(
    record: Record, by_title: dict[tuple[str, int], list[dict[str, Any]]], taken: set[str]
) -> dict[str, Any] | None:
    """Find the one entry with this title, at most a year apart, that no other film owns."""
    if not record.date or record.country not in ("Q30", "Q145", "Q16", "Q408", "Q664"):
        return None
    title, year = strip_page(record.page).casefold(), int(record.date[:4])
    for near in (year, year + 1, year - 1):
        found = by_title.get((title, near), [])
        if len(found) == 1:
            page = unquote(found[0].get("href") or "").replace("_", " ")
            return None if page in taken else found[0]
    return None

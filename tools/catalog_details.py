"""Read what is known of recent films beside title and year: people, run time, languages, a text.

omdb.org knows run times, languages and short abstracts (English, Spanish, French), Wikidata's
extracts run times, directors and casts, the Wikipedia list of American films casts and
introductions. They meet on the IMDb number, on the Wikidata item, else on title and year.

requires: the standard library only
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog_recent import FOLDER, RecentFilm, plain, rows_of

SHORTEST = 40  # letters of an abstract that says something
_MINUTES = range(40, 400)


@dataclass(slots=True)
class Details:
    """What is known of one film beside title, year, genres and countries.

    Attributes:
        names: Other titles.
        cast: Who plays, the leading ones first.
        directors: Who directed it.
        languages: ISO 639 codes.
        runtime: Minutes, 0 if unknown.
        text: What it is about, in English if there is such a text; computed from, never shipped.
        tmdb_id: Its number at TMDB, 0 if unknown.
        omdb_id: Its number at omdb.org, 0 if unknown.
    """

    names: list[str] = field(default_factory=list)
    cast: list[str] = field(default_factory=list)
    directors: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    runtime: int = 0
    text: str = ""
    tmdb_id: int = 0
    omdb_id: int = 0


class Joined:
    """Finds the film a row of a source is about."""

    def __init__(self, films: Iterable[RecentFilm]) -> None:
        """Index the films by number, and by title and year."""
        self.details: dict[int, Details] = {}
        self._by_imdb: dict[str, int] = {}
        self._by_qid: dict[str, int] = {}
        self._by_title: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self._films = list(films)
        for place, film in enumerate(self._films):
            self.details[place] = Details(directors=list(film.directors))
            if film.imdb_id:
                self._by_imdb[film.imdb_id] = place
            if film.qid:
                self._by_qid[film.qid] = place
            for title in {plain(film.title), plain(film.original_title or film.title)}:
                for year in (film.year - 1, film.year, film.year + 1):
                    self._by_title[title, year].append(place)

    def find(
        self, *, imdb_id: str = "", qid: str = "", titles: Iterable[str] = (), year: int = 0
    ) -> Details | None:
        """Find the film by number, else by a title and about its year, if only one fits."""
        place = self._by_imdb.get(imdb_id, self._by_qid.get(qid, -1))
        for title in titles if place < 0 else ():
            found = self._by_title.get((plain(title), year), [])
            exact = [p for p in found if self._films[p].year == year] or found
            if len(set(exact)) == 1:
                film = self._films[exact[0]]
                if (imdb_id and film.imdb_id) or (qid and film.qid):  # and they differ
                    continue
                place = exact[0]
                break
        return self.details.get(place)


def read_details(data: Path, films: list[RecentFilm]) -> list[Details]:
    """Read the details of films.

    Args:
        data: The folder given as `--data`.
        films: The films.

    Returns:
        One a film, in their order.
    """
    csv.field_size_limit(sys.maxsize)
    joined, folder = Joined(films), data / FOLDER
    readers: tuple[Callable[[Path, Joined], None], ...] = (
        _wikipedia, _wikidata, _sitelinks, _numbers, _plots, _omdb,
    )  # fmt: skip
    for read in readers:
        read(folder, joined)
    return [joined.details[place] for place in range(len(films))]


def _wikipedia(folder: Path, joined: Joined) -> None:
    """The lists of American films: cast, and the introduction as text."""
    for name in ("wikipedia_2020_2025.json.gz", "wikipedia_2010s.json.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as file:
            entries: list[dict[str, Any]] = json.load(file)
        for entry in entries:
            found = joined.find(titles=[entry["title"]], year=int(entry["year"]))
            if found is not None:
                found.cast = found.cast or _names(entry.get("cast") or [])
                text = entry.get("extract") or ""
                found.text = max(found.text, text, key=len)
                if not found.directors:
                    found.directors = directed_by(text)


def directed_by(text: str) -> list[str]:
    """Read who directed a film from the first sentences about it.

    >>> directed_by("Prey is a 2022 film directed by Dan Trachtenberg. The film")
    ['Dan Trachtenberg']
    >>> directed_by("A film written and directed by Joel Coen and Ethan Coen, with")
    ['Joel Coen', 'Ethan Coen']
    >>> directed_by("directed by J.J. Abrams. The film")
    ['J.J. Abrams']
    """
    name = r"(?:(?:[A-ZÀ-Þ]\.)+|[JS]r\.|[A-ZÀ-Þ][\w'’-]*|de|van|von|der|la|del|di|da|bin|al)"
    person = rf"{name}(?: {name}){{1,3}}"
    match = re.search(rf"directed by ({person}(?:(?:, | and |, and ){person}){{0,2}})", text[:700])
    return _names(re.split(r", and |, | and ", match[1].rstrip("."))) if match else []


def _wikidata(folder: Path, joined: Joined) -> None:
    """Wikidata's films of 2015 to 2025: run time, directors, cast."""
    with tarfile.open(folder / "wikidata_2015_2025.tar.gz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.name.endswith(".csv") else None
            if file is None:
                continue
            for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")):
                found = joined.find(
                    qid=row["movie"].rpartition("/")[2], titles=[row["title"]],
                    year=int(row["year"]),
                )  # fmt: skip
                if found is not None:
                    found.directors = found.directors or _names(row["directors"].split(", "))
                    found.cast = found.cast or _names(row["actors"].split(", "))
                    found.runtime = found.runtime or _minutes(row["runtime"])


def _sitelinks(folder: Path, joined: Joined) -> None:
    """The best known films of 2020 to 2024: run time and directors."""
    for name in ("wikidata_sitelinks_2020_2024.csv.gz", "wikidata_sitelinks_2023_2024.csv.gz"):
        for row in rows_of(folder / name):
            found = joined.find(imdb_id=row.get("imdb_id") or "")
            if found is not None:
                found.runtime = found.runtime or _minutes(row.get("duration") or "")
                names = re.sub(r" \(.*?\)", "", row.get("director") or "").split(", ")
                found.directors = found.directors or _names(names)


def _numbers(folder: Path, joined: Joined) -> None:
    """TMDB numbers, which Wikidata had for films to 2020."""
    for row in rows_of(folder / "wikidata_qid_imdb.csv.gz"):
        found = joined.find(imdb_id=row["imdb_id"], qid=row["wd_film_qid"])
        if found is not None and row["tmdb_id"]:
            found.tmdb_id = int(float(row["tmdb_id"]))


def _plots(folder: Path, joined: Joined) -> None:
    """Plots of the films of 2020 to 2023, where there is no introduction."""
    for row in rows_of(folder / "wikipedia_plots_2020s.csv.gz"):
        for year in range(2020, 2024):
            found = joined.find(titles=[row["title"]], year=year)
            if found is not None and not found.text:
                found.text = row["plot"][:1_500]
                break


def _omdb(folder: Path, joined: Joined) -> None:
    """omdb.org: original names, run times, languages, abstracts."""
    omdb = folder / "omdb"
    links: dict[str, str] = {}
    with gzip.open(omdb / "movie_links_imdb.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for source, number, movie, _ in csv.reader(lines):
            if source == "imdbmovie":
                links.setdefault(movie, number)
    found: dict[str, Details] = {}
    for row in _omdb_rows(omdb / "all_movies.csv.gz"):
        if row["date"][:4].isdigit():
            details = joined.find(
                imdb_id=links.get(row["id"], ""), titles=[row["name"]], year=int(row["date"][:4])
            )
            if details is not None:
                found[row["id"]] = details
                details.names.append(row["name"])
                details.omdb_id = details.omdb_id or int(row["id"])
    for row in _omdb_rows(omdb / "movie_details.csv.gz"):
        if row["movie_id"] in found:
            details = found[row["movie_id"]]
            details.runtime = details.runtime or _minutes(row["runtime"])
    for row in _omdb_rows(omdb / "movie_languages.csv.gz"):
        if row["movie_id"] in found:
            found[row["movie_id"]].languages.append(row["language_iso_639_1"])
    for language in ("en", "es", "fr"):  # a text in English before one in another language
        for row in _omdb_rows(omdb / f"movie_abstracts_{language}.csv.gz"):
            if row["movie_id"] in found and len(row["abstract"]) >= SHORTEST:
                details = found[row["movie_id"]]
                details.text = details.text or row["abstract"][:1_500]


def _omdb_rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, escapechar="\\")


def _names(names: Iterable[str]) -> list[str]:
    """Keep what is a name, each once: Wikidata writes Q-numbers where it has no label."""
    shown = (" ".join(name.split()) for name in names)
    return list(dict.fromkeys(n for n in shown if n and not re.fullmatch(r"Q[0-9]+", n)))


def _minutes(text: str) -> int:
    """Read a run time; what is no feature film's is none."""
    try:
        minutes = round(float(text))
    except ValueError:
        return 0
    return minutes if minutes in _MINUTES else 0

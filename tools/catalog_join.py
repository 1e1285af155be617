"""Add the films of 2013 to 2025 to those that ratings chose, and fill in what is known of all.

requires: movieloop itself
"""

from __future__ import annotations

import csv
import gzip
import html
import zlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from catalog_details import read_details
from catalog_films import Film
from catalog_people import named, names_of, only_names
from catalog_places import (
    COUNTRY_OF,
    ITEM_OF_COUNTRY,
    ITEM_OF_LANGUAGE,
    LANGUAGE_OF,
    leading_first,
    main_language,
)
from catalog_recent import FOLDER, RecentFilm, plain
from catalog_sources import Record
from movieloop.data.genres import fold_genres

# A film without an IMDb number gets one of ours that nothing else has: 5, 6 or 7 thousand million
# and its number at Wikidata, at omdb.org, or a checksum of its title.
BY_TITLE, BY_OMDB, BY_WIKIDATA = 5_000_000_000, 6_000_000_000, 7_000_000_000
ESTIMATED = 2014  # from this year on few films have ratings
RATED_YEARS = range(2010, 2013)  # years whose films have enough ratings to be compared with
NEWEST = {2024: 0.85, 2025: 0.7}  # how well known a film will be is not known yet


def join(data: Path, films: list[Film], recent: list[RecentFilm]) -> list[Film]:
    """Put both together and fill in countries, languages, people, run times, names and texts.

    Args:
        data: The folder given as `--data`.
        films: What ratings and facts of before 2018 chose, with their popularity.
        recent: The films of 2013 to 2025 that were chosen.

    Returns:
        All films, the best known first.
    """
    known = {film.record.imdb_id: film for film in films}
    by_item = {film.record.qid: film for film in films if film.record.qid}
    by_title = {(plain(film.title), film.year): film for film in films}
    usual = _usual_popularity(films)
    everything = list(films)
    places = {id(film): place for place, film in enumerate(films)}
    wrapped = [_as_recent(film) for film in films]
    for entry in recent:
        found = known.get(entry.imdb_id) or by_item.get(entry.qid)
        if found is None and not entry.imdb_id:
            found = by_title.get((plain(entry.title), entry.year))
        if found is None:
            everything.append(_new(entry))
            wrapped.append(entry)
            found = everything[-1]
        else:
            found.countries = entry.countries
            found.record.qid = found.record.qid or entry.qid
            same = wrapped[places[id(found)]]
            same.directors, same.original_title = entry.directors, entry.original_title
            same.title = entry.title
        if found.year >= ESTIMATED and not found.known:
            found.popularity = usual[min(entry.rank, len(usual)) - 1] * NEWEST.get(entry.year, 1.0)
    for film, same, details in zip(everything, wrapped, read_details(data, wrapped), strict=True):
        film.details = details
        details.names += [same.title, same.original_title, film.record.label]
    tweeted = _tweeted_titles(data)
    for film in everything:
        film.details.names += tweeted.get(film.record.imdb_id, [])
    originals = {
        id(film): same.original_title for film, same in zip(everything, wrapped, strict=True)
    }
    _fill_in(everything, data, originals)
    return sorted(everything, key=lambda film: (-film.popularity, film.movie_id))


def _usual_popularity(films: list[Film]) -> list[float]:
    """Tell how well known the first, second, ... film of an ordinary year is."""
    years = [
        sorted((film.popularity for film in films if film.year == year), reverse=True)
        for year in RATED_YEARS
    ]
    length = max(map(len, years))
    return [
        sum(year[min(rank, len(year) - 1)] for year in years) / len(years) for rank in range(length)
    ]


def _as_recent(film: Film) -> RecentFilm:
    return RecentFilm(
        film.year, 0, film.title, "", film.record.imdb_id, film.record.qid, film.genres, (), ()
    )


def _new(film: RecentFilm) -> Film:
    record = Record(0, film.imdb_id, film.title, film.title, str(film.year), [], qid=film.qid)
    return Film(record, film.title, film.year, film.genres, countries=film.countries)


def _tweeted_titles(data: Path) -> dict[str, list[str]]:
    """Read IMDb's titles of the films that people tweeted about, by IMDb number."""
    titles: dict[str, list[str]] = {}
    path = data / FOLDER / "movietweetings_movies_2021-02.dat.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            number, name = line.rstrip("\n").split("::")[:2]
            titles[f"tt{number}"] = [html.unescape(name.rpartition(" (")[0] or name)]
    return titles


def _directors_at_festivals(data: Path) -> dict[str, list[str]]:
    """Read who directed the films of Cannes and those nominated for directing, by IMDb number."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    with gzip.open(data / FOLDER / "cannes.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            number = row["imdb_url"].rstrip("/").rpartition("/")[2]
            names[number] = [name.strip() for name in row["director"].split(", ")]
    with gzip.open(data / FOLDER / "oscars.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["CanonicalCategory"].startswith("DIRECTING") and "|" not in row["FilmId"]:
                names.setdefault(row["FilmId"], row["Nominees"].split("|"))
    return names


def _kinds_at_the_oscars(data: Path) -> dict[str, tuple[str, ...]]:
    """Read what kind of film a nomination tells, by IMDb number and by title."""
    kinds: dict[str, tuple[str, ...]] = {}
    with gzip.open(data / FOLDER / "oscars.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            for word, genre in (("DOCUMENTARY", "Documentary"), ("ANIMATED", "Animation")):
                if word in row["CanonicalCategory"]:
                    kinds[row["FilmId"]] = kinds[row["Film"]] = (genre,)
    return kinds


def _fill_in(films: list[Film], data: Path, translated: Mapping[int, str]) -> None:
    """Bring what the sources tell into the records that the points are made of."""
    directors = _directors_at_festivals(data)
    told = {
        id(film): film.details.directors or directors.get(film.record.imdb_id, []) for film in films
    }
    names = names_of(
        (film.record.directors, told[id(film)]) for film in films if film.record.directors
    )
    nominated = _kinds_at_the_oscars(data)
    for film in films:
        record, details = film.record, film.details
        film.genres = (
            film.genres
            or fold_genres([], [], details.text)
            or nominated.get(record.imdb_id)
            or nominated.get(film.title)
            or ("Drama",)
        )
        record.directors = named(record.directors, names) or told[id(film)]
        details.directors = only_names(record.directors) or told[id(film)]
        details.cast = record.wiki_cast or details.cast
        record.cast = record.cast or details.cast
        if not film.countries and record.country in COUNTRY_OF:
            film.countries = (COUNTRY_OF[record.country],)
        main = LANGUAGE_OF.get(record.language) or main_language(
            details.languages, film.countries, translated=bool(translated[id(film)])
        )
        details.languages = list(dict.fromkeys(filter(None, [main, *details.languages])))
        record.language = record.language or ITEM_OF_LANGUAGE.get(main, "")
        film.countries = leading_first(film.countries, main)
        record.country = record.country or next(
            (ITEM_OF_COUNTRY[code] for code in film.countries if code in ITEM_OF_COUNTRY), ""
        )
        film.about = film.about or details.text
        if not record.movie_id:
            record.movie_id = _number(film)


def _number(film: Film) -> int:
    """Choose a number for a film for ever."""
    if film.record.imdb_id:
        return int(film.record.imdb_id[2:])
    if film.record.qid:
        return BY_WIKIDATA + int(film.record.qid[1:])
    if film.details.omdb_id:
        return BY_OMDB + film.details.omdb_id
    return BY_TITLE + zlib.crc32(f"{plain(film.title)}|{film.year}".encode()) % 1_000_000_000

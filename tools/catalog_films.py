"""Judge the joined records: is it a film, what is it called, when did it come out, which genres?

The sources disagree and err; `catalog_notes.csv` holds what we corrected by hand: titles,
years, genres, films that Wikidata's extract lacks, and for famous films without an
introduction one sentence of our own on what they are about.

requires: the standard library only
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog_details import Details
from catalog_sources import Record, strip_page
from movieloop.data.genres import fold_genres

NOIR_ENDED = 1968

NATIONS = {
    "Q30": "American", "Q145": "British", "Q142": "French", "Q183": "German", "Q17": "Japanese",
    "Q38": "Italian", "Q29": "Spanish", "Q668": "Indian", "Q884": "Korean", "Q148": "Chinese",
    "Q8646": "Hong Kong", "Q34": "Swedish", "Q35": "Danish", "Q15180": "Soviet", "Q159": "Russian",
    "Q96": "Mexican", "Q155": "Brazilian", "Q414": "Argentine", "Q794": "Iranian", "Q36": "Polish",
    "Q408": "Australian", "Q16": "Canadian",
}  # fmt: skip


@dataclass(slots=True)
class Film:
    """One film as the catalogue knows it, with the record it came from."""

    record: Record
    title: str
    year: int
    genres: tuple[str, ...]
    about: str = ""
    known: float = 0.0
    popularity: float = 0.0
    loved: float = 0.5
    countries: tuple[str, ...] = ()
    details: Details = field(default_factory=Details)

    @property
    def movie_id(self) -> int:
        """Its number here: the IMDb number where it was known when the film joined."""
        return self.record.movie_id


@dataclass(frozen=True, slots=True)
class Note:
    """What we wrote by hand about one film; empty fields correct nothing.

    Attributes:
        title: The title, where the sources have another one or lack the film.
        year: The release year, likewise.
        genres: Our genres, likewise.
        country: The country's Wikidata number, for films that the sources lack.
        kin: The IMDb number of another film by the same director, likewise.
        known: The popularity, for films that came out after the ratings ended.
        page: The title of the English Wikipedia article, for films that the sources lack.
        about: What the film is about, in our own words.
    """

    title: str = ""
    year: int = 0
    genres: tuple[str, ...] = ()
    country: str = ""
    kin: int = 0
    known: float = 0.0
    page: str = ""
    about: str = ""


def read_notes(path: Path) -> dict[int, Note]:
    """Read `catalog_notes.csv`, one film a line, by IMDb number."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            int(row["imdb_id"][2:]): Note(
                title=row["title"],
                year=int(row["year"] or 0),
                genres=tuple(filter(None, row["genres"].split("|"))),
                country=row["country"],
                kin=int(row["kin"][2:] or 0),
                known=float(row["known"] or 0),
                page=row["page"],
                about=row["about"],
            )
            for row in csv.DictReader(lines)
        }


def added_rows(notes: dict[int, Note]) -> list[dict[str, Any]]:
    """Give the notes on films that Wikidata may lack the form of its rows."""
    return [
        {
            "imdb_id": f"tt{number:07d}",
            "enwiki_title": note.page or note.title,
            "publication_date": str(note.year),
            "country_of_origin": note.country,
        }
        for number, note in notes.items()
        if note.title and note.year
    ]


def release_year(record: Record) -> int:
    """Choose the release year: the article's own sentence first, Wikidata's date last.

    Wikidata's date is the first publication anywhere, a festival included, so a year
    said in words ("is a 1999 American film", "Oldboy (2003 film)") is believed before it.

    Args:
        record: The joined record.

    Returns:
        The year, or 0 where no source knows one.
    """
    said = re.search(r"\b(?:is|was) (?:a|an) (?:upcoming )?((?:19|20)\d\d)\b", record.extract[:300])
    named = re.search(r"\(((?:19|20)\d\d)[^)]*\)$", record.page)
    for found in (said, named):
        if found:
            return int(found.group(1))
    if record.wiki_year and record.date and abs(record.wiki_year - int(record.date[:4])) <= 1:
        return min(record.wiki_year, int(record.date[:4]))
    return record.wiki_year or int(record.date[:4] or 0)


def is_film(record: Record) -> bool:
    """Tell films from series, episodes and shorts.

    Args:
        record: The joined record.

    Returns:
        False where the article's name, its first sentence or a genre says that it is no film.
    """
    kind = re.search(
        r"\b(?:is|was) an? (.{0,150}?)\b(?:film|movie|series|episode)\b", record.extract[:400]
    )
    return not (
        re.search(r"\b(TV|series|serial|miniseries|short|album|play|musical)\b.*\)$", record.page)
        or (kind and re.search(r"\b(short|television (series|episode)|featurette)\b", kind.group()))
        or any(
            re.search(r"sitcom|season |situation comedy|short film|miniseries|telenovela", g)
            for g in record.genres
        )
        or "Short" in record.wiki_genres
    )


def judge(records: list[Record], notes: dict[int, Note]) -> list[Film]:
    """Turn records into films: title, year, genres; leave out what is no film.

    Args:
        records: What the sources say.
        notes: What we corrected by hand.

    Returns:
        The films, in the order of the records.
    """
    by_id = {record.movie_id: record for record in records}
    cartoonists = _animators(records)
    films = []
    for record in records:
        note = notes.get(record.movie_id, Note())
        year = note.year or release_year(record)
        genres = note.genres or fold_genres(record.genres, record.wiki_genres, record.extract)
        if not note.genres and "Animation" not in genres and _is_drawn(record, cartoonists):
            genres = ("Animation", *genres)[:5]
        if "Noir" in genres and year > NOIR_ENDED:
            genres = tuple(genre for genre in genres if genre != "Noir")
        if note.kin and not record.directors:
            record.directors = by_id[note.kin].directors
        record.country = record.country or note.country
        title = note.title or strip_page(record.page)
        if title and year and genres and (record.movie_id in notes or is_film(record)):
            told = (
                f"{NATIONS.get(record.country, '')} {' '.join(genres).lower()} film. {note.about}"
                if note.about
                else ""
            )
            films.append(
                Film(
                    record,
                    title,
                    year,
                    genres,
                    about=f"{record.extract} {note.about}" if record.extract else told,
                    known=note.known,
                )
            )
    return films


def _animators(records: list[Record]) -> set[str]:
    """Directors who make animated films: at least half of theirs are called so."""
    drawn: defaultdict[str, list[bool]] = defaultdict(list)
    for record in records:
        for director in record.directors:
            drawn[director].append(
                "Animation" in fold_genres(record.genres, record.wiki_genres, record.extract)
            )
    return {director for director, flags in drawn.items() if sum(flags) * 2 >= len(flags)}


def _is_drawn(record: Record, cartoonists: set[str]) -> bool:
    """No actors on screen, and an animator or an anime genre: an animated film."""
    return (
        not record.cast and not record.wiki_cast and any(d in cartoonists for d in record.directors)
    )

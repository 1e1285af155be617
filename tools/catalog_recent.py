"""Choose the films of 2013 to 2025 from the open data of those years.

    python tools/catalog_recent.py --data DIR        # how many would be chosen, of which kind

DIR holds `films-to-2025/`, the folder that SOURCES.md names. `ranked.csv.gz` there lists the films
of each year by how well known they are: sitelinks, Oscar nominations, votes and introductions,
standardised and averaged, as few of these films have ratings. The list leans to American films, so
the best known others of each year have a quota of their own.

requires: movieloop itself
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from movieloop.data.places import country_of

FOLDER = "films-to-2025"
FIRST, LAST = 2013, 2025
NUMBERED = 2023  # to this year most films have an IMDb number
RECENT = 2018  # from this year on the catalogue has more than the best known films
BEST, OTHERS = 300, 150  # of each year: the best known, and the best known not American ones
EACH_COUNTRY = 60  # since `RECENT`, the best known of every country: few sources know them
EACH_UNNUMBERED = 6  # and so many where no film with an IMDb number is left
SHARE_OF_OTHERS = 0.465  # of the films since `RECENT`
AMERICAN = "US"
NOTES = Path(__file__).resolve().parent / "catalog_recent_notes.csv"
_NO_FILM = re.compile(r"fan ?film|- live\b", re.IGNORECASE)


@dataclass(slots=True)
class RecentFilm:
    """One film of these years, as the sources tell it.

    Attributes:
        year: The year most sources give.
        rank: How well known it is among the films of its year, 1 = best.
        title: What English speakers call it, if a source tells.
        original_title: Its own title, "" if that is the same.
        imdb_id: "" if unknown.
        qid: Its item at Wikidata, "" if unknown.
        genres: Folded into the catalogue's genres.
        countries: ISO 3166 codes.
        directors: Names.
    """

    year: int
    rank: int
    title: str
    original_title: str
    imdb_id: str
    qid: str
    genres: tuple[str, ...]
    countries: tuple[str, ...]
    directors: tuple[str, ...]
    also: list[str] = field(default_factory=list)

    @property
    def is_other(self) -> bool:
        """Whether it is known to be made elsewhere; of no known country is not elsewhere."""
        return bool(self.countries) and AMERICAN not in self.countries


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read a gzipped table."""
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def listed(text: str) -> tuple[str, ...]:
    """Take a cell of several values apart.

    >>> listed("GB|US"), listed("")
    (('GB', 'US'), ())
    """
    return tuple(filter(None, text.split("|")))


def codes(countries: Iterable[str]) -> tuple[str, ...]:
    """Turn names and codes of countries into codes; what is none is left out.

    >>> codes(["GB", "United States", "Atlantis"])
    ('GB', 'US')
    """
    return tuple(dict.fromkeys(filter(None, map(country_of, countries))))


def unescaped(row: dict[str, str]) -> dict[str, str]:
    """Turn what was written for web pages back: "Stan &amp; Ollie" is called "Stan & Ollie"."""
    return {name: html.unescape(cell) for name, cell in row.items()}


def read_ranked(data: Path) -> list[RecentFilm]:
    """Read the films of 2013 to 2025, doubles joined, by year and rank.

    Args:
        data: The folder given as `--data`.

    Returns:
        The films; a few have no genre yet.
    """
    with NOTES.open(encoding="utf-8", newline="") as lines:
        english = {(row["title"], row["year"]): row["english"] for row in csv.DictReader(lines)}
    films = [
        RecentFilm(
            int(row["year"]), int(row["rank"]),
            english.get((row["title"], row["year"]), row["title"].replace('\\"', '"')),
            row["original_title"].replace('\\"', '"')
            or (row["title"] if (row["title"], row["year"]) in english else ""),
            row["imdb_id"], row["qid"], listed(row["genres"]), codes(listed(row["countries"])),
            listed(row["directors"]),
        )
        for row in map(unescaped, rows_of(data / FOLDER / "ranked.csv.gz"))
        if FIRST <= int(row["year"]) <= LAST and row["title"] and not _NO_FILM.search(row["title"])
    ]  # fmt: skip
    return sorted(without_doubles(films), key=lambda film: (film.year, film.rank))


def without_doubles(films: list[RecentFilm]) -> list[RecentFilm]:
    """Join the rows that are one film: the same title and year, and nothing that tells them apart.

    Two IMDb numbers, two items at Wikidata or two directors tell films apart: there are two
    "Pinocchio" of 2022. Otherwise the better known row takes what only the other one knows.
    """
    same: defaultdict[tuple[str, int], list[RecentFilm]] = defaultdict(list)
    for film in sorted(films, key=lambda film: film.rank):
        for known in same[plain(film.title), film.year]:
            if not _told_apart(known, film):
                _take_over(known, film)
                break
        else:
            same[plain(film.title), film.year].append(film)
    return [film for group in same.values() for film in group]


def _told_apart(one: RecentFilm, other: RecentFilm) -> bool:
    makers = {plain(name) for name in one.directors}, {plain(name) for name in other.directors}
    return bool(
        (one.imdb_id and other.imdb_id)
        or (one.qid and other.qid)
        or (all(makers) and not makers[0] & makers[1])
    )


def _take_over(known: RecentFilm, other: RecentFilm) -> None:
    known.imdb_id = known.imdb_id or other.imdb_id
    known.qid = known.qid or other.qid
    known.original_title = known.original_title or other.original_title
    known.countries = known.countries or other.countries
    known.directors = known.directors or other.directors


def plain(text: str) -> str:
    """Reduce a title or a name for comparing.

    >>> plain("Amélie (2001 film)"), plain("The BFG")
    ('amelie', 'bfg')
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    letters = re.sub(r"\(.*?film.*?\)", "", letters).replace("&", " and ")
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^\w]+", " ", letters).strip())


def choose(films: list[RecentFilm]) -> list[RecentFilm]:
    """Choose the films of the catalogue.

    How it works:
        1. Of every year the best known `BEST`, and the best known `OTHERS` not American ones.
        2. Since `RECENT` the best known `EACH_COUNTRY` of every country.
        3. Since `RECENT` more not American ones, those with an IMDb number first, until they are
           `SHARE_OF_OTHERS` of the films of these years.

    Args:
        films: The films, by year and rank.

    Returns:
        The chosen ones, by year and rank.
    """
    chosen: set[int] = set()
    spare: list[RecentFilm] = []
    for year in range(FIRST, LAST + 1):
        of_year = [film for film in films if film.year == year]
        others = [film for film in of_year if film.is_other]
        chosen |= {id(film) for film in of_year[:BEST]} | {id(film) for film in others[:OTHERS]}
        spare += [film for film in others[OTHERS:] if film.genres] if year >= RECENT else []
    recent = [film for film in films if film.year >= RECENT]
    of_country: Counter[str] = Counter()
    order = sorted(recent, key=lambda f: (id(f) not in chosen, not f.imdb_id, f.rank))
    for film in order:
        most = EACH_COUNTRY if film.imdb_id else EACH_UNNUMBERED
        if film.genres and any(of_country[country] < most for country in film.countries):
            chosen.add(id(film))
        of_country.update(film.countries if id(film) in chosen else ())
    total = sum(id(film) in chosen for film in recent)
    foreign = sum(id(film) in chosen and film.is_other for film in recent)
    for film in sorted(spare, key=lambda film: (not film.imdb_id, film.rank)):
        if foreign >= SHARE_OF_OTHERS * total:
            break
        if id(film) not in chosen:
            chosen.add(id(film))
            total, foreign = total + 1, foreign + 1
    return [film for film in films if id(film) in chosen]


def main() -> None:
    """Tell how many films would be chosen, year by year."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data sets")
    films = read_ranked(parser.parse_args().data)
    chosen = choose(films)
    print("year   known  chosen  not American  with an IMDb number")
    for year in range(FIRST, LAST + 1):
        of_year = [film for film in chosen if film.year == year]
        print(
            f"{year}  {sum(film.year == year for film in films):6,}  {len(of_year):6,}  "
            f"{sum(film.is_other for film in of_year):12,}  "
            f"{sum(bool(film.imdb_id) for film in of_year):19,}"
        )
    recent = [film for film in chosen if film.year >= RECENT]
    numbered = [film for film in recent if film.year <= NUMBERED]
    print(
        f"since {RECENT}: {len(recent):,} films, "
        f"{sum(film.is_other for film in recent) / len(recent):.1%} not American; "
        f"of those to {NUMBERED} {sum(bool(f.imdb_id) for f in numbered) / len(numbered):.1%} "
        "have an IMDb number"
    )


if __name__ == "__main__":
    main()

